//! Scores, defences and sittings of the made-up programme.

use super::{Progress, shared::BATCH};
use crate::demo::{
    programme::Simulated,
    rows::commission::{Rows, rows, sittings},
};
use anyhow::Result;
use platform::app::App;
use preparation::commission::store;
use rayon::prelude::*;

/// Sittings and their members.
pub(super) async fn write_before(app: &App, made: &Simulated) -> Result<()> {
    let (sittings, members) = sittings(made);
    let mut tx = app.system().await?;
    store::insert_sittings(&mut tx, &sittings).await?;
    store::insert_members(&mut tx, &members).await?;
    tx.commit().await
}

/// What each case left before evaluators and sittings.
pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("commissions", all.len());
    for batch in all.chunks(BATCH) {
        let written =
            batch.par_iter().map(|case| rows(made, *case)).try_reduce(Rows::default, |one, other| Ok(one.join(other)))?;
        let mut tx = app.system().await?;
        store::insert_scores(&mut tx, &written.scores).await?;
        store::insert_defences(&mut tx, &written.defences).await?;
        store::insert_items(&mut tx, &written.items).await?;
        store::insert_votes(&mut tx, &written.votes).await?;
        store::assign(&mut tx, &written.assignments).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}
