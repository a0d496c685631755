//! Blind scores of applications for awards in the database. Writes take slices.

use crate::growth::store::{Award, column};
use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use platform::scope::Tx;
use preparation::blind_score::Marks;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

/// An evaluator's score of an application.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Score {
    pub person_id: Uuid,
    pub award_id: Uuid,
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

const INSERT: &str = "
    insert into award_score (person_id, award_id, officer_id, case_id, office, assigned_at, marks, points, sealed_at)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::timestamptz[], $7::text[], $8::smallint[],
        $9::timestamptz[])";

/// Writes scores, assigned or sealed.
pub async fn insert(tx: &mut Tx, rows: &[Score]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |s| s.person_id))
        .bind(column(rows, |s| s.award_id))
        .bind(column(rows, |s| s.officer_id))
        .bind(column(rows, |s| s.case_id))
        .bind(column(rows, |s| s.office))
        .bind(column(rows, |s| s.assigned_at))
        .bind(column(rows, |s| s.marks.as_str()))
        .bind(column(rows, |s| s.points))
        .bind(column(rows, |s| s.sealed_at))
        .execute(tx.conn())
        .await
        .context("writing scores of awards")?;
    Ok(())
}

const OF_AWARD: &str = "
    select *
    from award_score
    where person_id = $1
    and award_id = $2
    and recused_at is null
    order by sealed_at nulls last, assigned_at, officer_id";

/// The scores of an application in scope, the sealed ones first; an evaluator sees their own only.
pub async fn of_award(tx: &mut Tx, award: &Award) -> Result<Vec<Score>> {
    sqlx::query_as(OF_AWARD)
        .bind(award.person_id)
        .bind(award.award_id)
        .fetch_all(tx.conn())
        .await
        .context("reading scores of an award")
}

const KEEP: &str = "
    update award_score
    set marks = $4, points = $5, sealed_at = $6, recused_at = $7, recusal = $8
    where person_id = $1
    and award_id = $2
    and officer_id = $3
    and sealed_at is null
    and recused_at is null";

/// Keeps marks, seals them, or keeps that the evaluator stepped aside; false when it was sealed before.
pub async fn keep(tx: &mut Tx, score: &Score) -> Result<bool> {
    let done = sqlx::query(KEEP)
        .bind(score.person_id)
        .bind(score.award_id)
        .bind(score.officer_id)
        .bind(&score.marks)
        .bind(score.points)
        .bind(score.sealed_at)
        .bind(score.recused_at)
        .bind(&score.recusal)
        .execute(tx.conn())
        .await
        .context("keeping marks of an award")?;
    Ok(done.rows_affected() == 1)
}

const OTHERS: &str = "
    select count(*)
    from award_score
    where person_id = $1
    and case_id = $2
    and officer_id = $3
    and sealed_at is null
    and recused_at is null";

/// How many applications of a case an evaluator has still to score.
pub async fn unsealed(tx: &mut Tx, score: &Score) -> Result<i64> {
    let (count,): (i64,) = sqlx::query_as(OTHERS)
        .bind(score.person_id)
        .bind(score.case_id)
        .bind(score.officer_id)
        .fetch_one(tx.conn())
        .await
        .context("counting scores to give")?;
    Ok(count)
}

/// An evaluator who may score an application.
#[derive(Debug, FromRow)]
pub struct Free {
    pub officer_id: Uuid,
    pub name: String,
    pub waiting: i64,
}

const FREE: &str = "
    select o.officer_id, o.name,
        (select count(*) from award_score s where s.officer_id = o.officer_id and s.sealed_at is null and s.recused_at is null)
            as waiting
    from officer o
    join officer_role r using (officer_id)
    where r.role = 6
    and o.disabled_on is null
    and not exists (select from award_score s
        where s.person_id = $1 and s.award_id = $2 and s.officer_id = o.officer_id)
    and not exists (select from case_duty d
        where d.person_id = $1 and d.case_id = $3 and d.officer_id = o.officer_id and d.conflict = any ($4) and d.duty <> $5)
    order by waiting, o.name";

/// The evaluators who had no excluding part in the case.
pub async fn free(tx: &mut Tx, award: &Award, conflicts: &[i16], duty: i16) -> Result<Vec<Free>> {
    sqlx::query_as(FREE)
        .bind(award.person_id)
        .bind(award.award_id)
        .bind(award.case_id)
        .bind(conflicts)
        .bind(duty)
        .fetch_all(tx.conn())
        .await
        .context("finding free evaluators")
}
