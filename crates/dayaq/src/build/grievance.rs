//! Grievances and appeals of the made-up programme.

use super::{Progress, shared::BATCH};
use crate::demo::{programme::Simulated, rows};
use anyhow::Result;
use followup::{
    appeal,
    grievance::{proposal, store},
};
use platform::app::App;

pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    progress.begin("grievances", made.grievances.len());
    let grievances = rows::grievance::rows(made, app.keys())?;
    let appeals = rows::appeal::rows(made);
    let mut tx = app.system().await?;
    for batch in grievances.grievances.chunks(BATCH) {
        store::insert(&mut tx, batch).await?;
    }
    proposal::insert(&mut tx, &grievances.proposals).await?;
    store::take_parts(&mut tx, &grievances.parts).await?;
    store::count_from(&mut tx, &grievances.counters).await?;
    appeal::store::insert(&mut tx, &appeals).await?;
    tx.commit().await?;
    progress.advance(made.grievances.len());
    Ok(())
}
