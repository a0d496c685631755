//! Who and what the programme is about: the programme as data, people, their cases, and how they come in.

pub mod case;
mod counts;
pub mod intake;
pub mod people;
pub mod programme;
