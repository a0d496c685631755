//! Business plans of the made-up programme.

use super::{Progress, shared::BATCH};
use crate::demo::{
    programme::Simulated,
    rows::business_plan::{Rows, rows},
};
use anyhow::Result;
use platform::app::App;
use preparation::business_plan::store;
use rayon::prelude::*;

pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("plans", all.len());
    for batch in all.chunks(BATCH) {
        let written =
            batch.par_iter().map(|case| rows(made, *case)).try_reduce(Rows::default, |one, other| Ok(one.join(other)))?;
        let mut tx = app.system().await?;
        store::insert(&mut tx, &written.plans).await?;
        store::insert_lines(&mut tx, &written.lines).await?;
        store::insert_comments(&mut tx, &written.comments).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}
