//! Longer terms in the database. Writes take slices.

use crate::monitoring::store::column;
use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, PersonId};

/// A longer term, proposed or decided.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Extension {
    pub person_id: Uuid,
    pub extension_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub months: i16,
    pub reason: String,
    pub proposed_at: DateTime<Utc>,
    pub proposed_by: Uuid,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<Uuid>,
    pub approved: Option<bool>,
    /// What the second person says.
    pub note: Option<String>,
}

const INSERT: &str = "
    insert into term_extension (person_id, extension_id, case_id, office, months, reason, proposed_at, proposed_by,
        decided_at, decided_by, approved, note)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::smallint[], $6::text[], $7::timestamptz[],
        $8::uuid[], $9::timestamptz[], $10::uuid[], $11::boolean[], $12::text[])";

/// Writes longer terms.
pub async fn insert(tx: &mut Tx, rows: &[Extension]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |e| e.person_id))
        .bind(column(rows, |e| e.extension_id))
        .bind(column(rows, |e| e.case_id))
        .bind(column(rows, |e| e.office))
        .bind(column(rows, |e| e.months))
        .bind(column(rows, |e| e.reason.as_str()))
        .bind(column(rows, |e| e.proposed_at))
        .bind(column(rows, |e| e.proposed_by))
        .bind(column(rows, |e| e.decided_at))
        .bind(column(rows, |e| e.decided_by))
        .bind(column(rows, |e| e.approved))
        .bind(column(rows, |e| e.note.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing longer terms")?;
    Ok(())
}

const DECIDE: &str = "
    update term_extension
    set decided_at = $3, decided_by = $4, approved = $5, note = $6
    where person_id = $1
    and extension_id = $2
    and decided_at is null";

/// Keeps the second person's decision.
pub async fn decide(tx: &mut Tx, decided: &Extension) -> Result<()> {
    let done = sqlx::query(DECIDE)
        .bind(decided.person_id)
        .bind(decided.extension_id)
        .bind(decided.decided_at)
        .bind(decided.decided_by)
        .bind(decided.approved)
        .bind(&decided.note)
        .execute(tx.conn())
        .await
        .context("deciding a longer term")?;
    anyhow::ensure!(done.rows_affected() == 1, "the longer term {} was decided meanwhile", decided.extension_id);
    Ok(())
}

const LATEST: &str = "
    select person_id, extension_id, case_id, office, months, reason, proposed_at, proposed_by, decided_at, decided_by,
        approved, note
    from term_extension
    where person_id = $1
    and case_id = $2
    order by proposed_at desc
    limit 1";

/// The latest longer term of a case.
pub async fn latest(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Extension>> {
    sqlx::query_as(LATEST).bind(person.0).bind(case.0).fetch_optional(tx.conn()).await.context("finding a longer term")
}

/// The longer term of a case that waits for the second person.
pub async fn open(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Extension>> {
    Ok(latest(tx, person, case).await?.filter(|extension| extension.decided_at.is_none()))
}
