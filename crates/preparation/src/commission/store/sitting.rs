//! Sittings with the members called to them, from the call to the closing.

use super::column;
use crate::{commission::rules::Decision, sitting::form::Decided};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::SittingId;

/// A sitting of a commission.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Sitting {
    pub sitting_id: Uuid,
    pub office: i32,
    pub number: String,
    pub region: String,
    pub place: String,
    pub sits_on: NaiveDate,
    pub called_at: DateTime<Utc>,
    pub called_by: Uuid,
    pub head_id: Uuid,
    /// In qəpik, as the next.
    pub budget: i64,
    pub granted: i64,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<Uuid>,
}

/// A member called to a sitting.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Member {
    pub sitting_id: Uuid,
    pub officer_id: Uuid,
    pub office: i32,
    pub present: Option<bool>,
}

const INSERT_SITTINGS: &str = "
    insert into sitting (sitting_id, office, number, region, place, sits_on, called_at, called_by, head_id, budget, granted,
        closed_at, closed_by)
    select *
    from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::date[], $7::timestamptz[], $8::uuid[],
        $9::uuid[], $10::bigint[], $11::bigint[], $12::timestamptz[], $13::uuid[])";

/// Writes sittings.
pub async fn insert_sittings(tx: &mut Tx, rows: &[Sitting]) -> Result<()> {
    sqlx::query(INSERT_SITTINGS)
        .bind(column(rows, |s| s.sitting_id))
        .bind(column(rows, |s| s.office))
        .bind(column(rows, |s| s.number.as_str()))
        .bind(column(rows, |s| s.region.as_str()))
        .bind(column(rows, |s| s.place.as_str()))
        .bind(column(rows, |s| s.sits_on))
        .bind(column(rows, |s| s.called_at))
        .bind(column(rows, |s| s.called_by))
        .bind(column(rows, |s| s.head_id))
        .bind(column(rows, |s| s.budget))
        .bind(column(rows, |s| s.granted))
        .bind(column(rows, |s| s.closed_at))
        .bind(column(rows, |s| s.closed_by))
        .execute(tx.conn())
        .await
        .context("writing sittings")?;
    Ok(())
}

const INSERT_MEMBERS: &str = "
    insert into sitting_member (sitting_id, officer_id, office, present)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::boolean[])";

/// Writes the members called to sittings.
pub async fn insert_members(tx: &mut Tx, rows: &[Member]) -> Result<()> {
    sqlx::query(INSERT_MEMBERS)
        .bind(column(rows, |m| m.sitting_id))
        .bind(column(rows, |m| m.officer_id))
        .bind(column(rows, |m| m.office))
        .bind(column(rows, |m| m.present))
        .execute(tx.conn())
        .await
        .context("writing members of sittings")?;
    Ok(())
}

const SITTING: &str = "
    select sitting_id, office, number, region, place, sits_on, called_at, called_by, head_id, budget, granted, closed_at,
        closed_by
    from sitting
    where sitting_id = $1";

/// A sitting in scope.
pub async fn sitting(tx: &mut Tx, sitting: SittingId) -> Result<Option<Sitting>> {
    sqlx::query_as(SITTING).bind(sitting.0).fetch_optional(tx.conn()).await.context("finding a sitting")
}

const LOCK: &str = "
    select sitting_id, office, number, region, place, sits_on, called_at, called_by, head_id, budget, granted, closed_at,
        closed_by
    from sitting
    where sitting_id = $1
    for update";

/// A sitting in scope, locked.
pub async fn lock(tx: &mut Tx, sitting: SittingId) -> Result<Option<Sitting>> {
    sqlx::query_as(LOCK).bind(sitting.0).fetch_optional(tx.conn()).await.context("locking a sitting")
}

const HOLD: &str = "
    select sitting_id, office, number, region, place, sits_on, called_at, called_by, head_id, budget, granted, closed_at,
        closed_by
    from sitting
    where sitting_id = $1
    for share";

/// A sitting as it stays until the transaction ends: nobody closes it meanwhile, and others may hold it too. Read as the
/// program, since whoever votes may not write sittings, and a lock asks for that.
pub async fn hold(tx: &mut Tx, sitting: SittingId) -> Result<Option<Sitting>> {
    tx.wide(async |tx| sqlx::query_as(HOLD).bind(sitting.0).fetch_optional(tx.conn()).await.context("holding a sitting")).await
}

const LATEST: &str = "
    select sitting_id, office, number, region, place, sits_on, called_at, called_by, head_id, budget, granted, closed_at,
        closed_by
    from sitting
    order by sits_on desc, number desc
    limit 100";

/// The latest sittings in scope.
pub async fn latest(tx: &mut Tx) -> Result<Vec<Sitting>> {
    sqlx::query_as(LATEST).fetch_all(tx.conn()).await.context("listing sittings")
}

/// A member with a name.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Named {
    pub officer_id: Uuid,
    pub name: String,
    pub present: Option<bool>,
}

const MEMBERS: &str = "
    select m.officer_id, o.name, m.present
    from sitting_member m
    join officer o using (officer_id)
    where m.sitting_id = $1
    order by o.name";

/// The members called to a sitting.
pub async fn members(tx: &mut Tx, sitting: SittingId) -> Result<Vec<Named>> {
    sqlx::query_as(MEMBERS).bind(sitting.0).fetch_all(tx.conn()).await.context("reading a sitting's members")
}

const DECIDED: &str = "
    update agenda_item i
    set decision = d.decision, reason = d.reason
    from unnest($2::uuid[], $3::smallint[], $4::text[]) as d (plan_id, decision, reason)
    where i.sitting_id = $1
    and i.plan_id = d.plan_id";

const PRESENT: &str = "
    update sitting_member
    set present = officer_id = any ($2)
    where sitting_id = $1";

const CLOSE: &str = "
    update sitting
    set granted = $2, closed_at = $3, closed_by = $4
    where sitting_id = $1
    and closed_at is null";

/// Keeps what a sitting decided, who was present, and that it is closed.
pub async fn close(tx: &mut Tx, sitting: &Sitting, decided: &[Decided<Decision>], present: &[Uuid]) -> Result<()> {
    sqlx::query(DECIDED)
        .bind(sitting.sitting_id)
        .bind(column(decided, |d| d.item))
        .bind(column(decided, |d| d.decision as i16))
        .bind(column(decided, |d| d.reason.as_deref()))
        .execute(tx.conn())
        .await
        .context("keeping decisions")?;
    sqlx::query(PRESENT).bind(sitting.sitting_id).bind(present).execute(tx.conn()).await.context("keeping who was present")?;
    let done = sqlx::query(CLOSE)
        .bind(sitting.sitting_id)
        .bind(sitting.granted)
        .bind(sitting.closed_at)
        .bind(sitting.closed_by)
        .execute(tx.conn())
        .await
        .context("closing a sitting")?;
    anyhow::ensure!(done.rows_affected() == 1, "the sitting {} was closed meanwhile", sitting.number);
    Ok(())
}
