//! Who has a case to judge, and from when to when.

use super::column;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use uuid::Uuid;

/// Who has a case assigned.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub person_id: Uuid,
    pub case_id: Uuid,
    pub officer_id: Uuid,
    pub duty: i16,
    pub office: i32,
    pub begun_on: NaiveDate,
}

const ASSIGN: &str = "
    insert into assignment (person_id, case_id, officer_id, duty, office, begun_on)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[], $5::int[], $6::date[])
    on conflict (person_id, case_id, officer_id, duty) do update
    set ended_on = null, begun_on = excluded.begun_on, office = excluded.office";

/// Gives cases to those who judge them.
pub async fn assign(tx: &mut Tx, rows: &[Assignment]) -> Result<()> {
    sqlx::query(ASSIGN)
        .bind(column(rows, |a| a.person_id))
        .bind(column(rows, |a| a.case_id))
        .bind(column(rows, |a| a.officer_id))
        .bind(column(rows, |a| a.duty))
        .bind(column(rows, |a| a.office))
        .bind(column(rows, |a| a.begun_on))
        .execute(tx.conn())
        .await
        .context("assigning cases")?;
    Ok(())
}

const END: &str = "
    update assignment
    set ended_on = $4
    where case_id = any ($1)
    and duty = $2
    and ended_on is null
    and ($3::uuid is null or officer_id = $3)";

/// Ends assignments: of all with a duty, or of one officer.
pub async fn end(tx: &mut Tx, cases: &[Uuid], duty: i16, officer: Option<Uuid>) -> Result<()> {
    let today = tx.today();
    sqlx::query(END).bind(cases).bind(duty).bind(officer).bind(today).execute(tx.conn()).await.context("ending assignments")?;
    Ok(())
}
