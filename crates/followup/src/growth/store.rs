//! Applications for awards, their lines and the adviser's help in the database. Writes take slices.

use super::{rules::Facts, state::State};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use registry::people::store::{self as people, Person};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::{
    Money,
    id::{AwardId, CaseId, PersonId},
};

/// An application for an incentive award and what became of it.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Award {
    pub person_id: Uuid,
    pub award_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub round_id: Uuid,
    pub number: String,
    /// A [`State`].
    pub state: i16,
    pub direction: String,
    pub lodged_at: DateTime<Utc>,
    pub lodged_by: Uuid,
    /// What is to grow, and for whom.
    pub plan: String,
    pub market: String,
    /// Of a month, in qəpik: now, and with the award.
    pub sales_now: i64,
    pub sales_after: i64,
    pub jobs: i16,
    pub jobs_by: Option<NaiveDate>,
    pub own_share: i64,
    /// One of [`super::state::PROOFS`].
    pub own_proof: String,
    pub own_paper: String,
    pub other_grants: String,
    /// In qəpik: the sum of the lines.
    pub asked: i64,
    pub adviser_id: Option<Uuid>,
    /// [`Facts`] in JSON, as they were judged last.
    #[serde(skip)]
    pub facts: String,
    pub checked_at: Option<DateTime<Utc>>,
    pub checked_by: Option<Uuid>,
    pub papers_seen: Option<String>,
    pub mean_tenths: Option<i16>,
    pub scored_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    /// In qəpik.
    pub granted: i64,
    /// Why it was refused.
    pub reason: Option<String>,
    pub delivered_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
}

impl Award {
    pub fn id(&self) -> AwardId {
        AwardId(self.award_id)
    }

    pub fn case(&self) -> CaseId {
        CaseId(self.case_id)
    }

    pub fn person(&self) -> PersonId {
        PersonId(self.person_id)
    }

    pub fn state(&self) -> State {
        State::from_number(self.state).unwrap_or(State::Applied)
    }

    pub fn asked(&self) -> Money {
        Money::from_qepik(self.asked)
    }

    /// What it was judged on last.
    pub fn facts(&self) -> Result<Facts> {
        serde_json::from_str(&self.facts).context("reading the facts of an award")
    }
}

/// A thing that is asked for.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Line {
    #[serde(skip)]
    pub person_id: Uuid,
    pub award_id: Uuid,
    /// Counts from 1.
    pub line: i16,
    #[serde(skip)]
    pub case_id: Uuid,
    #[serde(skip)]
    pub office: i32,
    /// A code of the catalogue, or the words of a quotation.
    pub item: String,
    /// Who quoted the price; empty for an item of the catalogue.
    pub quoted_by: String,
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

/// What an adviser did for an application.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Help {
    pub person_id: Uuid,
    pub help_id: Uuid,
    pub award_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub adviser_id: Uuid,
    pub helped_on: NaiveDate,
    pub minutes: i16,
    pub done: String,
}

pub(super) fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

const INSERT: &str = "
    insert into award (person_id, award_id, case_id, office, round_id, number, state, direction, lodged_at, lodged_by, plan,
        market, sales_now, sales_after, jobs, jobs_by, own_share, own_proof, own_paper, other_grants, asked, adviser_id,
        facts, checked_at, checked_by, papers_seen, mean_tenths, scored_on, decided_on, granted, reason, delivered_on,
        withdrawn_on)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::smallint[], $8::text[],
        $9::timestamptz[], $10::uuid[], $11::text[], $12::text[], $13::bigint[], $14::bigint[], $15::smallint[],
        $16::date[], $17::bigint[], $18::text[], $19::text[], $20::text[], $21::bigint[], $22::uuid[], $23::text[],
        $24::timestamptz[], $25::uuid[], $26::text[], $27::smallint[], $28::date[], $29::date[], $30::bigint[],
        $31::text[], $32::date[], $33::date[])
    on conflict (person_id, case_id, round_id) do nothing";

/// Writes applications; says how many were new: a case applies once in a round.
pub async fn insert(tx: &mut Tx, rows: &[Award]) -> Result<u64> {
    let done = sqlx::query(INSERT)
        .bind(column(rows, |a| a.person_id))
        .bind(column(rows, |a| a.award_id))
        .bind(column(rows, |a| a.case_id))
        .bind(column(rows, |a| a.office))
        .bind(column(rows, |a| a.round_id))
        .bind(column(rows, |a| a.number.as_str()))
        .bind(column(rows, |a| a.state))
        .bind(column(rows, |a| a.direction.as_str()))
        .bind(column(rows, |a| a.lodged_at))
        .bind(column(rows, |a| a.lodged_by))
        .bind(column(rows, |a| a.plan.as_str()))
        .bind(column(rows, |a| a.market.as_str()))
        .bind(column(rows, |a| a.sales_now))
        .bind(column(rows, |a| a.sales_after))
        .bind(column(rows, |a| a.jobs))
        .bind(column(rows, |a| a.jobs_by))
        .bind(column(rows, |a| a.own_share))
        .bind(column(rows, |a| a.own_proof.as_str()))
        .bind(column(rows, |a| a.own_paper.as_str()))
        .bind(column(rows, |a| a.other_grants.as_str()))
        .bind(column(rows, |a| a.asked))
        .bind(column(rows, |a| a.adviser_id))
        .bind(column(rows, |a| a.facts.as_str()))
        .bind(column(rows, |a| a.checked_at))
        .bind(column(rows, |a| a.checked_by))
        .bind(column(rows, |a| a.papers_seen.as_deref()))
        .bind(column(rows, |a| a.mean_tenths))
        .bind(column(rows, |a| a.scored_on))
        .bind(column(rows, |a| a.decided_on))
        .bind(column(rows, |a| a.granted))
        .bind(column(rows, |a| a.reason.as_deref()))
        .bind(column(rows, |a| a.delivered_on))
        .bind(column(rows, |a| a.withdrawn_on))
        .execute(tx.conn())
        .await
        .context("writing applications for awards")?;
    Ok(done.rows_affected())
}

const INSERT_LINES: &str = "
    insert into award_line (person_id, award_id, line, case_id, office, item, quoted_by, quantity, unit_price)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::smallint[],
        $9::bigint[])";

/// Writes what is asked for.
pub async fn insert_lines(tx: &mut Tx, rows: &[Line]) -> Result<()> {
    sqlx::query(INSERT_LINES)
        .bind(column(rows, |l| l.person_id))
        .bind(column(rows, |l| l.award_id))
        .bind(column(rows, |l| l.line))
        .bind(column(rows, |l| l.case_id))
        .bind(column(rows, |l| l.office))
        .bind(column(rows, |l| l.item.as_str()))
        .bind(column(rows, |l| l.quoted_by.as_str()))
        .bind(column(rows, |l| l.quantity))
        .bind(column(rows, |l| l.unit_price))
        .execute(tx.conn())
        .await
        .context("writing what an award is asked for")?;
    Ok(())
}

const INSERT_HELP: &str = "
    insert into award_help (person_id, help_id, award_id, case_id, office, adviser_id, helped_on, minutes, done)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::uuid[], $7::date[], $8::smallint[],
        $9::text[])";

/// Writes what advisers did.
pub async fn insert_help(tx: &mut Tx, rows: &[Help]) -> Result<()> {
    sqlx::query(INSERT_HELP)
        .bind(column(rows, |h| h.person_id))
        .bind(column(rows, |h| h.help_id))
        .bind(column(rows, |h| h.award_id))
        .bind(column(rows, |h| h.case_id))
        .bind(column(rows, |h| h.office))
        .bind(column(rows, |h| h.adviser_id))
        .bind(column(rows, |h| h.helped_on))
        .bind(column(rows, |h| h.minutes))
        .bind(column(rows, |h| h.done.as_str()))
        .execute(tx.conn())
        .await
        .context("writing an adviser's help")?;
    Ok(())
}

const FIND: &str = "
    select *
    from award
    where award_id = $1";

const LOCK: &str = "
    select *
    from award
    where award_id = $1
    for update";

/// An application in scope.
pub async fn find(tx: &mut Tx, award: AwardId) -> Result<Option<Award>> {
    sqlx::query_as(FIND).bind(award.0).fetch_optional(tx.conn()).await.context("finding an award")
}

/// An application in scope, locked.
pub async fn lock(tx: &mut Tx, award: AwardId) -> Result<Option<Award>> {
    sqlx::query_as(LOCK).bind(award.0).fetch_optional(tx.conn()).await.context("locking an award")
}

const OF_CASE: &str = "
    select *
    from award
    where person_id = $1
    and case_id = $2
    order by lodged_at desc";

/// The applications of a case, the latest first.
pub async fn of_case(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Award>> {
    sqlx::query_as(OF_CASE).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("reading a case's awards")
}

/// The person of an award. A case may lie with another office than the one that registered its person; whoever writes to
/// them in the case has to know their name.
pub(super) async fn beneficiary(tx: &mut Tx, award: &Award) -> Result<Option<Person>> {
    tx.wide(async |tx| people::find(tx, award.person()).await).await
}

const LINES: &str = "
    select *
    from award_line
    where person_id = $1
    and award_id = $2
    order by line";

/// What an award is asked for.
pub async fn lines(tx: &mut Tx, award: &Award) -> Result<Vec<Line>> {
    sqlx::query_as(LINES)
        .bind(award.person_id)
        .bind(award.award_id)
        .fetch_all(tx.conn())
        .await
        .context("reading what an award is asked for")
}

const HELP: &str = "
    select *
    from award_help
    where person_id = $1
    and award_id = $2
    order by helped_on, help_id";

/// What advisers did for an application.
pub async fn help(tx: &mut Tx, award: &Award) -> Result<Vec<Help>> {
    sqlx::query_as(HELP)
        .bind(award.person_id)
        .bind(award.award_id)
        .fetch_all(tx.conn())
        .await
        .context("reading an adviser's help")
}

const CHANGE: &str = "
    update award
    set state = $3, facts = $4, checked_at = $5, checked_by = $6, papers_seen = $7, mean_tenths = $8, scored_on = $9,
        decided_on = $10, granted = $11, reason = $12, delivered_on = $13, withdrawn_on = $14
    where person_id = $1
    and award_id = $2
    and state = $15";

/// Keeps a step of an application that stood at `before`.
pub async fn change(tx: &mut Tx, award: &Award, before: State) -> Result<()> {
    let done = sqlx::query(CHANGE)
        .bind(award.person_id)
        .bind(award.award_id)
        .bind(award.state)
        .bind(&award.facts)
        .bind(award.checked_at)
        .bind(award.checked_by)
        .bind(&award.papers_seen)
        .bind(award.mean_tenths)
        .bind(award.scored_on)
        .bind(award.decided_on)
        .bind(award.granted)
        .bind(&award.reason)
        .bind(award.delivered_on)
        .bind(award.withdrawn_on)
        .bind(before as i16)
        .execute(tx.conn())
        .await
        .context("keeping a step of an award")?;
    anyhow::ensure!(done.rows_affected() == 1, "the award {} was changed meanwhile", award.number);
    Ok(())
}

const ADVISERS: &str = "
    select o.officer_id, o.name
    from officer o
    join officer_role r using (officer_id)
    where r.role = 13
    and $1 = any (r.offices)
    and o.disabled_on is null
    order by o.name";

/// The advisers who serve an office.
pub async fn advisers(tx: &mut Tx, office: i32) -> Result<Vec<(Uuid, String)>> {
    sqlx::query_as(ADVISERS).bind(office).fetch_all(tx.conn()).await.context("finding advisers")
}
