//! The database: PostgreSQL, our own child or an outside server. Only [`crate::scope::Tx`] hands out connections.

use anyhow::{Context, Result};
use sqlx::{
    Postgres, Transaction,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
};
use std::time::Duration;

/// A pool of connections to one migrated database.
#[derive(Clone)]
pub struct Database {
    pool: PgPool,
}

impl Database {
    /// Connects, and brings the schema up to date.
    pub async fn open(options: PgConnectOptions, connections: u32, migrations: &Migrator) -> Result<Self> {
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .connect_with(options.application_name("dayaq"))
            .await
            .context("connecting to PostgreSQL")?;
        migrations.run(&pool).await.context("bringing the schema up to date")?;
        Ok(Self { pool })
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> bool {
        sqlx::query("select 1").execute(&self.pool).await.is_ok()
    }

    /// Lets statistics and the visibility map catch up after a bulk load.
    pub async fn settle(&self) -> Result<()> {
        sqlx::query("vacuum analyze").execute(&self.pool).await.context("vacuuming after a bulk load")?;
        Ok(())
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Postgres>> {
        self.pool.begin().await.context("beginning a transaction")
    }
}
