//! What each kind of event says: ids, dates, codes and amounts. Details stay in the slices' own tables.

use super::{code::Code, kind::Kind, reasons::*, sets::KindSet};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use values::{Money, id::*};

/// The facts of one event; in JSON an object whose `kind` is the kind's code.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Facts {
    #[serde(rename = "application.lodged")]
    ApplicationLodged(Box<Application>),
    #[serde(rename = "documents.requested")]
    DocumentsRequested { missing: u8 },
    #[serde(rename = "documents.supplied")]
    DocumentsSupplied,
    /// `facts_as_of`: the date of the oldest fact that the rules used.
    #[serde(rename = "eligibility.confirmed")]
    EligibilityConfirmed { rules_version: u32, facts_as_of: NaiveDate },
    /// `rule`: the first rule that failed; all of them stand in the decision.
    #[serde(rename = "eligibility.refused")]
    EligibilityRefused { rules_version: u32, facts_as_of: NaiveDate, rule: Code },
    /// `direction`: the person's choice; `advised`: the counsellor's; `score` of 100.
    #[serde(rename = "readiness.assessed")]
    ReadinessAssessed { advised: Code, direction: Code, score: u8 },
    /// Approved by the acting officer; `position` counts from 1 within the list of its outcome.
    #[serde(rename = "ranking.approved")]
    RankingApproved { run: RunId, outcome: RankingOutcome, position: u32, proposed_by: OfficerId },
    #[serde(rename = "offer.accepted")]
    OfferAccepted,
    #[serde(rename = "offer.declined")]
    OfferDeclined { reason: LeaveReason },
    #[serde(rename = "offer.lapsed")]
    OfferLapsed,
    #[serde(rename = "reserve.called")]
    ReserveCalled { run: RunId, position: u32 },

    /// `repeat`: the good cause of a second try; none on the first.
    #[serde(rename = "training.started")]
    TrainingStarted { cohort: CohortId, repeat: Option<RepeatCause> },
    /// `score` of 100 in the last test; `certificate`: its number.
    #[serde(rename = "training.completed")]
    TrainingCompleted { cohort: CohortId, attended_minutes: u16, score: u8, certificate: Code },
    #[serde(rename = "training.failed")]
    TrainingFailed { cohort: CohortId, attended_minutes: u16, score: u8 },
    #[serde(rename = "training.dropped")]
    TrainingDropped { cohort: CohortId, attended_minutes: u16, reason: LeaveReason },

    /// `version` counts from 1; `total`: the plan's cost with own contribution.
    #[serde(rename = "plan.submitted")]
    PlanSubmitted { plan: PlanId, version: u8, direction: Code, total: Money },
    /// Cleared by the acting specialist after the officer's screening. `management_plan_on`: when it was signed.
    #[serde(rename = "plan.cleared")]
    PlanCleared {
        plan: PlanId,
        rating: Rating,
        screened_by: OfficerId,
        management_plan_on: Option<NaiveDate>,
        no_objection: Option<Code>,
    },
    #[serde(rename = "plan.stopped")]
    PlanStopped { plan: PlanId, cause: StopCause, screened_by: OfficerId },
    /// The sealed marks; `mean_tenths` in tenths of a point of 100.
    #[serde(rename = "plan.scored")]
    PlanScored { plan: PlanId, first: Mark, second: Mark, third: Option<Mark>, mean_tenths: u16 },
    /// `mark` of 100, kept apart from the scores.
    #[serde(rename = "defence.held")]
    DefenceHeld { plan: PlanId, panel: Vec<OfficerId>, mark: u8 },
    /// `amount`: the package granted.
    #[serde(rename = "commission.approved")]
    CommissionApproved { sitting: SittingId, plan: PlanId, direction: Code, amount: Money },
    #[serde(rename = "commission.revise")]
    CommissionRevise { sitting: SittingId, plan: PlanId },
    #[serde(rename = "commission.refused")]
    CommissionRefused { sitting: SittingId, plan: PlanId },
    #[serde(rename = "commission.reserve")]
    CommissionReserve { sitting: SittingId, plan: PlanId },

    /// Signed by the beneficiary and the acting head of office. `region`: where the business will be.
    #[serde(rename = "contract.signed")]
    ContractSigned {
        contract: ContractId,
        term_months: u8,
        ends_on: NaiveDate,
        amount: Money,
        region: Code,
        status_checked_on: NaiveDate,
        premises_seen_on: NaiveDate,
    },
    /// `items` accepted this time and their value.
    #[serde(rename = "handover.partial")]
    HandoverPartial { contract: ContractId, items: u16, value: Money },
    /// `items` refused as faulty or missing.
    #[serde(rename = "handover.refused")]
    HandoverRefused { contract: ContractId, items: u16 },
    /// The last mandatory items; the event's effective date is the receipt date.
    #[serde(rename = "handover.completed")]
    HandoverCompleted { contract: ContractId, items: u16, value: Money },

    /// `visit`: where the first sale or service was shown.
    #[serde(rename = "business.started")]
    BusinessStarted { visit: Option<VisitId> },
    #[serde(rename = "business.paused")]
    BusinessPaused { reason: PauseReason },
    #[serde(rename = "business.resumed")]
    BusinessResumed,
    #[serde(rename = "business.ended")]
    BusinessEnded { reason: EndReason },
    /// `obligation`: its code; the person must remedy it in the term's working days.
    #[serde(rename = "breach.noticed")]
    BreachNoticed { obligation: Code },
    #[serde(rename = "breach.remedied")]
    BreachRemedied,
    /// `heard_on`: when the person was heard, or had the chance to be.
    #[serde(rename = "breach.upheld")]
    BreachUpheld { heard_on: NaiveDate },
    #[serde(rename = "term.extended")]
    TermExtended { months: u8, proposed_by: OfficerId },
    /// Approved by the acting officer; `visited_on`: the final visit.
    #[serde(rename = "ownership.transferred")]
    OwnershipTransferred { contract: ContractId, visited_on: NaiveDate, proposed_by: OfficerId },
    /// Together the three numbers are every asset held; `value` of those returned.
    #[serde(rename = "recovery.completed")]
    RecoveryCompleted { returned: u16, lost: u16, written_off: u16, value: Money },
    /// `months` after receipt: 6, 12 or 24; `observed_on`: the day of the observation itself.
    #[serde(rename = "followup.recorded")]
    FollowupRecorded { months: u8, status: FollowupStatus, observed_on: NaiveDate },

    /// `proposed_by`: the first person, whom the acting officer approves; needed while assets are out. `continued_by`: the
    /// household member's case.
    #[serde(rename = "case.closed")]
    CaseClosed { reason: CloseReason, proposed_by: Option<OfficerId>, continued_by: Option<CaseId> },
    #[serde(rename = "withdrawn")]
    Withdrawn { reason: CloseReason },
    #[serde(rename = "suspended")]
    Suspended { cause: SuspensionCause, until: NaiveDate },
    #[serde(rename = "resumed")]
    Resumed,
    #[serde(rename = "transfer.requested")]
    TransferRequested { to: OfficeId },
    #[serde(rename = "transfer.accepted")]
    TransferAccepted { to: OfficeId },
    #[serde(rename = "transfer.refused")]
    TransferRefused { to: OfficeId },
    /// `sitting`: needed once a commission has approved the plan.
    #[serde(rename = "direction.changed")]
    DirectionChanged { direction: Code, sitting: Option<SittingId> },
    /// The effective date is the day on which the office learned of it.
    #[serde(rename = "deceased")]
    Deceased { died_on: NaiveDate },
    /// `happened_on` the day of the loss; an official record stands in the asset's file.
    #[serde(rename = "loss.reported")]
    LossReported { asset: AssetId, happened_on: NaiveDate, cause: LossCause, finding: LossFinding },
    /// `packages`: how many of the two cases received equipment.
    #[serde(rename = "merged")]
    Merged { other: CaseId, side: MergeSide, packages: u8 },
    #[serde(rename = "corrected")]
    Corrected { entry: EntryId, replacement: Option<Box<Replacement>> },
    #[serde(rename = "assistance.told")]
    AssistanceTold { moment: AssistanceMoment },
    #[serde(rename = "reapplied")]
    Reapplied { case: CaseId, call: Code, phase: Code },
    /// `skipped`: the step that may be done later.
    #[serde(rename = "order.overridden")]
    OrderOverridden { skipped: Kind },

    /// The goods, or the first tranche, of an incentive award.
    #[serde(rename = "award.delivered")]
    AwardDelivered { award: AwardId, form: AwardForm, amount: Money, decided_on: NaiveDate },
    /// By an officer, since conditions are not met, or by a sitting.
    #[serde(rename = "award.refused")]
    AwardRefused { award: AwardId },
    /// `entry`: the decision's; `told_on`: when the person was told of it.
    #[serde(rename = "appeal.lodged")]
    AppealLodged { appeal: AppealId, against: Kind, entry: EntryId, told_on: NaiveDate },
    #[serde(rename = "appeal.decided")]
    AppealDecided { appeal: AppealId, outcome: AppealOutcome },
    /// The hold is known by the entry of this event.
    #[serde(rename = "hold.placed")]
    HoldPlaced { cause: HoldCause, blocks: KindSet },
    /// `hold`: the entry that placed it.
    #[serde(rename = "hold.released")]
    HoldReleased { hold: EntryId },
}

impl Facts {
    /// The kind of event that these facts belong to.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::ApplicationLodged(_) => Kind::ApplicationLodged,
            Self::DocumentsRequested { .. } => Kind::DocumentsRequested,
            Self::DocumentsSupplied => Kind::DocumentsSupplied,
            Self::EligibilityConfirmed { .. } => Kind::EligibilityConfirmed,
            Self::EligibilityRefused { .. } => Kind::EligibilityRefused,
            Self::ReadinessAssessed { .. } => Kind::ReadinessAssessed,
            Self::RankingApproved { .. } => Kind::RankingApproved,
            Self::OfferAccepted => Kind::OfferAccepted,
            Self::OfferDeclined { .. } => Kind::OfferDeclined,
            Self::OfferLapsed => Kind::OfferLapsed,
            Self::ReserveCalled { .. } => Kind::ReserveCalled,
            Self::TrainingStarted { .. } => Kind::TrainingStarted,
            Self::TrainingCompleted { .. } => Kind::TrainingCompleted,
            Self::TrainingFailed { .. } => Kind::TrainingFailed,
            Self::TrainingDropped { .. } => Kind::TrainingDropped,
            Self::PlanSubmitted { .. } => Kind::PlanSubmitted,
            Self::PlanCleared { .. } => Kind::PlanCleared,
            Self::PlanStopped { .. } => Kind::PlanStopped,
            Self::PlanScored { .. } => Kind::PlanScored,
            Self::DefenceHeld { .. } => Kind::DefenceHeld,
            Self::CommissionApproved { .. } => Kind::CommissionApproved,
            Self::CommissionRevise { .. } => Kind::CommissionRevise,
            Self::CommissionRefused { .. } => Kind::CommissionRefused,
            Self::CommissionReserve { .. } => Kind::CommissionReserve,
            Self::ContractSigned { .. } => Kind::ContractSigned,
            Self::HandoverPartial { .. } => Kind::HandoverPartial,
            Self::HandoverRefused { .. } => Kind::HandoverRefused,
            Self::HandoverCompleted { .. } => Kind::HandoverCompleted,
            Self::BusinessStarted { .. } => Kind::BusinessStarted,
            Self::BusinessPaused { .. } => Kind::BusinessPaused,
            Self::BusinessResumed => Kind::BusinessResumed,
            Self::BusinessEnded { .. } => Kind::BusinessEnded,
            Self::BreachNoticed { .. } => Kind::BreachNoticed,
            Self::BreachRemedied => Kind::BreachRemedied,
            Self::BreachUpheld { .. } => Kind::BreachUpheld,
            Self::TermExtended { .. } => Kind::TermExtended,
            Self::OwnershipTransferred { .. } => Kind::OwnershipTransferred,
            Self::RecoveryCompleted { .. } => Kind::RecoveryCompleted,
            Self::FollowupRecorded { .. } => Kind::FollowupRecorded,
            Self::CaseClosed { .. } => Kind::CaseClosed,
            Self::Withdrawn { .. } => Kind::Withdrawn,
            Self::Suspended { .. } => Kind::Suspended,
            Self::Resumed => Kind::Resumed,
            Self::TransferRequested { .. } => Kind::TransferRequested,
            Self::TransferAccepted { .. } => Kind::TransferAccepted,
            Self::TransferRefused { .. } => Kind::TransferRefused,
            Self::DirectionChanged { .. } => Kind::DirectionChanged,
            Self::Deceased { .. } => Kind::Deceased,
            Self::LossReported { .. } => Kind::LossReported,
            Self::Merged { .. } => Kind::Merged,
            Self::Corrected { .. } => Kind::Corrected,
            Self::AssistanceTold { .. } => Kind::AssistanceTold,
            Self::Reapplied { .. } => Kind::Reapplied,
            Self::OrderOverridden { .. } => Kind::OrderOverridden,
            Self::AwardDelivered { .. } => Kind::AwardDelivered,
            Self::AwardRefused { .. } => Kind::AwardRefused,
            Self::AppealLodged { .. } => Kind::AppealLodged,
            Self::AppealDecided { .. } => Kind::AppealDecided,
            Self::HoldPlaced { .. } => Kind::HoldPlaced,
            Self::HoldReleased { .. } => Kind::HoldReleased,
        }
    }
}

/// What opens a case. Boxed, because it is large and comes once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Application {
    pub receipt: Code,
    pub call: Code,
    pub phase: Code,
    pub funding: Code,
    /// The office that will handle the case, also when the application came in elsewhere.
    pub office: OfficeId,
    /// The region of residence.
    pub region: Code,
    pub basis: Basis,
    /// The direction wished for first.
    pub wished: Code,
    /// Another direction wished for, if any.
    pub wished_second: Option<Code>,
    pub consent_on: NaiveDate,
}

/// One evaluator's points of 100.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mark {
    pub evaluator: OfficerId,
    pub points: u8,
}

/// What stands in a corrected entry's place; who recorded it and when are the correction's own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Replacement {
    pub effective_on: NaiveDate,
    pub facts: Facts,
}
