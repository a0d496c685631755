//! Screenings in the database. Writes take slices.

use super::rules::Answered;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{PersonId, PlanId};

/// The screening of a plan.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Screened {
    pub person_id: Uuid,
    pub plan_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    /// An [`Answered`] in JSON.
    #[serde(skip)]
    pub answers: String,
    pub screened_at: DateTime<Utc>,
    pub screened_by: Uuid,
    pub rating: Option<String>,
    pub management_plan_on: Option<NaiveDate>,
    pub no_objection: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<Uuid>,
}

impl Screened {
    /// What was answered.
    pub fn answered(&self) -> Result<Answered> {
        serde_json::from_str(&self.answers).with_context(|| format!("reading the screening of plan {}", self.plan_id))
    }
}

fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

const INSERT: &str = "
    insert into screening (person_id, plan_id, case_id, office, answers, screened_at, screened_by, rating,
        management_plan_on, no_objection, decided_at, decided_by)
    select person_id, plan_id, case_id, office, answers::jsonb, screened_at, screened_by, rating, management_plan_on,
        no_objection, decided_at, decided_by
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::timestamptz[], $7::uuid[], $8::text[],
        $9::date[], $10::text[], $11::timestamptz[], $12::uuid[])
        as s (person_id, plan_id, case_id, office, answers, screened_at, screened_by, rating, management_plan_on,
            no_objection, decided_at, decided_by)";

/// Writes screenings.
pub async fn insert(tx: &mut Tx, rows: &[Screened]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |s| s.person_id))
        .bind(column(rows, |s| s.plan_id))
        .bind(column(rows, |s| s.case_id))
        .bind(column(rows, |s| s.office))
        .bind(column(rows, |s| s.answers.as_str()))
        .bind(column(rows, |s| s.screened_at))
        .bind(column(rows, |s| s.screened_by))
        .bind(column(rows, |s| s.rating.as_deref()))
        .bind(column(rows, |s| s.management_plan_on))
        .bind(column(rows, |s| s.no_objection.as_deref()))
        .bind(column(rows, |s| s.decided_at))
        .bind(column(rows, |s| s.decided_by))
        .execute(tx.conn())
        .await
        .context("writing screenings")?;
    Ok(())
}

const DECIDE: &str = "
    update screening
    set answers = $3::jsonb, rating = $4, management_plan_on = $5, no_objection = $6, decided_at = $7, decided_by = $8
    where person_id = $1
    and plan_id = $2
    and decided_at is null";

/// Keeps the specialist's decision.
pub async fn decide(tx: &mut Tx, row: &Screened) -> Result<()> {
    let done = sqlx::query(DECIDE)
        .bind(row.person_id)
        .bind(row.plan_id)
        .bind(&row.answers)
        .bind(&row.rating)
        .bind(row.management_plan_on)
        .bind(&row.no_objection)
        .bind(row.decided_at)
        .bind(row.decided_by)
        .execute(tx.conn())
        .await
        .context("deciding a screening")?;
    anyhow::ensure!(done.rows_affected() == 1, "the screening of {} was decided meanwhile", row.plan_id);
    Ok(())
}

const FIND: &str = "
    select person_id, plan_id, case_id, office, answers::text as answers, screened_at, screened_by, rating,
        management_plan_on, no_objection, decided_at, decided_by
    from screening
    where person_id = $1
    and plan_id = $2";

/// The screening of a plan.
pub async fn find(tx: &mut Tx, person: PersonId, plan: PlanId) -> Result<Option<Screened>> {
    sqlx::query_as(FIND).bind(person.0).bind(plan.0).fetch_optional(tx.conn()).await.context("finding a screening")
}

const MANAGED: &str = "
    select count(*)
    from screening
    where management_plan_on is not null";

/// Management plans signed so far in the whole programme; the transaction must reach beyond offices.
pub async fn management_plans(tx: &mut Tx) -> Result<i64> {
    let (count,): (i64,) = sqlx::query_as(MANAGED).fetch_one(tx.conn()).await.context("counting management plans")?;
    Ok(count)
}
