//! Everybody's registration.

use super::Progress;
use crate::demo::{programme::Simulated, rows::people};
use anyhow::Result;
use platform::{app::App, journal::Entry};
use rayon::prelude::*;
use registry::people::{store, types::NewPerson};
use values::id::OfficeId;

/// People in one transaction.
const BATCH: usize = 5_000;

/// Writes all people and gives the entries of their registration.
pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<Vec<Entry>> {
    let all: Vec<u32> = (0u32..).take(made.people.len()).collect();
    progress.begin("people", all.len());
    let mut entries = Vec::with_capacity(all.len());
    let moved = made.moved();
    for batch in all.chunks(BATCH) {
        let mut people: Vec<NewPerson> = batch.par_iter().map(|number| people::registration(made, *number)).collect();
        for (number, person) in batch.iter().zip(&people) {
            entries.push(people::registered(made, *number, person)?);
        }
        for (number, person) in batch.iter().zip(&mut people) {
            if let Some(office) = moved.get(number) {
                person.office = OfficeId(made.setting.offices[usize::from(*office)].id);
            }
        }
        let mut tx = app.system().await?;
        store::insert(&mut tx, &people).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(entries)
}
