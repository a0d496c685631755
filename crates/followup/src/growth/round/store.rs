//! Rounds of awards with their money in the database. Writes take slices.

use crate::growth::store::column;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

/// A round of awards.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Round {
    pub round_id: Uuid,
    pub office: i32,
    pub number: String,
    pub title: String,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    /// Decided as applications are scored; if not, only when the round has closed.
    pub rolling: bool,
    /// In qəpik: set aside, and given.
    pub budget: i64,
    pub granted: i64,
    pub proposed_at: DateTime<Utc>,
    pub proposed_by: Uuid,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<Uuid>,
    pub approved: Option<bool>,
    pub note: Option<String>,
}

/// How far a round is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Proposed,
    SentBack,
    Planned,
    Open,
    Closed,
}

impl Round {
    /// How far it is on a day.
    pub fn standing(&self, on: NaiveDate) -> Standing {
        match self.approved {
            None => Standing::Proposed,
            Some(false) => Standing::SentBack,
            Some(true) if on < self.opens_on => Standing::Planned,
            Some(true) if on > self.closes_on => Standing::Closed,
            Some(true) => Standing::Open,
        }
    }

    /// In qəpik.
    pub fn left(&self) -> i64 {
        self.budget - self.granted
    }
}

const INSERT: &str = "
    insert into award_round (round_id, office, number, title, opens_on, closes_on, rolling, budget, granted, proposed_at,
        proposed_by, decided_at, decided_by, approved, note)
    select *
    from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::date[], $6::date[], $7::boolean[], $8::bigint[],
        $9::bigint[], $10::timestamptz[], $11::uuid[], $12::timestamptz[], $13::uuid[], $14::boolean[], $15::text[])";

/// Writes rounds.
pub async fn insert(tx: &mut Tx, rows: &[Round]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |r| r.round_id))
        .bind(column(rows, |r| r.office))
        .bind(column(rows, |r| r.number.as_str()))
        .bind(column(rows, |r| r.title.as_str()))
        .bind(column(rows, |r| r.opens_on))
        .bind(column(rows, |r| r.closes_on))
        .bind(column(rows, |r| r.rolling))
        .bind(column(rows, |r| r.budget))
        .bind(column(rows, |r| r.granted))
        .bind(column(rows, |r| r.proposed_at))
        .bind(column(rows, |r| r.proposed_by))
        .bind(column(rows, |r| r.decided_at))
        .bind(column(rows, |r| r.decided_by))
        .bind(column(rows, |r| r.approved))
        .bind(column(rows, |r| r.note.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing rounds of awards")?;
    Ok(())
}

const ALL: &str = "
    select *
    from award_round
    order by opens_on desc, number desc
    limit 200";

/// Every round, the latest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Round>> {
    sqlx::query_as(ALL).fetch_all(tx.conn()).await.context("listing rounds of awards")
}

const FIND: &str = "
    select *
    from award_round
    where round_id = $1";

const LOCK: &str = "
    select *
    from award_round
    where round_id = $1
    for update";

/// A round.
pub async fn find(tx: &mut Tx, round: Uuid) -> Result<Option<Round>> {
    sqlx::query_as(FIND).bind(round).fetch_optional(tx.conn()).await.context("finding a round of awards")
}

/// A round, locked: whoever gives its money waits here for the other.
pub async fn lock(tx: &mut Tx, round: Uuid) -> Result<Option<Round>> {
    sqlx::query_as(LOCK).bind(round).fetch_optional(tx.conn()).await.context("locking a round of awards")
}

const OPEN: &str = "
    select *
    from award_round
    where approved
    and opens_on <= $1
    and closes_on >= $1
    order by opens_on, number";

/// The rounds that take applications on a day.
pub async fn open(tx: &mut Tx, on: NaiveDate) -> Result<Vec<Round>> {
    sqlx::query_as(OPEN).bind(on).fetch_all(tx.conn()).await.context("finding open rounds of awards")
}

const DECIDE: &str = "
    update award_round
    set decided_at = $2, decided_by = $3, approved = $4, note = $5
    where round_id = $1
    and decided_at is null";

/// Keeps the second person's decision.
pub async fn decide(tx: &mut Tx, round: &Round) -> Result<()> {
    let done = sqlx::query(DECIDE)
        .bind(round.round_id)
        .bind(round.decided_at)
        .bind(round.decided_by)
        .bind(round.approved)
        .bind(&round.note)
        .execute(tx.conn())
        .await
        .context("deciding a round of awards")?;
    anyhow::ensure!(done.rows_affected() == 1, "the round {} was decided meanwhile", round.number);
    Ok(())
}

const GIVE: &str = "
    update award_round
    set granted = granted + $2
    where round_id = $1";

/// Takes money out of a round that is locked; the database refuses what goes beyond its budget.
pub async fn give(tx: &mut Tx, round: Uuid, amount: i64) -> Result<()> {
    sqlx::query(GIVE).bind(round).bind(amount).execute(tx.conn()).await.context("giving the money of a round")?;
    Ok(())
}

/// How many applications of a round stand where.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Counted {
    pub state: i16,
    pub count: i64,
    /// In qəpik.
    pub asked: i64,
}

const COUNTED: &str = "
    select state, count(*) as count, sum(asked)::bigint as asked
    from award
    where round_id = $1
    group by state
    order by state";

/// The applications of a round within the scope, counted by state.
pub async fn counted(tx: &mut Tx, round: Uuid) -> Result<Vec<Counted>> {
    sqlx::query_as(COUNTED).bind(round).fetch_all(tx.conn()).await.context("counting a round's applications")
}

const NTH: &str = "
    select count(*)
    from award_round
    where extract(year from opens_on) = $1";

const ONE_AT_A_TIME: &str = "select pg_advisory_xact_lock(420, 1)";

/// How many rounds open in a year; nobody else proposes one until this transaction ends.
pub async fn of_year(tx: &mut Tx, year: i32) -> Result<i64> {
    sqlx::query(ONE_AT_A_TIME).execute(tx.conn()).await.context("waiting for another round")?;
    let (count,): (i64,) = sqlx::query_as(NTH).bind(year).fetch_one(tx.conn()).await.context("counting rounds")?;
    Ok(count)
}

/// The number of a round: year, and which of that year's.
pub fn number(year: i32, which: i64) -> String {
    format!("MR-{year}-{which:02}")
}
