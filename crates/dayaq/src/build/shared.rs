//! The rows of the slices: those that cases refer to come before the cases, those of cases come after.

use super::Progress;
use crate::demo::{
    programme::Simulated,
    rows::{intake, training},
};
use anyhow::{Context, Result};
use platform::app::App;
use preparation::training::store as training_store;
use registry::intake::store as intake_store;

/// Cases in one transaction.
const BATCH: usize = 8_000;

/// Cohorts, sittings, suppliers, orders: shared work that belongs to no one case.
pub(super) async fn write_before(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    progress.begin("cohorts", made.cohorts.len());
    let numbers: Vec<u32> = (0u32..).take(made.cohorts.len()).collect();
    for batch in numbers.chunks(BATCH) {
        let (cohorts, sessions): (Vec<_>, Vec<_>) = batch.iter().map(|number| training::cohort(made, *number)).unzip();
        let mut tx = app.system().await?;
        training_store::insert(&mut tx, &cohorts).await?;
        training_store::insert_sessions(&mut tx, &sessions.concat()).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}

/// What the slices keep about each case.
pub(super) async fn write_after(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    apply(app, made, progress).await.context("writing applications")?;
    train(app, made, progress).await.context("writing training")
}

async fn apply(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("applications", all.len());
    for batch in all.chunks(BATCH) {
        let rows: Vec<_> = batch.iter().map(|case| intake::application(made, *case)).collect();
        let mut tx = app.system().await?;
        intake_store::insert(&mut tx, &rows).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}

async fn train(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("training", all.len());
    for batch in all.chunks(BATCH) {
        let mut rows = training::Rows::default();
        batch.iter().for_each(|case| training::add(made, *case, &mut rows));
        let mut tx = app.system().await?;
        training_store::insert_enrolments(&mut tx, &rows.enrolments).await?;
        training_store::attend(&mut tx, &rows.attended).await?;
        training_store::certify(&mut tx, &rows.certificates).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}
