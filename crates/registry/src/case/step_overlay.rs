//! What may happen at almost any stage: closing, leaving, resting, moving, dying, merging, applying again.

use super::{
    closing,
    event::Event,
    facts::Facts,
    guard::{ensure, not_later},
    kind::Kind,
    reasons::{CloseReason, MergeSide},
    refusal::Refusal,
    stage::Stage,
    state::{CaseState, Suspension, Transfer, first},
    terms::{Terms, latest_end},
};
use chrono::NaiveDate;
use values::id::{CaseId, OfficeId};

pub(super) fn step(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let on = event.effective_on;
    match &event.facts {
        Facts::CaseClosed { .. } => closing::close(state, event, terms),
        Facts::Withdrawn { reason } => withdraw(state, *reason, on),
        Facts::Suspended { until, .. } => suspend(state, event, *until, terms),
        Facts::Resumed => {
            let suspension = state.suspension.ok_or(Refusal::NotSuspended)?;
            let rested = on - suspension.since.max(state.stage_since);
            state.clock_since += rested;
            state.suspension = None;
            Ok(())
        }
        Facts::TransferRequested { to } => {
            ensure(state.transfer.is_none(), Refusal::TransferPending)?;
            ensure(*to != state.office, Refusal::SameOffice)?;
            state.transfer = Some(Transfer { to: *to, since: on });
            Ok(())
        }
        Facts::TransferAccepted { to } => {
            pending(state, *to)?;
            state.office = *to;
            state.transfer = None;
            state.counters.transfers = state.counters.transfers.saturating_add(1);
            Ok(())
        }
        Facts::TransferRefused { to } => {
            pending(state, *to)?;
            state.transfer = None;
            Ok(())
        }
        Facts::DirectionChanged { direction, sitting } => {
            ensure(*direction != state.direction, Refusal::SameDirection { direction: *direction })?;
            ensure(state.milestones.approved_on.is_none() || sitting.is_some(), Refusal::SittingMissing)?;
            state.direction = *direction;
            Ok(())
        }
        Facts::Deceased { died_on } => die(state, event, *died_on),
        Facts::Merged { other, side, packages } => merge(state, *other, *side, *packages, on),
        Facts::Reapplied { case, call, phase } => {
            ensure(*case != state.case, Refusal::SameCase)?;
            closing::may_reapply(state, *call, *phase, on, terms)
        }
        Facts::OrderOverridden { skipped } => skip(state, *skipped),
        _ => Ok(()),
    }
}

/// Before handover the case closes; after it, inventory and return follow.
fn withdraw(state: &mut CaseState, reason: CloseReason, on: NaiveDate) -> Result<(), Refusal> {
    ensure(reason.is_withdrawal(), Refusal::WithdrawalReason { reason })?;
    first(&mut state.milestones.withdrawn_on, on);
    if state.assets_held == 0 && state.milestones.received_on.is_none() {
        state.close(reason, on);
        return Ok(());
    }
    state.leaving = Some(reason);
    state.breach_since = None;
    state.suspension = None;
    state.move_to(Stage::Recovering, on);
    Ok(())
}

/// A second suspension while the first lasts renews it.
fn suspend(state: &mut CaseState, event: &Event, until: NaiveDate, terms: &Terms) -> Result<(), Refusal> {
    let Facts::Suspended { cause, .. } = &event.facts else { return Ok(()) };
    let on = event.effective_on;
    let from = state.suspension.map_or(on, |running| running.until);
    let latest = latest_end(terms.suspension, from);
    ensure(until > from && until <= latest, Refusal::SuspensionTooLong { latest })?;
    let suspension = match state.suspension {
        None => Suspension { since: on, until, cause: *cause, renewals: 0 },
        Some(running) => {
            ensure(running.renewals < terms.suspension_renewals, Refusal::RenewalUsed)?;
            Suspension { until, cause: *cause, renewals: running.renewals + 1, ..running }
        }
    };
    state.suspension = Some(suspension);
    Ok(())
}

fn pending(state: &CaseState, to: OfficeId) -> Result<(), Refusal> {
    let transfer = state.transfer.ok_or(Refusal::NoTransfer)?;
    ensure(transfer.to == to, Refusal::OtherOffice)
}

/// Before handover the case closes; after it nothing is asked of the household for a time.
fn die(state: &mut CaseState, event: &Event, died_on: NaiveDate) -> Result<(), Refusal> {
    not_later(died_on, event)?;
    state.milestones.deceased_on = Some(died_on);
    state.suspension = None;
    state.transfer = None;
    let nothing_received = state.assets_held == 0 && state.milestones.received_on.is_none();
    if nothing_received && state.stage != Stage::Closed {
        state.close(CloseReason::Deceased, event.effective_on);
    }
    Ok(())
}

fn merge(state: &mut CaseState, other: CaseId, side: MergeSide, packages: u8, on: NaiveDate) -> Result<(), Refusal> {
    ensure(other != state.case, Refusal::SameCase)?;
    match side {
        MergeSide::Survives => state.fraud_review |= packages > 1,
        MergeSide::Ceases => {
            // The case that holds equipment survives; of two that do, the other's must come back first.
            ensure(state.assets_held == 0, Refusal::AssetsHeld { items: state.assets_held })?;
            state.merged_into = Some(other);
            if state.stage != Stage::Closed {
                state.close(CloseReason::Duplicate, on);
            }
        }
    }
    Ok(())
}

/// Lets a step be done later.
fn skip(state: &mut CaseState, skipped: Kind) -> Result<(), Refusal> {
    may_skip(state, skipped)?;
    state.owed = state.owed.with(skipped);
    Ok(())
}

/// Only the course and the defence may be put off; screening, scoring, decision and contract protect others too.
pub fn may_skip(state: &CaseState, skipped: Kind) -> Result<(), Refusal> {
    let possible = match skipped {
        Kind::TrainingCompleted => {
            matches!(state.stage, Stage::Enrolled | Stage::InTraining) && state.milestones.trained_on.is_none()
        }
        Kind::DefenceHeld => matches!(state.stage, Stage::Scored | Stage::PlanReserve) && state.defence_mark.is_none(),
        _ => false,
    };
    ensure(possible, Refusal::CannotSkip { kind: skipped })?;
    ensure(!state.owed.has(skipped), Refusal::AlreadySkipped { kind: skipped })
}
