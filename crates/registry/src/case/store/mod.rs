//! Cases in the database: events are rows of the journal; the case's file and its milestones are projections written
//! in the same transaction. A page appends to one case, the demo writes thousands, through the same functions.

mod duties;

pub use duties::{claim, keep_claims, keep_duties};

use super::{
    Law,
    event::Event,
    facts::Facts,
    fold,
    projection::{self, Projection},
    state::CaseState,
};
use crate::people::store::{self as people, Person};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use duties::claim_all;
use platform::{
    answer::{Fault, Stop},
    form::Posted,
    journal::{Entry, payload},
    message::{Errors, Message},
    role::Role,
    scope::Tx,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, EntryId, OfficeId, OfficerId, PersonId};

/// A case as lists and headings show it.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct CaseFile {
    pub person_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub office_of_selection: i32,
    pub phase: String,
    pub funding: String,
    pub receipt: String,
    pub stage: i16,
    pub direction: String,
    pub next_duty: Option<i16>,
    pub next_role: Option<i16>,
    pub next_since: Option<NaiveDate>,
    pub next_due: Option<NaiveDate>,
    pub suspended: bool,
    pub version: i32,
    pub opened_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
}

impl CaseFile {
    pub fn person(&self) -> PersonId {
        PersonId(self.person_id)
    }

    pub fn case(&self) -> CaseId {
        CaseId(self.case_id)
    }
}

/// A case with its events and what they fold to.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub file: CaseFile,
    pub events: Vec<Event>,
    pub state: CaseState,
}

const FIND: &str = "
    select person_id, case_id, office, office_of_selection, phase, funding, receipt, stage, direction, next_duty,
        next_role, next_since, next_due, suspended, version, opened_on, closed_on
    from case_file
    where case_id = $1";

const LOCK: &str = "
    select person_id, case_id, office, office_of_selection, phase, funding, receipt, stage, direction, next_duty,
        next_role, next_since, next_due, suspended, version, opened_on, closed_on
    from case_file
    where case_id = $1
    for update";

/// A case in scope.
pub async fn find(tx: &mut Tx, case: CaseId) -> Result<Option<CaseFile>> {
    if let Some(file) = tx.recall(case.0) {
        return Ok(Some(file));
    }
    let found: Option<CaseFile> = sqlx::query_as(FIND).bind(case.0).fetch_optional(tx.conn()).await.context("finding a case")?;
    if let Some(file) = &found {
        tx.remember(case.0, file);
    }
    Ok(found)
}

/// A case in scope with its events, for reading.
pub async fn load(tx: &mut Tx, law: &Law, case: CaseId) -> Result<Loaded, Fault> {
    if let Some(loaded) = tx.recall(case.0) {
        return Ok(loaded);
    }
    let file = find(tx, case).await?.ok_or(Fault::NotFound)?;
    let loaded = unfold(tx, law, file).await?;
    tx.remember(case.0, &loaded);
    Ok(loaded)
}

/// The person of a case that the scope has shown. Whoever works on a case knows whose it is, also where another office keeps
/// the person, since they were registered there or have moved on with a later case.
pub async fn person_of(tx: &mut Tx, file: &CaseFile) -> Result<Person, Fault> {
    let person = file.person();
    let found = tx.wide(async |tx| people::find(tx, person).await).await?;
    found.ok_or(Fault::NotFound)
}

/// A case in scope with its events, locked for acting on it. A form filled in on an older version is refused.
pub async fn load_for(tx: &mut Tx, law: &Law, case: CaseId, form: &Posted) -> Result<Loaded, Stop> {
    let loaded = lock(tx, law, case).await?;
    let seen = form.version();
    if seen != 0 && seen != loaded.file.version {
        let mut errors = Errors::none();
        errors.add_whole(Message::new("form-error-stale"));
        return Err(errors.into());
    }
    Ok(loaded)
}

/// A case in scope with its events, locked, for work that no form began.
pub async fn lock(tx: &mut Tx, law: &Law, case: CaseId) -> Result<Loaded, Stop> {
    let file: Option<CaseFile> = sqlx::query_as(LOCK).bind(case.0).fetch_optional(tx.conn()).await.context("locking a case")?;
    Ok(unfold(tx, law, file.ok_or(Fault::NotFound)?).await?)
}

async fn unfold(tx: &mut Tx, law: &Law, file: CaseFile) -> Result<Loaded> {
    let events = events(tx, file.person(), file.case()).await?;
    let state = fold::fold(&events, law.terms_on(file.opened_on))
        .map_err(|refusal| anyhow::anyhow!("case {} does not fold: {refusal}", file.case_id))?
        .with_context(|| format!("case {} has no events", file.case_id))?;
    Ok(Loaded { file, events, state })
}

const EVENTS: &str = "
    select person_id, entry_id, case_id, office, officer_id, role, effective_on, recorded_at, payload
    from journal
    where person_id = $1
    and case_id = $2
    and kind < 300
    order by effective_on, recorded_at, entry_id";

/// The events of a case in the order of folding.
pub async fn events(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Event>> {
    let rows: Vec<Row> =
        sqlx::query_as(EVENTS).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("reading a case's events")?;
    rows.into_iter().map(Row::event).collect()
}

/// A row of the journal that is an event of a case.
#[derive(FromRow)]
pub struct Row {
    pub person_id: Uuid,
    pub entry_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub officer_id: Uuid,
    pub role: i16,
    pub effective_on: NaiveDate,
    pub recorded_at: DateTime<Utc>,
    pub payload: Option<String>,
}

#[derive(Deserialize)]
struct Payload {
    facts: Facts,
    #[serde(default)]
    reason: Option<String>,
}

impl Row {
    /// The event.
    pub fn event(self) -> Result<Event> {
        let text = self.payload.with_context(|| format!("the payload of entry {} has been erased", self.entry_id))?;
        let payload: Payload =
            serde_json::from_str(&text).with_context(|| format!("reading the payload of entry {}", self.entry_id))?;
        Ok(Event {
            entry: EntryId(self.entry_id),
            person: PersonId(self.person_id),
            case: CaseId(self.case_id),
            office: OfficeId(self.office),
            officer: OfficerId(self.officer_id),
            role: Role::from_number(self.role).context("an event by an unknown role")?,
            effective_on: self.effective_on,
            recorded_at: self.recorded_at,
            facts: payload.facts,
            reason: payload.reason,
        })
    }
}

/// An event as the journal's entry.
pub fn entry_of(event: &Event) -> Result<Entry> {
    Ok(Entry {
        entry: event.entry,
        person: event.person,
        case: Some(event.case),
        office: event.office,
        officer: event.officer,
        role: event.role,
        kind: event.kind() as i16,
        effective_on: event.effective_on,
        recorded_at: event.recorded_at,
        payload: payload(&event.facts, event.reason.as_deref())?,
    })
}

/// Something that happens to a case now, by whoever acts.
#[derive(Clone, Debug)]
pub struct Happening {
    pub facts: Facts,
    pub effective_on: NaiveDate,
    pub reason: Option<String>,
}

impl Happening {
    /// It takes effect on this day, and needs no reason.
    pub fn on(effective_on: NaiveDate, facts: Facts) -> Self {
        Self { facts, effective_on, reason: None }
    }

    /// With a reason in words.
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

/// Lets things happen to a case, in order: judges them by the machine, chains the events, writes the projections.
pub async fn append(tx: &mut Tx, law: &Law, loaded: &mut Loaded, happenings: Vec<Happening>) -> Result<(), Stop> {
    for happening in happenings {
        let event = event_of(tx, loaded.state.person, loaded.state.case, happening);
        let terms = law.terms_on(loaded.file.opened_on);
        loaded.state = fold::admit(&loaded.events, &event, terms).map_err(|refusal| Stop::refused(&refusal))?;
        tx.record(entry_of(&event)?);
        claim_all(tx, &loaded.file, &event).await?;
        loaded.events.push(event);
    }
    project(tx, law, loaded).await
}

/// Opens a case with its application; the person must be in scope.
pub async fn open(tx: &mut Tx, law: &Law, person: PersonId, case: CaseId, application: Happening) -> Result<Loaded, Stop> {
    let event = event_of(tx, person, case, application);
    let terms = law.terms_on(event.effective_on);
    let state = fold::admit(&[], &event, terms).map_err(|refusal| Stop::refused(&refusal))?;
    tx.record(entry_of(&event)?);
    let mut projection = Projection::of(&state, law);
    projection.person = projection::traits(tx, person).await?;
    projection::write(tx, &[projection]).await?;
    let file = find(tx, case).await?.ok_or(Fault::NotFound)?;
    claim_all(tx, &file, &event).await?;
    Ok(Loaded { file, events: vec![event], state })
}

pub(super) fn event_of(tx: &Tx, person: PersonId, case: CaseId, happening: Happening) -> Event {
    Event {
        entry: EntryId::new(),
        person,
        case,
        office: tx.who().office,
        officer: tx.who().officer,
        role: tx.who().role,
        effective_on: happening.effective_on,
        recorded_at: tx.now(),
        facts: happening.facts,
        reason: happening.reason,
    }
}

async fn project(tx: &mut Tx, law: &Law, loaded: &mut Loaded) -> Result<(), Stop> {
    let mut projection = Projection::of(&loaded.state, law);
    projection.person = projection::traits(tx, loaded.state.person).await?;
    projection::write(tx, &[projection]).await?;
    if let Some(file) = find(tx, loaded.file.case()).await? {
        loaded.file = file;
    }
    Ok(())
}

const RECEIPTS: &str = "
    insert into receipt_number (receipt, person_id, case_id)
    select *
    from unnest($1::text[], $2::uuid[], $3::uuid[])";

/// Keeps the receipt numbers of new cases, each given once.
pub async fn keep_receipts(tx: &mut Tx, projections: &[projection::Projection<'_>]) -> Result<()> {
    sqlx::query(RECEIPTS)
        .bind(projections.iter().map(|p| p.state.receipt.to_string()).collect::<Vec<_>>())
        .bind(projections.iter().map(|p| p.state.person.0).collect::<Vec<_>>())
        .bind(projections.iter().map(|p| p.state.case.0).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("keeping receipt numbers")?;
    Ok(())
}
