//! Contracts in the database. Writes take slices.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use values::{
    Money,
    id::{CaseId, OfficeId, PersonId, PlanId},
};

/// A contract.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Contract {
    pub person_id: Uuid,
    pub contract_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub number: String,
    pub plan_id: Uuid,
    pub direction: String,
    /// In qəpik.
    pub amount: i64,
    pub region: String,
    pub place_of_use: String,
    /// A code of ISO 639.
    pub explained_in: String,
    pub status_checked_on: NaiveDate,
    pub premises_seen_on: NaiveDate,
    pub drafted_at: DateTime<Utc>,
    pub drafted_by: Uuid,
    /// Zero until it is signed.
    pub term_months: i16,
    pub signed_on: Option<NaiveDate>,
    pub signed_by: Option<Uuid>,
    /// The name of who signed for the office.
    pub head: Option<String>,
    pub ends_on: Option<NaiveDate>,
    /// A [`Beneficiary`], sealed.
    #[serde(skip)]
    pub beneficiary: Option<String>,
}

impl Contract {
    pub fn plan(&self) -> PlanId {
        PlanId(self.plan_id)
    }

    pub fn office(&self) -> OfficeId {
        OfficeId(self.office)
    }

    pub fn amount(&self) -> Money {
        Money::from_qepik(self.amount)
    }
}

/// Who signs, as the paper names them. Protected: kept sealed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Beneficiary {
    pub name: String,
    pub fin: Option<String>,
    pub document: Option<String>,
    pub address: String,
    pub phone: Option<String>,
}

fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

const INSERT: &str = "
    insert into contract (person_id, contract_id, case_id, office, number, plan_id, direction, amount, region,
        place_of_use, explained_in, status_checked_on, premises_seen_on, drafted_at, drafted_by, term_months, signed_on, signed_by,
        head, ends_on, beneficiary)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::uuid[], $7::text[], $8::bigint[],
        $9::text[], $10::text[], $11::text[], $12::date[], $13::date[], $14::timestamptz[], $15::uuid[],
        $16::smallint[], $17::date[], $18::uuid[], $19::text[], $20::date[], $21::text[])
    on conflict (person_id, contract_id) do update
    set amount = excluded.amount, plan_id = excluded.plan_id, direction = excluded.direction, region = excluded.region,
        place_of_use = excluded.place_of_use, explained_in = excluded.explained_in,
        status_checked_on = excluded.status_checked_on, premises_seen_on = excluded.premises_seen_on,
        drafted_at = excluded.drafted_at, drafted_by = excluded.drafted_by
    where contract.signed_on is null";

/// Writes contracts; a draft that is there already is written over, a signed contract never.
pub async fn insert(tx: &mut Tx, rows: &[Contract]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |c| c.person_id))
        .bind(column(rows, |c| c.contract_id))
        .bind(column(rows, |c| c.case_id))
        .bind(column(rows, |c| c.office))
        .bind(column(rows, |c| c.number.as_str()))
        .bind(column(rows, |c| c.plan_id))
        .bind(column(rows, |c| c.direction.as_str()))
        .bind(column(rows, |c| c.amount))
        .bind(column(rows, |c| c.region.as_str()))
        .bind(column(rows, |c| c.place_of_use.as_str()))
        .bind(column(rows, |c| c.explained_in.as_str()))
        .bind(column(rows, |c| c.status_checked_on))
        .bind(column(rows, |c| c.premises_seen_on))
        .bind(column(rows, |c| c.drafted_at))
        .bind(column(rows, |c| c.drafted_by))
        .bind(column(rows, |c| c.term_months))
        .bind(column(rows, |c| c.signed_on))
        .bind(column(rows, |c| c.signed_by))
        .bind(column(rows, |c| c.head.as_deref()))
        .bind(column(rows, |c| c.ends_on))
        .bind(column(rows, |c| c.beneficiary.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing contracts")?;
    Ok(())
}

const FIND: &str = "
    select person_id, contract_id, case_id, office, number, plan_id, direction, amount, region, place_of_use,
        explained_in, status_checked_on, premises_seen_on, drafted_at, drafted_by, term_months, signed_on, signed_by, head, ends_on,
        beneficiary
    from contract
    where person_id = $1
    and case_id = $2
    order by drafted_at desc
    limit 1";

/// The contract of a case, signed or in draft.
pub async fn find(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Contract>> {
    sqlx::query_as(FIND).bind(person.0).bind(case.0).fetch_optional(tx.conn()).await.context("finding a contract")
}

const SIGN: &str = "
    update contract
    set term_months = $3, signed_on = $4, signed_by = $5, head = $6, ends_on = $7, beneficiary = $8
    where person_id = $1
    and contract_id = $2
    and signed_on is null";

/// Keeps the signature and everything that it freezes.
pub async fn sign(tx: &mut Tx, signed: &Contract) -> Result<()> {
    let done = sqlx::query(SIGN)
        .bind(signed.person_id)
        .bind(signed.contract_id)
        .bind(signed.term_months)
        .bind(signed.signed_on)
        .bind(signed.signed_by)
        .bind(&signed.head)
        .bind(signed.ends_on)
        .bind(&signed.beneficiary)
        .execute(tx.conn())
        .await
        .context("signing a contract")?;
    anyhow::ensure!(done.rows_affected() == 1, "the contract {} was signed meanwhile", signed.contract_id);
    Ok(())
}

/// A thing that the contract gives into use.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Line {
    pub item: String,
    pub quantity: i16,
    /// In qəpik.
    pub unit_price: i64,
}

impl Line {
    /// In qəpik.
    pub fn amount(&self) -> i64 {
        self.unit_price * i64::from(self.quantity)
    }
}

const LINES: &str = "
    select item, quantity, unit_price
    from plan_line
    where person_id = $1
    and plan_id = $2
    order by line";

/// The equipment of the approved plan.
pub async fn lines(tx: &mut Tx, person: PersonId, plan: PlanId) -> Result<Vec<Line>> {
    sqlx::query_as(LINES).bind(person.0).bind(plan.0).fetch_all(tx.conn()).await.context("reading a plan's equipment")
}
