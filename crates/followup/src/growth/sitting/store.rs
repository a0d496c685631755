//! Sittings on awards with their members, agenda and votes in the database. Writes take slices.

use crate::growth::{state::Decision, store::column};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
pub use preparation::commission::store::{Member, Named};
use preparation::sitting::{Ballot, Choice, Votes, counted as count, form::Decided};
use serde::Serialize;
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;
use values::id::SittingId;

/// A sitting on awards.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Sitting {
    pub sitting_id: Uuid,
    pub office: i32,
    pub round_id: Uuid,
    pub number: String,
    pub place: String,
    pub sits_on: NaiveDate,
    pub called_at: DateTime<Utc>,
    pub called_by: Uuid,
    pub head_id: Uuid,
    /// In qəpik.
    pub granted: i64,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<Uuid>,
}

impl Sitting {
    pub fn id(&self) -> SittingId {
        SittingId(self.sitting_id)
    }
}

/// An application on an agenda.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Item {
    pub person_id: Uuid,
    pub sitting_id: Uuid,
    pub award_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub position: i16,
    /// In qəpik.
    pub amount: i64,
    /// Mean of the blind scores, in tenths of a point.
    pub mean_tenths: i16,
    /// A [`crate::growth::state::Decision`].
    pub decision: Option<i16>,
    pub reason: Option<String>,
}

/// A member's vote on an application.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Vote {
    pub person_id: Uuid,
    pub sitting_id: Uuid,
    pub award_id: Uuid,
    pub officer_id: Uuid,
    pub office: i32,
    /// A [`Choice`].
    pub vote: i16,
    pub reason: Option<String>,
}

impl Vote {
    /// As it counts.
    pub fn ballot(&self) -> Option<Ballot> {
        let choice = Choice::from_number(self.vote)?;
        Some(Ballot { item: self.award_id, member: self.officer_id, choice })
    }
}

const INSERT: &str = "
    insert into award_sitting (sitting_id, office, round_id, number, place, sits_on, called_at, called_by, head_id, granted,
        closed_at, closed_by)
    select *
    from unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::timestamptz[], $8::uuid[],
        $9::uuid[], $10::bigint[], $11::timestamptz[], $12::uuid[])";

/// Writes sittings.
pub async fn insert(tx: &mut Tx, rows: &[Sitting]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |s| s.sitting_id))
        .bind(column(rows, |s| s.office))
        .bind(column(rows, |s| s.round_id))
        .bind(column(rows, |s| s.number.as_str()))
        .bind(column(rows, |s| s.place.as_str()))
        .bind(column(rows, |s| s.sits_on))
        .bind(column(rows, |s| s.called_at))
        .bind(column(rows, |s| s.called_by))
        .bind(column(rows, |s| s.head_id))
        .bind(column(rows, |s| s.granted))
        .bind(column(rows, |s| s.closed_at))
        .bind(column(rows, |s| s.closed_by))
        .execute(tx.conn())
        .await
        .context("writing sittings on awards")?;
    Ok(())
}

const INSERT_MEMBERS: &str = "
    insert into award_sitting_member (sitting_id, officer_id, office, present)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::boolean[])";

/// Writes the members called.
pub async fn insert_members(tx: &mut Tx, rows: &[Member]) -> Result<()> {
    sqlx::query(INSERT_MEMBERS)
        .bind(column(rows, |m| m.sitting_id))
        .bind(column(rows, |m| m.officer_id))
        .bind(column(rows, |m| m.office))
        .bind(column(rows, |m| m.present))
        .execute(tx.conn())
        .await
        .context("writing members of sittings on awards")?;
    Ok(())
}

const INSERT_ITEMS: &str = "
    insert into award_item (person_id, sitting_id, award_id, case_id, office, position, amount, mean_tenths, decision, reason)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::smallint[], $7::bigint[], $8::smallint[],
        $9::smallint[], $10::text[])";

/// Writes agendas.
pub async fn insert_items(tx: &mut Tx, rows: &[Item]) -> Result<()> {
    sqlx::query(INSERT_ITEMS)
        .bind(column(rows, |i| i.person_id))
        .bind(column(rows, |i| i.sitting_id))
        .bind(column(rows, |i| i.award_id))
        .bind(column(rows, |i| i.case_id))
        .bind(column(rows, |i| i.office))
        .bind(column(rows, |i| i.position))
        .bind(column(rows, |i| i.amount))
        .bind(column(rows, |i| i.mean_tenths))
        .bind(column(rows, |i| i.decision))
        .bind(column(rows, |i| i.reason.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing agendas on awards")?;
    Ok(())
}

const INSERT_VOTES: &str = "
    insert into award_vote (person_id, sitting_id, award_id, officer_id, office, vote, reason)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::smallint[], $7::text[])
    on conflict (person_id, sitting_id, award_id, officer_id) do update
    set vote = excluded.vote, reason = excluded.reason";

/// Writes votes; until the sitting closes a member may vote anew.
pub async fn insert_votes(tx: &mut Tx, rows: &[Vote]) -> Result<()> {
    sqlx::query(INSERT_VOTES)
        .bind(column(rows, |v| v.person_id))
        .bind(column(rows, |v| v.sitting_id))
        .bind(column(rows, |v| v.award_id))
        .bind(column(rows, |v| v.officer_id))
        .bind(column(rows, |v| v.office))
        .bind(column(rows, |v| v.vote))
        .bind(column(rows, |v| v.reason.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing votes on awards")?;
    Ok(())
}

const FIND: &str = "
    select *
    from award_sitting
    where sitting_id = $1";

const LOCK: &str = "
    select *
    from award_sitting
    where sitting_id = $1
    for update";

const HOLD: &str = "
    select *
    from award_sitting
    where sitting_id = $1
    for share";

/// A sitting in scope.
pub async fn find(tx: &mut Tx, sitting: SittingId) -> Result<Option<Sitting>> {
    sqlx::query_as(FIND).bind(sitting.0).fetch_optional(tx.conn()).await.context("finding a sitting on awards")
}

/// A sitting in scope, locked.
pub async fn lock(tx: &mut Tx, sitting: SittingId) -> Result<Option<Sitting>> {
    sqlx::query_as(LOCK).bind(sitting.0).fetch_optional(tx.conn()).await.context("locking a sitting on awards")
}

/// A sitting as it stays until the transaction ends: nobody closes it meanwhile, and others may hold it too. Read as the
/// program, since whoever votes may not write sittings, and a lock asks for that.
pub async fn hold(tx: &mut Tx, sitting: SittingId) -> Result<Option<Sitting>> {
    let held = async |tx: &mut Tx| {
        sqlx::query_as(HOLD).bind(sitting.0).fetch_optional(tx.conn()).await.context("holding a sitting on awards")
    };
    tx.wide(held).await
}

const OF_ROUND: &str = "
    select *
    from award_sitting
    where round_id = $1
    order by sits_on desc, number desc";

/// The sittings of a round, the latest first.
pub async fn of_round(tx: &mut Tx, round: Uuid) -> Result<Vec<Sitting>> {
    sqlx::query_as(OF_ROUND).bind(round).fetch_all(tx.conn()).await.context("listing a round's sittings")
}

const LATEST: &str = "
    select *
    from award_sitting
    order by closed_at is not null, sits_on desc, number desc
    limit 100";

/// The latest sittings, the open ones first.
pub async fn latest(tx: &mut Tx) -> Result<Vec<Sitting>> {
    sqlx::query_as(LATEST).fetch_all(tx.conn()).await.context("listing sittings on awards")
}

const MEMBERS: &str = "
    select m.officer_id, o.name, m.present
    from award_sitting_member m
    join officer o using (officer_id)
    where m.sitting_id = $1
    order by o.name";

/// The members called to a sitting.
pub async fn members(tx: &mut Tx, sitting: SittingId) -> Result<Vec<Named>> {
    sqlx::query_as(MEMBERS).bind(sitting.0).fetch_all(tx.conn()).await.context("reading a sitting's members")
}

const ITEMS: &str = "
    select *
    from award_item
    where sitting_id = $1
    order by position";

/// The agenda of a sitting, as far as the scope reaches.
pub async fn items(tx: &mut Tx, sitting: SittingId) -> Result<Vec<Item>> {
    sqlx::query_as(ITEMS).bind(sitting.0).fetch_all(tx.conn()).await.context("reading an agenda on awards")
}

const VOTES: &str = "
    select *
    from award_vote v
    where sitting_id = $1
    and not exists (select from award_sitting_member m
        where m.sitting_id = v.sitting_id
        and m.officer_id = v.officer_id
        and m.present = false)";

/// The votes of a sitting, as far as the scope reaches: a member sees their own. Whoever voted ahead and then did not come
/// has not voted.
pub async fn votes(tx: &mut Tx, sitting: SittingId) -> Result<Vec<Vote>> {
    sqlx::query_as(VOTES).bind(sitting.0).fetch_all(tx.conn()).await.context("reading votes on awards")
}

/// Votes counted by application.
pub fn counted(votes: &[Vote]) -> HashMap<Uuid, Votes> {
    count(votes.iter().filter_map(Vote::ballot))
}

const DECIDED: &str = "
    update award_item i
    set decision = d.decision, reason = d.reason
    from unnest($2::uuid[], $3::smallint[], $4::text[]) as d (award_id, decision, reason)
    where i.sitting_id = $1
    and i.award_id = d.award_id";

const PRESENT: &str = "
    update award_sitting_member
    set present = officer_id = any ($2)
    where sitting_id = $1";

const CLOSE: &str = "
    update award_sitting
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
        .context("keeping decisions on awards")?;
    sqlx::query(PRESENT).bind(sitting.sitting_id).bind(present).execute(tx.conn()).await.context("keeping who was present")?;
    let done = sqlx::query(CLOSE)
        .bind(sitting.sitting_id)
        .bind(sitting.granted)
        .bind(sitting.closed_at)
        .bind(sitting.closed_by)
        .execute(tx.conn())
        .await
        .context("closing a sitting on awards")?;
    anyhow::ensure!(done.rows_affected() == 1, "the sitting {} was closed meanwhile", sitting.number);
    Ok(())
}

/// A scored application that no open sitting has on its agenda.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Ready {
    pub award_id: Uuid,
    pub case_id: Uuid,
    pub number: String,
    /// In qəpik.
    pub asked: i64,
    pub mean_tenths: i16,
}

const READY: &str = "
    select a.award_id, a.case_id, a.number, a.asked, coalesce(a.mean_tenths, 0::smallint) as mean_tenths
    from award a
    where a.round_id = $1
    and a.state = 3
    and not exists (select from award_item i
        join award_sitting s using (sitting_id)
        where i.person_id = a.person_id
        and i.award_id = a.award_id
        and s.closed_at is null)
    order by a.mean_tenths desc, a.award_id
    limit 200";

/// The scored applications of a round that wait for a sitting, the best first.
pub async fn ready(tx: &mut Tx, round: Uuid) -> Result<Vec<Ready>> {
    sqlx::query_as(READY).bind(round).fetch_all(tx.conn()).await.context("finding awards for a sitting")
}

const JUDGES: &str = "
    select o.officer_id, o.name
    from officer o
    join officer_role r using (officer_id)
    where r.role = 7
    and o.disabled_on is null
    order by o.demo_card nulls last, o.name";

/// The members of commissions.
pub async fn judges(tx: &mut Tx) -> Result<Vec<(Uuid, String)>> {
    sqlx::query_as(JUDGES).fetch_all(tx.conn()).await.context("finding members of commissions")
}

const STILL_ASSIGNED: &str = "
    select distinct i.case_id
    from award_item i
    join award_sitting s using (sitting_id)
    where i.case_id = any ($1)
    and s.closed_at is null";

/// Of these cases those that another open sitting still hears.
pub async fn still_heard(tx: &mut Tx, cases: &[Uuid]) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> =
        sqlx::query_as(STILL_ASSIGNED).bind(cases).fetch_all(tx.conn()).await.context("finding cases of open sittings")?;
    Ok(rows.into_iter().map(|(case,)| case).collect())
}

/// The number of a round's sitting.
pub fn number(round: &str, which: usize) -> String {
    format!("HK-{}-{which:02}", round.trim_start_matches("MR-"))
}
