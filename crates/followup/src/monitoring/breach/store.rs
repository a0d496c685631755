//! Breaches in the database. Writes take slices.

use crate::monitoring::store::{column, officer_name};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, OfficerId, PersonId};

/// How a breach was settled. Numbers are stored, never reused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Outcome {
    Remedied = 1,
    Upheld = 2,
}

/// A breach of the contract that was noticed.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Breach {
    pub person_id: Uuid,
    pub breach_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    /// A code of the programme's list of breaches.
    pub obligation: String,
    pub evidence: String,
    pub noticed_on: NaiveDate,
    pub noticed_by: Uuid,
    pub remedy_due: NaiveDate,
    /// What the person says.
    pub explanation: Option<String>,
    pub explained_on: Option<NaiveDate>,
    pub heard_on: Option<NaiveDate>,
    pub settled_on: Option<NaiveDate>,
    pub settled_by: Option<Uuid>,
    /// An [`Outcome`].
    pub outcome: Option<i16>,
    /// Why it was settled so.
    pub finding: Option<String>,
}

/// The names of who noticed a breach and who settled it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Names {
    pub noticed: String,
    pub settled: Option<String>,
}

/// Who noticed a breach and who settled it.
pub async fn names(tx: &mut Tx, breach: &Breach) -> Result<Names> {
    let noticed = officer_name(tx, OfficerId(breach.noticed_by)).await?;
    let settled = match breach.settled_by {
        Some(officer) => Some(officer_name(tx, OfficerId(officer)).await?),
        None => None,
    };
    Ok(Names { noticed, settled })
}

impl Breach {
    pub fn outcome(&self) -> Option<Outcome> {
        match self.outcome {
            Some(1) => Some(Outcome::Remedied),
            Some(2) => Some(Outcome::Upheld),
            _ => None,
        }
    }
}

const INSERT: &str = "
    insert into breach (person_id, breach_id, case_id, office, obligation, evidence, noticed_on, noticed_by, remedy_due,
        explanation, explained_on, heard_on, settled_on, settled_by, outcome, finding)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::date[], $8::uuid[], $9::date[],
        $10::text[], $11::date[], $12::date[], $13::date[], $14::uuid[], $15::smallint[], $16::text[])";

/// Writes breaches.
pub async fn insert(tx: &mut Tx, rows: &[Breach]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |b| b.person_id))
        .bind(column(rows, |b| b.breach_id))
        .bind(column(rows, |b| b.case_id))
        .bind(column(rows, |b| b.office))
        .bind(column(rows, |b| b.obligation.as_str()))
        .bind(column(rows, |b| b.evidence.as_str()))
        .bind(column(rows, |b| b.noticed_on))
        .bind(column(rows, |b| b.noticed_by))
        .bind(column(rows, |b| b.remedy_due))
        .bind(column(rows, |b| b.explanation.as_deref()))
        .bind(column(rows, |b| b.explained_on))
        .bind(column(rows, |b| b.heard_on))
        .bind(column(rows, |b| b.settled_on))
        .bind(column(rows, |b| b.settled_by))
        .bind(column(rows, |b| b.outcome))
        .bind(column(rows, |b| b.finding.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing breaches")?;
    Ok(())
}

const EXPLAIN: &str = "
    update breach
    set explanation = $3, explained_on = $4, heard_on = $5
    where person_id = $1
    and breach_id = $2
    and outcome is null";

/// Keeps what the person said, and when they were heard.
pub async fn explain(tx: &mut Tx, breach: &Breach) -> Result<()> {
    let done = sqlx::query(EXPLAIN)
        .bind(breach.person_id)
        .bind(breach.breach_id)
        .bind(&breach.explanation)
        .bind(breach.explained_on)
        .bind(breach.heard_on)
        .execute(tx.conn())
        .await
        .context("keeping an explanation")?;
    anyhow::ensure!(done.rows_affected() == 1, "the breach {} was settled meanwhile", breach.breach_id);
    Ok(())
}

const SETTLE: &str = "
    update breach
    set heard_on = $3, settled_on = $4, settled_by = $5, outcome = $6, finding = $7
    where person_id = $1
    and breach_id = $2
    and outcome is null";

/// Keeps how the breach was settled.
pub async fn settle(tx: &mut Tx, breach: &Breach) -> Result<()> {
    let done = sqlx::query(SETTLE)
        .bind(breach.person_id)
        .bind(breach.breach_id)
        .bind(breach.heard_on)
        .bind(breach.settled_on)
        .bind(breach.settled_by)
        .bind(breach.outcome)
        .bind(&breach.finding)
        .execute(tx.conn())
        .await
        .context("settling a breach")?;
    anyhow::ensure!(done.rows_affected() == 1, "the breach {} was settled meanwhile", breach.breach_id);
    Ok(())
}

const OVERTURN: &str = "
    update breach b
    set outcome = 1, settled_on = $3, settled_by = $4, finding = $5
    where b.person_id = $1
    and b.breach_id = (
        select breach_id
        from breach
        where person_id = $1
        and case_id = $2
        order by noticed_on desc, breach_id desc
        limit 1)";

/// The latest breach of a case is no more: its notice, or the decision on it, was changed on appeal.
pub async fn overturn(tx: &mut Tx, person: PersonId, case: CaseId, finding: &str) -> Result<()> {
    let (today, officer) = (tx.today(), tx.who().officer);
    sqlx::query(OVERTURN)
        .bind(person.0)
        .bind(case.0)
        .bind(today)
        .bind(officer.0)
        .bind(finding)
        .execute(tx.conn())
        .await
        .context("overturning a breach")?;
    Ok(())
}

const REOPEN: &str = "
    update breach b
    set outcome = null, settled_on = null, settled_by = null, finding = null
    where b.person_id = $1
    and b.breach_id = (
        select breach_id
        from breach
        where person_id = $1
        and case_id = $2
        order by noticed_on desc, breach_id desc
        limit 1)";

/// The latest breach of a case waits for a decision again: the one taken was sent back on appeal.
pub async fn reopen(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<()> {
    sqlx::query(REOPEN).bind(person.0).bind(case.0).execute(tx.conn()).await.context("opening a breach again")?;
    Ok(())
}

const OF_CASE: &str = "
    select person_id, breach_id, case_id, office, obligation, evidence, noticed_on, noticed_by, remedy_due, explanation,
        explained_on, heard_on, settled_on, settled_by, outcome, finding
    from breach
    where person_id = $1
    and case_id = $2
    order by noticed_on desc, breach_id desc";

/// The breaches of a case, the latest first.
pub async fn of_case(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Breach>> {
    sqlx::query_as(OF_CASE).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("reading a case's breaches")
}

/// The breach of a case that is open.
pub async fn open(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Breach>> {
    Ok(of_case(tx, person, case).await?.into_iter().find(|breach| breach.outcome.is_none()))
}
