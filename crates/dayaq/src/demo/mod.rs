//! The made-up programme: invented people and everything that happened to them, the same for the same seed.
//! Values in, values out; the files named for slices turn histories into rows.

pub mod afterwards;
pub mod calendar;
pub mod day;
pub mod draw;
pub mod equipment;
pub mod history;
pub mod people;
pub mod programme;
pub mod setting;
pub mod shape;
pub mod staff;
