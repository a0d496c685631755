//! Closings that wait for a second person, and what became of them. Writes take slices.

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, PersonId};

/// A closing that was proposed.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Proposal {
    pub person_id: Uuid,
    pub proposal_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    /// A `CloseReason`.
    pub reason: i16,
    pub words: String,
    /// The household member's case that goes on with the equipment.
    pub continued_by: Option<Uuid>,
    pub proposed_at: DateTime<Utc>,
    pub proposed_by: Uuid,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<Uuid>,
    pub approved: Option<bool>,
    pub note: Option<String>,
}

const INSERT: &str = "
    insert into closing_proposal (person_id, proposal_id, case_id, office, reason, words, continued_by, proposed_at,
        proposed_by, decided_at, decided_by, approved, note)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::smallint[], $6::text[], $7::uuid[], $8::timestamptz[],
        $9::uuid[], $10::timestamptz[], $11::uuid[], $12::boolean[], $13::text[])";

/// Writes proposals.
pub async fn insert(tx: &mut Tx, rows: &[Proposal]) -> Result<()> {
    fn column<'r, T>(rows: &'r [Proposal], of: impl Fn(&'r Proposal) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    sqlx::query(INSERT)
        .bind(column(rows, |p| p.person_id))
        .bind(column(rows, |p| p.proposal_id))
        .bind(column(rows, |p| p.case_id))
        .bind(column(rows, |p| p.office))
        .bind(column(rows, |p| p.reason))
        .bind(column(rows, |p| p.words.as_str()))
        .bind(column(rows, |p| p.continued_by))
        .bind(column(rows, |p| p.proposed_at))
        .bind(column(rows, |p| p.proposed_by))
        .bind(column(rows, |p| p.decided_at))
        .bind(column(rows, |p| p.decided_by))
        .bind(column(rows, |p| p.approved))
        .bind(column(rows, |p| p.note.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing proposals to close")?;
    Ok(())
}

const OPEN: &str = "
    select person_id, proposal_id, case_id, office, reason, words, continued_by, proposed_at, proposed_by, decided_at,
        decided_by, approved, note
    from closing_proposal
    where person_id = $1
    and case_id = $2
    and decided_at is null";

/// The proposal of a case that waits for its second person.
pub async fn open(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Proposal>> {
    sqlx::query_as(OPEN).bind(person.0).bind(case.0).fetch_optional(tx.conn()).await.context("finding a proposal to close")
}

const DECIDE: &str = "
    update closing_proposal
    set decided_at = $3, decided_by = $4, approved = $5, note = $6
    where person_id = $1
    and proposal_id = $2
    and decided_at is null";

/// Keeps the second person's decision.
pub async fn decide(tx: &mut Tx, proposal: &Proposal, approved: bool, note: Option<&str>) -> Result<()> {
    let (now, officer) = (tx.now(), tx.who().officer);
    let done = sqlx::query(DECIDE)
        .bind(proposal.person_id)
        .bind(proposal.proposal_id)
        .bind(now)
        .bind(officer.0)
        .bind(approved)
        .bind(note)
        .execute(tx.conn())
        .await
        .context("deciding on a closing")?;
    ensure!(done.rows_affected() == 1, "the proposal {} was decided meanwhile", proposal.proposal_id);
    Ok(())
}
