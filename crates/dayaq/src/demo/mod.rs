//! The made-up programme: invented people and everything that happened to them, the same for the same seed.
//! Values in, values out; the files named for slices turn histories into rows.

pub mod afterwards;
pub mod aims;
mod arranged;
pub mod award_rounds;
pub mod business;
pub mod calendar;
pub mod cast;
pub mod casting;
pub mod complaints;
pub mod day;
pub mod draw;
pub mod equipment;
pub mod events;
pub mod flow;
pub mod history;
pub mod ids;
pub mod names;
pub mod newcomer;
pub mod open_appeals;
pub mod open_work;
pub mod people;
pub mod places;
pub mod programme;
pub mod ranked;
pub mod report;
pub mod rewind;
pub mod rows;
pub mod setting;
pub mod shape;
pub mod simulate;
pub mod staff;
pub mod thin;
pub mod typing;
pub mod vacancy;

#[cfg(test)]
mod events_tests;
#[cfg(test)]
mod simulate_tests;
