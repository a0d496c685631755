//! What may come at any stage: appeals, moves, rests, leaving, death, the end.

use super::{Act, OfficeNo, OfficerNo};
use crate::demo::day::Day;

/// An appeal against a refusal, judged by someone who had no part in it.
#[derive(Clone, Copy, Debug)]
pub struct Appeal {
    pub against: AppealAgainst,
    pub lodged: Act,
    /// Lodged after the time to appeal; nobody has yet said whether it is heard.
    pub late: bool,
    pub due: Day,
    pub decided: Option<AppealDecided>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AppealAgainst {
    Ineligibility,
    Training,
    PlanRefusal,
}

#[derive(Clone, Copy, Debug)]
pub struct AppealDecided {
    pub act: Act,
    /// True: the decision was changed and the case goes on from it.
    pub changed: bool,
}

/// A move of the case to another office.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    pub from: OfficeNo,
    pub to: OfficeNo,
    pub requested: Act,
    /// By the receiving office.
    pub accepted: Option<Act>,
    /// By the receiving office, when the person was selected in the meantime.
    pub refused: Option<Act>,
}

/// Duties at rest for illness, maternity, service or disaster.
#[derive(Clone, Copy, Debug)]
pub struct Suspension {
    pub suspended: Act,
    pub reason: SuspensionReason,
    pub resumed: Option<Act>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SuspensionReason {
    Illness,
    Maternity,
    MilitaryService,
}

#[derive(Clone, Copy, Debug)]
pub struct Withdrawal {
    pub act: Act,
    pub reason: WithdrawalReason,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WithdrawalReason {
    FoundWork,
    MovedAbroad,
    Health,
    OtherMeasure,
}

#[derive(Clone, Copy, Debug)]
pub struct Death {
    pub on: Day,
    pub recorded: Act,
}

#[derive(Clone, Copy, Debug)]
pub struct Closing {
    pub act: Act,
    pub reason: CloseReason,
    /// The second person, where equipment stays with the person.
    pub approved_by: Option<OfficerNo>,
}

/// Why a case is closed (the list of the life cycle).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CloseReason {
    Graduated,
    Ineligible,
    Declined,
    NoAnswer,
    CallEnded,
    DroppedOut,
    Failed,
    PlanStopped,
    PlanRefused,
    ContractLapsed,
    Withdrew,
    FoundWork,
    OtherMeasure,
    MovedAbroad,
    Deceased,
    BusinessEnded,
    Duplicate,
}
