//! After receipt: monitoring, growth, grievances, appeals.

pub mod appeal;
pub mod grievance;
pub mod growth;
mod letter;
pub mod monitoring;
