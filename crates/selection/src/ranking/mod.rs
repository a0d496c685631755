//! Ranking: a run over a pool of eligible people gives out places; a second person approves; the reserve follows up.

pub mod lot;
pub mod rules;
pub mod types;

#[cfg(test)]
mod rules_properties_tests;
#[cfg(test)]
mod rules_tests;

use platform::slice::Slice;

pub use rules::rank;
pub use types::{Bucket, Candidate, Cap, Floor, Outcome, Placed, Reason, Terms};

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice { name: "ranking", ..Slice::default() }
}
