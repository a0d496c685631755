//! The database: PostgreSQL, our own child or an outside server. Only [`crate::scope::Tx`] hands out connections.

use anyhow::{Context, Result};
use futures::{StreamExt, TryStreamExt, stream};
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Postgres, Transaction,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
};
use std::time::{Duration, Instant};

/// A pool of connections to one migrated database.
#[derive(Clone)]
pub struct Database {
    pool: PgPool,
}

/// The program's tables, the largest first, with their names quoted where they must be.
const TABLES: &str = "
    select c.oid::regclass::text
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm')
    and n.nspname = 'public'
    order by c.relpages desc, c.oid";

impl Database {
    /// Connects, and brings the schema up to date.
    pub async fn open(options: PgConnectOptions, connections: u32, migrations: &Migrator) -> Result<Self> {
        // Alone it says at once why there is none; a pool would only say after a while that it has waited long enough.
        let first = options.connect().await.context("connecting to PostgreSQL")?;
        first.close().await.context("connecting to PostgreSQL")?;
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .connect_with(options.application_name("dayaq"))
            .await
            .context("connecting to PostgreSQL")?;
        migrations.run(&pool).await.map_err(refused_by).context("bringing the schema up to date")?;
        Ok(Self { pool })
    }

    /// Whether the database answers.
    pub async fn ready(&self) -> bool {
        sqlx::query("select 1").execute(&self.pool).await.is_ok()
    }

    /// Lets statistics and the visibility map catch up after a bulk load.
    pub async fn settle(&self) -> Result<()> {
        /// Tables at once: a vacuum uses one processor.
        const AT_ONCE: usize = 2;
        let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(&self.pool).await.context("listing tables to vacuum")?;
        stream::iter(tables)
            .map(|table| async move {
                let vacuum = format!("vacuum analyze {table}");
                sqlx::query(AssertSqlSafe(vacuum)).execute(&self.pool).await.with_context(|| format!("vacuuming {table}"))
            })
            .buffer_unordered(AT_ONCE)
            .try_for_each(async |_| Ok(()))
            .await
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Begins a transaction. While the server comes back after its death this waits, since nothing was done yet that could
    /// be done twice; connections of before are found dead here and replaced.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Postgres>> {
        let until = Instant::now() + COMES_BACK;
        loop {
            match self.pool.begin().await {
                Err(error) if is_lost(&error) && Instant::now() < until => tokio::time::sleep(PAUSE).await,
                result => return result.context("beginning a transaction"),
            }
        }
    }
}

/// An account that may too little is the likeliest fault of an outside server, and this says what it needs.
fn refused_by(error: MigrateError) -> anyhow::Error {
    let is_forbidden = matches!(&error, MigrateError::ExecuteMigration(sqlx::Error::Database(cause), _) if cause.code().as_deref() == Some("42501"));
    match is_forbidden {
        true => anyhow::anyhow!(
            "the account of DATABASE_URL may not make the program's roles and tables: give it a database of its own and \
             `alter role … createrole`"
        ),
        false => error.into(),
    }
}

/// The server is brought back well within this after it died.
const COMES_BACK: Duration = Duration::from_secs(8);
const PAUSE: Duration = Duration::from_millis(20);

/// Whether there was no server to hear: the connection broke, or the server is stopping or starting (class 57P).
fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| ["57P01", "57P02", "57P03"].contains(&&*code)),
        _ => false,
    }
}
