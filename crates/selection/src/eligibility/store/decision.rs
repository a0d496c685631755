//! Decisions with their inputs.

use super::column;
use crate::eligibility::types::{Kept, Outcome};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, OfficeId, OfficerId, PersonId};

/// A decision on eligibility. Its officer must hold the duty of deciding on the case, which the event gives.
#[derive(Clone, Debug)]
pub struct DecisionRow {
    pub person: PersonId,
    pub case: CaseId,
    /// The case's office.
    pub office: OfficeId,
    pub decision: Uuid,
    pub decided_on: NaiveDate,
    pub decided_at: DateTime<Utc>,
    pub outcome: Outcome,
    /// The number of the frozen rules ([`rule_version`]).
    pub rules_version: i32,
    pub facts_as_of: NaiveDate,
    /// The JSON of [`Kept`].
    pub facts: String,
    /// What each rule said ([`super::ruleset::verdicts`]).
    pub verdicts: String,
    pub reason: String,
    pub appeal_until: Option<NaiveDate>,
    pub officer: OfficerId,
}

const INSERT: &str = "
    insert into eligibility_decision (person_id, case_id, decision_id, office, decided_on, decided_at, outcome,
        rules_version, facts_as_of, facts, verdicts, reason, appeal_until, officer_id)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::date[], $6::timestamptz[], $7::smallint[], $8::int[],
        $9::date[], $10::text[], $11::text[], $12::text[], $13::date[], $14::uuid[])";

/// Writes decisions.
pub async fn insert(tx: &mut Tx, rows: &[DecisionRow]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |row| row.person.0))
        .bind(column(rows, |row| row.case.0))
        .bind(column(rows, |row| row.decision))
        .bind(column(rows, |row| row.office.0))
        .bind(column(rows, |row| row.decided_on))
        .bind(column(rows, |row| row.decided_at))
        .bind(column(rows, |row| row.outcome as i16))
        .bind(column(rows, |row| row.rules_version))
        .bind(column(rows, |row| row.facts_as_of))
        .bind(column(rows, |row| row.facts.as_str()))
        .bind(column(rows, |row| row.verdicts.as_str()))
        .bind(column(rows, |row| row.reason.as_str()))
        .bind(column(rows, |row| row.appeal_until))
        .bind(column(rows, |row| row.officer.0))
        .execute(tx.conn())
        .await
        .context("writing decisions on eligibility")?;
    Ok(())
}

/// A decision as it was kept.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Decision {
    pub decision_id: Uuid,
    pub case_id: Uuid,
    pub decided_on: NaiveDate,
    pub decided_at: DateTime<Utc>,
    pub outcome: i16,
    pub rules_version: i32,
    pub facts_as_of: NaiveDate,
    #[serde(skip)]
    pub facts: String,
    pub verdicts: String,
    pub reason: String,
    pub appeal_until: Option<NaiveDate>,
    pub officer_name: String,
}

impl Decision {
    /// What was decided.
    pub fn outcome(&self) -> Result<Outcome> {
        Outcome::from_number(self.outcome).context("a decision with an unknown outcome")
    }

    /// The inputs.
    pub fn kept(&self) -> Result<Kept> {
        serde_json::from_str(&self.facts).context("reading the facts of a decision")
    }
}

const LATEST: &str = "
    select d.decision_id, d.case_id, d.decided_on, d.decided_at, d.outcome, d.rules_version, d.facts_as_of, d.facts,
        d.verdicts, d.reason, d.appeal_until, o.name as officer_name
    from eligibility_decision d
    join officer o using (officer_id)
    where d.person_id = $1
    and d.case_id = $2
    order by d.decided_at desc
    limit 1";

/// The latest decision of a case in scope.
pub async fn latest(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Decision>> {
    sqlx::query_as(LATEST)
        .bind(person.0)
        .bind(case.0)
        .fetch_optional(tx.conn())
        .await
        .context("finding a decision on eligibility")
}
