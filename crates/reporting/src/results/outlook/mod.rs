//! Where the programme will end: its pipeline foretold from what was known on a day to the last day of its phase.

mod draw;
pub(super) mod page;
mod pipeline;
#[cfg(test)]
mod pipeline_tests;

pub(super) use pipeline::Outlook;
