//! What sittings on plans and on awards have in common: who votes, whose votes count, when there is a quorum, which decisions
//! may stand; the fields in which members vote and a secretary closes; the minutes.

pub mod form;
pub mod minutes;
mod put_off;
mod rules;
#[cfg(test)]
mod rules_tests;

pub use put_off::note_put_off;
pub use rules::{Attendance, Ballot, Choice, Effect, Motion, Refusal, Votes, attendance, counted, may_close, may_stand, quorum};
