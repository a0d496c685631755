//! Every case: its events folded by the machine, its projections, the duties that its events show.

use super::{AT_ONCE, Progress};
use crate::demo::{events, programme::Simulated};
use anyhow::{Context, Result, anyhow};
use futures::{StreamExt, TryStreamExt, stream};
use platform::{app::App, journal::Entry};
use rayon::prelude::*;
use registry::case::{
    CaseState, Event, Law, fold,
    projection::{self, Projection, Traits},
    store,
};

/// Cases in one transaction.
const BATCH: usize = 4_000;

/// Writes all cases and gives the entries of their events, in order of the cases.
pub(super) async fn write(app: &App, law: &Law, made: &Simulated, progress: &Progress) -> Result<Vec<Entry>> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("cases", all.len());
    let batches = all.chunks(BATCH).map(|batch| write_batch(app, law, made, batch, progress));
    let written: Vec<Vec<Entry>> = stream::iter(batches).buffered(AT_ONCE).try_collect().await?;
    Ok(written.into_iter().flatten().collect())
}

async fn write_batch(app: &App, law: &Law, made: &Simulated, batch: &[u32], progress: &Progress) -> Result<Vec<Entry>> {
    let told: Vec<(Vec<Event>, CaseState)> = batch.par_iter().map(|case| tell(law, made, *case)).collect::<Result<_>>()?;
    let projections: Vec<Projection> = told
        .par_iter()
        .zip(batch)
        .map(|((_, state), case)| {
            let mut projection = Projection::of(state, law);
            let person = made.person_of(*case);
            projection.person =
                Traits { sex: Some(if person.female { "F" } else { "M" }.to_owned()), birth_date: Some(person.born.date()) };
            projection
        })
        .collect();
    let mut tx = app.system().await?;
    projection::write(&mut tx, &projections).await?;
    store::keep_receipts(&mut tx, &projections).await?;
    store::keep_duties(&mut tx, told.iter().map(|(events, state)| (events.as_slice(), state))).await?;
    tx.commit().await?;
    let entries: Vec<Vec<Entry>> = told
        .par_iter()
        .map(|(events, _)| events.iter().map(store::entry_of).collect::<Result<Vec<_>>>())
        .collect::<Result<_>>()?;
    progress.advance(batch.len());
    Ok(entries.into_iter().flatten().collect())
}

/// The events of a case and what they fold to, under the law of the day on which it began.
fn tell(law: &Law, made: &Simulated, case: u32) -> Result<(Vec<Event>, CaseState)> {
    let events = events::events(made, case);
    let opened_on = made.history(case).application.lodged.at.date();
    let state = fold(&events, law.terms_on(opened_on))
        .map_err(|refusal| anyhow!("made-up case {case} is not legal: {refusal}"))?
        .with_context(|| format!("made-up case {case} has no events"))?;
    Ok((events, state))
}
