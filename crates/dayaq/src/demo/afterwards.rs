//! The life of a business after the equipment came: start, visits, pauses, breach, end, follow-ups, ownership, award.

use super::day::{Day, Moment};
use super::history::{Act, CaseNo, OfficeNo, OfficerNo};

/// What became of a business.
#[derive(Clone, Debug, Default)]
pub struct Business {
    /// First sale or service shown; `None` long after receipt: never started.
    pub started: Option<Act>,
    pub pauses: Vec<Pause>,
    /// The day it truly stopped, with when and by whom that was recorded.
    pub ended: Option<Ending>,
    /// In order of the day due, done or not.
    pub visits: Vec<Visit>,
    pub breach: Option<Breach>,
    pub loss: Option<Loss>,
    /// At 6, 12 and 24 months after receipt, those that have fallen due.
    pub follow_ups: Vec<FollowUp>,
    /// The day the contract's term ends (moved by an extension).
    pub term_ends: Day,
    pub extension: Option<Extension>,
    pub ownership: Option<Ownership>,
    pub recovery: Option<Recovery>,
}

#[derive(Clone, Copy, Debug)]
pub struct Pause {
    pub from: Act,
    pub reason: PauseReason,
    pub resumed: Option<Act>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PauseReason {
    Season,
    Illness,
    Premises,
    Repair,
}

#[derive(Clone, Copy, Debug)]
pub struct Ending {
    /// The day sales stopped for good.
    pub on: Day,
    pub reason: EndReason,
    pub recorded: Act,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EndReason {
    NoCustomers,
    FoundWork,
    Illness,
    Moved,
    SoldEquipment,
    NeverStarted,
    Deceased,
}

/// A monitoring visit, planned by the interval and perhaps made.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// Day by which it is to be made.
    pub due: Day,
    pub planned: Moment,
    pub monitor: OfficerNo,
    pub kind: VisitKind,
    pub made: Option<VisitMade>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum VisitKind {
    Field,
    Electronic,
    Phone,
    /// The last one before the title passes.
    Final,
}

#[derive(Clone, Copy, Debug)]
pub struct VisitMade {
    pub at: Moment,
    pub status: Seen,
    /// Of the month before, in qəpik.
    pub sales: i64,
    pub costs: i64,
    /// Household's monthly income, in qəpik.
    pub household_income: i64,
    pub workers_women: u8,
    pub workers_men: u8,
    /// 1 to 5; zero when not answered.
    pub satisfaction: u8,
    pub tax_registered: bool,
    /// The photo was used before.
    pub photo_reused: bool,
}

/// Status of the business as a visit or follow-up found it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Seen {
    InBusiness,
    Paused,
    /// Not yet started.
    NotStarted,
    Ended,
    /// Nobody could be reached: never the same as ended.
    Unreachable,
    Deceased,
}

#[derive(Clone, Copy, Debug)]
pub struct Breach {
    pub kind: BreachKind,
    pub noticed: Act,
    /// Twenty working days after the notice.
    pub remedy_due: Day,
    pub outcome: Option<BreachOutcome>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BreachKind {
    NotStarted,
    StoppedBeforeTerm,
    EquipmentMoved,
    EquipmentSold,
}

#[derive(Clone, Copy, Debug)]
pub struct BreachOutcome {
    pub act: Act,
    /// True: remedied; false: upheld, and recovery begins.
    pub remedied: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Loss {
    pub reported: Act,
    /// Position among the delivery's pieces.
    pub piece: u8,
    pub stolen: bool,
}

/// An observation at an anniversary of the receipt.
#[derive(Clone, Copy, Debug)]
pub struct FollowUp {
    /// 6, 12 or 24.
    pub months: u8,
    pub due: Day,
    /// `None`: not made yet.
    pub made: Option<(Act, Seen)>,
    /// Household's monthly income then, in qəpik.
    pub household_income: i64,
    /// Household draws social assistance then.
    pub on_assistance: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Extension {
    pub proposed: Act,
    /// By a second person.
    pub approved: Option<Act>,
    pub months: u8,
}

/// The passing of the title.
#[derive(Clone, Copy, Debug)]
pub struct Ownership {
    pub proposed: Act,
    /// By a second person; `None`: waits.
    pub approved: Option<Act>,
}

#[derive(Clone, Debug)]
pub struct Recovery {
    pub begun: Act,
    /// Every piece back, lost or written off.
    pub completed: Option<Act>,
    /// Value of what came back, in qəpik.
    pub value: i64,
    /// Positions of pieces that were not found and were written off.
    pub written_off: Vec<u8>,
}

/// A round of incentive awards.
#[derive(Clone, Debug)]
pub struct AwardRound {
    pub title: &'static str,
    pub opens: Day,
    pub closes: Day,
    /// Decides as applications are scored.
    pub rolling: bool,
    /// In qəpik.
    pub budget: i64,
    pub proposed: Act,
    /// By a second person.
    pub approved: Option<Act>,
    pub secretary: OfficerNo,
    /// The award commission, its head first.
    pub members: Vec<OfficerNo>,
    /// In the order of their days.
    pub sittings: Vec<AwardSitting>,
}

/// A sitting of the award commission.
#[derive(Clone, Copy, Debug)]
pub struct AwardSitting {
    pub called: Moment,
    pub sits: Day,
    /// `None`: still to be held.
    pub closed: Option<Moment>,
}

/// How far an application is on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AwardStands {
    /// Nobody has checked it.
    Lodged,
    /// Found not to meet the conditions.
    Ineligible,
    /// No evaluator has it.
    Unassigned,
    /// Evaluators have it and have not all sealed.
    Assigned,
    Scored,
    /// On the agenda of an open sitting.
    Heard,
    Refused,
    Granted,
    Drafted,
    Contracted,
    Ordered,
    InStock,
    Delivered,
    Accounted,
    /// Accounted, and its contract has run out.
    Ended,
    Closed,
}

/// An application for an incentive award, beside the case's stage.
#[derive(Clone, Debug)]
pub struct Award {
    pub case: CaseNo,
    /// Position in the list of rounds.
    pub round: u8,
    pub lodged: Act,
    pub asked: i64,
    /// 15 % and more of what is asked, in qəpik.
    pub own_share: i64,
    pub jobs_promised: u8,
    pub adviser: OfficerNo,
    /// The adviser has helped with the plan.
    pub helped: bool,
    /// A second officer looked at the months, the duties and the contribution, and whether all was in order.
    pub checked: Option<(Act, bool)>,
    /// Evaluators have it.
    pub assigned: Option<Moment>,
    /// Evaluator, when sealed, total out of 100.
    pub scores: Vec<(OfficerNo, Option<Moment>, u8)>,
    /// Position of the sitting in its round.
    pub sitting: Option<u8>,
    pub decided: Option<(Moment, bool)>,
    pub drafted: Option<Act>,
    pub contracted: Option<Act>,
    /// Ordered by one, approved by another.
    pub ordered: Option<(Act, Act)>,
    /// The goods came into the store.
    pub arrived: Option<Act>,
    pub delivered: Option<Act>,
    pub accounted: Option<Act>,
    /// The contract has run out.
    pub ended: bool,
    pub closed: Option<Act>,
    /// Granted, in qəpik; zero until won.
    pub granted: i64,
}

impl Award {
    /// How far it is.
    pub fn stands(&self) -> AwardStands {
        let steps = [
            (self.closed.is_some(), AwardStands::Closed),
            (self.accounted.is_some() && self.ended, AwardStands::Ended),
            (self.accounted.is_some(), AwardStands::Accounted),
            (self.delivered.is_some(), AwardStands::Delivered),
            (self.arrived.is_some(), AwardStands::InStock),
            (self.ordered.is_some(), AwardStands::Ordered),
            (self.contracted.is_some(), AwardStands::Contracted),
            (self.drafted.is_some(), AwardStands::Drafted),
            (self.decided.is_some_and(|(_, won)| won), AwardStands::Granted),
            (self.decided.is_some(), AwardStands::Refused),
            (self.sitting.is_some(), AwardStands::Heard),
            (!self.scores.is_empty() && self.scores.iter().all(|score| score.1.is_some()), AwardStands::Scored),
            (self.assigned.is_some(), AwardStands::Assigned),
            (self.checked.is_some_and(|(_, found)| !found), AwardStands::Ineligible),
            (self.checked.is_some(), AwardStands::Unassigned),
        ];
        steps.into_iter().find(|(reached, _)| *reached).map_or(AwardStands::Lodged, |(_, stands)| stands)
    }
}

/// A complaint.
#[derive(Clone, Debug)]
pub struct Grievance {
    /// The complainer's case; `None` when anonymous.
    pub case: Option<CaseNo>,
    pub office: OfficeNo,
    pub about: GrievanceAbout,
    pub channel: GrievanceChannel,
    pub confidential: bool,
    pub lodged: Act,
    pub acknowledged: Option<Moment>,
    pub sorted: Option<Act>,
    pub studied: Option<Act>,
    /// Whoever complains left a way to be answered.
    pub reachable: bool,
    /// Needs study: 30 working days in place of 15.
    pub needs_study: bool,
    pub due: Day,
    /// Solutions proposed, with what became of each.
    pub proposals: Vec<Proposed>,
    /// Went to the second committee.
    pub escalated: Option<Act>,
    pub withdrawn: Option<Act>,
    pub closed: Option<Act>,
}

/// A solution that a committee proposed.
#[derive(Clone, Copy, Debug)]
pub struct Proposed {
    pub act: Act,
    /// By the second committee.
    pub second: bool,
    pub told: Option<Act>,
    pub answered: Option<(Act, bool)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GrievanceAbout {
    /// Missing, faulty or late goods.
    Goods,
    Selection,
    Staff,
    Payment,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GrievanceChannel {
    InPerson,
    /// 142.
    Hotline,
    Email,
    Letter,
    Web,
}
