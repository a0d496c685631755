//! Incentive awards of the made-up programme.

use crate::demo::{programme::Simulated, rows::growth};
use anyhow::{Result, bail};
use followup::growth::{account, contract, delivery, round, scoring, sitting, store};
use platform::app::App;
use preparation::commission::store as commission;
use provision::{asset, procurement};
use registry::case;

/// Everything about awards, once the equipment of the cases is written.
pub(super) async fn write(app: &App, made: &Simulated) -> Result<()> {
    let rows = growth::rows(made, app.keys())?;
    let mut tx = app.system().await?;
    round::store::insert(&mut tx, &rows.rounds).await?;
    store::insert(&mut tx, &rows.awards).await?;
    store::insert_lines(&mut tx, &rows.lines).await?;
    store::insert_help(&mut tx, &rows.help).await?;
    scoring::store::insert(&mut tx, &rows.scores).await?;
    sitting::store::insert(&mut tx, &rows.sittings).await?;
    sitting::store::insert_members(&mut tx, &rows.members).await?;
    sitting::store::insert_items(&mut tx, &rows.items).await?;
    sitting::store::insert_votes(&mut tx, &rows.votes).await?;
    commission::assign(&mut tx, &rows.assignments).await?;
    case::store::keep_claims(&mut tx, &rows.claims).await?;
    contract::store::insert(&mut tx, &rows.contracts).await?;
    procurement::store::insert_orders(&mut tx, &rows.orders).await?;
    procurement::store::insert_lines(&mut tx, &rows.order_lines).await?;
    if let Some(serial) = asset::store::insert(&mut tx, &rows.assets).await? {
        bail!("two made-up pieces carry the serial number {serial}");
    }
    delivery::store::insert(&mut tx, &rows.deliveries).await?;
    delivery::store::insert_items(&mut tx, &rows.delivered).await?;
    account::insert(&mut tx, &rows.accounts).await?;
    tx.commit().await
}
