//! Builds the demo's database: what the made-up programme tells, through the same rules and stores as the pages.

mod acts;
mod business_plan;
mod cases;
mod commission;
mod contract;
mod grievance;
mod growth;
mod monitoring;
mod officers;
mod people;
mod progress;
mod provision;
mod release;
mod screening;
mod seating;
mod shared;

use crate::demo::programme::Simulated;
use anyhow::{Context, Result};
use platform::{
    app::App,
    journal::{Entry, export::checkpoint},
};
use registry::case;

pub use progress::Progress;

/// Batches on their way at once: while the database writes one, the next is made up.
const AT_ONCE: usize = 2;

/// Writes the whole made-up programme into an empty database; `app` holds the programme in force.
pub async fn build(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    officers::write(app, made).await.context("writing the staff")?;
    let mut entries = people::write(app, made, progress).await.context("writing people")?;
    shared::write_before(app, made, progress).await?;
    let law = case::law(app)?;
    entries.extend(cases::write(app, &law, made, progress).await.context("writing cases")?);
    entries.extend(crate::demo::rows::acts::questions(made)?);
    // None of these reads what another writes, so one keeps the database busy while another makes up its rows.
    tokio::try_join!(
        async { chain(app, entries, progress).await.context("writing the journal") },
        async {
            shared::write_admission(app, made, progress).await?;
            acts::write(app, made, progress).await.context("writing acts")
        },
        shared::write_business(app, made, progress),
    )?;
    let entries = release::write(app, made, progress).await.context("releasing figures")?;
    chain(app, entries, progress).await.context("writing the journal")?;
    seating::write(app).await.context("proposing seats")?;
    let mut tx = app.system().await?;
    checkpoint(&mut tx).await.context("taking a checkpoint")?;
    tx.commit().await?;
    progress.say("settling");
    app.database().settle().await
}

/// Chains all entries in the order in which they were recorded, as the years did.
async fn chain(app: &App, mut entries: Vec<Entry>, progress: &Progress) -> Result<()> {
    /// Entries in one transaction.
    const BATCH: usize = 60_000;
    entries.sort_by_key(|entry| (entry.recorded_at, entry.entry));
    progress.begin("journal", entries.len());
    let mut entries = entries.into_iter();
    loop {
        let batch: Vec<Entry> = entries.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let done = batch.len();
        let mut tx = app.system().await?;
        tx.record_all(batch);
        tx.commit().await?;
        progress.advance(done);
    }
}
