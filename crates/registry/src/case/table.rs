//! The transition table: from which stages each kind is legal. Where it leads stands at the kind.

use super::{kind::Kind, sets::StageSet, stage::Stage::*, state::CaseState};

/// Whether the case stands at a stage from which the kind is legal; overlays and facts are judged elsewhere.
pub(super) fn stage_allows(state: &CaseState, kind: Kind) -> bool {
    let training_is_skipped = state.owed.has(Kind::TrainingCompleted);
    match kind {
        // Training that a manager let be skipped stays due and may come at any later stage.
        Kind::TrainingStarted | Kind::TrainingCompleted | Kind::TrainingFailed | Kind::TrainingDropped if training_is_skipped => {
            true
        }
        Kind::DefenceHeld if state.owed.has(Kind::DefenceHeld) => state.milestones.scored_on.is_some(),
        Kind::PlanSubmitted if training_is_skipped && matches!(state.stage, Enrolled | InTraining | DroppedOut | Failed) => true,
        // After a death the assets return without anybody being in breach.
        Kind::RecoveryCompleted if state.is_deceased() => state.assets_held > 0,
        _ => stages(kind).has(state.stage),
    }
}

/// The stages from which a kind is legal in the ordinary order.
pub const fn stages(kind: Kind) -> StageSet {
    match kind {
        Kind::ApplicationLodged => StageSet::NONE,
        Kind::DocumentsRequested | Kind::EligibilityConfirmed | Kind::EligibilityRefused => StageSet::of(&[Applied]),
        Kind::DocumentsSupplied => StageSet::of(&[Incomplete]),
        Kind::ReadinessAssessed => StageSet::of(&[Eligible, Reserve, Selected, Enrolled]),
        Kind::RankingApproved => StageSet::of(&[Eligible]),
        Kind::OfferAccepted | Kind::OfferDeclined | Kind::OfferLapsed => StageSet::of(&[Selected]),
        Kind::ReserveCalled => StageSet::of(&[Reserve]),
        Kind::TrainingStarted => StageSet::of(&[Enrolled, Failed, DroppedOut]),
        Kind::TrainingCompleted | Kind::TrainingFailed | Kind::TrainingDropped => StageSet::of(&[InTraining]),
        Kind::PlanSubmitted => StageSet::of(&[Trained, Revising, PlanStopped]),
        Kind::PlanCleared | Kind::PlanStopped => StageSet::of(&[PlanSubmitted]),
        Kind::PlanScored => StageSet::of(&[Screened]),
        Kind::DefenceHeld => StageSet::of(&[Scored, PlanReserve]),
        Kind::CommissionApproved | Kind::CommissionRevise | Kind::CommissionRefused | Kind::CommissionReserve => {
            StageSet::of(&[Scored, PlanReserve])
        }
        Kind::ContractSigned => StageSet::of(&[Approved]),
        // What the business can do without may come later.
        Kind::HandoverPartial => StageSet::of(&[Contracted, Equipped, Operating, Paused, Ended, InBreach]),
        Kind::HandoverRefused | Kind::HandoverCompleted => StageSet::of(&[Contracted]),
        Kind::BusinessStarted => StageSet::of(&[Equipped, InBreach]),
        Kind::BusinessPaused => StageSet::of(&[Operating, InBreach, Owner]),
        Kind::BusinessResumed => StageSet::of(&[Paused, Ended, InBreach, Owner]),
        Kind::BusinessEnded => StageSet::of(&[Equipped, Operating, Paused, InBreach, Recovering, Owner]),
        Kind::BreachNoticed => StageSet::of(&[Contracted, Equipped, Operating, Paused, Ended]),
        Kind::BreachRemedied | Kind::BreachUpheld => StageSet::of(&[InBreach]),
        Kind::TermExtended => StageSet::of(&[Contracted, Equipped, Operating, Paused, Ended, InBreach]),
        Kind::OwnershipTransferred => StageSet::of(&[Operating, Ended]),
        Kind::RecoveryCompleted => StageSet::of(&[Recovering]),
        Kind::AwardDelivered => StageSet::of(&[Operating, Owner]),
        Kind::DirectionChanged => DIRECTION_IS_OPEN,
        Kind::LossReported => StageSet::of(&[Contracted, Equipped, Operating, Paused, Ended, InBreach, Recovering]),
        Kind::Reapplied => StageSet::of(&[Closed]),
        Kind::FollowupRecorded
        | Kind::AwardRefused
        | Kind::Corrected
        | Kind::AssistanceTold
        | Kind::AppealLodged
        | Kind::AppealDecided
        | Kind::HoldReleased
        | Kind::Deceased
        | Kind::Merged => StageSet::ANY,
        Kind::Withdrawn => MAY_WITHDRAW,
        Kind::CaseClosed
        | Kind::Suspended
        | Kind::Resumed
        | Kind::TransferRequested
        | Kind::TransferAccepted
        | Kind::TransferRefused
        | Kind::OrderOverridden
        | Kind::HoldPlaced => StageSet::OPEN,
    }
}

/// The direction may still change: by an officer before the plan is approved, by the commission until the goods are there.
const DIRECTION_IS_OPEN: StageSet = StageSet::of(&[
    Eligible,
    Reserve,
    Selected,
    Enrolled,
    InTraining,
    Trained,
    DroppedOut,
    Failed,
    PlanStopped,
    Revising,
    Approved,
    Contracted,
]);

/// From the application until the goods are the person's own or are taken back.
const MAY_WITHDRAW: StageSet = StageSet::of(&[
    Applied,
    Incomplete,
    Eligible,
    Ineligible,
    Selected,
    Reserve,
    Enrolled,
    InTraining,
    Trained,
    DroppedOut,
    Failed,
    PlanSubmitted,
    PlanStopped,
    Screened,
    Scored,
    Approved,
    Revising,
    Refused,
    PlanReserve,
    Contracted,
    Equipped,
    Operating,
    Paused,
    Ended,
    InBreach,
]);
