//! From histories to the rows that the slices keep, one file a slice.

pub mod acts;
pub mod appeal;
pub mod business_plan;
pub mod commission;
pub mod contract;
pub mod eligibility;
pub mod grievance;
pub mod growth;
pub mod intake;
pub mod monitoring;
pub mod officers;
pub mod people;
pub mod provision;
pub mod ranking;
pub mod screening;
pub mod training;
