//! Visits, breaches and the passing of titles of the made-up programme.

use super::{Progress, shared::BATCH};
use crate::demo::{programme::Simulated, rows::monitoring};
use anyhow::Result;
use followup::monitoring::store;
use platform::app::App;
use rayon::prelude::*;

pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("visits", all.len());
    for batch in all.chunks(BATCH) {
        let visits: Vec<Vec<_>> = batch.par_iter().map(|case| monitoring::visits(made, *case)).collect::<Result<_>>()?;
        let mut tx = app.system().await?;
        store::insert(&mut tx, &visits.concat()).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}
