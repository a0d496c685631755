//! Closing a case, and whether its person may apply again.

use super::{
    code::Code,
    event::Event,
    facts::Facts,
    guard::ensure,
    kind::Kind,
    reasons::CloseReason,
    refusal::Refusal,
    stage::Stage::{self, *},
    state::CaseState,
    terms::{Terms, earliest_end},
};
use crate::programme::Term;
use chrono::NaiveDate;

/// Closes a case for a reason that its stage allows, with no equipment left without a title.
pub(super) fn close(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let Facts::CaseClosed { reason, proposed_by, continued_by } = &event.facts else { return Ok(()) };
    let on = event.effective_on;
    ensure(reason_fits(state, *reason), Refusal::CloseReasonWrong { reason: *reason, stage: state.stage })?;
    ensure(state.appeals.is_empty() || *reason == CloseReason::Deceased, Refusal::AppealOpen)?;
    if let Some(term) = time_left_to_the_person(state.stage, *reason, terms) {
        let from = earliest_end(term, state.clock_since);
        ensure(on > from, Refusal::TooEarly { kind: Kind::CaseClosed, from })?;
    }
    let continued = *reason == CloseReason::Deceased && continued_by.is_some();
    ensure(state.assets_held == 0 || continued, Refusal::AssetsHeld { items: state.assets_held })?;
    ensure(!assets_are_out(state) || proposed_by.is_some(), Refusal::SecondPersonMissing { kind: Kind::CaseClosed })?;
    state.close(*reason, on);
    Ok(())
}

/// The time that must run out before an office may close for this reason: to appeal, to answer, to sign.
fn time_left_to_the_person(stage: Stage, reason: CloseReason, terms: &Terms) -> Option<Term> {
    match (stage, reason) {
        _ if reason_of(stage) == Some(reason) => Some(terms.appeal),
        (Incomplete, CloseReason::NoAnswer) => Some(terms.documents),
        (Trained, CloseReason::NoAnswer) => Some(terms.plan),
        (Revising, CloseReason::NoAnswer) => Some(terms.revision),
        (Approved, CloseReason::ContractLapsed) => Some(terms.signing),
        _ => None,
    }
}

/// Equipment stays with the person or the household: by title, written off, or with the one who continues. A second person
/// then agrees to the closing.
pub fn assets_are_out(state: &CaseState) -> bool {
    state.milestones.received_on.is_some() && state.milestones.recovered_on.is_none()
}

/// Whether a case at its stage may be closed for this reason.
pub fn reason_fits(state: &CaseState, reason: CloseReason) -> bool {
    let stage = state.stage;
    let left_with_equipment = matches!(stage, Recovered) || state.milestones.received_on.is_some() && state.assets_held == 0;
    match reason {
        CloseReason::Graduated => stage == Owner,
        CloseReason::Ineligible
        | CloseReason::DroppedOut
        | CloseReason::Failed
        | CloseReason::PlanStopped
        | CloseReason::PlanRefused => reason_of(stage) == Some(reason),
        // Declining is an event of its own, which closes.
        CloseReason::Declined => false,
        CloseReason::NoAnswer => matches!(stage, Incomplete | Enrolled | Trained | Revising),
        CloseReason::CallEnded => matches!(stage, Applied | Eligible | Reserve | PlanReserve),
        CloseReason::ContractLapsed => stage == Approved,
        CloseReason::Withdrew => stage == Recovered,
        CloseReason::BusinessEnded => stage != Owner && left_with_equipment,
        CloseReason::Deceased => state.is_deceased(),
        CloseReason::FoundWork
        | CloseReason::BeganInsurance
        | CloseReason::OtherMeasure
        | CloseReason::MovedAbroad
        | CloseReason::Imprisoned
        | CloseReason::Fraud
        | CloseReason::Duplicate
        | CloseReason::Error => state.milestones.received_on.is_none() || left_with_equipment,
    }
}

/// The reason with which a stage ends by itself.
pub const fn reason_of(stage: Stage) -> Option<CloseReason> {
    match stage {
        Ineligible => Some(CloseReason::Ineligible),
        DroppedOut => Some(CloseReason::DroppedOut),
        Failed => Some(CloseReason::Failed),
        PlanStopped => Some(CloseReason::PlanStopped),
        Refused => Some(CloseReason::PlanRefused),
        _ => None,
    }
}

/// Whether the person of a closed case may apply again on a day, in a call of a phase.
pub fn may_reapply(state: &CaseState, call: Code, phase: Code, on: NaiveDate, terms: &Terms) -> Result<(), Refusal> {
    let (Some(reason), Some(closed_on)) = (state.closed, state.milestones.closed_on) else {
        return Err(Refusal::WrongStage { kind: Kind::Reapplied, stage: state.stage });
    };
    if state.is_deceased() {
        return Err(Refusal::Deceased { kind: Kind::Reapplied });
    }
    let wait = match reason {
        CloseReason::Fraud => Some(terms.reapply_fraud),
        CloseReason::Failed | CloseReason::DroppedOut => Some(terms.reapply_training),
        _ => None,
    };
    let from = wait.map_or(closed_on, |term| earliest_end(term, closed_on));
    ensure(on >= from, Refusal::ReapplyFrom { from })?;
    let repeats = state.milestones.received_on.is_some() && phase == state.phase;
    ensure(!repeats || terms.repeat_in_phase, Refusal::SamePhase)?;
    let corrects_the_file = matches!(reason, CloseReason::Duplicate | CloseReason::Error);
    ensure(call != state.call || corrects_the_file || wait.is_some(), Refusal::SameCall)
}
