//! Scores, defences, sittings, agendas and votes in the database. Writes take slices.

use super::rules::Decision;
use crate::{
    blind_score::Marks,
    sitting::{Ballot, Choice, Votes, counted as count, form::Decided},
};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;
use values::id::{CaseId, PersonId, PlanId, SittingId};

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

/// A sitting of a commission.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Sitting {
    pub sitting_id: Uuid,
    pub office: i32,
    pub number: String,
    pub region: String,
    pub place: String,
    pub sits_on: NaiveDate,
    pub called_at: DateTime<Utc>,
    pub called_by: Uuid,
    pub head_id: Uuid,
    /// In qəpik, as the next.
    pub budget: i64,
    pub granted: i64,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<Uuid>,
}

/// A member called to a sitting.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Member {
    pub sitting_id: Uuid,
    pub officer_id: Uuid,
    pub office: i32,
    pub present: Option<bool>,
}

/// A plan on an agenda.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Item {
    pub person_id: Uuid,
    pub sitting_id: Uuid,
    pub case_id: Uuid,
    pub plan_id: Uuid,
    pub office: i32,
    pub position: i16,
    /// In qəpik.
    pub amount: i64,
    /// Mean of the blind scores, in tenths of a point.
    pub mean_tenths: i16,
    pub decision: Option<i16>,
    pub reason: Option<String>,
}

/// A member's vote on a plan.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Vote {
    pub person_id: Uuid,
    pub sitting_id: Uuid,
    pub plan_id: Uuid,
    pub officer_id: Uuid,
    pub office: i32,
    /// A [`Choice`].
    pub vote: i16,
    pub reason: Option<String>,
}

impl Vote {
    /// As it counts.
    pub fn ballot(&self) -> Option<Ballot> {
        let choice = Choice::from_number(self.vote)?;
        Some(Ballot { item: self.plan_id, member: self.officer_id, choice })
    }
}

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

fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
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

/// The evaluator steps aside.
pub async fn recuse(tx: &mut Tx, score: &Score, why: &str) -> Result<()> {
    let now = tx.now();
    sqlx::query(RECUSE)
        .bind(score.person_id)
        .bind(score.plan_id)
        .bind(score.officer_id)
        .bind(now)
        .bind(why)
        .execute(tx.conn())
        .await
        .context("stepping aside")?;
    Ok(())
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

const INSERT_SITTINGS: &str = "
    insert into sitting (sitting_id, office, number, region, place, sits_on, called_at, called_by, head_id, budget, granted,
        closed_at, closed_by)
    select *
    from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::date[], $7::timestamptz[], $8::uuid[],
        $9::uuid[], $10::bigint[], $11::bigint[], $12::timestamptz[], $13::uuid[])";

/// Writes sittings.
pub async fn insert_sittings(tx: &mut Tx, rows: &[Sitting]) -> Result<()> {
    sqlx::query(INSERT_SITTINGS)
        .bind(column(rows, |s| s.sitting_id))
        .bind(column(rows, |s| s.office))
        .bind(column(rows, |s| s.number.as_str()))
        .bind(column(rows, |s| s.region.as_str()))
        .bind(column(rows, |s| s.place.as_str()))
        .bind(column(rows, |s| s.sits_on))
        .bind(column(rows, |s| s.called_at))
        .bind(column(rows, |s| s.called_by))
        .bind(column(rows, |s| s.head_id))
        .bind(column(rows, |s| s.budget))
        .bind(column(rows, |s| s.granted))
        .bind(column(rows, |s| s.closed_at))
        .bind(column(rows, |s| s.closed_by))
        .execute(tx.conn())
        .await
        .context("writing sittings")?;
    Ok(())
}

const INSERT_MEMBERS: &str = "
    insert into sitting_member (sitting_id, officer_id, office, present)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::boolean[])";

/// Writes the members called to sittings.
pub async fn insert_members(tx: &mut Tx, rows: &[Member]) -> Result<()> {
    sqlx::query(INSERT_MEMBERS)
        .bind(column(rows, |m| m.sitting_id))
        .bind(column(rows, |m| m.officer_id))
        .bind(column(rows, |m| m.office))
        .bind(column(rows, |m| m.present))
        .execute(tx.conn())
        .await
        .context("writing members of sittings")?;
    Ok(())
}

const INSERT_ITEMS: &str = "
    insert into agenda_item (person_id, sitting_id, case_id, plan_id, office, position, amount, mean_tenths, decision, reason)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::smallint[], $7::bigint[], $8::smallint[],
        $9::smallint[], $10::text[])";

/// Writes agendas.
pub async fn insert_items(tx: &mut Tx, rows: &[Item]) -> Result<()> {
    sqlx::query(INSERT_ITEMS)
        .bind(column(rows, |i| i.person_id))
        .bind(column(rows, |i| i.sitting_id))
        .bind(column(rows, |i| i.case_id))
        .bind(column(rows, |i| i.plan_id))
        .bind(column(rows, |i| i.office))
        .bind(column(rows, |i| i.position))
        .bind(column(rows, |i| i.amount))
        .bind(column(rows, |i| i.mean_tenths))
        .bind(column(rows, |i| i.decision))
        .bind(column(rows, |i| i.reason.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing agendas")?;
    Ok(())
}

const INSERT_VOTES: &str = "
    insert into vote (person_id, sitting_id, plan_id, officer_id, office, vote, reason)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::smallint[], $7::text[])
    on conflict (person_id, sitting_id, plan_id, officer_id) do update
    set vote = excluded.vote, reason = excluded.reason";

/// Writes votes; until the sitting closes a member may vote anew.
pub async fn insert_votes(tx: &mut Tx, rows: &[Vote]) -> Result<()> {
    sqlx::query(INSERT_VOTES)
        .bind(column(rows, |v| v.person_id))
        .bind(column(rows, |v| v.sitting_id))
        .bind(column(rows, |v| v.plan_id))
        .bind(column(rows, |v| v.officer_id))
        .bind(column(rows, |v| v.office))
        .bind(column(rows, |v| v.vote))
        .bind(column(rows, |v| v.reason.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing votes")?;
    Ok(())
}

const SITTING: &str = "
    select sitting_id, office, number, region, place, sits_on, called_at, called_by, head_id, budget, granted, closed_at,
        closed_by
    from sitting
    where sitting_id = $1";

/// A sitting in scope.
pub async fn sitting(tx: &mut Tx, sitting: SittingId) -> Result<Option<Sitting>> {
    sqlx::query_as(SITTING).bind(sitting.0).fetch_optional(tx.conn()).await.context("finding a sitting")
}

const LOCK: &str = "
    select sitting_id, office, number, region, place, sits_on, called_at, called_by, head_id, budget, granted, closed_at,
        closed_by
    from sitting
    where sitting_id = $1
    for update";

/// A sitting in scope, locked.
pub async fn lock(tx: &mut Tx, sitting: SittingId) -> Result<Option<Sitting>> {
    sqlx::query_as(LOCK).bind(sitting.0).fetch_optional(tx.conn()).await.context("locking a sitting")
}

const LATEST: &str = "
    select sitting_id, office, number, region, place, sits_on, called_at, called_by, head_id, budget, granted, closed_at,
        closed_by
    from sitting
    order by sits_on desc, number desc
    limit 100";

/// The latest sittings in scope.
pub async fn latest(tx: &mut Tx) -> Result<Vec<Sitting>> {
    sqlx::query_as(LATEST).fetch_all(tx.conn()).await.context("listing sittings")
}

/// A member with a name.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Named {
    pub officer_id: Uuid,
    pub name: String,
    pub present: Option<bool>,
}

const MEMBERS: &str = "
    select m.officer_id, o.name, m.present
    from sitting_member m
    join officer o using (officer_id)
    where m.sitting_id = $1
    order by o.name";

/// The members called to a sitting.
pub async fn members(tx: &mut Tx, sitting: SittingId) -> Result<Vec<Named>> {
    sqlx::query_as(MEMBERS).bind(sitting.0).fetch_all(tx.conn()).await.context("reading a sitting's members")
}

const ITEMS: &str = "
    select person_id, sitting_id, case_id, plan_id, office, position, amount, mean_tenths, decision, reason
    from agenda_item
    where sitting_id = $1
    order by position";

/// The agenda of a sitting, as far as the scope reaches.
pub async fn items(tx: &mut Tx, sitting: SittingId) -> Result<Vec<Item>> {
    sqlx::query_as(ITEMS).bind(sitting.0).fetch_all(tx.conn()).await.context("reading an agenda")
}

const VOTES: &str = "
    select person_id, sitting_id, plan_id, officer_id, office, vote, reason
    from vote v
    where sitting_id = $1
    and not exists (select from sitting_member m
        where m.sitting_id = v.sitting_id
        and m.officer_id = v.officer_id
        and m.present = false)";

/// The votes of a sitting, as far as the scope reaches: a member sees their own. Whoever voted ahead and then did not come
/// has not voted.
pub async fn votes(tx: &mut Tx, sitting: SittingId) -> Result<Vec<Vote>> {
    sqlx::query_as(VOTES).bind(sitting.0).fetch_all(tx.conn()).await.context("reading votes")
}

/// Votes counted by plan.
pub fn counted(votes: &[Vote]) -> HashMap<Uuid, Votes> {
    count(votes.iter().filter_map(Vote::ballot))
}

const DECIDED: &str = "
    update agenda_item i
    set decision = d.decision, reason = d.reason
    from unnest($2::uuid[], $3::smallint[], $4::text[]) as d (plan_id, decision, reason)
    where i.sitting_id = $1
    and i.plan_id = d.plan_id";

const PRESENT: &str = "
    update sitting_member
    set present = officer_id = any ($2)
    where sitting_id = $1";

const CLOSE: &str = "
    update sitting
    set granted = $2, closed_at = $3, closed_by = $4
    where sitting_id = $1
    and closed_at is null";

/// Keeps what a sitting decided, who was present, and that it is closed.
pub async fn close(tx: &mut Tx, sitting: &Sitting, decided: &[Decided<Decision>], present: &[Uuid]) -> Result<()> {
    sqlx::query(DECIDED)
        .bind(sitting.sitting_id)
        .bind(column(decided, |d| d.item))
        .bind(column(decided, |d| d.decision as i16))
        .bind(column(decided, |d| d.reason.as_deref()))
        .execute(tx.conn())
        .await
        .context("keeping decisions")?;
    sqlx::query(PRESENT).bind(sitting.sitting_id).bind(present).execute(tx.conn()).await.context("keeping who was present")?;
    let done = sqlx::query(CLOSE)
        .bind(sitting.sitting_id)
        .bind(sitting.granted)
        .bind(sitting.closed_at)
        .bind(sitting.closed_by)
        .execute(tx.conn())
        .await
        .context("closing a sitting")?;
    anyhow::ensure!(done.rows_affected() == 1, "the sitting {} was closed meanwhile", sitting.number);
    Ok(())
}
