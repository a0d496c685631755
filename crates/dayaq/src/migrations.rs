//! The history of the schema, built into the program.

use sqlx::migrate::Migrator;

/// Every migration, in order; files are named for their slice.
pub static ALL: Migrator = sqlx::migrate!("../../migrations");
