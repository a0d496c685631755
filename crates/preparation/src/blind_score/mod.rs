//! What blind scores of plans and of awards have in common: when they are enough and what they amount to, who may be asked for
//! one; and the fields in which an evaluator marks.

pub mod form;
mod rules;
#[cfg(test)]
mod rules_tests;

pub use rules::{Marked, Marks, Measure, Refusal, Scoring, choose, scoring};
