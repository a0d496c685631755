//! One step of the state machine: the guards of an event's own facts, then the change. A step that refuses changes nothing.

use super::{
    event::Event, facts::Facts, guard, refusal::Refusal, state::CaseState, step_admission as admission, step_beside as beside,
    step_operation as operation, step_overlay as overlay, step_plan as plan, step_provision as provision,
    step_training as training, terms::Terms,
};

/// Takes one event in, which must come after all that the state has seen.
pub(super) fn step(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    guard::may_come(state, event)?;
    change(state, event, terms)?;
    state.version += 1;
    state.last = event.position();
    Ok(())
}

fn change(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    use Facts::*;
    match &event.facts {
        ApplicationLodged(_) => Err(Refusal::AlreadyOpen),
        Corrected { .. } => Err(Refusal::NeedsRefold),

        DocumentsRequested { .. }
        | DocumentsSupplied
        | EligibilityConfirmed { .. }
        | EligibilityRefused { .. }
        | ReadinessAssessed { .. }
        | RankingApproved { .. }
        | OfferAccepted
        | OfferDeclined { .. }
        | OfferLapsed
        | ReserveCalled { .. } => admission::step(state, event, terms),

        TrainingStarted { .. } | TrainingCompleted { .. } | TrainingFailed { .. } | TrainingDropped { .. } => {
            training::step(state, event, terms)
        }

        PlanSubmitted { .. }
        | PlanCleared { .. }
        | PlanStopped { .. }
        | PlanScored { .. }
        | DefenceHeld { .. }
        | CommissionApproved { .. }
        | CommissionRevise { .. }
        | CommissionRefused { .. }
        | CommissionReserve { .. } => plan::step(state, event, terms),

        ContractSigned { .. } | HandoverPartial { .. } | HandoverRefused { .. } | HandoverCompleted { .. } => {
            provision::step(state, event, terms)
        }

        BusinessStarted { .. }
        | BusinessPaused { .. }
        | BusinessResumed
        | BusinessEnded { .. }
        | BreachNoticed { .. }
        | BreachRemedied
        | BreachUpheld { .. }
        | TermExtended { .. }
        | OwnershipTransferred { .. }
        | RecoveryCompleted { .. }
        | LossReported { .. } => operation::step(state, event, terms),

        CaseClosed { .. }
        | Withdrawn { .. }
        | Suspended { .. }
        | Resumed
        | TransferRequested { .. }
        | TransferAccepted { .. }
        | TransferRefused { .. }
        | DirectionChanged { .. }
        | Deceased { .. }
        | Merged { .. }
        | Reapplied { .. }
        | OrderOverridden { .. } => overlay::step(state, event, terms),

        FollowupRecorded { .. }
        | AssistanceTold { .. }
        | AwardDelivered { .. }
        | AwardRefused { .. }
        | AppealLodged { .. }
        | AppealDecided { .. }
        | HoldPlaced { .. }
        | HoldReleased { .. } => beside::step(state, event, terms),
    }
}
