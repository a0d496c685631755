//! Grievances in the database. Writes take slices.

use super::{
    rules::Refusal,
    types::{self, Contact, Matter, Outcome},
};
use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use platform::{answer::Stop, keys::Keys, message::Message, scope::Tx};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, GrievanceId, PersonId};

/// A grievance, as its row; the sealed texts open under the keys.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Grievance {
    /// Nil when whoever complains is nobody registered.
    pub person_id: Uuid,
    pub grievance_id: Uuid,
    pub case_id: Option<Uuid>,
    pub office: i32,
    pub number: String,
    pub channel: String,
    pub category: String,
    pub language: String,
    pub anonymous: bool,
    pub confidential: bool,
    pub retaliation_risk: bool,
    pub needs_study: bool,
    /// A sealed [`Matter`].
    pub matter: String,
    /// A sealed [`Contact`].
    pub contact: Option<String>,
    pub lodged_on: NaiveDate,
    pub lodged_at: DateTime<Utc>,
    pub lodged_by: Uuid,
    pub acknowledged_on: Option<NaiveDate>,
    pub acknowledged_by: Option<Uuid>,
    pub sorted_on: Option<NaiveDate>,
    pub sorted_by: Option<Uuid>,
    pub studied_on: Option<NaiveDate>,
    pub studied_by: Option<Uuid>,
    /// Sealed: what the study found.
    pub finding: Option<String>,
    pub update_due_on: NaiveDate,
    pub updated_on: Option<NaiveDate>,
    pub updated_by: Option<Uuid>,
    pub due_on: NaiveDate,
    /// When the outcome was first told.
    pub told_on: Option<NaiveDate>,
    /// The committee: 1 first, 2 second.
    pub level: i16,
    pub decided_on: Option<NaiveDate>,
    pub decision_due_on: Option<NaiveDate>,
    pub decision_told_on: Option<NaiveDate>,
    pub answered_on: Option<NaiveDate>,
    pub accepted: Option<bool>,
    pub escalated_on: Option<NaiveDate>,
    pub escalated_by: Option<Uuid>,
    pub withdrawn_on: Option<NaiveDate>,
    pub referred_on: Option<NaiveDate>,
    pub referred_to: Option<String>,
    pub reopened_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub closed_by: Option<Uuid>,
    /// An [`Outcome`].
    pub outcome: Option<i16>,
    pub cause: Option<String>,
    /// Sealed: what was done about it.
    pub action: Option<String>,
    pub hold_entry: Option<Uuid>,
    pub version: i32,
}

impl Grievance {
    pub fn id(&self) -> GrievanceId {
        GrievanceId(self.grievance_id)
    }

    /// The person who complains, if registered.
    pub fn person(&self) -> Option<PersonId> {
        (!self.person_id.is_nil()).then_some(PersonId(self.person_id))
    }

    pub fn case(&self) -> Option<CaseId> {
        self.case_id.map(CaseId)
    }

    /// Whether an answer can reach whoever complains.
    pub fn can_be_reached(&self) -> bool {
        self.contact.is_some() || !self.person_id.is_nil()
    }

    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome.and_then(Outcome::from_number)
    }

    pub fn matter(&self, keys: &Keys) -> Result<Matter> {
        types::open(keys, &self.matter)
    }

    pub fn contact(&self, keys: &Keys) -> Result<Contact> {
        self.contact.as_deref().map_or_else(|| Ok(Contact::default()), |sealed| types::open(keys, sealed))
    }

    /// Of whom the journal tells what is done with it: of nobody when others must not learn of it.
    pub fn told_of(&self) -> PersonId {
        if self.confidential { PersonId(Uuid::nil()) } else { PersonId(self.person_id) }
    }
}

const INSERT: &str = "
    insert into grievance
    select *
    from jsonb_populate_recordset(null::grievance, $1::text::jsonb)";

const INSERT_NUMBERS: &str = "
    insert into grievance_number (number, grievance_id, office, channel, lodged_on, update_due_on, due_on, lodged_by)
    select number, grievance_id, office, channel, lodged_on, update_due_on, due_on, lodged_by
    from jsonb_populate_recordset(null::grievance, $1::text::jsonb)";

/// Writes grievances, with the numbers given out for them.
pub async fn insert(tx: &mut Tx, rows: &[Grievance]) -> Result<()> {
    let rows = serde_json::to_string(rows).context("writing grievances as JSON")?;
    sqlx::query(INSERT).bind(&rows).execute(tx.conn()).await.context("writing grievances")?;
    sqlx::query(INSERT_NUMBERS).bind(&rows).execute(tx.conn()).await.context("keeping the numbers of grievances")?;
    Ok(())
}

const SAVE: &str = "
    update grievance g
    set category = n.category, confidential = n.confidential, retaliation_risk = n.retaliation_risk,
        needs_study = n.needs_study, acknowledged_on = n.acknowledged_on, acknowledged_by = n.acknowledged_by,
        sorted_on = n.sorted_on, sorted_by = n.sorted_by, studied_on = n.studied_on, studied_by = n.studied_by,
        finding = n.finding, updated_on = n.updated_on, updated_by = n.updated_by, due_on = n.due_on,
        told_on = n.told_on, level = n.level, decided_on = n.decided_on, decision_due_on = n.decision_due_on,
        decision_told_on = n.decision_told_on, answered_on = n.answered_on, accepted = n.accepted,
        escalated_on = n.escalated_on, escalated_by = n.escalated_by, withdrawn_on = n.withdrawn_on,
        referred_on = n.referred_on, referred_to = n.referred_to, reopened_on = n.reopened_on,
        closed_on = n.closed_on, closed_by = n.closed_by, outcome = n.outcome, cause = n.cause, action = n.action,
        hold_entry = n.hold_entry, version = n.version + 1
    from jsonb_populate_record(null::grievance, $1::text::jsonb) n
    where g.person_id = n.person_id
    and g.grievance_id = n.grievance_id
    and g.version = n.version";

/// Keeps a grievance as it now stands; refused when somebody else was quicker.
pub async fn save(tx: &mut Tx, grievance: &Grievance) -> Result<(), Stop> {
    let row = serde_json::to_string(grievance).context("writing a grievance as JSON")?;
    let done = sqlx::query(SAVE).bind(row).execute(tx.conn()).await.context("keeping a grievance")?;
    if done.rows_affected() == 1 {
        return Ok(());
    }
    let mut errors = platform::message::Errors::none();
    errors.add_whole(Message::new("form-error-stale"));
    Err(errors.into())
}

const FIND: &str = "
    select *
    from grievance
    where grievance_id = $1";

/// A grievance in scope. A confidential one is in the scope of grievance officers only.
pub async fn find(tx: &mut Tx, grievance: GrievanceId) -> Result<Option<Grievance>> {
    sqlx::query_as(FIND).bind(grievance.0).fetch_optional(tx.conn()).await.context("finding a grievance")
}

const LOCK: &str = "
    select *
    from grievance
    where grievance_id = $1
    for update";

/// A grievance in scope, locked for acting on it.
pub async fn lock(tx: &mut Tx, grievance: GrievanceId) -> Result<Option<Grievance>> {
    sqlx::query_as(LOCK).bind(grievance.0).fetch_optional(tx.conn()).await.context("locking a grievance")
}

const OF_PERSON: &str = "
    select *
    from grievance
    where person_id = $1
    and ($2::uuid is null or case_id = $2)
    order by lodged_on desc, grievance_id desc";

/// The grievances of a person (of one case, when one is named) that the reader may see, the latest first.
pub async fn of_person(tx: &mut Tx, person: PersonId, case: Option<CaseId>) -> Result<Vec<Grievance>> {
    sqlx::query_as(OF_PERSON)
        .bind(person.0)
        .bind(case.map(|case| case.0))
        .fetch_all(tx.conn())
        .await
        .context("reading a person's grievances")
}

const COUNT_UP: &str = "
    insert into grievance_counter as c (office, year, last)
    values ($1, $2, 1)
    on conflict (office, year) do update set last = c.last + 1
    returning last";

/// The next number of an office; nobody else gets it.
pub async fn next_number(tx: &mut Tx, office: i32, on: NaiveDate) -> Result<String> {
    let (last,): (i32,) = sqlx::query_as(COUNT_UP)
        .bind(office)
        .bind(i16::try_from(on.year())?)
        .fetch_one(tx.conn())
        .await
        .context("counting up the numbers of grievances")?;
    Ok(number(on.year(), office, last))
}

/// A number: year, office, place in the year, and a check digit.
pub fn number(year: i32, office: i32, place: i32) -> String {
    format!("G-{}", registry::intake::receipt_number(year, office, place))
}

const COUNTERS: &str = "
    insert into grievance_counter (office, year, last)
    select *
    from unnest($1::int[], $2::smallint[], $3::int[])";

/// Sets down how far the numbers of offices have come in a year.
pub async fn count_from(tx: &mut Tx, counters: &[(i32, i16, i32)]) -> Result<()> {
    sqlx::query(COUNTERS)
        .bind(counters.iter().map(|c| c.0).collect::<Vec<_>>())
        .bind(counters.iter().map(|c| c.1).collect::<Vec<_>>())
        .bind(counters.iter().map(|c| c.2).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("setting down the counters of grievances")?;
    Ok(())
}

const TAKE_PART: &str = "
    insert into grievance_part (person_id, grievance_id, officer_id, level, office)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[], $5::int[])
    on conflict (person_id, grievance_id, officer_id) do nothing";

const PART: &str = "
    select level
    from grievance_part
    where person_id = $1
    and grievance_id = $2
    and officer_id = $3";

/// Somebody's part in deciding a grievance.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub person_id: Uuid,
    pub grievance_id: Uuid,
    pub officer_id: Uuid,
    pub level: i16,
    pub office: i32,
}

/// Writes who had a part. Whoever has one already keeps it.
pub async fn take_parts(tx: &mut Tx, parts: &[Part]) -> Result<()> {
    sqlx::query(TAKE_PART)
        .bind(parts.iter().map(|p| p.person_id).collect::<Vec<_>>())
        .bind(parts.iter().map(|p| p.grievance_id).collect::<Vec<_>>())
        .bind(parts.iter().map(|p| p.officer_id).collect::<Vec<_>>())
        .bind(parts.iter().map(|p| p.level).collect::<Vec<_>>())
        .bind(parts.iter().map(|p| p.office).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("writing who had a part in a grievance")?;
    Ok(())
}

/// The acting officer takes a part on the grievance's committee; refused to whoever had one on the other.
pub async fn take_part(tx: &mut Tx, grievance: &Grievance) -> Result<(), Stop> {
    let officer = tx.who().officer.0;
    let part = Part {
        person_id: grievance.person_id,
        grievance_id: grievance.grievance_id,
        officer_id: officer,
        level: grievance.level,
        office: grievance.office,
    };
    take_parts(tx, &[part]).await?;
    let (level,): (i16,) = sqlx::query_as(PART)
        .bind(part.person_id)
        .bind(part.grievance_id)
        .bind(officer)
        .fetch_one(tx.conn())
        .await
        .context("finding an officer's part in a grievance")?;
    if level == grievance.level { Ok(()) } else { Err(Stop::refused(&Refusal::HadAPart)) }
}

/// A receipt: what may be printed of a grievance by whoever took it in.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Receipt {
    pub number: String,
    pub grievance_id: Uuid,
    pub office: i32,
    pub channel: String,
    pub lodged_on: NaiveDate,
    pub update_due_on: NaiveDate,
    pub due_on: NaiveDate,
}

const RECEIPT: &str = "
    select number, grievance_id, office, channel, lodged_on, update_due_on, due_on
    from grievance_number
    where grievance_id = $1";

/// The receipt of a grievance that the reader took in, or handles.
pub async fn receipt(tx: &mut Tx, grievance: GrievanceId) -> Result<Option<Receipt>> {
    sqlx::query_as(RECEIPT).bind(grievance.0).fetch_optional(tx.conn()).await.context("finding a receipt")
}

const NAMES: &str = "
    select officer_id, name
    from officer
    where officer_id = any ($1)";

/// The names of officers.
pub async fn names(tx: &mut Tx, officers: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    sqlx::query_as(NAMES).bind(officers).fetch_all(tx.conn()).await.context("finding the names of officers")
}
