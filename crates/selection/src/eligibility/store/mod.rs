//! Decisions, checks, requests for papers and readiness in the database. Writes take slices: a page passes one row, the
//! demo thousands.

mod check;
mod decision;
mod paper;
mod readiness;
mod version;

pub use check::{CheckRow, insert_checks};
pub use decision::{Decision, DecisionRow, insert, latest};
pub use paper::{OpenPapers, PaperRow, insert_papers, open_papers, supply};
pub use readiness::{Readiness, ReadinessRow, insert_readiness, latest_readiness};
pub use version::{rule_version, rules_of};

/// One column of many rows.
fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}
