//! After receipt: monitoring, growth, grievances.

pub mod monitoring;
pub mod growth;
pub mod grievance;
