//! Requests for papers.

use super::column;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, OfficeId, OfficerId, PersonId};

/// A request for papers, and what became of it.
#[derive(Clone, Debug)]
pub struct PaperRow {
    pub person: PersonId,
    pub case: CaseId,
    pub office: OfficeId,
    pub request: Uuid,
    /// Codes of the papers, with commas between.
    pub papers: String,
    pub note: String,
    pub requested_on: NaiveDate,
    pub due_on: NaiveDate,
    pub requested_by: OfficerId,
    pub supplied_on: Option<NaiveDate>,
    pub supplied_by: Option<OfficerId>,
}

const INSERT_PAPERS: &str = "
    insert into paper_request (person_id, case_id, request_id, papers, note, requested_on, due_on, requested_by, supplied_on,
        supplied_by, office)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::date[], $8::uuid[], $9::date[],
        $10::uuid[], $11::int[])";

/// Writes requests for papers.
pub async fn insert_papers(tx: &mut Tx, rows: &[PaperRow]) -> Result<()> {
    sqlx::query(INSERT_PAPERS)
        .bind(column(rows, |row| row.person.0))
        .bind(column(rows, |row| row.case.0))
        .bind(column(rows, |row| row.request))
        .bind(column(rows, |row| row.papers.as_str()))
        .bind(column(rows, |row| row.note.as_str()))
        .bind(column(rows, |row| row.requested_on))
        .bind(column(rows, |row| row.due_on))
        .bind(column(rows, |row| row.requested_by.0))
        .bind(column(rows, |row| row.supplied_on))
        .bind(column(rows, |row| row.supplied_by.map(|officer| officer.0)))
        .bind(column(rows, |row| row.office.0))
        .execute(tx.conn())
        .await
        .context("writing requests for papers")?;
    Ok(())
}

/// Papers that were asked for and are still missing.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct OpenPapers {
    pub request_id: Uuid,
    pub papers: String,
    pub note: String,
    pub requested_on: NaiveDate,
    pub due_on: NaiveDate,
}

impl OpenPapers {
    /// Codes of the papers.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.papers.split(',').filter(|code| !code.is_empty())
    }
}

const OPEN_PAPERS: &str = "
    select request_id, papers, note, requested_on, due_on
    from paper_request
    where person_id = $1
    and case_id = $2
    and supplied_on is null
    order by requested_on desc
    limit 1";

/// The open request for papers of a case in scope.
pub async fn open_papers(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<OpenPapers>> {
    sqlx::query_as(OPEN_PAPERS)
        .bind(person.0)
        .bind(case.0)
        .fetch_optional(tx.conn())
        .await
        .context("finding the papers that are missing")
}

const SUPPLY: &str = "
    update paper_request
    set supplied_on = $3, supplied_by = $4
    where person_id = $1
    and case_id = $2
    and supplied_on is null";

/// Ends the open request.
pub async fn supply(tx: &mut Tx, person: PersonId, case: CaseId, on: NaiveDate) -> Result<()> {
    let officer = tx.who().officer;
    sqlx::query(SUPPLY)
        .bind(person.0)
        .bind(case.0)
        .bind(on)
        .bind(officer.0)
        .execute(tx.conn())
        .await
        .context("recording that papers were supplied")?;
    Ok(())
}
