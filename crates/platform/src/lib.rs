//! What every slice stands on: database, scope, session, page, answer, journal, clock, language.

pub mod page;
pub mod role;
