//! Visits in the database. Writes take slices.

use super::rules::{Found, VisitKind};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use registry::programme::sheet::Sheet;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, OfficerId, PersonId, VisitId};

/// A visit, planned or made.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Visit {
    pub person_id: Uuid,
    pub visit_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    /// Whose visit it is; whoever made it, once it is made.
    pub monitor_id: Uuid,
    /// A [`VisitKind`].
    pub kind: i16,
    /// The last one before the title passes.
    pub is_final: bool,
    pub due_on: NaiveDate,
    pub planned_at: DateTime<Utc>,
    pub made_at: Option<DateTime<Utc>>,
    /// A [`Found`].
    pub status: Option<i16>,
    /// In qəpik, of the month before; as are the next two.
    pub sales: Option<i64>,
    pub costs: Option<i64>,
    pub household_income: Option<i64>,
    pub workers_women: Option<i16>,
    pub workers_men: Option<i16>,
    /// 1 to 5.
    pub satisfaction: Option<i16>,
    /// A [`Sheet`] of the programme's visit form, in JSON.
    #[serde(skip)]
    pub answers: Option<String>,
}

impl Visit {
    pub fn person(&self) -> PersonId {
        PersonId(self.person_id)
    }

    pub fn case(&self) -> CaseId {
        CaseId(self.case_id)
    }

    pub fn id(&self) -> VisitId {
        VisitId(self.visit_id)
    }

    pub fn found(&self) -> Option<Found> {
        self.status.and_then(Found::from_number)
    }

    pub fn kind(&self) -> VisitKind {
        VisitKind::from_number(self.kind).unwrap_or(VisitKind::Field)
    }

    /// The form as it was filled in; empty until the visit is made.
    pub fn sheet(&self) -> Result<Sheet> {
        match &self.answers {
            None => Ok(Sheet::default()),
            Some(text) => serde_json::from_str(text).with_context(|| format!("reading the visit {}", self.visit_id)),
        }
    }
}

pub(super) fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

const INSERT: &str = "
    insert into visit (person_id, visit_id, case_id, office, monitor_id, kind, is_final, due_on, planned_at, made_at,
        status, sales, costs, household_income, workers_women, workers_men, satisfaction, answers)
    select person_id, visit_id, case_id, office, monitor_id, kind, is_final, due_on, planned_at, made_at, status, sales,
        costs, household_income, workers_women, workers_men, satisfaction, answers::jsonb
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::smallint[], $7::boolean[], $8::date[],
        $9::timestamptz[], $10::timestamptz[], $11::smallint[], $12::bigint[], $13::bigint[], $14::bigint[],
        $15::smallint[], $16::smallint[], $17::smallint[], $18::text[])
        as v (person_id, visit_id, case_id, office, monitor_id, kind, is_final, due_on, planned_at, made_at, status,
            sales, costs, household_income, workers_women, workers_men, satisfaction, answers)";

/// Writes visits, planned or made.
pub async fn insert(tx: &mut Tx, rows: &[Visit]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |v| v.person_id))
        .bind(column(rows, |v| v.visit_id))
        .bind(column(rows, |v| v.case_id))
        .bind(column(rows, |v| v.office))
        .bind(column(rows, |v| v.monitor_id))
        .bind(column(rows, |v| v.kind))
        .bind(column(rows, |v| v.is_final))
        .bind(column(rows, |v| v.due_on))
        .bind(column(rows, |v| v.planned_at))
        .bind(column(rows, |v| v.made_at))
        .bind(column(rows, |v| v.status))
        .bind(column(rows, |v| v.sales))
        .bind(column(rows, |v| v.costs))
        .bind(column(rows, |v| v.household_income))
        .bind(column(rows, |v| v.workers_women))
        .bind(column(rows, |v| v.workers_men))
        .bind(column(rows, |v| v.satisfaction))
        .bind(column(rows, |v| v.answers.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing visits")?;
    Ok(())
}

const RECORD: &str = "
    update visit
    set monitor_id = $3, kind = $4, made_at = $5, status = $6, sales = $7, costs = $8, household_income = $9,
        workers_women = $10, workers_men = $11, satisfaction = $12, answers = $13::jsonb
    where person_id = $1
    and visit_id = $2
    and made_at is null";

/// Keeps what a planned visit found.
pub async fn record(tx: &mut Tx, made: &Visit) -> Result<()> {
    let done = sqlx::query(RECORD)
        .bind(made.person_id)
        .bind(made.visit_id)
        .bind(made.monitor_id)
        .bind(made.kind)
        .bind(made.made_at)
        .bind(made.status)
        .bind(made.sales)
        .bind(made.costs)
        .bind(made.household_income)
        .bind(made.workers_women)
        .bind(made.workers_men)
        .bind(made.satisfaction)
        .bind(&made.answers)
        .execute(tx.conn())
        .await
        .context("recording a visit")?;
    anyhow::ensure!(done.rows_affected() == 1, "the visit {} was recorded meanwhile", made.visit_id);
    Ok(())
}

const OF_CASE: &str = "
    select person_id, visit_id, case_id, office, monitor_id, kind, is_final, due_on, planned_at, made_at, status, sales,
        costs, household_income, workers_women, workers_men, satisfaction, answers::text as answers
    from visit
    where person_id = $1
    and case_id = $2
    order by made_at desc nulls first, due_on";

/// The visits of a case: those planned by the day they are due, then those made, the latest first.
pub async fn of_case(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Visit>> {
    sqlx::query_as(OF_CASE).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("reading a case's visits")
}

const FIND: &str = "
    select person_id, visit_id, case_id, office, monitor_id, kind, is_final, due_on, planned_at, made_at, status, sales,
        costs, household_income, workers_women, workers_men, satisfaction, answers::text as answers
    from visit
    where visit_id = $1";

/// A visit in scope.
pub async fn find(tx: &mut Tx, visit: VisitId) -> Result<Option<Visit>> {
    sqlx::query_as(FIND).bind(visit.0).fetch_optional(tx.conn()).await.context("finding a visit")
}

const MONITORS: &str = "
    select o.officer_id, o.name
    from officer_role r
    join officer o using (officer_id)
    where r.role = $1
    and $2 = any (r.offices)
    and o.disabled_on is null
    order by o.name, o.officer_id";

/// The monitors of an office, with their names.
pub async fn monitors(tx: &mut Tx, office: i32) -> Result<Vec<(Uuid, String)>> {
    sqlx::query_as(MONITORS)
        .bind(platform::role::Role::Monitor as i16)
        .bind(office)
        .fetch_all(tx.conn())
        .await
        .context("finding the monitors of an office")
}

const NAME: &str = "
    select name
    from officer
    where officer_id = $1";

/// The name of an officer; empty when there is none.
pub async fn officer_name(tx: &mut Tx, officer: OfficerId) -> Result<String> {
    let found: Option<(String,)> =
        sqlx::query_as(NAME).bind(officer.0).fetch_optional(tx.conn()).await.context("finding an officer's name")?;
    Ok(found.map(|(name,)| name).unwrap_or_default())
}

const MODERATE: &str = "
    select exists (
        select
        from screening
        where person_id = $1
        and case_id = $2
        and rating = 'MODERATE')";

/// Whether the plan of a case was screened as of moderate risk.
pub async fn is_moderate(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<bool> {
    let (moderate,): (bool,) =
        sqlx::query_as(MODERATE).bind(person.0).bind(case.0).fetch_one(tx.conn()).await.context("reading a plan's rating")?;
    Ok(moderate)
}
