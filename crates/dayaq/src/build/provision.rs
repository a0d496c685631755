//! Orders, equipment and handovers of the made-up programme.

use super::{Progress, shared::BATCH};
use crate::demo::{
    programme::Simulated,
    rows::provision::{Rows, orders, rows, suppliers},
};
use anyhow::{Result, bail};
use platform::app::App;
use provision::{asset, procurement};
use rayon::prelude::*;

/// Suppliers and orders.
pub(super) async fn write_before(app: &App, made: &Simulated) -> Result<()> {
    let mut tx = app.system().await?;
    procurement::store::insert_suppliers(&mut tx, &suppliers(made)).await?;
    procurement::store::insert_orders(&mut tx, &orders(made)).await?;
    tx.commit().await
}

/// What each case was given.
pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("equipment", all.len());
    for batch in all.chunks(BATCH) {
        let written = batch.par_iter().map(|case| rows(made, *case)).reduce(Rows::default, Rows::join);
        let mut tx = app.system().await?;
        procurement::store::insert_lines(&mut tx, &written.lines).await?;
        if let Some(serial) = asset::store::insert(&mut tx, &written.assets).await? {
            bail!("two made-up pieces carry the serial number {serial}");
        }
        asset::store::insert_handovers(&mut tx, &written.handovers).await?;
        asset::store::insert_items(&mut tx, &written.items).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}
