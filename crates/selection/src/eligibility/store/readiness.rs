//! Assessments of readiness.

use super::column;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, OfficeId, OfficerId, PersonId};

/// A counsellor's assessment.
#[derive(Clone, Debug)]
pub struct ReadinessRow {
    pub person: PersonId,
    pub case: CaseId,
    pub office: OfficeId,
    pub readiness: Uuid,
    pub assessed_on: NaiveDate,
    pub advised: String,
    pub chosen: String,
    pub score: i16,
    /// Codes of the items with their points of 4, as `EXPERIENCE:3 PREMISES:2`.
    pub items: String,
    /// Codes of the topics, with spaces between.
    pub topics: String,
    pub similar_nearby: i16,
    pub note: String,
    pub counsellor: OfficerId,
}

const INSERT_READINESS: &str = "
    insert into readiness (person_id, case_id, readiness_id, assessed_on, advised, chosen, score, items, topics,
        similar_nearby, note, counsellor_id, office)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::text[], $6::text[], $7::smallint[], $8::text[],
        $9::text[], $10::smallint[], $11::text[], $12::uuid[], $13::int[])";

/// Writes assessments of readiness.
pub async fn insert_readiness(tx: &mut Tx, rows: &[ReadinessRow]) -> Result<()> {
    sqlx::query(INSERT_READINESS)
        .bind(column(rows, |row| row.person.0))
        .bind(column(rows, |row| row.case.0))
        .bind(column(rows, |row| row.readiness))
        .bind(column(rows, |row| row.assessed_on))
        .bind(column(rows, |row| row.advised.as_str()))
        .bind(column(rows, |row| row.chosen.as_str()))
        .bind(column(rows, |row| row.score))
        .bind(column(rows, |row| row.items.as_str()))
        .bind(column(rows, |row| row.topics.as_str()))
        .bind(column(rows, |row| row.similar_nearby))
        .bind(column(rows, |row| row.note.as_str()))
        .bind(column(rows, |row| row.counsellor.0))
        .bind(column(rows, |row| row.office.0))
        .execute(tx.conn())
        .await
        .context("writing assessments of readiness")?;
    Ok(())
}

/// An assessment as it was kept.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Readiness {
    pub assessed_on: NaiveDate,
    pub advised: String,
    pub chosen: String,
    pub score: i16,
    pub items: String,
    pub topics: String,
    pub similar_nearby: i16,
    pub note: String,
    pub counsellor_name: String,
}

const LATEST_READINESS: &str = "
    select r.assessed_on, r.advised, r.chosen, r.score, r.items, r.topics, r.similar_nearby, r.note,
        o.name as counsellor_name
    from readiness r
    join officer o on o.officer_id = r.counsellor_id
    where r.person_id = $1
    and r.case_id = $2
    order by r.assessed_on desc, r.readiness_id desc
    limit 1";

/// The latest assessment of a case in scope.
pub async fn latest_readiness(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Readiness>> {
    sqlx::query_as(LATEST_READINESS)
        .bind(person.0)
        .bind(case.0)
        .fetch_optional(tx.conn())
        .await
        .context("finding an assessment of readiness")
}
