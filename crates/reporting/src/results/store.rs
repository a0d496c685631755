//! Cases read for results: from the milestones when all that is known now counts, from the journal's events when only what
//! was recorded by a day does.

use super::{
    compute::{Asked, compute},
    report::Report,
    subject::{Days, Followup, Membership, Status, Subject, Visit},
};
use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use followup::monitoring::rules::Found;
use futures::TryStreamExt;
use platform::{clock, scope::Tx};
use registry::{
    case::{CaseState, Event, FollowupStatus, Law, fold, store::Row as EventRow},
    programme::{IndicatorUnit, Programme, Term, keys},
};
use sqlx::FromRow;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use uuid::Uuid;
use values::id::{CaseId, OfficeId, PersonId};

/// As of which day, and with what was known by when.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Known {
    pub as_of: NaiveDate,
    /// Only what was recorded by the end of this day; none for all that is known.
    pub known_on: Option<NaiveDate>,
}

/// Every indicator of the cases in scope, with targets and units from the programme.
pub async fn report(tx: &mut Tx, programme: &Programme, law: &Law, known: Known) -> Result<Report> {
    let subjects = subjects(tx, law, known).await?;
    let mut indicators = compute(&subjects, &asked(programme, known.as_of));
    for measured in &mut indicators {
        let Some(indicator) = programme.indicator(measured.code) else { continue };
        measured.target = indicator.target_on(known.as_of).map(|target| target.value);
        measured.baseline = indicator.baseline;
        measured.unit = unit(indicator.unit).to_owned();
    }
    Ok(Report { as_of: known.as_of, known_on: known.known_on.unwrap_or_else(|| tx.today()), indicators })
}

/// What the programme's parameters of a day ask of the computation.
pub fn asked(programme: &Programme, as_of: NaiveDate) -> Asked {
    let days = |key| match programme.parameter(key, as_of) {
        Term::CalendarDays(days) | Term::WorkingDays(days) => i64::from(days),
        Term::Months(months) => i64::from(months) * 30,
    };
    Asked {
        as_of,
        training_settled_days: days(&keys::TRAINING_SETTLED_AFTER),
        ownership_settled_days: days(&keys::OWNERSHIP_SETTLED_AFTER),
        followup_window_months: i32::try_from(programme.parameter(&keys::FOLLOW_UP_WINDOW, as_of).0).unwrap_or(0),
        seen_within_days: days(&keys::SEEN_WITHIN),
    }
}

/// The word of a unit in exports and messages.
pub fn unit(unit: IndicatorUnit) -> &'static str {
    match unit {
        IndicatorUnit::People => "people",
        IndicatorUnit::Applications => "applications",
        IndicatorUnit::Households => "households",
        IndicatorUnit::Jobs => "jobs",
        IndicatorUnit::Percent => "percent",
        IndicatorUnit::Points => "points",
        IndicatorUnit::Days => "days",
        IndicatorUnit::Qepik => "qepik",
        IndicatorUnit::PerHundred => "per_hundred",
    }
}

/// By offices in reach, and as of when.
type Kept = HashMap<(Vec<OfficeId>, Known), Arc<Report>>;

/// Reports computed before, by who may see what and as of when. Any new entry of the journal makes all of them old.
#[derive(Default)]
pub struct Cache(Mutex<(i64, Kept)>);

impl Cache {
    /// A report computed while the journal stood at this entry.
    pub fn find(&self, at: i64, offices: &[OfficeId], known: Known) -> Option<Arc<Report>> {
        let kept = self.0.lock().ok()?;
        (kept.0 == at).then(|| kept.1.get(&(offices.to_vec(), known)).cloned()).flatten()
    }

    /// Keeps a report computed while the journal stood at this entry.
    pub fn keep(&self, at: i64, offices: &[OfficeId], known: Known, report: Arc<Report>) {
        /// More are not worth their memory.
        const MOST: usize = 200;
        let Ok(mut kept) = self.0.lock() else { return };
        if kept.0 != at || kept.1.len() >= MOST {
            *kept = (at, HashMap::new());
        }
        kept.1.insert((offices.to_vec(), known), report);
    }
}

const POSITION: &str = "
    select coalesce(sum(seq), 0)::bigint
    from chain_head";

/// How far the journal has come, over all chains; `tx` must be the program's own.
pub async fn position(tx: &mut Tx) -> Result<i64> {
    let (at,): (i64,) = sqlx::query_as(POSITION).fetch_one(tx.conn()).await.context("finding how far the journal is")?;
    Ok(at)
}

/// The cases in scope.
pub async fn subjects(tx: &mut Tx, law: &Law, known: Known) -> Result<Vec<Subject>> {
    let groups = groups(tx).await?;
    let mut subjects = match known.known_on {
        Some(day) if day < tx.today() => from_events(tx, law, known.as_of, day).await?,
        _ => from_milestones(tx).await?,
    };
    let mut visits = visits(tx, known.known_on).await?;
    for subject in &mut subjects {
        subject.visits = subject.case.and_then(|case| visits.remove(&case.0)).unwrap_or_default();
        if let Some(own) = subject.person.and_then(|person| groups.get(&person.0)) {
            subject.groups.clone_from(own);
        }
    }
    // One person counts at the first of the qualifying cases of a phase.
    subjects.sort_by_key(|subject| (subject.days.applied, subject.case));
    Ok(subjects)
}

#[derive(FromRow)]
struct Group {
    person_id: Uuid,
    code: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

const GROUPS: &str = "
    select person_id, code, valid_from, valid_to
    from person_group
    order by person_id";

async fn groups(tx: &mut Tx) -> Result<HashMap<Uuid, Vec<Membership>>> {
    let mut all: HashMap<Uuid, Vec<Membership>> = HashMap::new();
    let mut rows = sqlx::query_as::<_, Group>(GROUPS).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading groups")? {
        let membership = Membership { code: row.code, from: row.valid_from, to: row.valid_to };
        all.entry(row.person_id).or_default().push(membership);
    }
    Ok(all)
}

#[derive(FromRow)]
struct VisitRow {
    case_id: Uuid,
    due_on: NaiveDate,
    planned_at: DateTime<Utc>,
    made_at: Option<DateTime<Utc>>,
    status: Option<i16>,
    workers_women: Option<i16>,
    workers_men: Option<i16>,
    satisfaction: Option<i16>,
}

const VISITS: &str = "
    select case_id, due_on, planned_at, made_at, status, workers_women, workers_men, satisfaction
    from visit
    where planned_at < $1";

/// The visits of every case as they were known by the end of a day.
async fn visits(tx: &mut Tx, known_on: Option<NaiveDate>) -> Result<HashMap<Uuid, Vec<Visit>>> {
    let until = end_of(known_on.unwrap_or_else(|| tx.today()));
    let mut all: HashMap<Uuid, Vec<Visit>> = HashMap::new();
    let mut rows = sqlx::query_as::<_, VisitRow>(VISITS).bind(until).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading visits")? {
        all.entry(row.case_id).or_default().push(row.visit(until));
    }
    Ok(all)
}

fn end_of(day: NaiveDate) -> DateTime<Utc> {
    clock::from_local(day.and_time(NaiveTime::MIN)) + TimeDelta::days(1)
}

impl VisitRow {
    /// The visit as known at a moment: one made later was still to come.
    fn visit(self, until: DateTime<Utc>) -> Visit {
        let made = self.made_at.filter(|at| *at < until);
        let asks_workers = made.is_some() && self.workers_women.is_some();
        Visit {
            due: self.due_on,
            made: made.map(|at| clock::local(at).date()),
            is_planned: clock::local(self.planned_at).date() < self.due_on,
            is_met: made.is_some() && self.status.and_then(Found::from_number) != Some(Found::Unreachable),
            asks_workers,
            women: self.workers_women.filter(|_| asks_workers).unwrap_or(0),
            men: self.workers_men.filter(|_| asks_workers).unwrap_or(0),
            satisfaction: self.satisfaction.filter(|_| made.is_some()),
        }
    }
}

#[derive(FromRow)]
struct Milestone {
    person_id: Uuid,
    case_id: Uuid,
    phase: String,
    basis: i16,
    sex: Option<String>,
    birth_date: Option<NaiveDate>,
    residence: String,
    business_region: Option<String>,
    wished: String,
    direction: Option<String>,
    applied_on: Option<NaiveDate>,
    decided_on: Option<NaiveDate>,
    selected_on: Option<NaiveDate>,
    accepted_on: Option<NaiveDate>,
    training_started_on: Option<NaiveDate>,
    trained_on: Option<NaiveDate>,
    plan_decided_on: Option<NaiveDate>,
    approved_on: Option<NaiveDate>,
    contracted_on: Option<NaiveDate>,
    term_ends_on: Option<NaiveDate>,
    received_on: Option<NaiveDate>,
    received_value: i64,
    started_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    transferred_on: Option<NaiveDate>,
    recovered_on: Option<NaiveDate>,
    awarded_on: Option<NaiveDate>,
    deceased_on: Option<NaiveDate>,
    followup_24: Option<i16>,
    followup_24_on: Option<NaiveDate>,
    seen_on: Option<NaiveDate>,
    gain: Option<i16>,
}

const MILESTONES: &str = "
    select m.person_id, m.case_id, m.phase, m.basis, m.sex::text as sex, m.birth_date, m.residence, m.business_region,
        m.wished, m.direction, m.applied_on, m.decided_on, m.selected_on, m.accepted_on, m.training_started_on,
        m.trained_on, m.plan_decided_on, m.approved_on, m.contracted_on, m.term_ends_on, m.received_on, m.received_value,
        m.started_on, m.ended_on, m.transferred_on, m.recovered_on, m.awarded_on, m.deceased_on, m.followup_24,
        m.followup_24_on, greatest(m.followup_6_on, m.followup_12_on, m.followup_24_on) as seen_on, e.gain
    from case_milestone m
    left join (
        select person_id, case_id, (test_after - test_before)::smallint as gain
        from enrolment
        where result = 1
        and test_after is not null
        and test_before is not null) e using (person_id, case_id)";

async fn from_milestones(tx: &mut Tx) -> Result<Vec<Subject>> {
    let mut subjects = Vec::new();
    let mut rows = sqlx::query_as::<_, Milestone>(MILESTONES).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading milestones")? {
        subjects.push(row.subject());
    }
    Ok(subjects)
}

impl Milestone {
    fn subject(self) -> Subject {
        Subject {
            case: Some(CaseId(self.case_id)),
            person: Some(PersonId(self.person_id)),
            phase: self.phase,
            sex: self.sex.and_then(|sex| sex.chars().next()),
            birth_date: self.birth_date,
            residence: self.residence,
            business_region: self.business_region,
            wished: self.wished,
            direction: self.direction,
            landholder: self.basis == registry::case::Basis::Landholder as i16,
            groups: Vec::new(),
            days: Days {
                applied: self.applied_on,
                decided: self.decided_on,
                selected: self.selected_on,
                accepted: self.accepted_on,
                training_started: self.training_started_on,
                trained: self.trained_on,
                plan_decided: self.plan_decided_on,
                approved: self.approved_on,
                contracted: self.contracted_on,
                term_ends: self.term_ends_on,
                received: self.received_on,
                started: self.started_on,
                ended: self.ended_on,
                transferred: self.transferred_on,
                recovered: self.recovered_on,
                awarded: self.awarded_on,
                deceased: self.deceased_on,
            },
            received_value: self.received_value,
            gain: self.gain,
            followup_24: followup(self.followup_24.and_then(FollowupStatus::from_number), self.followup_24_on),
            seen_on: self.seen_on,
            visits: Vec::new(),
        }
    }
}

fn followup(status: Option<FollowupStatus>, on: Option<NaiveDate>) -> Option<Followup> {
    let status = match status? {
        FollowupStatus::InBusiness => Status::InBusiness,
        FollowupStatus::Ended => Status::Ended,
        FollowupStatus::Unreachable => Status::Unreachable,
        FollowupStatus::NotVisited => Status::NotVisited,
        FollowupStatus::Deceased => Status::Deceased,
    };
    Some(Followup { status, on: on? })
}

const EVENTS: &str = "
    select person_id, entry_id, case_id, office, officer_id, role, effective_on, recorded_at, payload
    from journal
    where case_id is not null
    and kind < 300
    and recorded_at < $1
    order by person_id, case_id";

const TRAITS: &str = "
    select person_id, sex::text as sex, birth_date
    from person";

/// Folds every case anew from what was recorded by the end of a day.
async fn from_events(tx: &mut Tx, law: &Law, as_of: NaiveDate, known_on: NaiveDate) -> Result<Vec<Subject>> {
    let traits: Vec<(Uuid, Option<String>, Option<NaiveDate>)> =
        sqlx::query_as(TRAITS).fetch_all(tx.conn()).await.context("reading people's traits")?;
    let traits: HashMap<Uuid, (Option<char>, Option<NaiveDate>)> =
        traits.into_iter().map(|(id, sex, born)| (id, (sex.and_then(|sex| sex.chars().next()), born))).collect();
    let until = end_of(known_on);
    let mut subjects = Vec::new();
    let mut open: Vec<Event> = Vec::new();
    let mut close = |events: &mut Vec<Event>| -> Result<()> {
        if let Some(subject) = folded(events, law, as_of, &traits)? {
            subjects.push(subject);
        }
        events.clear();
        Ok(())
    };
    {
        let mut rows = sqlx::query_as::<_, EventRow>(EVENTS).bind(until).fetch(tx.conn());
        while let Some(row) = rows.try_next().await.context("reading events")? {
            let event = row.event()?;
            if open.first().is_some_and(|first| first.case != event.case) {
                close(&mut open)?;
            }
            open.push(event);
        }
    }
    close(&mut open)?;
    Ok(subjects)
}

fn folded(
    events: &[Event],
    law: &Law,
    as_of: NaiveDate,
    traits: &HashMap<Uuid, (Option<char>, Option<NaiveDate>)>,
) -> Result<Option<Subject>> {
    let Some(opened_on) = events.iter().map(|event| event.effective_on).min() else { return Ok(None) };
    let state = fold::as_of(events, as_of, None, law.terms_on(opened_on))
        .map_err(|refusal| anyhow!("a case does not fold: {refusal}"))?;
    Ok(state.map(|state| {
        let (sex, birth_date) = traits.get(&state.person.0).copied().unwrap_or_default();
        Subject { sex, birth_date, ..of_state(&state) }
    }))
}

fn of_state(state: &CaseState) -> Subject {
    let m = &state.milestones;
    let last = state.followups[2];
    Subject {
        case: Some(state.case),
        person: Some(state.person),
        phase: state.phase.to_string(),
        residence: state.region.to_string(),
        business_region: state.business_region.map(|region| region.to_string()),
        wished: state.wished.to_string(),
        direction: m.approved_on.map(|_| state.direction.to_string()),
        landholder: state.basis == registry::case::Basis::Landholder,
        days: Days {
            applied: m.applied_on,
            decided: m.decided_on,
            selected: m.selected_on,
            accepted: m.accepted_on,
            training_started: m.training_started_on,
            trained: m.trained_on,
            plan_decided: m.plan_decided_on,
            approved: m.approved_on,
            contracted: m.contracted_on,
            term_ends: m.term_ends_on,
            received: m.received_on,
            started: m.started_on,
            ended: m.ended_on,
            transferred: m.transferred_on,
            recovered: m.recovered_on,
            awarded: m.awarded_on,
            deceased: m.deceased_on,
        },
        received_value: state.received.qepik(),
        followup_24: last.and_then(|seen| followup(Some(seen.status), Some(seen.observed_on))),
        seen_on: state.followups.iter().flatten().map(|seen| seen.observed_on).max(),
        ..Subject::default()
    }
}
