//! Proposals of seats in the database: what they went by, and everybody in them.

use super::types::{Candidate, Distance, Outcome, PassedOver, Placed, Terms, Why};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;
use values::id::{CaseId, CohortId, OfficeId, PersonId, SeatRunId};

/// A proposal as stored.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Run {
    pub run_id: Uuid,
    pub office: i32,
    pub as_of: NaiveDate,
    pub seed: String,
    #[serde(skip)]
    pub terms: String,
    pub candidates: i32,
    pub seated: i32,
    pub value: i64,
    pub bound: i64,
    #[serde(skip)]
    pub digest: Vec<u8>,
    pub proposed_by: Uuid,
    pub proposed_at: DateTime<Utc>,
    pub proposed_by_name: String,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub confirmed_by_name: Option<String>,
    pub returned_at: Option<DateTime<Utc>>,
    pub returned_by_name: Option<String>,
    pub return_reason: Option<String>,
}

impl Run {
    pub fn id(&self) -> SeatRunId {
        SeatRunId(self.run_id)
    }

    /// What it went by.
    pub fn terms(&self) -> Result<Terms> {
        serde_json::from_str(&self.terms).context("reading the terms of a proposal")
    }

    /// Whether it waits for a second person.
    pub fn is_open(&self) -> bool {
        self.confirmed_at.is_none() && self.returned_at.is_none()
    }
}

/// Somebody in a proposal as stored.
#[derive(Clone, Debug, FromRow)]
pub struct Kept {
    pub case_id: Uuid,
    pub groups: String,
    pub priority: bool,
    pub waited_weeks: i32,
    pub distance: i16,
    pub language: String,
    pub cohort_id: Option<Uuid>,
    pub value: Option<i64>,
    pub reason: Option<i16>,
    pub reason_group: Option<String>,
    pub nearest: Option<Uuid>,
    pub needed: Option<i64>,
}

impl Kept {
    /// The inputs.
    pub fn candidate(&self) -> Result<Candidate> {
        Ok(Candidate {
            case: CaseId(self.case_id),
            groups: self.groups.split(' ').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
            priority: self.priority,
            waited_weeks: self.waited_weeks,
            distance: Distance::from_number(self.distance).context("somebody at an unknown distance")?,
            language: self.language.clone(),
        })
    }

    /// The seat or the reason.
    pub fn placed(&self) -> Result<Placed> {
        placed(self.case_id, self.cohort_id, self.value, self.reason, self.reason_group.clone(), self.nearest, self.needed)
    }
}

/// Somebody in a proposal as its page shows them.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Line {
    pub case_id: Uuid,
    pub name: String,
    pub receipt: String,
    pub priority: bool,
    pub waited_weeks: i32,
    pub distance: i16,
    pub language: String,
    pub cohort_id: Option<Uuid>,
    pub value: Option<i64>,
    pub reason: Option<i16>,
    pub reason_group: Option<String>,
    pub nearest: Option<Uuid>,
    pub needed: Option<i64>,
    pub seated_on: Option<NaiveDate>,
    pub passed_over: Option<i16>,
}

impl Line {
    /// The inputs that points come from; the shares' groups are not shown.
    pub fn candidate(&self) -> Result<Candidate> {
        Ok(Candidate {
            case: CaseId(self.case_id),
            groups: Vec::new(),
            priority: self.priority,
            waited_weeks: self.waited_weeks,
            distance: Distance::from_number(self.distance).context("somebody at an unknown distance")?,
            language: self.language.clone(),
        })
    }

    /// The seat or the reason.
    pub fn outcome(&self) -> Result<Outcome> {
        let group = self.reason_group.clone();
        Ok(placed(self.case_id, self.cohort_id, self.value, self.reason, group, self.nearest, self.needed)?.outcome)
    }

    /// Why the seat was not given.
    pub fn passed_over(&self) -> Option<PassedOver> {
        self.passed_over.and_then(PassedOver::from_number)
    }
}

fn placed(
    case: Uuid,
    cohort: Option<Uuid>,
    value: Option<i64>,
    reason: Option<i16>,
    group: Option<String>,
    nearest: Option<Uuid>,
    needed: Option<i64>,
) -> Result<Placed> {
    let outcome = match (cohort, value, reason) {
        (Some(cohort), Some(value), _) => Outcome::Seat { cohort: CohortId(cohort), value },
        (None, _, Some(reason)) => {
            let why = Why::from_stored(reason, group).context("an unknown reason for no seat")?;
            Outcome::Without { why, nearest: nearest.map(CohortId), needed }
        }
        _ => anyhow::bail!("somebody in a proposal with neither a seat nor a reason"),
    };
    Ok(Placed { case: CaseId(case), outcome })
}

/// A proposal about to be written.
pub struct NewRun<'a> {
    pub run: SeatRunId,
    pub office: OfficeId,
    pub seed: &'a str,
    pub terms: &'a Terms,
    pub people: &'a BTreeMap<CaseId, PersonId>,
    pub candidates: &'a [Candidate],
    pub placed: &'a [Placed],
    pub value: i64,
    pub bound: i64,
    pub digest: [u8; 32],
}

const INSERT: &str = "
    insert into seat_run (run_id, office, as_of, seed, terms, candidates, seated, value, bound, digest, proposed_by,
        proposed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// Writes a proposal with everybody in it.
pub async fn insert(tx: &mut Tx, new: &NewRun<'_>) -> Result<()> {
    let seated = new.placed.iter().filter(|placed| matches!(placed.outcome, Outcome::Seat { .. })).count();
    let (officer, now) = (tx.who().officer, tx.now());
    sqlx::query(INSERT)
        .bind(new.run.0)
        .bind(new.office.0)
        .bind(new.terms.as_of)
        .bind(new.seed)
        .bind(serde_json::to_string(new.terms).context("writing the terms of a proposal")?)
        .bind(i32::try_from(new.candidates.len())?)
        .bind(i32::try_from(seated)?)
        .bind(new.value)
        .bind(new.bound)
        .bind(&new.digest[..])
        .bind(officer.0)
        .bind(now)
        .execute(tx.conn())
        .await
        .context("writing a proposal of seats")?;
    insert_candidates(tx, new).await
}

const INSERT_CANDIDATES: &str = "
    insert into seat_candidate (person_id, run_id, case_id, office, groups, priority, waited_weeks, distance, language,
        cohort_id, value, reason, reason_group, nearest, needed)
    select p.person_id, $1, p.case_id, $2, p.groups, p.priority, p.waited_weeks, p.distance, p.language, p.cohort_id,
        p.value, p.reason, p.reason_group, p.nearest, p.needed
    from unnest($3::uuid[], $4::uuid[], $5::text[], $6::boolean[], $7::int[], $8::smallint[], $9::text[], $10::uuid[],
        $11::bigint[], $12::smallint[], $13::text[], $14::uuid[], $15::bigint[])
        as p (person_id, case_id, groups, priority, waited_weeks, distance, language, cohort_id, value, reason,
            reason_group, nearest, needed)";

async fn insert_candidates(tx: &mut Tx, new: &NewRun<'_>) -> Result<()> {
    let pairs: Vec<(&Candidate, &Outcome)> =
        new.candidates.iter().zip(new.placed).map(|(candidate, placed)| (candidate, &placed.outcome)).collect();
    let people: Option<Vec<Uuid>> =
        new.candidates.iter().map(|candidate| new.people.get(&candidate.case).map(|person| person.0)).collect();
    let seat = |outcome: &Outcome| match outcome {
        Outcome::Seat { cohort, value } => Some((cohort.0, *value)),
        Outcome::Without { .. } => None,
    };
    let without = |outcome: &Outcome| match outcome {
        Outcome::Without { why, nearest, needed } => Some((why.clone(), *nearest, *needed)),
        Outcome::Seat { .. } => None,
    };
    let left: Vec<_> = pairs.iter().map(|(_, outcome)| without(outcome)).collect();
    sqlx::query(INSERT_CANDIDATES)
        .bind(new.run.0)
        .bind(new.office.0)
        .bind(people.context("somebody in a proposal whom nobody gathered")?)
        .bind(pairs.iter().map(|(candidate, _)| candidate.case.0).collect::<Vec<_>>())
        .bind(pairs.iter().map(|(candidate, _)| candidate.groups.join(" ")).collect::<Vec<_>>())
        .bind(pairs.iter().map(|(candidate, _)| candidate.priority).collect::<Vec<_>>())
        .bind(pairs.iter().map(|(candidate, _)| candidate.waited_weeks).collect::<Vec<_>>())
        .bind(pairs.iter().map(|(candidate, _)| candidate.distance as i16).collect::<Vec<_>>())
        .bind(pairs.iter().map(|(candidate, _)| candidate.language.as_str()).collect::<Vec<_>>())
        .bind(pairs.iter().map(|(_, outcome)| seat(outcome).map(|(cohort, _)| cohort)).collect::<Vec<_>>())
        .bind(pairs.iter().map(|(_, outcome)| seat(outcome).map(|(_, value)| value)).collect::<Vec<_>>())
        .bind(left.iter().map(|left| left.as_ref().map(|(why, ..)| why.stored().0)).collect::<Vec<_>>())
        .bind(left.iter().map(|left| left.as_ref().and_then(|(why, ..)| why.stored().1)).collect::<Vec<_>>())
        .bind(left.iter().map(|left| left.as_ref().and_then(|(_, nearest, _)| nearest.map(|at| at.0))).collect::<Vec<_>>())
        .bind(left.iter().map(|left| left.as_ref().and_then(|(.., needed)| *needed)).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("writing who is in a proposal of seats")?;
    Ok(())
}

const FIND: &str = "
    select r.run_id, r.office, r.as_of, r.seed, r.terms, r.candidates, r.seated, r.value, r.bound, r.digest, r.proposed_by,
        r.proposed_at, p.name as proposed_by_name, r.confirmed_at, c.name as confirmed_by_name, r.returned_at,
        b.name as returned_by_name, r.return_reason
    from seat_run r
    join officer p on p.officer_id = r.proposed_by
    left join officer c on c.officer_id = r.confirmed_by
    left join officer b on b.officer_id = r.returned_by
    where r.run_id = $1";

/// A proposal in scope.
pub async fn find(tx: &mut Tx, run: SeatRunId) -> Result<Option<Run>> {
    sqlx::query_as(FIND).bind(run.0).fetch_optional(tx.conn()).await.context("finding a proposal of seats")
}

const LOCK: &str = "
    select run_id
    from seat_run
    where run_id = $1
    for update";

/// A proposal in scope, locked while it is confirmed or sent back.
pub async fn lock(tx: &mut Tx, run: SeatRunId) -> Result<Option<Run>> {
    sqlx::query(LOCK).bind(run.0).execute(tx.conn()).await.context("locking a proposal of seats")?;
    find(tx, run).await
}

const LIST: &str = "
    select r.run_id, r.office, r.as_of, r.seed, r.terms, r.candidates, r.seated, r.value, r.bound, r.digest, r.proposed_by,
        r.proposed_at, p.name as proposed_by_name, r.confirmed_at, c.name as confirmed_by_name, r.returned_at,
        b.name as returned_by_name, r.return_reason
    from seat_run r
    join officer p on p.officer_id = r.proposed_by
    left join officer c on c.officer_id = r.confirmed_by
    left join officer b on b.officer_id = r.returned_by
    order by (r.confirmed_at is null and r.returned_at is null) desc, r.proposed_at desc
    limit 100";

/// Proposals in scope, those that wait first.
pub async fn list(tx: &mut Tx) -> Result<Vec<Run>> {
    sqlx::query_as(LIST).fetch_all(tx.conn()).await.context("listing proposals of seats")
}

const KEPT: &str = "
    select case_id, groups, priority, waited_weeks, distance, language, cohort_id, value, reason, reason_group, nearest,
        needed
    from seat_candidate
    where run_id = $1
    order by case_id";

/// Everybody in a proposal, in the order in which they were placed.
pub async fn kept(tx: &mut Tx, run: SeatRunId) -> Result<Vec<Kept>> {
    sqlx::query_as(KEPT).bind(run.0).fetch_all(tx.conn()).await.context("reading who is in a proposal of seats")
}

const LINES: &str = "
    select c.case_id, concat_ws(' ', p.surname, p.given_name, p.patronymic) as name, f.receipt, c.priority, c.waited_weeks,
        c.distance, c.language, c.cohort_id, c.value, c.reason, c.reason_group, c.nearest, c.needed, c.seated_on,
        c.passed_over
    from seat_candidate c
    join case_file f using (person_id, case_id)
    join person p using (person_id)
    where c.run_id = $1
    order by c.cohort_id is null, p.sort_key";

/// Everybody in a proposal by name, those with a seat first.
pub async fn lines(tx: &mut Tx, run: SeatRunId) -> Result<Vec<Line>> {
    sqlx::query_as(LINES).bind(run.0).fetch_all(tx.conn()).await.context("listing who is in a proposal of seats")
}

const IS_OPEN: &str = "
    select exists (
        select from seat_run
        where office = $1
        and confirmed_at is null
        and returned_at is null)";

/// Whether a proposal of the office waits.
pub async fn is_open_at(tx: &mut Tx, office: OfficeId) -> Result<bool> {
    let found = sqlx::query_as(IS_OPEN).bind(office.0).fetch_one(tx.conn()).await;
    let (open,): (bool,) = found.context("asking whether a proposal of seats waits")?;
    Ok(open)
}

const CONFIRM: &str = "
    update seat_run
    set confirmed_by = $2, confirmed_at = $3
    where run_id = $1";

/// A second person has confirmed it.
pub async fn mark_confirmed(tx: &mut Tx, run: SeatRunId) -> Result<()> {
    let (officer, now) = (tx.who().officer, tx.now());
    let query = sqlx::query(CONFIRM).bind(run.0).bind(officer.0).bind(now);
    query.execute(tx.conn()).await.context("confirming a proposal of seats")?;
    Ok(())
}

const RETURN: &str = "
    update seat_run
    set returned_by = $2, returned_at = $3, return_reason = $4
    where run_id = $1";

/// A second person has sent it back.
pub async fn mark_returned(tx: &mut Tx, run: SeatRunId, reason: &str) -> Result<()> {
    let (officer, now) = (tx.who().officer, tx.now());
    let query = sqlx::query(RETURN).bind(run.0).bind(officer.0).bind(now).bind(reason);
    query.execute(tx.conn()).await.context("sending back a proposal of seats")?;
    Ok(())
}

const SETTLE: &str = "
    update seat_candidate c
    set seated_on = case when s.passed_over is null then $4::date end, passed_over = s.passed_over
    from unnest($2::uuid[], $3::smallint[]) as s (case_id, passed_over)
    where c.run_id = $1
    and c.case_id = s.case_id";

/// What the confirmation made of everybody for whom a seat was proposed.
pub async fn settle(tx: &mut Tx, run: SeatRunId, outcomes: &[(CaseId, Option<PassedOver>)]) -> Result<()> {
    let today = tx.today();
    sqlx::query(SETTLE)
        .bind(run.0)
        .bind(outcomes.iter().map(|(case, _)| case.0).collect::<Vec<_>>())
        .bind(outcomes.iter().map(|(_, passed)| passed.map(|passed| passed as i16)).collect::<Vec<_>>())
        .bind(today)
        .execute(tx.conn())
        .await
        .context("writing what became of proposed seats")?;
    Ok(())
}
