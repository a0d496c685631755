//! Everything that is tested from outside, in one program.

mod database;
mod embedded;
mod house;
mod routes;
mod words;
