//! A case as its events have made it: stage, what lies over it, when it first reached each point, and what it has used up.

use super::{
    code::Code,
    event::{Event, Position},
    facts::Application,
    kind::Kind,
    reasons::*,
    sets::KindSet,
    stage::Stage,
};
use chrono::NaiveDate;
use values::{Money, id::*};

/// The folded state of one case. Made by [`super::fold::fold`] and [`super::fold::apply`] only.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseState {
    pub person: PersonId,
    pub case: CaseId,
    pub stage: Stage,
    /// When the stage was reached.
    pub stage_since: NaiveDate,
    /// From when the stage's deadline counts: `stage_since`, moved by the days that papers or a suspension stopped it.
    pub clock_since: NaiveDate,
    /// While papers are missing: from when the decision's deadline counted before they were asked for.
    pub(super) decision_clock: NaiveDate,

    pub office: OfficeId,
    /// The office whose quota selected the person; indicators keep it after a transfer.
    pub office_of_selection: Option<OfficeId>,
    pub registered_by: OfficerId,
    pub receipt: Code,
    pub call: Code,
    pub phase: Code,
    pub funding: Code,
    pub basis: Basis,
    /// Region of residence.
    pub region: Code,
    /// Region of the business, from the contract on.
    pub business_region: Option<Code>,
    pub wished: Code,
    pub wished_second: Option<Code>,
    /// The direction now: wished, then chosen with the counsellor, then approved, then as changed.
    pub direction: Code,

    pub milestones: Milestones,
    pub business: Business,
    /// The pauses in business, the last one perhaps still going on.
    pub pauses: Vec<Rest>,
    pub closed: Option<CloseReason>,
    /// At 6, 12 and 24 months after receipt.
    pub followups: [Option<Followup>; 3],

    pub run: Option<RunId>,
    /// Place on the list that selected the person or holds them in reserve.
    pub position: Option<u32>,
    pub cohort: Option<CohortId>,
    pub plan: Option<PlanId>,
    pub plan_version: u8,
    pub rating: Option<Rating>,
    /// Mean of the sealed scores of the present plan, in tenths of a point.
    pub mean_tenths: Option<u16>,
    /// The mark of the defence of the present plan.
    pub defence_mark: Option<u8>,
    pub contract: Option<ContractId>,
    /// The package granted by the commission.
    pub granted: Money,
    /// Value of all items handed over.
    pub received: Money,
    /// Items in the person's hands to which the programme still has the title.
    pub assets_held: u16,

    pub counters: Counters,
    pub suspension: Option<Suspension>,
    pub transfer: Option<Transfer>,
    pub holds: Vec<Hold>,
    /// Appeals lodged in time and not yet decided.
    pub appeals: Vec<OpenAppeal>,
    /// Appeals lodged after their time and not yet decided: they hold nothing up.
    pub late_appeals: Vec<AppealId>,
    /// When the breach was noticed that is now open.
    pub breach_since: Option<NaiveDate>,
    /// A loss through the person's fault, for which no breach is noticed yet.
    pub fault_since: Option<NaiveDate>,
    /// Why the person left after handover.
    pub leaving: Option<CloseReason>,
    /// Steps that a manager let be skipped and that are still due.
    pub owed: KindSet,
    /// Two packages were found under one person.
    pub fraud_review: bool,
    /// The case that this one was merged into.
    pub merged_into: Option<CaseId>,

    /// How many entries of the journal belong to the case, corrections included.
    pub version: u32,
    /// Place of the last event that was folded.
    pub last: Position,
}

/// The dates of the first qualifying events, from which the indicators are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Milestones {
    pub applied_on: Option<NaiveDate>,
    /// Eligibility confirmed or refused.
    pub decided_on: Option<NaiveDate>,
    pub eligible_on: Option<NaiveDate>,
    pub readiness_on: Option<NaiveDate>,
    /// Selected by a ranking or called from the reserve.
    pub selected_on: Option<NaiveDate>,
    pub accepted_on: Option<NaiveDate>,
    pub training_started_on: Option<NaiveDate>,
    pub trained_on: Option<NaiveDate>,
    pub plan_submitted_on: Option<NaiveDate>,
    pub screened_on: Option<NaiveDate>,
    pub scored_on: Option<NaiveDate>,
    pub defended_on: Option<NaiveDate>,
    /// Approved or refused by a commission.
    pub plan_decided_on: Option<NaiveDate>,
    pub approved_on: Option<NaiveDate>,
    pub contracted_on: Option<NaiveDate>,
    /// The contract's end, extensions counted.
    pub term_ends_on: Option<NaiveDate>,
    /// The receipt date.
    pub received_on: Option<NaiveDate>,
    pub started_on: Option<NaiveDate>,
    /// The first end that lasted longer than a pause may.
    pub ended_on: Option<NaiveDate>,
    pub end_reason: Option<EndReason>,
    pub transferred_on: Option<NaiveDate>,
    pub recovered_on: Option<NaiveDate>,
    pub awarded_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
    /// The day of death.
    pub deceased_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
}

/// How the business stands: a fact of its own, whatever the case's stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Business {
    #[default]
    NotStarted,
    Operating {
        since: NaiveDate,
    },
    Paused {
        since: NaiveDate,
        reason: PauseReason,
    },
    Ended {
        since: NaiveDate,
        reason: EndReason,
    },
}

/// A pause in business; without an end while it lasts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rest {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// What is known at an anniversary of receipt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Followup {
    pub status: FollowupStatus,
    pub observed_on: NaiveDate,
    pub recorded_on: NaiveDate,
}

/// What the person has used of what is allowed a limited number of times.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counters {
    pub offers: u8,
    /// Courses started.
    pub trainings: u8,
    pub revisions: u8,
    /// Plans stopped by screening.
    pub stops: u8,
    pub extension_months: u16,
    pub handovers: u8,
    pub refused_handovers: u8,
    pub breaches: u8,
    pub awards: u8,
    pub transfers: u8,
}

/// A case that rests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Suspension {
    pub since: NaiveDate,
    pub until: NaiveDate,
    pub cause: SuspensionCause,
    pub renewals: u8,
}

/// A move to another office that waits for its answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Transfer {
    pub to: OfficeId,
    pub since: NaiveDate,
}

/// A hold, known by the entry that placed it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hold {
    pub entry: EntryId,
    pub cause: HoldCause,
    pub blocks: KindSet,
    pub since: NaiveDate,
}

/// An appeal that waits for its decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenAppeal {
    pub appeal: AppealId,
    pub against: Kind,
    pub since: NaiveDate,
}

impl CaseState {
    /// The case as its application opens it.
    pub(super) fn open(event: &Event, application: &Application) -> Self {
        let on = event.effective_on;
        Self {
            person: event.person,
            case: event.case,
            stage: Stage::Applied,
            stage_since: on,
            clock_since: on,
            decision_clock: on,
            office: application.office,
            office_of_selection: None,
            registered_by: event.officer,
            receipt: application.receipt,
            call: application.call,
            phase: application.phase,
            funding: application.funding,
            basis: application.basis,
            region: application.region,
            business_region: None,
            wished: application.wished,
            wished_second: application.wished_second,
            direction: application.wished,
            milestones: Milestones { applied_on: Some(on), ..Milestones::default() },
            business: Business::NotStarted,
            pauses: Vec::new(),
            closed: None,
            followups: [None; 3],
            run: None,
            position: None,
            cohort: None,
            plan: None,
            plan_version: 0,
            rating: None,
            mean_tenths: None,
            defence_mark: None,
            contract: None,
            granted: Money::default(),
            received: Money::default(),
            assets_held: 0,
            counters: Counters::default(),
            suspension: None,
            transfer: None,
            holds: Vec::new(),
            appeals: Vec::new(),
            late_appeals: Vec::new(),
            breach_since: None,
            fault_since: None,
            leaving: None,
            owed: KindSet::EMPTY,
            fraud_review: false,
            merged_into: None,
            version: 1,
            last: event.position(),
        }
    }

    /// Moves to a stage, whose clock starts.
    pub(super) fn move_to(&mut self, stage: Stage, on: NaiveDate) {
        self.stage = stage;
        self.stage_since = on;
        self.clock_since = on;
    }

    /// Closes the case. What was pending ends with it; holds and appeals stay, as they are others' to end.
    pub(super) fn close(&mut self, reason: CloseReason, on: NaiveDate) {
        self.move_to(Stage::Closed, on);
        self.closed = Some(reason);
        self.milestones.closed_on = Some(on);
        self.suspension = None;
        self.transfer = None;
    }

    /// The stage of a case with equipment that is not in breach, by how its business stands.
    pub(super) fn stage_of_business(&self) -> Stage {
        match self.business {
            _ if self.milestones.received_on.is_none() => Stage::Contracted,
            Business::NotStarted => Stage::Equipped,
            Business::Operating { .. } => Stage::Operating,
            Business::Paused { .. } => Stage::Paused,
            Business::Ended { .. } => Stage::Ended,
        }
    }

    /// Whether the contract's term is over on a day; false without a contract.
    pub fn term_is_over(&self, on: NaiveDate) -> bool {
        self.milestones.term_ends_on.is_some_and(|end| on >= end)
    }

    /// Whether the business ended before the contract's term did: a breach.
    pub fn ended_before_term(&self) -> bool {
        match (self.business, self.milestones.term_ends_on) {
            (Business::Ended { since, .. }, Some(end)) => since < end,
            _ => false,
        }
    }

    /// Whether the person has died.
    pub fn is_deceased(&self) -> bool {
        self.milestones.deceased_on.is_some()
    }

    /// What was offered or chosen: a plan must keep to it unless a change was approved.
    pub fn may_plan(&self, direction: Code) -> bool {
        direction == self.direction || direction == self.wished || Some(direction) == self.wished_second
    }

    /// The place of a follow-up in `followups`, by its months after receipt.
    pub const fn followup_index(months: u8) -> Option<usize> {
        match months {
            6 => Some(0),
            12 => Some(1),
            24 => Some(2),
            _ => None,
        }
    }
}

/// A date some months later; 29 February and its like fall on the month's last day.
pub(super) fn plus_months(date: NaiveDate, months: u16) -> NaiveDate {
    values::add_months(date, i32::from(months))
}

/// Sets a first date, which later events do not move.
pub(super) fn first(slot: &mut Option<NaiveDate>, on: NaiveDate) {
    slot.get_or_insert(on);
}
