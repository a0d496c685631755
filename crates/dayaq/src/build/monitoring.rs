//! Visits, breaches and the passing of titles of the made-up programme.

use super::{Progress, shared::BATCH};
use crate::demo::{programme::Simulated, rows::monitoring};
use anyhow::Result;
use followup::monitoring::{breach, extension, ownership, store};
use platform::app::App;
use rayon::prelude::*;

pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("visits", all.len());
    for batch in all.chunks(BATCH) {
        let visits: Vec<Vec<_>> = batch.par_iter().map(|case| monitoring::visits(made, *case)).collect::<Result<_>>()?;
        let breaches: Vec<_> = batch.iter().filter_map(|case| monitoring::breach(made, *case)).collect();
        let extensions: Vec<_> = batch.iter().filter_map(|case| monitoring::extension(made, *case)).collect();
        let titles: Vec<_> =
            batch.par_iter().map(|case| monitoring::ownership(made, app.keys(), *case)).collect::<Result<_>>()?;
        let titles: Vec<_> = titles.into_iter().flatten().collect();
        let mut tx = app.system().await?;
        store::insert(&mut tx, &visits.concat()).await?;
        breach::store::insert(&mut tx, &breaches).await?;
        extension::store::insert(&mut tx, &extensions).await?;
        ownership::store::insert(&mut tx, &titles).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}
