//! From a seat in a course to a decision on a business plan.

pub mod training;
pub mod business_plan;
pub mod screening;
pub mod commission;
