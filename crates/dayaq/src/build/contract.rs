//! Contracts of the made-up programme.

use super::{Progress, shared::BATCH};
use crate::demo::{programme::Simulated, rows::contract};
use anyhow::Result;
use platform::app::App;
use provision::contract::store;
use rayon::prelude::*;

pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("contracts", all.len());
    for batch in all.chunks(BATCH) {
        let rows: Vec<_> = batch.par_iter().map(|case| contract::contract(made, app.keys(), *case)).collect::<Result<_>>()?;
        let rows: Vec<_> = rows.into_iter().flatten().collect();
        let mut tx = app.system().await?;
        store::insert(&mut tx, &rows).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}
