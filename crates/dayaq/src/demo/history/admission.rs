//! From the application to the answer to an offer.

use super::{Act, DirectionNo};
use crate::demo::day::{Day, Moment};

/// The application as lodged.
#[derive(Clone, Debug)]
pub struct Application {
    /// Lodged, and by which officer entered.
    pub lodged: Act,
    pub direction: DirectionNo,
    pub second_direction: Option<DirectionNo>,
    /// Years of work in the direction wished for.
    pub experience_years: u8,
    pub premises: Premises,
    /// What the person means to add, in qəpik.
    pub own_contribution: i64,
    pub tools_owned: bool,
    /// Statutory priority and target groups at lodging, as evidenced.
    pub groups: crate::demo::people::Groups,
}

/// Where the business is to work.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Premises {
    AtHome,
    Owned,
    Rented,
    NoneYet,
}

/// Papers that were missing.
#[derive(Clone, Debug)]
pub struct Papers {
    pub asked: Act,
    pub missing: MissingPaper,
    /// The day on which the case lapses, ten working days after the request.
    pub due: Day,
    pub supplied: Option<Act>,
}

/// The paper that an application lacked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MissingPaper {
    IdentityDocument,
    AssistanceAward,
    DisabilityCertificate,
    PremisesEvidence,
    LandExtract,
}

/// The decision on eligibility; its officer never entered the application.
#[derive(Clone, Copy, Debug)]
pub struct Eligibility {
    pub decided: Act,
    /// The rule that was failed, or `None` when all passed.
    pub failed: Option<Ineligible>,
}

/// Why a person was refused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ineligible {
    Working,
    StatusLost,
    EarlierSupport,
    FarmingWish,
    InsurancePayment,
    PensionAge,
}

/// The counsellor's talk.
#[derive(Clone, Copy, Debug)]
pub struct Readiness {
    pub assessed: Act,
    pub advised: DirectionNo,
    /// The direction the person kept or took.
    pub chosen: DirectionNo,
    /// Out of 100.
    pub score: u8,
}

/// A place on one ranking list.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// Position in the list of runs.
    pub run: u32,
    /// From 1, within the list of its outcome.
    pub position: u32,
    pub outcome: Listed,
}

/// What a ranking run made of a candidate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Listed {
    Selected,
    Reserve,
    /// Below the reserve: stays eligible and competes in the next run.
    Waiting,
    /// Would have been selected, but the landholder cap was reached.
    Capped,
}

/// The offer of a place, made by the approval of the list or by the call from the reserve.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    pub made: Moment,
    /// Five working days later.
    pub due: Day,
    pub answer: Option<Answered>,
}

/// The answer to an offer.
#[derive(Clone, Copy, Debug)]
pub struct Answered {
    pub act: Act,
    pub answer: Answer,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Answer {
    Accepted,
    Declined(DeclineReason),
    /// Nothing heard by the due day.
    Lapsed,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DeclineReason {
    FoundWork,
    Health,
    Family,
    Moving,
    Other,
}
