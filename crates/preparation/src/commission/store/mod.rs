//! Scores, defences, sittings, agendas and votes in the database. Writes take slices.

mod agenda;
mod assignment;
mod score;
mod sitting;

pub use agenda::{Item, Vote, counted, insert_items, insert_votes, items, votes};
pub use assignment::{Assignment, assign, end};
pub use score::{Defence, Score, defence, insert_defences, insert_scores, keep_score, recuse, scores};
pub use sitting::{Member, Named, Sitting, close, hold, insert_members, insert_sittings, latest, lock, members, sitting};

fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}
