//! Proposals to pass the title, and what they became. Writes take slices.

use crate::monitoring::store::column;
use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, PersonId};

/// The passing of the title, proposed or decided.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Ownership {
    pub person_id: Uuid,
    pub ownership_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub contract_id: Uuid,
    /// The final visit.
    pub visit_id: Uuid,
    /// How the business answers to the plan.
    pub finding: String,
    pub proposed_at: DateTime<Utc>,
    pub proposed_by: Uuid,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<Uuid>,
    pub approved: Option<bool>,
    pub note: Option<String>,
    /// The names of both as they were on the day.
    pub proposer: String,
    pub approver: Option<String>,
    /// A [`provision::contract::store::Beneficiary`], sealed; there once it is approved.
    #[serde(skip)]
    pub owner: Option<String>,
}

const INSERT: &str = "
    insert into ownership (person_id, ownership_id, case_id, office, contract_id, visit_id, finding, proposed_at,
        proposed_by, decided_at, decided_by, approved, note, proposer, approver, owner)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::uuid[], $7::text[], $8::timestamptz[],
        $9::uuid[], $10::timestamptz[], $11::uuid[], $12::boolean[], $13::text[], $14::text[], $15::text[], $16::text[])";

/// Writes proposals.
pub async fn insert(tx: &mut Tx, rows: &[Ownership]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |o| o.person_id))
        .bind(column(rows, |o| o.ownership_id))
        .bind(column(rows, |o| o.case_id))
        .bind(column(rows, |o| o.office))
        .bind(column(rows, |o| o.contract_id))
        .bind(column(rows, |o| o.visit_id))
        .bind(column(rows, |o| o.finding.as_str()))
        .bind(column(rows, |o| o.proposed_at))
        .bind(column(rows, |o| o.proposed_by))
        .bind(column(rows, |o| o.decided_at))
        .bind(column(rows, |o| o.decided_by))
        .bind(column(rows, |o| o.approved))
        .bind(column(rows, |o| o.note.as_deref()))
        .bind(column(rows, |o| o.proposer.as_str()))
        .bind(column(rows, |o| o.approver.as_deref()))
        .bind(column(rows, |o| o.owner.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing the passing of titles")?;
    Ok(())
}

const DECIDE: &str = "
    update ownership
    set decided_at = $3, decided_by = $4, approved = $5, note = $6, approver = $7, owner = $8
    where person_id = $1
    and ownership_id = $2
    and decided_at is null";

/// Keeps the second person's decision and everything that it freezes.
pub async fn decide(tx: &mut Tx, decided: &Ownership) -> Result<()> {
    let done = sqlx::query(DECIDE)
        .bind(decided.person_id)
        .bind(decided.ownership_id)
        .bind(decided.decided_at)
        .bind(decided.decided_by)
        .bind(decided.approved)
        .bind(&decided.note)
        .bind(&decided.approver)
        .bind(&decided.owner)
        .execute(tx.conn())
        .await
        .context("deciding on a title")?;
    anyhow::ensure!(done.rows_affected() == 1, "the proposal {} was decided meanwhile", decided.ownership_id);
    Ok(())
}

const LATEST: &str = "
    select person_id, ownership_id, case_id, office, contract_id, visit_id, finding, proposed_at, proposed_by, decided_at,
        decided_by, approved, note, proposer, approver, owner
    from ownership
    where person_id = $1
    and case_id = $2
    order by proposed_at desc
    limit 1";

/// The latest proposal of a case.
pub async fn latest(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Ownership>> {
    sqlx::query_as(LATEST).bind(person.0).bind(case.0).fetch_optional(tx.conn()).await.context("finding a title's proposal")
}

/// The proposal of a case that waits for the second person.
pub async fn open(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Ownership>> {
    Ok(latest(tx, person, case).await?.filter(|proposal| proposal.decided_at.is_none()))
}
