//! What a visit found, what it makes happen to the case, how risky the case is and when to come again. Pure.

use ::rules::{Facts as RiskFacts, Value};
use chrono::NaiveDate;
use platform::message::{Explain, Message};
use registry::{
    case::{Business, CaseState, EndReason, Facts, FollowupStatus, Kind, PauseReason, Stage, state::Followup},
    programme::{ParameterValue, Programme, Term, keys},
};
use serde::Serialize;
use values::id::VisitId;

/// How a visit is made. Numbers are stored, never reused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum VisitKind {
    Field = 1,
    /// Its own kind in law.
    Electronic = 2,
    Phone = 3,
}

impl VisitKind {
    pub const ALL: &[Self] = &[Self::Field, Self::Electronic, Self::Phone];

    /// The word in forms and messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Electronic => "electronic",
            Self::Phone => "phone",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| *kind as i16 == number)
    }
}

/// How the business was found. Numbers are stored, never reused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Found {
    Operating = 1,
    Paused = 2,
    Ended = 3,
    NotStarted = 4,
    /// Nobody was reached: an outcome of the visit, never the end of a business.
    Unreachable = 5,
    Deceased = 6,
}

impl Found {
    pub const ALL: &[Self] = &[Self::Operating, Self::Paused, Self::Ended, Self::NotStarted, Self::Unreachable, Self::Deceased];

    /// The word in the programme's form and in messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Operating => "operating",
            Self::Paused => "paused",
            Self::Ended => "ended",
            Self::NotStarted => "not_started",
            Self::Unreachable => "unreachable",
            Self::Deceased => "deceased",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|found| found.code() == code)
    }

    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.iter().copied().find(|found| *found as i16 == number)
    }
}

/// Why a visit is not recorded as it stands, or not planned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nothing has been handed over for good yet.
    NotReceived,
    /// The person has died: nobody is to be visited.
    Deceased,
    /// A business starts with a sale or a service shown.
    NoSale,
    PauseReasonMissing,
    EndReasonMissing,
    Future,
    Past,
    /// Every follow-up is done and the case needs no visits.
    NothingDue,
    /// Nobody was reached, and somebody was met.
    MetAndUnreachable,
    /// A piece was named that the case does not have, or named twice.
    NotOfCase {
        tag: String,
    },
    /// A piece that the person holds was left out.
    LeftOut {
        tag: String,
    },
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::NotReceived => "monitoring-refusal-not-received",
            Self::Deceased => "monitoring-refusal-deceased",
            Self::NoSale => "monitoring-refusal-no-sale",
            Self::PauseReasonMissing => "monitoring-refusal-pause-reason",
            Self::EndReasonMissing => "monitoring-refusal-end-reason",
            Self::Future => "monitoring-refusal-future",
            Self::Past => "monitoring-refusal-past",
            Self::NothingDue => "monitoring-refusal-nothing-due",
            Self::MetAndUnreachable => "monitoring-refusal-met-and-unreachable",
            Self::NotOfCase { tag } => return Message::new("monitoring-refusal-not-of-case").arg("tag", tag.as_str()),
            Self::LeftOut { tag } => return Message::new("monitoring-refusal-left-out").arg("tag", tag.as_str()),
        })
    }
}

/// How a case stands, as far as visits ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    pub stage: Stage,
    pub business: Business,
    pub received_on: Option<NaiveDate>,
    pub term_ends_on: Option<NaiveDate>,
    /// What is known 6, 12 and 24 months after receipt.
    pub followups: [Option<Followup>; 3],
    pub is_deceased: bool,
}

impl Standing {
    pub fn of(state: &CaseState) -> Self {
        Self {
            stage: state.stage,
            business: state.business,
            received_on: state.milestones.received_on,
            term_ends_on: state.milestones.term_ends_on,
            followups: state.followups,
            is_deceased: state.is_deceased(),
        }
    }
}

/// Whether a case may be visited: from receipt on, also as an owner's and when closed, as long as a follow-up is to come.
pub fn may_visit(state: &Standing) -> Result<(), Refusal> {
    if state.received_on.is_none() {
        return Err(Refusal::NotReceived);
    }
    if state.is_deceased {
        return Err(Refusal::Deceased);
    }
    let over = matches!(state.stage, Stage::Closed | Stage::Recovered) && state.followups[2].is_some();
    if over { Err(Refusal::NothingDue) } else { Ok(()) }
}

/// What a visit found, as far as the case's machine asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    pub visit: VisitId,
    pub found: Found,
    pub on: NaiveDate,
    /// From when the business stands as it was found.
    pub since: Option<NaiveDate>,
    /// Qəpik of the last month.
    pub sales: i64,
    pub pause_reason: Option<PauseReason>,
    pub end_reason: Option<EndReason>,
    /// Visits in a row, this one counted, at which nobody was reached.
    pub failed_tries: u32,
}

/// What the visit makes happen, with the day of each, in order.
///
/// # Errors
/// What the visit must say for it and does not.
pub fn happenings(state: &Standing, seen: &Seen, programme: &Programme) -> Result<Vec<(NaiveDate, Facts)>, Refusal> {
    let mut all = Vec::new();
    all.extend(of_business(state, seen)?);
    all.extend(follow_up(state, seen, programme));
    Ok(all)
}

fn of_business(state: &Standing, seen: &Seen) -> Result<Option<(NaiveDate, Facts)>, Refusal> {
    let may = |kind: Kind| registry::case::table::stages(kind).has(state.stage);
    let since = seen.since.unwrap_or(seen.on).min(seen.on);
    let facts = match (seen.found, state.business) {
        (Found::Operating, Business::NotStarted) if may(Kind::BusinessStarted) => {
            if seen.sales == 0 {
                return Err(Refusal::NoSale);
            }
            (seen.on, Facts::BusinessStarted { visit: Some(seen.visit) })
        }
        (Found::Operating, Business::Paused { .. } | Business::Ended { .. }) if may(Kind::BusinessResumed) => {
            (seen.on, Facts::BusinessResumed)
        }
        (Found::Paused, Business::Operating { .. }) if may(Kind::BusinessPaused) => {
            (since, Facts::BusinessPaused { reason: seen.pause_reason.ok_or(Refusal::PauseReasonMissing)? })
        }
        (Found::Ended, Business::NotStarted | Business::Operating { .. } | Business::Paused { .. })
            if may(Kind::BusinessEnded) =>
        {
            (since, Facts::BusinessEnded { reason: seen.end_reason.ok_or(Refusal::EndReasonMissing)? })
        }
        _ => return Ok(None),
    };
    Ok(Some(facts))
}

/// The observation for the anniversary of receipt in whose window the visit falls, unless more is known already.
fn follow_up(state: &Standing, seen: &Seen, programme: &Programme) -> Option<(NaiveDate, Facts)> {
    let status = match seen.found {
        Found::Operating | Found::Paused => FollowupStatus::InBusiness,
        Found::Ended | Found::NotStarted => FollowupStatus::Ended,
        Found::Deceased => FollowupStatus::Deceased,
        Found::Unreachable if seen.failed_tries >= programme.parameter(&keys::UNREACHABLE_TRIES, seen.on) => {
            FollowupStatus::Unreachable
        }
        Found::Unreachable => return None,
    };
    let months = anniversary(state, seen.on, programme)?;
    let known = CaseState::followup_index(months).and_then(|index| state.followups[index]);
    let told = known.is_some_and(|known| known.status.is_known() || !status.is_known());
    (!told).then_some((seen.on, Facts::FollowupRecorded { months, status, observed_on: seen.on }))
}

/// The follow-up (6, 12 or 24 months) in whose window a day lies; an owner's or a closed case's day after a window that
/// was missed counts for the follow-up missed, since a late observation tells more than none.
pub fn anniversary(state: &Standing, on: NaiveDate, programme: &Programme) -> Option<u8> {
    let received_on = state.received_on?;
    let window = i32::try_from(programme.parameter(&keys::FOLLOW_UP_WINDOW, on).0).unwrap_or(i32::MAX);
    let begins = |months: u8| values::add_months(received_on, i32::from(months) - window);
    let reached = |months: &u8| on >= begins(*months);
    let mut months = programme.monitoring().followups.iter().filter_map(|followup| u8::try_from(followup.months).ok());
    months.rfind(reached)
}

/// A piece of equipment that a visit may ask after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thing {
    pub name: String,
    /// What the form's field for it says: its serial number, or its name in each language. The first is shown.
    pub tags: Vec<String>,
    /// The person has held it since this day; none of one that they no longer hold.
    pub held_since: Option<NaiveDate>,
}

impl Thing {
    /// What the form's field for it says when it is first shown.
    pub fn tag(&self) -> &str {
        self.tags.first().map_or("", String::as_str)
    }

    /// Whether a visit on a day must say something of it.
    fn is_due(&self, on: NaiveDate) -> bool {
        self.held_since.is_some_and(|since| since <= on)
    }
}

/// Which rows name nothing that the case has, and which things no row names. Each thing answers for one row.
pub fn against_ledger<'t>(tags: &[&str], things: &'t [Thing]) -> (Vec<usize>, Vec<&'t Thing>) {
    let mut left: Vec<&Thing> = things.iter().collect();
    // What is held comes before what was held, so that one name for two things is taken from the right one.
    left.sort_by_key(|thing| thing.held_since.is_none());
    let mut strange = Vec::new();
    for (row, tag) in tags.iter().enumerate() {
        match left.iter().position(|thing| thing.tags.iter().any(|known| known == tag)) {
            Some(at) => drop(left.remove(at)),
            None => strange.push(row),
        }
    }
    (strange, left)
}

/// The things that a visit on a day leaves out though it must tell of them: every one held, when the monitor was there.
pub fn left_out<'t>(kind: VisitKind, found: Found, on: NaiveDate, unnamed: &[&'t Thing]) -> Vec<&'t Thing> {
    let saw = kind == VisitKind::Field && !matches!(found, Found::Unreachable | Found::Deceased);
    unnamed.iter().copied().filter(|thing| saw && thing.is_due(on)).collect()
}

/// What is known of a case's visits, for its risk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Risk {
    pub open_breach: bool,
    /// Visits in a row at which nobody was reached, and planned ones that were not made in time.
    pub missed_visits: i64,
    /// Things asked after at the last visit and not seen.
    pub equipment_unseen: i64,
    /// By how many per cent sales fell between the last two visits.
    pub sales_fell_percent: i64,
    pub months_since_receipt: i64,
    pub moderate_screening: bool,
    pub open_grievance: bool,
    pub faulty_equipment: bool,
}

impl Risk {
    fn facts(self) -> RiskFacts {
        RiskFacts::new()
            .with("open_breach", Value::Bool(self.open_breach))
            .with("missed_visits", Value::Integer(self.missed_visits))
            .with("equipment_unseen", Value::Integer(self.equipment_unseen))
            .with("sales_fell_percent", Value::Integer(self.sales_fell_percent))
            .with("months_since_receipt", Value::Integer(self.months_since_receipt))
            .with("moderate_screening", Value::Bool(self.moderate_screening))
            .with("open_grievance", Value::Bool(self.open_grievance))
            .with("faulty_supplier", Value::Bool(self.faulty_equipment))
    }

    /// The level by the programme's table; a case of which too little is known is at the ordinary one.
    pub fn level(self, programme: &Programme) -> Option<&registry::programme::RiskLevel> {
        let monitoring = programme.monitoring();
        let level = monitoring.risk(&self.facts()).and_then(|outcome| outcome.result);
        level.and_then(|code| monitoring.level(&code)).or_else(|| monitoring.levels.first())
    }
}

/// By how many per cent sales fell; zero when they did not.
pub fn fell_by(before: i64, now: i64) -> i64 {
    if before <= 0 { 0 } else { ((before - now) * 100 / before).max(0) }
}

/// When to come again by the level of risk: a working day.
pub fn next_visit(programme: &Programme, risk: Risk, from: NaiveDate) -> NaiveDate {
    let version = risk.level(programme).and_then(|level| programme.parameter_version(level.interval.as_str(), from));
    let term = version.and_then(|version| Term::from_parameter(version.value, version.unit));
    let term = term.unwrap_or_else(|| programme.parameter(&keys::VISIT_INTERVAL, from));
    let days = programme.working_days();
    days.on_or_after(term.ends(from, days))
}

/// Whether visits go on by the interval after a day: while the contract runs and the programme's title stands.
pub fn goes_on(state: &Standing, next: NaiveDate) -> bool {
    let stage = matches!(state.stage, Stage::Equipped | Stage::Operating | Stage::Paused | Stage::InBreach);
    stage && state.term_ends_on.is_some_and(|end| next < end)
}
