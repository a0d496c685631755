//! Runs, candidates and answers to offers in the database. Writes take slices: a page passes one run, the demo all.

mod candidate;
mod offer;
mod run;

pub use candidate::{CandidateRow, Kept, Line, Place, approve, call, insert_candidates, kept, lines, of_case};
pub use offer::{Answer, AnswerRow, insert_answers};
pub use run::{Run, RunRow, find, insert_runs, is_open_over, list, lock, mark_approved, mark_returned, waiting_in};

use anyhow::Result;
use platform::scope::Tx;

/// Writes runs with their candidates.
pub async fn insert(tx: &mut Tx, runs: &[RunRow], candidates: &[CandidateRow]) -> Result<()> {
    insert_runs(tx, runs).await?;
    insert_candidates(tx, candidates).await
}

/// One column of many rows.
fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}
