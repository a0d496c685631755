//! Everybody's registration.

use super::{AT_ONCE, Progress};
use crate::demo::{programme::Simulated, rows::people};
use anyhow::Result;
use futures::{StreamExt, TryStreamExt, stream};
use platform::{app::App, journal::Entry};
use rayon::prelude::*;
use registry::people::{store, types::NewPerson};
use std::collections::HashMap;
use values::id::OfficeId;

/// People in one transaction.
const BATCH: usize = 5_000;

/// Writes all people and gives the entries of their registration.
pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<Vec<Entry>> {
    let all: Vec<u32> = (0u32..).take(made.people.len()).collect();
    progress.begin("people", all.len());
    let moved = made.moved();
    let batches = all.chunks(BATCH).map(|batch| write_batch(app, made, &moved, batch, progress));
    let written: Vec<Vec<Entry>> = stream::iter(batches).buffered(AT_ONCE).try_collect().await?;
    Ok(written.into_iter().flatten().collect())
}

async fn write_batch(
    app: &App,
    made: &Simulated,
    moved: &HashMap<u32, u16>,
    batch: &[u32],
    progress: &Progress,
) -> Result<Vec<Entry>> {
    let mut people: Vec<NewPerson> = batch.par_iter().map(|number| people::registration(made, *number)).collect();
    let told = batch.iter().zip(&people).map(|(number, person)| people::registered(made, *number, person));
    let entries = told.collect::<Result<Vec<_>>>()?;
    for (number, person) in batch.iter().zip(&mut people) {
        if let Some(office) = moved.get(number) {
            person.office = OfficeId(made.setting.offices[usize::from(*office)].id);
        }
    }
    let mut tx = app.system().await?;
    store::insert(&mut tx, &people).await?;
    tx.commit().await?;
    progress.advance(batch.len());
    Ok(entries)
}
