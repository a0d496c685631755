//! Contracts on awards in the database. Writes take slices.

use crate::growth::store::{Award, column};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

/// A contract on an award.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Contract {
    pub person_id: Uuid,
    pub award_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub number: String,
    pub place_of_use: String,
    /// A code of ISO 639.
    pub explained_in: String,
    pub drafted_at: DateTime<Utc>,
    pub drafted_by: Uuid,
    /// Zero until it is signed.
    pub term_months: i16,
    pub signed_on: Option<NaiveDate>,
    pub signed_by: Option<Uuid>,
    /// The name of who signed for the office.
    pub head: Option<String>,
    pub ends_on: Option<NaiveDate>,
    /// A [`provision::contract::store::Beneficiary`], sealed.
    #[serde(skip)]
    pub beneficiary: Option<String>,
}

const INSERT: &str = "
    insert into award_contract (person_id, award_id, case_id, office, number, place_of_use, explained_in, drafted_at,
        drafted_by, term_months, signed_on, signed_by, head, ends_on, beneficiary)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
        $9::uuid[], $10::smallint[], $11::date[], $12::uuid[], $13::text[], $14::date[], $15::text[])
    on conflict (person_id, award_id) do update
    set place_of_use = excluded.place_of_use, explained_in = excluded.explained_in, drafted_at = excluded.drafted_at,
        drafted_by = excluded.drafted_by
    where award_contract.signed_on is null";

/// Writes contracts; a draft that is there already is written over, a signed contract never.
pub async fn insert(tx: &mut Tx, rows: &[Contract]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |c| c.person_id))
        .bind(column(rows, |c| c.award_id))
        .bind(column(rows, |c| c.case_id))
        .bind(column(rows, |c| c.office))
        .bind(column(rows, |c| c.number.as_str()))
        .bind(column(rows, |c| c.place_of_use.as_str()))
        .bind(column(rows, |c| c.explained_in.as_str()))
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
        .context("writing contracts on awards")?;
    Ok(())
}

const FIND: &str = "
    select *
    from award_contract
    where person_id = $1
    and award_id = $2";

/// The contract on an award, signed or in draft.
pub async fn find(tx: &mut Tx, award: &Award) -> Result<Option<Contract>> {
    sqlx::query_as(FIND)
        .bind(award.person_id)
        .bind(award.award_id)
        .fetch_optional(tx.conn())
        .await
        .context("finding a contract on an award")
}

const SIGN: &str = "
    update award_contract
    set term_months = $3, signed_on = $4, signed_by = $5, head = $6, ends_on = $7, beneficiary = $8
    where person_id = $1
    and award_id = $2
    and signed_on is null";

/// Keeps the signature and everything that it freezes.
pub async fn sign(tx: &mut Tx, signed: &Contract) -> Result<()> {
    let done = sqlx::query(SIGN)
        .bind(signed.person_id)
        .bind(signed.award_id)
        .bind(signed.term_months)
        .bind(signed.signed_on)
        .bind(signed.signed_by)
        .bind(&signed.head)
        .bind(signed.ends_on)
        .bind(&signed.beneficiary)
        .execute(tx.conn())
        .await
        .context("signing a contract on an award")?;
    anyhow::ensure!(done.rows_affected() == 1, "the contract {} was signed meanwhile", signed.number);
    Ok(())
}
