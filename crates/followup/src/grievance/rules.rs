//! What comes next for a grievance, whose turn it is, and why something may not be done now. Pure.

use super::{store::Grievance, types::Outcome};
use chrono::NaiveDate;
use platform::{
    message::{Explain, Message},
    role::Role,
};
use registry::{
    case::{Kind, KindSet},
    programme::{GrievanceCategory, Held, Programme, Term, keys},
};

/// The step that a grievance waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Acknowledge,
    Sort,
    Study,
    /// A committee proposes a solution.
    Propose,
    Tell,
    /// Told; the complainer has not said whether they accept.
    HearAnswer,
    /// Not accepted: another solution, the second committee, or the end.
    GoOn,
    Close,
    Closed,
}

impl Step {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Acknowledge => "acknowledge",
            Self::Sort => "sort",
            Self::Study => "study",
            Self::Propose => "propose",
            Self::Tell => "tell",
            Self::HearAnswer => "hear-answer",
            Self::GoOn => "go-on",
            Self::Close => "close",
            Self::Closed => "closed",
        }
    }
}

/// What a grievance waits for.
pub fn step(grievance: &Grievance) -> Step {
    let g = grievance;
    match (g.decided_on, g.decision_told_on, g.accepted) {
        _ if g.closed_on.is_some() => Step::Closed,
        _ if g.acknowledged_on.is_none() && g.can_be_reached() => Step::Acknowledge,
        _ if g.sorted_on.is_none() => Step::Sort,
        (None, ..) if g.needs_study && g.studied_on.is_none() => Step::Study,
        (None, ..) => Step::Propose,
        (Some(_), None, _) => Step::Tell,
        (Some(_), Some(_), Some(true)) => Step::Close,
        (Some(_), Some(_), Some(false)) => Step::GoOn,
        (Some(_), Some(_), None) if g.can_be_reached() => Step::HearAnswer,
        (Some(_), Some(_), None) => Step::Close,
    }
}

/// Whose role the step is. A confidential grievance never leaves the grievance officers.
pub fn turn(grievance: &Grievance) -> Role {
    match step(grievance) {
        Step::Propose if !grievance.confidential => committee(grievance.level),
        _ => Role::Grievance,
    }
}

/// Who proposes for a committee: the head of the office for the first, the programme's manager for the second.
pub const fn committee(level: i16) -> Role {
    if level == 1 { Role::OfficeHead } else { Role::Manager }
}

/// Until when the step is to be taken; none when no clock runs any more.
pub fn due(grievance: &Grievance, programme: &Programme) -> Option<NaiveDate> {
    let g = grievance;
    match step(g) {
        Step::Acknowledge => Some(g.lodged_on),
        Step::Closed | Step::Close | Step::HearAnswer | Step::GoOn => None,
        Step::Tell => match g.told_on {
            None => Some(g.decision_due_on.map_or(g.due_on, |day| day.min(g.due_on))),
            Some(_) => g.decision_due_on,
        },
        Step::Sort | Step::Study | Step::Propose => match (g.level, g.escalated_on) {
            (2, Some(since)) => Some(committee_due(programme, 2, since)),
            _ => Some(g.due_on),
        },
    }
}

/// Until when a committee answers what came before it on a day.
pub fn committee_due(programme: &Programme, level: u32, since: NaiveDate) -> NaiveDate {
    let term = programme
        .grievances()
        .committee(level)
        .and_then(|committee| programme.parameter_version(committee.term.as_str(), since))
        .and_then(|version| <Term as registry::programme::ParameterValue>::from_parameter(version.value, version.unit));
    term.map_or_else(|| programme.due(&keys::GRIEVANCE_STUDY_TERM, since), |term| term.ends(since, programme.working_days()))
}

/// Until when the outcome of a grievance is to be told.
pub fn answer_due(programme: &Programme, since: NaiveDate, needs_study: bool) -> NaiveDate {
    let key = if needs_study { &keys::GRIEVANCE_STUDY_TERM } else { &keys::GRIEVANCE_TERM };
    programme.due(key, since)
}

/// Whether a clock of the grievance has run out.
pub fn is_overdue(grievance: &Grievance, programme: &Programme, today: NaiveDate) -> bool {
    due(grievance, programme).is_some_and(|day| day < today)
}

/// What is told to the complainer on the fifteenth day still waits.
pub fn update_waits(grievance: &Grievance, today: NaiveDate) -> bool {
    let g = grievance;
    g.closed_on.is_none() && g.told_on.is_none() && g.updated_on.is_none() && g.can_be_reached() && g.update_due_on <= today
}

/// The kinds of events that an open grievance of a category holds back.
pub fn blocked(category: &GrievanceCategory) -> KindSet {
    let kinds = |held: &Held| -> &'static [Kind] {
        match held {
            Held::Selection => &[Kind::RankingApproved, Kind::ReserveCalled],
            Held::Handover => &[Kind::HandoverPartial, Kind::HandoverCompleted],
            Held::Ownership => &[Kind::OwnershipTransferred],
            Held::Award => &[Kind::AwardDelivered],
            Held::Closing => &[Kind::CaseClosed],
        }
    };
    category.holds.iter().flat_map(kinds).fold(KindSet::EMPTY, |set, kind| set.with(*kind))
}

/// Why something is not done with a grievance now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    Closed,
    NotClosed,
    /// It was acknowledged already, or nobody can be reached.
    NothingToAcknowledge,
    NotSorted,
    /// A solution was proposed; what comes before it is over.
    Proposed,
    /// The study has to be written down first.
    StudyFirst,
    /// It is not the turn of this committee.
    NotTheirTurn,
    /// As many solutions as may be have been proposed.
    NoMoreSolutions {
        most: u32,
    },
    NothingToTell,
    NothingToAnswer,
    /// Only a solution that was not accepted goes to the second committee.
    NothingToEscalate,
    /// The second committee comes before the end.
    EscalateFirst,
    NotTold,
    UpdateTold,
    /// Whoever had a part in the first committee has none in the second.
    HadAPart,
    /// This channel takes no complaint without a name.
    NameNeeded,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::Closed => "grievance-refusal-closed",
            Self::NotClosed => "grievance-refusal-not-closed",
            Self::NothingToAcknowledge => "grievance-refusal-acknowledged",
            Self::NotSorted => "grievance-refusal-not-sorted",
            Self::Proposed => "grievance-refusal-proposed",
            Self::StudyFirst => "grievance-refusal-study-first",
            Self::NotTheirTurn => "grievance-refusal-turn",
            Self::NoMoreSolutions { most } => {
                return Message::new("grievance-refusal-no-more").arg("most", i64::from(*most));
            }
            Self::NothingToTell => "grievance-refusal-nothing-to-tell",
            Self::NothingToAnswer => "grievance-refusal-nothing-to-answer",
            Self::NothingToEscalate => "grievance-refusal-nothing-to-escalate",
            Self::EscalateFirst => "grievance-refusal-escalate-first",
            Self::NotTold => "grievance-refusal-not-told",
            Self::UpdateTold => "grievance-refusal-update-told",
            Self::HadAPart => "grievance-refusal-had-a-part",
            Self::NameNeeded => "grievance-refusal-name-needed",
        })
    }
}

/// Refuses unless the condition holds.
fn ensure(condition: bool, refusal: Refusal) -> Result<(), Refusal> {
    if condition { Ok(()) } else { Err(refusal) }
}

fn open(g: &Grievance) -> Result<(), Refusal> {
    ensure(g.closed_on.is_none(), Refusal::Closed)
}

pub fn may_acknowledge(g: &Grievance) -> Result<(), Refusal> {
    open(g)?;
    ensure(step(g) == Step::Acknowledge, Refusal::NothingToAcknowledge)
}

/// Sorting may be mended until a committee has spoken.
pub fn may_sort(g: &Grievance) -> Result<(), Refusal> {
    open(g)?;
    ensure(g.decided_on.is_none() && g.level == 1, Refusal::Proposed)
}

pub fn may_study(g: &Grievance) -> Result<(), Refusal> {
    open(g)?;
    ensure(g.sorted_on.is_some(), Refusal::NotSorted)?;
    ensure(g.decided_on.is_none(), Refusal::Proposed)
}

pub fn may_update(g: &Grievance) -> Result<(), Refusal> {
    open(g)?;
    ensure(g.updated_on.is_none() && g.told_on.is_none(), Refusal::UpdateTold)
}

/// Whether somebody in a role may propose a solution, when `proposed` of at most `most` have been.
pub fn may_propose(g: &Grievance, role: Role, proposed: usize, most: u32) -> Result<(), Refusal> {
    open(g)?;
    ensure(g.sorted_on.is_some(), Refusal::NotSorted)?;
    ensure(step(g) != Step::Study, Refusal::StudyFirst)?;
    ensure(matches!(step(g), Step::Propose | Step::GoOn), Refusal::Proposed)?;
    let whose = if g.confidential { Role::Grievance } else { committee(g.level) };
    ensure(role == whose, Refusal::NotTheirTurn)?;
    ensure(u32::try_from(proposed).is_ok_and(|proposed| proposed < most), Refusal::NoMoreSolutions { most })
}

pub fn may_tell(g: &Grievance) -> Result<(), Refusal> {
    open(g)?;
    ensure(step(g) == Step::Tell, Refusal::NothingToTell)
}

pub fn may_answer(g: &Grievance) -> Result<(), Refusal> {
    open(g)?;
    ensure(step(g) == Step::HearAnswer, Refusal::NothingToAnswer)
}

pub fn may_escalate(g: &Grievance) -> Result<(), Refusal> {
    open(g)?;
    ensure(step(g) == Step::GoOn && g.level == 1, Refusal::NothingToEscalate)
}

pub fn may_reopen(g: &Grievance) -> Result<(), Refusal> {
    ensure(g.closed_on.is_some(), Refusal::NotClosed)
}

pub fn may_leave(g: &Grievance) -> Result<(), Refusal> {
    open(g)
}

/// How a grievance ends when it is closed now.
pub fn ending(g: &Grievance) -> Result<Outcome, Refusal> {
    open(g)?;
    match step(g) {
        Step::Close => Ok(Outcome::Settled),
        Step::HearAnswer => Ok(Outcome::NoAnswer),
        Step::GoOn if g.level == 2 => Ok(Outcome::NotSettled),
        Step::GoOn => Err(Refusal::EscalateFirst),
        _ => Err(Refusal::NotTold),
    }
}
