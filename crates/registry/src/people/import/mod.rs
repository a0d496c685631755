//! `dayaq import people`: a registry extract in, good rows as people, bad rows into a file with what is wrong.
//! Repeatable by source and registration number: a row that came before is left alone, a changed one updates its person.

mod finding;
mod known;
mod layout;
mod measure;
mod quote;
mod report;
mod row;
mod run;
mod sample;
mod setting;
mod source;
mod update;
mod write;

#[cfg(test)]
mod quote_tests;
#[cfg(test)]
mod row_tests;
#[cfg(test)]
mod source_tests;

pub use finding::{Expected, Finding};
pub use measure::{Comparison, bench};
pub use report::Report;
pub use run::{Options, Progress, run};
