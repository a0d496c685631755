//! What every slice stands on: database, scope, session, page, answer, journal, clock, language.

pub mod accounts;
pub mod answer;
pub mod app;
pub mod clock;
pub mod database;
pub mod draw;
pub mod embedded;
pub mod form;
pub mod journal;
pub mod keys;
pub mod language;
pub mod message;
pub mod page;
pub mod request;
pub mod role;
pub mod route;
pub mod router;
pub mod scope;
pub mod session;
pub mod slice;
mod up;

#[cfg(test)]
mod keys_tests;
