//! Runs.

use super::column;
use crate::ranking::types::Terms;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{OfficeId, OfficerId, RunId};

/// A run as it is written.
#[derive(Clone, Debug)]
pub struct RunRow {
    pub run: RunId,
    /// Whose work it is.
    pub office: OfficeId,
    /// Offices of the pool.
    pub offices: Vec<OfficeId>,
    /// The only call of the pool.
    pub call: Option<String>,
    pub as_of: NaiveDate,
    pub seed: String,
    pub terms: Terms,
    pub candidates: i32,
    pub selected: i32,
    pub reserve: i32,
    /// See [`crate::ranking::digest`].
    pub digest: [u8; 32],
    pub proposed: (OfficerId, DateTime<Utc>),
    pub approved: Option<(OfficerId, DateTime<Utc>)>,
}

const INSERT: &str = "
    insert into ranking_run (run_id, office, offices, call, as_of, seed, terms, places, candidates, selected, reserve, digest,
        proposed_by, proposed_at, approved_by, approved_at)
    select run_id, office, offices::int[], call, as_of, seed, terms, places, candidates, selected, reserve, digest,
        proposed_by, proposed_at, approved_by, approved_at
    from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::date[], $6::text[], $7::text[], $8::int[], $9::int[],
        $10::int[], $11::int[], $12::bytea[], $13::uuid[], $14::timestamptz[], $15::uuid[], $16::timestamptz[])
        as r (run_id, office, offices, call, as_of, seed, terms, places, candidates, selected, reserve, digest,
            proposed_by, proposed_at, approved_by, approved_at)";

/// Writes runs.
pub async fn insert_runs(tx: &mut Tx, rows: &[RunRow]) -> Result<()> {
    let terms = rows.iter().map(|row| serde_json::to_string(&row.terms)).collect::<Result<Vec<_>, _>>()?;
    sqlx::query(INSERT)
        .bind(column(rows, |row| row.run.0))
        .bind(column(rows, |row| row.office.0))
        .bind(column(rows, |row| array(&row.offices)))
        .bind(column(rows, |row| row.call.as_deref()))
        .bind(column(rows, |row| row.as_of))
        .bind(column(rows, |row| row.seed.as_str()))
        .bind(terms)
        .bind(column(rows, |row| i32::try_from(row.terms.places).unwrap_or(i32::MAX)))
        .bind(column(rows, |row| row.candidates))
        .bind(column(rows, |row| row.selected))
        .bind(column(rows, |row| row.reserve))
        .bind(column(rows, |row| &row.digest[..]))
        .bind(column(rows, |row| row.proposed.0.0))
        .bind(column(rows, |row| row.proposed.1))
        .bind(column(rows, |row| row.approved.map(|(officer, _)| officer.0)))
        .bind(column(rows, |row| row.approved.map(|(_, at)| at)))
        .execute(tx.conn())
        .await
        .context("writing ranking runs")?;
    Ok(())
}

/// Numbers as the text of an array, since an array of arrays of unequal length cannot be sent.
fn array(offices: &[OfficeId]) -> String {
    let list: Vec<String> = offices.iter().map(|office| office.0.to_string()).collect();
    format!("{{{}}}", list.join(","))
}

/// A run as it was kept.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Run {
    pub run_id: Uuid,
    pub office: i32,
    pub offices: Vec<i32>,
    pub call: Option<String>,
    pub as_of: NaiveDate,
    pub seed: String,
    #[serde(skip)]
    pub terms: String,
    pub places: i32,
    pub candidates: i32,
    pub selected: i32,
    pub reserve: i32,
    #[serde(skip)]
    pub digest: Vec<u8>,
    pub proposed_by: Uuid,
    pub proposed_by_name: String,
    pub proposed_at: DateTime<Utc>,
    pub approved_by_name: Option<String>,
    pub approved_at: Option<DateTime<Utc>>,
    pub returned_by_name: Option<String>,
    pub returned_at: Option<DateTime<Utc>>,
    pub return_reason: Option<String>,
}

impl Run {
    /// What the run went by.
    pub fn terms(&self) -> Result<Terms> {
        serde_json::from_str(&self.terms).context("reading the terms of a ranking")
    }

    /// Whether it still waits for the second person.
    pub fn is_open(&self) -> bool {
        self.approved_at.is_none() && self.returned_at.is_none()
    }

    pub fn id(&self) -> RunId {
        RunId(self.run_id)
    }
}

const FIND: &str = "
    select r.run_id, r.office, r.offices, r.call, r.as_of, r.seed, r.terms, r.places, r.candidates, r.selected, r.reserve,
        r.digest, r.proposed_by, p.name as proposed_by_name, r.proposed_at, a.name as approved_by_name, r.approved_at,
        b.name as returned_by_name, r.returned_at, r.return_reason
    from ranking_run r
    join officer p on p.officer_id = r.proposed_by
    left join officer a on a.officer_id = r.approved_by
    left join officer b on b.officer_id = r.returned_by
    where r.run_id = $1";

/// A run in scope.
pub async fn find(tx: &mut Tx, run: RunId) -> Result<Option<Run>> {
    sqlx::query_as(FIND).bind(run.0).fetch_optional(tx.conn()).await.context("finding a ranking run")
}

const LOCK: &str = "
    select run_id
    from ranking_run
    where run_id = $1
    for update";

/// A run in scope, locked for acting on it.
pub async fn lock(tx: &mut Tx, run: RunId) -> Result<Option<Run>> {
    sqlx::query(LOCK).bind(run.0).execute(tx.conn()).await.context("locking a ranking run")?;
    find(tx, run).await
}

const LIST: &str = "
    select r.run_id, r.office, r.offices, r.call, r.as_of, r.seed, r.terms, r.places, r.candidates, r.selected, r.reserve,
        r.digest, r.proposed_by, p.name as proposed_by_name, r.proposed_at, a.name as approved_by_name, r.approved_at,
        b.name as returned_by_name, r.returned_at, r.return_reason
    from ranking_run r
    join officer p on p.officer_id = r.proposed_by
    left join officer a on a.officer_id = r.approved_by
    left join officer b on b.officer_id = r.returned_by
    order by (r.approved_at is null and r.returned_at is null) desc, r.proposed_at desc
    limit $1
    offset $2";

/// Runs in scope, those that wait for approval first, then the latest.
pub async fn list(tx: &mut Tx, limit: i64, offset: i64) -> Result<Vec<Run>> {
    sqlx::query_as(LIST).bind(limit).bind(offset).fetch_all(tx.conn()).await.context("listing ranking runs")
}

const APPROVE: &str = "
    update ranking_run
    set approved_by = $2, approved_at = $3
    where run_id = $1";

/// Marks a run approved by whoever acts.
pub async fn mark_approved(tx: &mut Tx, run: RunId) -> Result<()> {
    let (officer, now) = (tx.who().officer, tx.now());
    sqlx::query(APPROVE).bind(run.0).bind(officer.0).bind(now).execute(tx.conn()).await.context("approving a ranking run")?;
    Ok(())
}

const RETURN: &str = "
    update ranking_run
    set returned_by = $2, returned_at = $3, return_reason = $4
    where run_id = $1";

/// Marks a run sent back by whoever acts.
pub async fn mark_returned(tx: &mut Tx, run: RunId, reason: &str) -> Result<()> {
    let (officer, now) = (tx.who().officer, tx.now());
    sqlx::query(RETURN)
        .bind(run.0)
        .bind(officer.0)
        .bind(now)
        .bind(reason)
        .execute(tx.conn())
        .await
        .context("sending a ranking run back")?;
    Ok(())
}

const OPEN_OVER: &str = "
    select count(*) > 0
    from ranking_run
    where approved_at is null
    and returned_at is null
    and offices && $1";

/// Whether a run over some of these offices waits for approval, whoever proposed it.
pub async fn is_open_over(tx: &mut Tx, offices: &[OfficeId]) -> Result<bool> {
    let offices: Vec<i32> = offices.iter().map(|office| office.0).collect();
    tx.widen().await?;
    let (open,): (bool,) = sqlx::query_as(OPEN_OVER).bind(offices).fetch_one(tx.conn()).await.context("looking for open runs")?;
    tx.narrow().await?;
    Ok(open)
}

const WAITING_IN: &str = "
    select count(*)
    from case_file
    where office = any ($1)
    and stage = $2
    and not suspended";

/// How many people are eligible and wait in these offices.
pub async fn waiting_in(tx: &mut Tx, offices: &[OfficeId]) -> Result<usize> {
    let offices: Vec<i32> = offices.iter().map(|office| office.0).collect();
    let (count,): (i64,) = sqlx::query_as(WAITING_IN)
        .bind(offices)
        .bind(registry::case::Stage::Eligible as i16)
        .fetch_one(tx.conn())
        .await
        .context("counting who waits")?;
    Ok(usize::try_from(count)?)
}
