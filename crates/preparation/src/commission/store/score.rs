//! Evaluators' scores and the defence of a plan.

use super::column;
use crate::blind_score::Marks;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, PersonId, PlanId};

/// An evaluator's score of a plan.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Score {
    pub person_id: Uuid,
    pub plan_id: Uuid,
    pub officer_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub assigned_at: DateTime<Utc>,
    /// [`Marks`] in JSON.
    pub marks: String,
    pub points: Option<i16>,
    pub sealed_at: Option<DateTime<Utc>>,
    pub recused_at: Option<DateTime<Utc>>,
    pub recusal: Option<String>,
}

impl Score {
    /// The marks as kept so far.
    pub fn marks(&self) -> Result<Marks> {
        serde_json::from_str(&self.marks).context("reading marks")
    }
}

/// A defence before a panel.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Defence {
    pub person_id: Uuid,
    pub plan_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub held_on: NaiveDate,
    pub marks: String,
    pub points: i16,
    pub recorded_by: Uuid,
}

const INSERT_SCORES: &str = "
    insert into plan_score (person_id, plan_id, officer_id, case_id, office, assigned_at, marks, points, sealed_at)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::timestamptz[], $7::text[], $8::smallint[],
        $9::timestamptz[])";

/// Writes scores, assigned or sealed.
pub async fn insert_scores(tx: &mut Tx, rows: &[Score]) -> Result<()> {
    sqlx::query(INSERT_SCORES)
        .bind(column(rows, |s| s.person_id))
        .bind(column(rows, |s| s.plan_id))
        .bind(column(rows, |s| s.officer_id))
        .bind(column(rows, |s| s.case_id))
        .bind(column(rows, |s| s.office))
        .bind(column(rows, |s| s.assigned_at))
        .bind(column(rows, |s| s.marks.as_str()))
        .bind(column(rows, |s| s.points))
        .bind(column(rows, |s| s.sealed_at))
        .execute(tx.conn())
        .await
        .context("writing scores")?;
    Ok(())
}

const SCORES: &str = "
    select person_id, plan_id, officer_id, case_id, office, assigned_at, marks, points, sealed_at, recused_at, recusal
    from plan_score
    where case_id = $1
    and plan_id = $2
    and recused_at is null
    order by sealed_at nulls last, assigned_at, officer_id";

/// The scores of a plan in scope, the sealed ones first.
pub async fn scores(tx: &mut Tx, case: CaseId, plan: PlanId) -> Result<Vec<Score>> {
    sqlx::query_as(SCORES).bind(case.0).bind(plan.0).fetch_all(tx.conn()).await.context("reading scores")
}

const KEEP: &str = "
    update plan_score
    set marks = $4, points = $5, sealed_at = $6
    where person_id = $1
    and plan_id = $2
    and officer_id = $3
    and sealed_at is null
    and recused_at is null";

/// Keeps marks, or seals them; false when they were sealed before.
pub async fn keep_score(tx: &mut Tx, score: &Score) -> Result<bool> {
    let done = sqlx::query(KEEP)
        .bind(score.person_id)
        .bind(score.plan_id)
        .bind(score.officer_id)
        .bind(&score.marks)
        .bind(score.points)
        .bind(score.sealed_at)
        .execute(tx.conn())
        .await
        .context("keeping marks")?;
    Ok(done.rows_affected() == 1)
}

const RECUSE: &str = "
    update plan_score
    set recused_at = $4, recusal = $5
    where person_id = $1
    and plan_id = $2
    and officer_id = $3
    and sealed_at is null";

/// The evaluator steps aside; false when the score was sealed before.
pub async fn recuse(tx: &mut Tx, score: &Score, why: &str) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query(RECUSE)
        .bind(score.person_id)
        .bind(score.plan_id)
        .bind(score.officer_id)
        .bind(now)
        .bind(why)
        .execute(tx.conn())
        .await
        .context("stepping aside")?;
    Ok(done.rows_affected() == 1)
}

const INSERT_DEFENCES: &str = "
    insert into defence (person_id, plan_id, case_id, office, held_on, marks, points, recorded_by)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::date[], $6::text[], $7::smallint[], $8::uuid[])";

/// Writes defences.
pub async fn insert_defences(tx: &mut Tx, rows: &[Defence]) -> Result<()> {
    sqlx::query(INSERT_DEFENCES)
        .bind(column(rows, |d| d.person_id))
        .bind(column(rows, |d| d.plan_id))
        .bind(column(rows, |d| d.case_id))
        .bind(column(rows, |d| d.office))
        .bind(column(rows, |d| d.held_on))
        .bind(column(rows, |d| d.marks.as_str()))
        .bind(column(rows, |d| d.points))
        .bind(column(rows, |d| d.recorded_by))
        .execute(tx.conn())
        .await
        .context("writing defences")?;
    Ok(())
}

const DEFENCE: &str = "
    select person_id, plan_id, case_id, office, held_on, marks, points, recorded_by
    from defence
    where person_id = $1
    and plan_id = $2";

/// The defence of a plan.
pub async fn defence(tx: &mut Tx, person: PersonId, plan: PlanId) -> Result<Option<Defence>> {
    sqlx::query_as(DEFENCE).bind(person.0).bind(plan.0).fetch_optional(tx.conn()).await.context("finding a defence")
}
