//! What acts on the cases of the made-up programme left.

use super::Progress;
use crate::demo::{programme::Simulated, rows::acts};
use anyhow::Result;
use platform::app::App;
use registry::case::{
    self,
    acts::{closing, death, transfer},
};
use values::id::PersonId;

pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all = (0u32..).take(made.histories.len());
    progress.begin("acts", 1);
    let law = case::law(app)?;
    let requests: Vec<_> = all.clone().filter_map(|case| acts::transfer(made, &law, case)).collect();
    let deaths: Vec<_> = all.map(|case| acts::death(made, app.keys(), case)).collect::<Result<_>>()?;
    let deaths: Vec<_> = deaths.into_iter().flatten().collect();
    let mut tx = app.system().await?;
    transfer::store::insert(&mut tx, &requests).await?;
    death::store::insert(&mut tx, &deaths).await?;
    for death in &deaths {
        death::store::mark(&mut tx, PersonId(death.person_id), Some(death.died_on)).await?;
    }
    closing::store::insert(&mut tx, &acts::closings(made)).await?;
    tx.commit().await?;
    progress.advance(1);
    Ok(())
}
