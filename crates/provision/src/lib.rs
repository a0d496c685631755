//! From an approved plan to equipment in a beneficiary's hands.

pub mod contract;

pub mod procurement;

pub mod asset;
