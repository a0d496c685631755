//! What a screening says and what follows from it. Pure.

use platform::message::{Explain, Message};
use registry::{
    case::{Rating, Stage, StopCause},
    programme::{AskedOf, Check, Screening, screening::Answers, sheet::Sheet},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Why a plan is not screened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// No submitted plan waits for screening.
    NotNow,
    /// The officer has not filled in the form yet.
    NotFilledIn,
    /// The officer has already filled in the form; the specialist decides now.
    FilledIn,
    /// Whoever screened may not decide.
    SamePerson,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Refusal::NotNow => "screening-refusal-not-now",
            Refusal::NotFilledIn => "screening-refusal-not-filled-in",
            Refusal::FilledIn => "screening-refusal-filled-in",
            Refusal::SamePerson => "screening-refusal-same-person",
        })
    }
}

/// Whether a plan is screened at a stage.
pub fn open(stage: Stage) -> Result<(), Refusal> {
    if stage == Stage::PlanSubmitted { Ok(()) } else { Err(Refusal::NotNow) }
}

/// Everything that was answered.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Answered {
    pub form: Sheet,
    pub prohibited: BTreeSet<String>,
    pub checks: BTreeMap<String, bool>,
    #[serde(default)]
    pub management: Sheet,
}

impl Answered {
    /// As the programme's rating asks for it.
    pub fn answers(&self) -> Answers {
        Answers { prohibited: self.prohibited.clone(), checks: self.checks.clone() }
    }
}

/// The checks that an officer answers, or those that are the specialist's.
pub fn checks_of(screening: &Screening, specialist: bool) -> impl Iterator<Item = &Check> {
    screening.checks.iter().filter(move |check| (check.asked_of == AskedOf::Specialist) == specialist)
}

/// What a rating means for the case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    Clears(Rating),
    Stops(StopCause),
}

/// The verdict that follows from a rating's code; none for a code that no case knows.
pub fn verdict(screening: &Screening, rating: &str) -> Option<Verdict> {
    match (screening.stops(rating), rating) {
        (false, "LOW") => Some(Verdict::Clears(Rating::Low)),
        (false, _) => Some(Verdict::Clears(Rating::Moderate)),
        (true, "PROHIBITED") => Some(Verdict::Stops(StopCause::Prohibited)),
        (true, "HIGH") => Some(Verdict::Stops(StopCause::High)),
        (true, "SUBSTANTIAL") => Some(Verdict::Stops(StopCause::Substantial)),
        (true, _) => None,
    }
}
