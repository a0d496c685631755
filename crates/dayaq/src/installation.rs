//! What a database is: a demo or not, how far its clock stands from the machine's, under which key it was made.

use anyhow::{Context, Result, bail, ensure};
use platform::{
    app::Parts,
    clock::Clock,
    database::Database,
    keys::Keys,
    scope::{Scope, Tx, Who},
};
use std::sync::Arc;

const FIND: &str = "
    select demo, clock_offset_seconds, key_check
    from installation";

const MAKE: &str = "
    insert into installation (demo, clock_offset_seconds, key_check)
    values ($1, $2, $3)
    on conflict (only_one) do nothing";

/// Finds what the database is, or makes a new one a plain installation; the key must be the one it was made under.
pub async fn settle(database: &Database, keys: &Arc<Keys>) -> Result<(Clock, bool)> {
    mark(database, keys, false, 0).await?;
    let mut tx = Tx::open(database, Scope::System, Who::program(), Clock::default(), keys.clone()).await?;
    let (demo, offset, check): (bool, i64, Vec<u8>) =
        sqlx::query_as(FIND).fetch_one(tx.conn()).await.context("finding what this database is")?;
    ensure!(check == keys.check(), "this database was made under another key: name the right file with DAYAQ_KEY_FILE");
    Ok((Clock::with_offset(offset), demo))
}

/// Marks a database that holds nothing yet; one that is marked stays as it is.
pub async fn mark(database: &Database, keys: &Arc<Keys>, demo: bool, offset_seconds: i64) -> Result<()> {
    let mut tx = Tx::open(database, Scope::System, Who::program(), Clock::default(), keys.clone()).await?;
    sqlx::query(MAKE)
        .bind(demo)
        .bind(offset_seconds)
        .bind(&keys.check()[..])
        .execute(tx.conn())
        .await
        .context("marking a new database")?;
    tx.commit().await
}

const FORWARD: &str = "
    update installation
    set clock_offset_seconds = $1
    where demo
    and clock_offset_seconds < $1";

/// Moves a demo's clock forward; whether it moved. It never goes back.
pub async fn forward(tx: &mut Tx, offset_seconds: i64) -> Result<bool> {
    let moved = sqlx::query(FORWARD).bind(offset_seconds).execute(tx.conn()).await.context("moving the clock")?;
    Ok(moved.rows_affected() == 1)
}

/// Whether a database is a demo in which nothing has been made up yet.
pub async fn is_new_demo(parts: &Parts) -> Result<bool> {
    let mut tx = system(parts).await?;
    let (demo, built): (bool, bool) =
        sqlx::query_as("select demo, built from installation").fetch_one(tx.conn()).await.context("finding what this is")?;
    if !demo {
        bail!("this database holds a real programme: a demo needs a data folder of its own");
    }
    let (people,): (bool,) =
        sqlx::query_as("select exists (select from person)").fetch_one(tx.conn()).await.context("looking for people")?;
    ensure!(built || !people, "a demo was begun here and not finished: remove the data folder and begin again");
    Ok(!built)
}

/// Marks a demo as made up to its end.
pub async fn is_built(parts: &Parts) -> Result<()> {
    let mut tx = system(parts).await?;
    sqlx::query("update installation set built = true").execute(tx.conn()).await.context("marking a demo as built")?;
    tx.commit().await
}

async fn system(parts: &Parts) -> Result<Tx> {
    Tx::open(&parts.database, Scope::System, Who::program(), parts.clock, parts.keys.clone()).await
}
