//! The solutions that committees proposed, in the database. Writes take slices.

use super::types::{self, Solution};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::{keys::Keys, scope::Tx};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

/// A solution that a committee proposed, and what was said to it.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Proposal {
    pub person_id: Uuid,
    pub grievance_id: Uuid,
    /// From 1.
    pub position: i16,
    pub office: i32,
    pub level: i16,
    pub proposed_on: NaiveDate,
    pub proposed_by: Uuid,
    /// A sealed [`Solution`].
    pub solution: String,
    pub told_on: Option<NaiveDate>,
    pub told_by: Option<Uuid>,
    /// A code of the programme's channels.
    pub told_through: Option<String>,
    pub accepted: Option<bool>,
    pub answered_on: Option<NaiveDate>,
    pub answered_by: Option<Uuid>,
    /// Sealed: what the complainer said.
    pub answer: Option<String>,
}

impl Proposal {
    pub fn solution(&self, keys: &Keys) -> Result<Solution> {
        types::open(keys, &self.solution)
    }
}

const INSERT: &str = "
    insert into grievance_proposal
    select *
    from jsonb_populate_recordset(null::grievance_proposal, $1::text::jsonb)";

/// Writes proposals.
pub async fn insert(tx: &mut Tx, rows: &[Proposal]) -> Result<()> {
    let rows = serde_json::to_string(rows).context("writing proposals as JSON")?;
    sqlx::query(INSERT).bind(rows).execute(tx.conn()).await.context("writing proposals")?;
    Ok(())
}

const SAVE: &str = "
    update grievance_proposal p
    set told_on = n.told_on, told_by = n.told_by, told_through = n.told_through, accepted = n.accepted,
        answered_on = n.answered_on, answered_by = n.answered_by, answer = n.answer
    from jsonb_populate_record(null::grievance_proposal, $1::text::jsonb) n
    where p.person_id = n.person_id
    and p.grievance_id = n.grievance_id
    and p.position = n.position";

/// Keeps what became of a proposal.
pub async fn save(tx: &mut Tx, proposal: &Proposal) -> Result<()> {
    let row = serde_json::to_string(proposal).context("writing a proposal as JSON")?;
    let done = sqlx::query(SAVE).bind(row).execute(tx.conn()).await.context("keeping a proposal")?;
    anyhow::ensure!(done.rows_affected() == 1, "no proposal {} of {}", proposal.position, proposal.grievance_id);
    Ok(())
}

const OF: &str = "
    select *
    from grievance_proposal
    where person_id = $1
    and grievance_id = $2
    order by position";

/// The proposals of a grievance, in order.
pub async fn of(tx: &mut Tx, person: Uuid, grievance: Uuid) -> Result<Vec<Proposal>> {
    sqlx::query_as(OF).bind(person).bind(grievance).fetch_all(tx.conn()).await.context("reading proposals")
}
