//! Eligibility: facts with day and origin, rules with articles, an officer who confirms what they say; then readiness.

pub mod known;
pub mod rules;
pub mod ruleset;
pub mod types;

#[cfg(test)]
mod rules_tests;

use platform::slice::Slice;

pub use known::{Check, Elsewhere, Known, evidence};
pub use types::{Evidence, Fact, Kept, Origin, Outcome};

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice { name: "eligibility", ..Slice::default() }
}
