//! Everything that is tested from outside, in one program.

mod database;
mod eligibility;
mod embedded;
mod house;
mod ranking;
mod routes;
mod words;
