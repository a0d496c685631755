//! From a seat in a course to a decision on a business plan.

pub mod blind_score;
pub mod business_plan;
pub mod commission;
pub mod screening;
pub mod sitting;
pub mod training;
