//! The staff's accounts.

use crate::demo::{programme::Simulated, rows::officers};
use anyhow::Result;
use platform::app::App;

const ACCOUNTS: &str = "
    insert into officer (officer_id, login, name, demo_card)
    select *
    from unnest($1::uuid[], $2::text[], $3::text[], $4::smallint[])";

// An array of arrays must be a rectangle, so the lists of offices travel as text.
const ROLES: &str = "
    insert into officer_role (officer_id, role, home_office, offices)
    select r.officer, r.role, r.home, r.offices::int[]
    from unnest($1::uuid[], $2::smallint[], $3::int[], $4::text[]) as r (officer, role, home, offices)";

/// Writes every account; none has a password, for the demo signs in with a click.
pub(super) async fn write(app: &App, made: &Simulated) -> Result<()> {
    let accounts = officers::accounts(made);
    let list = |offices: &[i32]| format!("{{{}}}", offices.iter().map(i32::to_string).collect::<Vec<_>>().join(","));
    let mut tx = app.system().await?;
    sqlx::query(ACCOUNTS)
        .bind(accounts.iter().map(|a| a.id).collect::<Vec<_>>())
        .bind(accounts.iter().map(|a| a.login.as_str()).collect::<Vec<_>>())
        .bind(accounts.iter().map(|a| a.name.as_str()).collect::<Vec<_>>())
        .bind(accounts.iter().map(|a| a.card).collect::<Vec<_>>())
        .execute(tx.conn())
        .await?;
    sqlx::query(ROLES)
        .bind(accounts.iter().map(|a| a.id).collect::<Vec<_>>())
        .bind(accounts.iter().map(|a| a.role as i16).collect::<Vec<_>>())
        .bind(accounts.iter().map(|a| a.home).collect::<Vec<_>>())
        .bind(accounts.iter().map(|a| list(&a.offices)).collect::<Vec<_>>())
        .execute(tx.conn())
        .await?;
    tx.commit().await
}
