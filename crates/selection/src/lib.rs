//! Who gets in: eligibility and ranking.

pub mod eligibility;
pub mod ranking;
