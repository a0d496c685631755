//! What must be so before the title is proposed. Pure; the case's machine judges again when it is approved.

use crate::monitoring::{rules::Found, store::Visit};
use chrono::NaiveDate;
use platform::{
    clock,
    message::{Explain, Message},
};
use registry::{
    case::{CaseState, Kind, table},
    programme::{Programme, keys},
};
use serde::Serialize;

/// One thing that must be so, and whether it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Point {
    pub need: Need,
    pub met: bool,
}

/// What must be so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// The contract's term is over.
    TermOver,
    /// Somebody was met at a visit that is not too old, and the business was running, or ended after the term.
    FinalVisit,
    NoBreach,
    NoHold,
}

impl Need {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TermOver => "monitoring-ownership-need-term",
            Self::FinalVisit => "monitoring-ownership-need-visit",
            Self::NoBreach => "monitoring-ownership-need-breach",
            Self::NoHold => "monitoring-ownership-need-hold",
        }
    }
}

/// Why the title is not proposed or decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Not from this stage.
    NotNow,
    Unmet(Need),
    Waits,
    NoneWaits,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::NotNow => "monitoring-ownership-refusal-not-now",
            Self::Unmet(Need::TermOver) => "monitoring-ownership-refusal-term",
            Self::Unmet(Need::FinalVisit) => "monitoring-ownership-refusal-visit",
            Self::Unmet(Need::NoBreach) => "monitoring-ownership-refusal-breach",
            Self::Unmet(Need::NoHold) => "monitoring-ownership-refusal-hold",
            Self::Waits => "monitoring-ownership-refusal-waits",
            Self::NoneWaits => "monitoring-ownership-refusal-none-waits",
        })
    }
}

/// The day of a visit that was made.
pub fn visited_on(visit: &Visit) -> Option<NaiveDate> {
    visit.made_at.map(|at| clock::local(at).date())
}

/// The last visit at which somebody was met. `visits`: as the store gives them, those made with the latest first.
pub fn final_visit(visits: &[Visit]) -> Option<&Visit> {
    visits.iter().find(|visit| visit.found().is_some_and(|found| found != Found::Unreachable))
}

/// Everything that must be so on a day, and whether it is.
pub fn points(state: &CaseState, visits: &[Visit], on: NaiveDate, programme: &Programme) -> [Point; 4] {
    let term = programme.parameter(&keys::FINAL_VISIT_MAX_AGE, on);
    let fresh = final_visit(visits).is_some_and(|visit| {
        let stands = matches!(visit.found(), Some(Found::Operating | Found::Ended));
        let until = visited_on(visit).map(|day| term.ends(day, programme.working_days()));
        stands && until.is_some_and(|until| on <= until)
    });
    let point = |need, met| Point { need, met };
    [
        point(Need::TermOver, state.term_is_over(on)),
        point(Need::FinalVisit, fresh),
        point(Need::NoBreach, state.breach_since.is_none() && state.fault_since.is_none() && !state.ended_before_term()),
        point(Need::NoHold, state.holds.is_empty() && !state.fraud_review),
    ]
}

/// Whether the title may be proposed.
pub fn may_propose(state: &CaseState, points: &[Point]) -> Result<(), Refusal> {
    if !table::stages(Kind::OwnershipTransferred).has(state.stage) {
        return Err(Refusal::NotNow);
    }
    match points.iter().find(|point| !point.met) {
        Some(point) => Err(Refusal::Unmet(point.need)),
        None => Ok(()),
    }
}
