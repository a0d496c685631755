//! Facts looked up again.

use super::column;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use uuid::Uuid;
use values::id::{CaseId, OfficeId, OfficerId, PersonId};

/// A fact looked up again.
#[derive(Clone, Debug)]
pub struct CheckRow {
    pub person: PersonId,
    pub case: CaseId,
    pub office: OfficeId,
    pub check: Uuid,
    pub fact: String,
    /// The JSON of the value.
    pub value: String,
    pub observed_on: NaiveDate,
    pub origin: i16,
    pub note: String,
    pub officer: OfficerId,
    pub recorded_at: DateTime<Utc>,
}

const INSERT_CHECKS: &str = "
    insert into fact_check (person_id, case_id, check_id, fact, value, observed_on, source, note, officer_id, recorded_at,
        office)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[], $7::smallint[], $8::text[],
        $9::uuid[], $10::timestamptz[], $11::int[])";

/// Writes facts looked up again.
pub async fn insert_checks(tx: &mut Tx, rows: &[CheckRow]) -> Result<()> {
    sqlx::query(INSERT_CHECKS)
        .bind(column(rows, |row| row.person.0))
        .bind(column(rows, |row| row.case.0))
        .bind(column(rows, |row| row.check))
        .bind(column(rows, |row| row.fact.as_str()))
        .bind(column(rows, |row| row.value.as_str()))
        .bind(column(rows, |row| row.observed_on))
        .bind(column(rows, |row| row.origin))
        .bind(column(rows, |row| row.note.as_str()))
        .bind(column(rows, |row| row.officer.0))
        .bind(column(rows, |row| row.recorded_at))
        .bind(column(rows, |row| row.office.0))
        .execute(tx.conn())
        .await
        .context("writing facts checked again")?;
    Ok(())
}
