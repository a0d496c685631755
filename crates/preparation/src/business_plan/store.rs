//! Plans in the database. Writes take slices.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use platform::scope::Tx;
use registry::programme::{Programme, sheet::Sheet};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, PersonId, PlanId};

/// A version of a case's plan.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Plan {
    pub person_id: Uuid,
    pub plan_id: Uuid,
    pub case_id: Uuid,
    pub version: i16,
    pub office: i32,
    pub direction: String,
    /// A [`Sheet`] in JSON.
    #[serde(skip)]
    pub answers: String,
    /// In qəpik, as the other sums.
    pub items_total: i64,
    pub own_contribution: i64,
    pub total: i64,
    pub begun_at: DateTime<Utc>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub submitted_by: Option<Uuid>,
}

impl Plan {
    pub fn id(&self) -> PlanId {
        PlanId(self.plan_id)
    }

    /// What was typed.
    pub fn sheet(&self) -> Result<Sheet> {
        serde_json::from_str(&self.answers).with_context(|| format!("reading the plan {}", self.plan_id))
    }
}

/// Fields of the form from which an author could be told.
const TELLING: [&str; 3] = ["address", "voen", "skill_proof"];

impl Plan {
    /// The plan for those who judge it blind: what could tell its author is left out.
    pub fn blind(mut self, programme: &Programme) -> Result<Self> {
        let sheet = self.sheet()?.without(&TELLING);
        debug_assert!(TELLING.iter().all(|code| programme.plan_form().field(code).is_some()));
        self.answers = serde_json::to_string(&sheet)?;
        Ok(self)
    }
}

/// A line of a submitted plan's equipment.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Line {
    pub person_id: Uuid,
    pub plan_id: Uuid,
    /// Counts from 1.
    pub line: i16,
    pub case_id: Uuid,
    pub office: i32,
    pub item: String,
    pub quantity: i16,
    /// In qəpik.
    pub unit_price: i64,
}

/// What the trainer said of a plan.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Comment {
    pub person_id: Uuid,
    pub plan_id: Uuid,
    pub comment_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub officer_id: Uuid,
    pub made_at: DateTime<Utc>,
    pub words: String,
}

fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

const INSERT: &str = "
    insert into business_plan (person_id, plan_id, case_id, version, office, direction, answers, items_total,
        own_contribution, total, begun_at, submitted_at, submitted_by)
    select person_id, plan_id, case_id, version, office, direction, answers::jsonb, items_total, own_contribution, total,
        begun_at, submitted_at, submitted_by
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[], $5::int[], $6::text[], $7::text[], $8::bigint[],
        $9::bigint[], $10::bigint[], $11::timestamptz[], $12::timestamptz[], $13::uuid[])
        as p (person_id, plan_id, case_id, version, office, direction, answers, items_total, own_contribution, total,
            begun_at, submitted_at, submitted_by)
    on conflict (person_id, plan_id) do update
    set answers = excluded.answers, direction = excluded.direction, items_total = excluded.items_total,
        own_contribution = excluded.own_contribution, total = excluded.total, submitted_at = excluded.submitted_at,
        submitted_by = excluded.submitted_by
    where business_plan.submitted_at is null";

/// Writes plans; a draft that is there already is written over, a submitted plan never.
pub async fn insert(tx: &mut Tx, rows: &[Plan]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |p| p.person_id))
        .bind(column(rows, |p| p.plan_id))
        .bind(column(rows, |p| p.case_id))
        .bind(column(rows, |p| p.version))
        .bind(column(rows, |p| p.office))
        .bind(column(rows, |p| p.direction.as_str()))
        .bind(column(rows, |p| p.answers.as_str()))
        .bind(column(rows, |p| p.items_total))
        .bind(column(rows, |p| p.own_contribution))
        .bind(column(rows, |p| p.total))
        .bind(column(rows, |p| p.begun_at))
        .bind(column(rows, |p| p.submitted_at))
        .bind(column(rows, |p| p.submitted_by))
        .execute(tx.conn())
        .await
        .context("writing plans")?;
    Ok(())
}

const INSERT_LINES: &str = "
    insert into plan_line (person_id, plan_id, line, case_id, office, item, quantity, unit_price)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::int[], $6::text[], $7::smallint[], $8::bigint[])";

/// Writes the equipment of submitted plans.
pub async fn insert_lines(tx: &mut Tx, rows: &[Line]) -> Result<()> {
    sqlx::query(INSERT_LINES)
        .bind(column(rows, |l| l.person_id))
        .bind(column(rows, |l| l.plan_id))
        .bind(column(rows, |l| l.line))
        .bind(column(rows, |l| l.case_id))
        .bind(column(rows, |l| l.office))
        .bind(column(rows, |l| l.item.as_str()))
        .bind(column(rows, |l| l.quantity))
        .bind(column(rows, |l| l.unit_price))
        .execute(tx.conn())
        .await
        .context("writing the equipment of plans")?;
    Ok(())
}

const INSERT_COMMENTS: &str = "
    insert into plan_comment (person_id, plan_id, comment_id, case_id, office, officer_id, made_at, words)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::uuid[], $7::timestamptz[], $8::text[])";

/// Writes comments.
pub async fn insert_comments(tx: &mut Tx, rows: &[Comment]) -> Result<()> {
    sqlx::query(INSERT_COMMENTS)
        .bind(column(rows, |c| c.person_id))
        .bind(column(rows, |c| c.plan_id))
        .bind(column(rows, |c| c.comment_id))
        .bind(column(rows, |c| c.case_id))
        .bind(column(rows, |c| c.office))
        .bind(column(rows, |c| c.officer_id))
        .bind(column(rows, |c| c.made_at))
        .bind(column(rows, |c| c.words.as_str()))
        .execute(tx.conn())
        .await
        .context("writing comments on plans")?;
    Ok(())
}

const OF_CASE: &str = "
    select person_id, plan_id, case_id, version, office, direction, answers::text as answers, items_total,
        own_contribution, total, begun_at, submitted_at, submitted_by
    from business_plan
    where person_id = $1
    and case_id = $2
    order by version";

/// Every version of a case's plan, the oldest first.
pub async fn of_case(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Plan>> {
    sqlx::query_as(OF_CASE).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("finding a case's plans")
}

const FIND: &str = "
    select person_id, plan_id, case_id, version, office, direction, answers::text as answers, items_total,
        own_contribution, total, begun_at, submitted_at, submitted_by
    from business_plan
    where plan_id = $1";

/// A version by its id, in scope.
pub async fn find(tx: &mut Tx, plan: PlanId) -> Result<Option<Plan>> {
    sqlx::query_as(FIND).bind(plan.0).fetch_optional(tx.conn()).await.context("finding a plan")
}

const LINES: &str = "
    select person_id, plan_id, line, case_id, office, item, quantity, unit_price
    from plan_line
    where person_id = $1
    and plan_id = $2
    order by line";

/// The equipment of a submitted plan.
pub async fn lines(tx: &mut Tx, person: PersonId, plan: PlanId) -> Result<Vec<Line>> {
    sqlx::query_as(LINES).bind(person.0).bind(plan.0).fetch_all(tx.conn()).await.context("reading a plan's equipment")
}

const COMMENTS: &str = "
    select person_id, plan_id, comment_id, case_id, office, officer_id, made_at, words
    from plan_comment
    where person_id = $1
    and case_id = $2
    order by made_at";

/// What was said of a case's plans, the oldest first.
pub async fn comments(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Comment>> {
    sqlx::query_as(COMMENTS).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("reading comments on plans")
}
