//! Screenings of the made-up programme.

use super::{Progress, shared::BATCH};
use crate::demo::{programme::Simulated, rows::screening::screenings};
use anyhow::Result;
use platform::app::App;
use preparation::screening::store;
use rayon::prelude::*;

pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("screenings", all.len());
    for batch in all.chunks(BATCH) {
        let rows: Vec<Vec<_>> = batch.par_iter().map(|case| screenings(made, *case)).collect::<Result<_>>()?;
        let mut tx = app.system().await?;
        store::insert(&mut tx, &rows.concat()).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}
