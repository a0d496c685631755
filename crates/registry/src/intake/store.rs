//! Applications in the database, and the counter of receipt numbers.

use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDate};
use platform::scope::Tx;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::CaseId;

/// An application as lodged.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Application {
    pub person_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub call: String,
    pub receipt: String,
    pub lodged_on: NaiveDate,
    pub lodged_by: Uuid,
    pub experience_years: i16,
    /// In qəpik.
    pub own_contribution: i64,
    /// [`Answers`] as JSON.
    pub answers: String,
}

/// What an application asks beside directions, experience and contribution.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    pub tools: String,
    /// `home`, `owned`, `rented` or `none`.
    pub premises: String,
    pub premises_area: Option<i64>,
    pub power: bool,
    pub water: bool,
    pub licence: bool,
    pub debts: String,
    pub earlier_support: bool,
    pub training_days: String,
    pub device: bool,
    pub transport: bool,
    pub childcare: bool,
    pub relatives: String,
    pub assisted_by: String,
}

const INSERT: &str = "
    insert into application (person_id, case_id, office, call, receipt, lodged_on, lodged_by, experience_years,
        own_contribution, answers)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::date[], $7::uuid[], $8::smallint[],
        $9::bigint[], $10::text[])";

/// Writes applications.
pub async fn insert(tx: &mut Tx, rows: &[Application]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(rows.iter().map(|a| a.person_id).collect::<Vec<_>>())
        .bind(rows.iter().map(|a| a.case_id).collect::<Vec<_>>())
        .bind(rows.iter().map(|a| a.office).collect::<Vec<_>>())
        .bind(rows.iter().map(|a| a.call.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|a| a.receipt.as_str()).collect::<Vec<_>>())
        .bind(rows.iter().map(|a| a.lodged_on).collect::<Vec<_>>())
        .bind(rows.iter().map(|a| a.lodged_by).collect::<Vec<_>>())
        .bind(rows.iter().map(|a| a.experience_years).collect::<Vec<_>>())
        .bind(rows.iter().map(|a| a.own_contribution).collect::<Vec<_>>())
        .bind(rows.iter().map(|a| a.answers.as_str()).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("writing applications")?;
    Ok(())
}

const COUNT_UP: &str = "
    insert into receipt_counter as c (office, year, last)
    values ($1, $2, 1)
    on conflict (office, year) do update set last = c.last + 1
    returning last";

/// The next receipt number of an office; nobody else gets it, and a rolled-back one is given again.
pub async fn next_receipt(tx: &mut Tx, office: i32, on: NaiveDate) -> Result<String> {
    let (last,): (i32,) = sqlx::query_as(COUNT_UP)
        .bind(office)
        .bind(i16::try_from(on.year())?)
        .fetch_one(tx.conn())
        .await
        .context("counting up receipt numbers")?;
    Ok(super::rules::receipt(on.year(), office, last))
}

const FIND: &str = "
    select person_id, case_id, office, call, receipt, lodged_on, lodged_by, experience_years, own_contribution, answers
    from application
    where case_id = $1";

/// The application of a case.
pub async fn find(tx: &mut Tx, case: CaseId) -> Result<Option<Application>> {
    sqlx::query_as(FIND).bind(case.0).fetch_optional(tx.conn()).await.context("finding an application")
}

const OPEN_CASE: &str = "
    select exists (
        select from case_file
        where person_id = $1
        and closed_on is null
        and stage not in (4, 10, 11, 13, 18))";

/// Whether a person has a case that is open.
pub async fn has_open_case(tx: &mut Tx, person: Uuid) -> Result<bool> {
    let (open,): (bool,) = sqlx::query_as(OPEN_CASE).bind(person).fetch_one(tx.conn()).await.context("finding open cases")?;
    Ok(open)
}
