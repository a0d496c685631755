//! Everything that is tested from outside, in one program.

mod clock;
mod database;
mod eligibility;
mod embedded;
mod house;
mod monitoring;
mod ranking;
mod replay;
mod routes;
mod scopes;
mod statements;
mod words;
