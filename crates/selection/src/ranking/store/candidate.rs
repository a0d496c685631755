//! Candidates: the inputs that placed them, place and reason.

use super::column;
use crate::ranking::types::{Candidate, Outcome, Placed, Reason, Terms};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, OfficeId, OfficerId, PersonId, RunId};

/// A candidate of a run as it is written. Of an approved run, `approved_by` names the second person on those who are on
/// the list; their cases must have the ranking's event.
#[derive(Clone, Debug)]
pub struct CandidateRow {
    pub person: PersonId,
    pub run: RunId,
    pub case: CaseId,
    /// The case's office.
    pub office: OfficeId,
    pub call: String,
    pub region: String,
    /// Codes of the groups on the run's day, in order.
    pub groups: Vec<String>,
    pub landholder: bool,
    pub waiting_since: NaiveDate,
    pub lot: i64,
    pub rank: u32,
    pub outcome: Outcome,
    pub position: u32,
    pub reason: Reason,
    pub called_on: Option<NaiveDate>,
    pub approved_by: Option<OfficerId>,
}

impl CandidateRow {
    /// A candidate with its place, of a run that waits for approval.
    pub fn new(run: RunId, person: PersonId, office: OfficeId, terms: &Terms, candidate: &Candidate, placed: &Placed) -> Self {
        let bucket = terms.buckets.get(usize::from(candidate.bucket));
        Self {
            person,
            run,
            case: candidate.case,
            office,
            call: bucket.map(|bucket| bucket.call.clone()).unwrap_or_default(),
            region: bucket.map(|bucket| bucket.region.clone()).unwrap_or_default(),
            groups: candidate.groups.clone(),
            landholder: candidate.landholder,
            waiting_since: candidate.waiting_since,
            lot: candidate.lot,
            rank: placed.rank,
            outcome: placed.outcome,
            position: placed.position,
            reason: placed.reason,
            called_on: None,
            approved_by: None,
        }
    }
}

const INSERT: &str = "
    insert into ranking_candidate (person_id, run_id, case_id, office, call, region, groups, landholder, waiting_since, lot,
        rank, outcome, position, reason, called_on, approved_by, conflict, duty)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::date[],
        $10::bigint[], $11::int[], $12::smallint[], $13::int[], $14::smallint[], $15::date[], $16::uuid[], $17::smallint[],
        $18::smallint[])";

/// The conflict and the duty of approving a ranking, as `registry::case` numbers them.
const APPROVAL: (i16, i16) = (2, 6);

/// Writes candidates.
pub async fn insert_candidates(tx: &mut Tx, rows: &[CandidateRow]) -> Result<()> {
    let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    sqlx::query(INSERT)
        .bind(column(rows, |row| row.person.0))
        .bind(column(rows, |row| row.run.0))
        .bind(column(rows, |row| row.case.0))
        .bind(column(rows, |row| row.office.0))
        .bind(column(rows, |row| row.call.as_str()))
        .bind(column(rows, |row| row.region.as_str()))
        .bind(column(rows, |row| row.groups.join(" ")))
        .bind(column(rows, |row| row.landholder))
        .bind(column(rows, |row| row.waiting_since))
        .bind(column(rows, |row| row.lot))
        .bind(column(rows, |row| number(row.rank)))
        .bind(column(rows, |row| row.outcome as i16))
        .bind(column(rows, |row| number(row.position)))
        .bind(column(rows, |row| row.reason as i16))
        .bind(column(rows, |row| row.called_on))
        .bind(column(rows, |row| row.approved_by.map(|officer| officer.0)))
        .bind(column(rows, |row| row.approved_by.map(|_| APPROVAL.0)))
        .bind(column(rows, |row| row.approved_by.map(|_| APPROVAL.1)))
        .execute(tx.conn())
        .await
        .context("writing the candidates of rankings")?;
    Ok(())
}

/// A candidate as it was kept: enough to rank again.
#[derive(Clone, Debug, FromRow)]
pub struct Kept {
    pub person_id: Uuid,
    pub case_id: Uuid,
    pub call: String,
    pub region: String,
    pub groups: String,
    pub landholder: bool,
    pub waiting_since: NaiveDate,
    pub lot: i64,
    pub rank: i32,
    pub outcome: i16,
    pub position: i32,
    pub reason: i16,
    pub fell_out: bool,
    pub called_on: Option<NaiveDate>,
}

impl Kept {
    /// The inputs.
    pub fn candidate(&self, terms: &Terms) -> Candidate {
        let bucket = terms.buckets.iter().position(|bucket| bucket.call == self.call && bucket.region == self.region);
        Candidate {
            case: CaseId(self.case_id),
            bucket: bucket.and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX),
            groups: self.groups.split(' ').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
            landholder: self.landholder,
            waiting_since: self.waiting_since,
            lot: self.lot,
        }
    }

    /// The place.
    pub fn placed(&self) -> Result<Placed> {
        Ok(Placed {
            case: CaseId(self.case_id),
            rank: u32::try_from(self.rank)?,
            outcome: Outcome::from_number(self.outcome).context("a candidate with an unknown outcome")?,
            position: u32::try_from(self.position)?,
            reason: Reason::from_number(self.reason).context("a candidate with an unknown reason")?,
        })
    }
}

const KEPT: &str = "
    select person_id, case_id, call, region, groups, landholder, waiting_since, lot, rank, outcome, position, reason,
        fell_out, called_on
    from ranking_candidate
    where run_id = $1
    order by rank";

/// The candidates of a run that the transaction reaches, best first. Widen it to get all of them.
pub async fn kept(tx: &mut Tx, run: RunId) -> Result<Vec<Kept>> {
    sqlx::query_as(KEPT).bind(run.0).fetch_all(tx.conn()).await.context("reading the candidates of a ranking")
}

/// A candidate as lists show it.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Line {
    pub case_id: Uuid,
    pub name: String,
    pub receipt: String,
    pub stage: i16,
    pub region: String,
    pub groups: String,
    pub landholder: bool,
    pub waiting_since: NaiveDate,
    pub rank: i32,
    pub outcome: i16,
    pub position: i32,
    pub reason: i16,
    pub fell_out: bool,
    pub called_on: Option<NaiveDate>,
}

const LINES: &str = "
    select c.case_id, concat_ws(' ', p.surname, p.given_name) as name, f.receipt, f.stage, c.region, c.groups, c.landholder,
        c.waiting_since, c.rank, c.outcome, c.position, c.reason, c.fell_out, c.called_on
    from ranking_candidate c
    join person p using (person_id)
    join case_file f using (person_id, case_id)
    where c.run_id = $1
    and ($2::smallint is null or c.outcome = $2)
    order by c.rank
    limit $3
    offset $4";

/// Candidates of a run in scope, best first; of one outcome, or of all.
pub async fn lines(tx: &mut Tx, run: RunId, outcome: Option<Outcome>, limit: i64, offset: i64) -> Result<Vec<Line>> {
    sqlx::query_as(LINES)
        .bind(run.0)
        .bind(outcome.map(|outcome| outcome as i16))
        .bind(limit)
        .bind(offset)
        .fetch_all(tx.conn())
        .await
        .context("listing the candidates of a ranking")
}

/// A case's place in a run.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Place {
    pub run_id: Uuid,
    pub as_of: NaiveDate,
    pub approved_at: Option<chrono::DateTime<chrono::Utc>>,
    pub candidates: i32,
    pub selected: i32,
    pub rank: i32,
    pub outcome: i16,
    pub position: i32,
    pub reason: i16,
    pub groups: String,
    pub waiting_since: NaiveDate,
    pub fell_out: bool,
    pub called_on: Option<NaiveDate>,
    pub call: String,
    pub region: String,
    pub landholder: bool,
}

const OF_CASE: &str = "
    select r.run_id, r.as_of, r.approved_at, r.candidates, r.selected, c.rank, c.outcome, c.position, c.reason, c.groups,
        c.waiting_since, c.fell_out, c.called_on, c.call, c.region, c.landholder
    from ranking_candidate c
    join ranking_run r using (run_id)
    where c.person_id = $1
    and c.case_id = $2
    and r.returned_at is null
    order by r.proposed_at desc";

/// Every place of a case on a list that was not sent back, the latest first.
pub async fn of_case(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Place>> {
    sqlx::query_as(OF_CASE).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("finding a case's places on lists")
}

const APPROVE: &str = "
    update ranking_candidate
    set approved_by = $2, conflict = $4, duty = $5
    where run_id = $1
    and case_id = any ($3)";

const FELL_OUT: &str = "
    update ranking_candidate
    set fell_out = true
    where run_id = $1
    and case_id = any ($2)";

/// Marks those who are on an approved list, and those who fell out of it before.
pub async fn approve(tx: &mut Tx, run: RunId, listed: &[CaseId], fell_out: &[CaseId]) -> Result<()> {
    let officer = tx.who().officer;
    sqlx::query(APPROVE)
        .bind(run.0)
        .bind(officer.0)
        .bind(column(listed, |case| case.0))
        .bind(APPROVAL.0)
        .bind(APPROVAL.1)
        .execute(tx.conn())
        .await
        .context("marking an approved list")?;
    sqlx::query(FELL_OUT)
        .bind(run.0)
        .bind(column(fell_out, |case| case.0))
        .execute(tx.conn())
        .await
        .context("marking who fell out of a list")?;
    Ok(())
}

const CALL: &str = "
    update ranking_candidate
    set called_on = $3
    where run_id = $1
    and case_id = $2";

/// Marks a candidate called up from the reserve.
pub async fn call(tx: &mut Tx, run: RunId, case: CaseId, on: NaiveDate) -> Result<()> {
    sqlx::query(CALL).bind(run.0).bind(case.0).bind(on).execute(tx.conn()).await.context("calling up from the reserve")?;
    Ok(())
}
