//! After receipt: monitoring, growth, grievances.

pub mod grievance;
pub mod growth;
pub mod monitoring;
