//! The business and its contract: started, paused, ended; breach and its remedy; ownership or recovery; loss.

use super::{
    event::Event,
    facts::Facts,
    guard::{ensure, not_later},
    kind::Kind,
    reasons::{EndReason, LossFinding},
    refusal::Refusal,
    stage::Stage,
    state::{Business, CaseState, Rest, first, plus_months},
    terms::{Terms, earliest_end, latest_end},
};
use chrono::NaiveDate;

pub(super) fn step(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let on = event.effective_on;
    match &event.facts {
        Facts::BusinessStarted { .. } => {
            ensure(state.milestones.received_on.is_some(), Refusal::NotReceived)?;
            ensure(state.business == Business::NotStarted, wrong_stage(state, event))?;
            first(&mut state.milestones.started_on, on);
            set_business(state, Business::Operating { since: on }, event);
            Ok(())
        }
        Facts::BusinessPaused { reason } => {
            ensure(matches!(state.business, Business::Operating { .. }), wrong_stage(state, event))?;
            state.pauses.push(Rest { from: on, to: None });
            set_business(state, Business::Paused { since: on, reason: *reason }, event);
            Ok(())
        }
        Facts::BusinessResumed => resume(state, event, terms),
        Facts::BusinessEnded { reason } => end(state, event, *reason),
        Facts::BreachNoticed { .. } => {
            ensure(state.stage != Stage::Contracted || state.assets_held > 0, Refusal::NothingHandedOver)?;
            state.breach_since = Some(on);
            state.fault_since = None;
            state.counters.breaches = state.counters.breaches.saturating_add(1);
            state.move_to(Stage::InBreach, on);
            Ok(())
        }
        Facts::BreachRemedied => {
            state.breach_since = None;
            state.move_to(state.stage_of_business(), on);
            Ok(())
        }
        Facts::BreachUpheld { heard_on } => uphold(state, event, *heard_on, terms),
        Facts::TermExtended { months, .. } => extend(state, u16::from(*months), terms),
        Facts::OwnershipTransferred { .. } => transfer_ownership(state, event, terms),
        Facts::RecoveryCompleted { .. } => recover(state, event, terms),
        Facts::LossReported { .. } => lose(state, event),
        _ => Ok(()),
    }
}

/// Records how the business stands, and moves the case when its stage is the business's.
fn set_business(state: &mut CaseState, business: Business, event: &Event) {
    state.business = business;
    if !matches!(state.stage, Stage::InBreach | Stage::Recovering | Stage::Owner) {
        state.move_to(state.stage_of_business(), event.effective_on);
    }
}

fn resume(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let on = event.effective_on;
    match state.business {
        Business::Paused { .. } => stop_resting(state, on),
        // An end that lasted no longer than a pause may was a pause, as survival is counted.
        Business::Ended { since, .. } if on <= latest_end(terms.pause, since) => {
            state.pauses.push(Rest { from: since, to: Some(on) });
            state.milestones.ended_on = None;
            state.milestones.end_reason = None;
        }
        Business::Ended { .. } => {}
        Business::NotStarted | Business::Operating { .. } => return Err(wrong_stage(state, event)),
    }
    first(&mut state.milestones.started_on, on);
    set_business(state, Business::Operating { since: on }, event);
    Ok(())
}

fn stop_resting(state: &mut CaseState, on: NaiveDate) {
    if let Some(rest) = state.pauses.last_mut() {
        rest.to.get_or_insert(on);
    }
}

fn end(state: &mut CaseState, event: &Event, reason: EndReason) -> Result<(), Refusal> {
    let on = event.effective_on;
    ensure(state.milestones.received_on.is_some(), Refusal::NotReceived)?;
    ensure(!matches!(state.business, Business::Ended { .. }), wrong_stage(state, event))?;
    stop_resting(state, on);
    if state.milestones.ended_on.is_none() {
        state.milestones.ended_on = Some(on);
        state.milestones.end_reason = Some(reason);
    }
    set_business(state, Business::Ended { since: on, reason }, event);
    Ok(())
}

fn uphold(state: &mut CaseState, event: &Event, heard_on: NaiveDate, terms: &Terms) -> Result<(), Refusal> {
    not_later(heard_on, event)?;
    // The committee's page knows the holidays, and with them the exact day.
    let from = earliest_end(terms.remedy, state.clock_since);
    ensure(event.effective_on > from, Refusal::TooEarly { kind: Kind::BreachUpheld, from })?;
    state.breach_since = None;
    state.move_to(Stage::Recovering, event.effective_on);
    Ok(())
}

fn extend(state: &mut CaseState, months: u16, terms: &Terms) -> Result<(), Refusal> {
    let left = terms.extension_months.saturating_sub(state.counters.extension_months);
    ensure(months > 0 && months <= left, Refusal::ExtensionTooLong { left })?;
    state.counters.extension_months += months;
    state.milestones.term_ends_on = state.milestones.term_ends_on.map(|end| plus_months(end, months));
    Ok(())
}

fn transfer_ownership(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let Facts::OwnershipTransferred { contract, visited_on, .. } = &event.facts else { return Ok(()) };
    let on = event.effective_on;
    ensure(state.contract == Some(*contract), Refusal::OtherContract)?;
    let end = state.milestones.term_ends_on.unwrap_or(on);
    ensure(on >= end, Refusal::TooEarly { kind: Kind::OwnershipTransferred, from: end })?;
    // Somebody whose business ended only after the term has met what the contract asked.
    ensure(!state.ended_before_term(), wrong_stage(state, event))?;
    ensure(state.breach_since.is_none() && state.fault_since.is_none(), Refusal::BreachOpen)?;
    ensure(state.holds.is_empty(), Refusal::HoldOpen)?;
    ensure(!state.fraud_review, Refusal::FraudReviewOpen)?;
    not_later(*visited_on, event)?;
    let until = latest_end(terms.final_visit, *visited_on);
    ensure(on <= until, Refusal::VisitStale { visited_on: *visited_on, until })?;
    state.assets_held = 0;
    first(&mut state.milestones.transferred_on, on);
    state.move_to(Stage::Owner, on);
    Ok(())
}

fn recover(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let Facts::RecoveryCompleted { returned, lost, written_off, .. } = &event.facts else { return Ok(()) };
    let on = event.effective_on;
    let counted = u32::from(*returned) + u32::from(*lost) + u32::from(*written_off);
    ensure(counted == u32::from(state.assets_held), Refusal::AssetsUnaccounted { held: state.assets_held, counted })?;
    if let Some(died_on) = state.milestones.deceased_on {
        let from = earliest_end(terms.mourning, died_on);
        ensure(on > from, Refusal::TooEarly { kind: Kind::RecoveryCompleted, from })?;
    }
    state.assets_held = 0;
    state.breach_since = None;
    first(&mut state.milestones.recovered_on, on);
    state.move_to(Stage::Recovered, on);
    Ok(())
}

fn lose(state: &mut CaseState, event: &Event) -> Result<(), Refusal> {
    let Facts::LossReported { happened_on, finding, .. } = &event.facts else { return Ok(()) };
    not_later(*happened_on, event)?;
    ensure(state.assets_held > 0, Refusal::NothingHandedOver)?;
    match finding {
        LossFinding::UnderStudy | LossFinding::Replace => {}
        LossFinding::WriteOff => state.assets_held -= 1,
        LossFinding::Fault if state.stage == Stage::InBreach || state.stage == Stage::Recovering => {}
        LossFinding::Fault => {
            state.fault_since.get_or_insert(event.effective_on);
        }
    }
    Ok(())
}

fn wrong_stage(state: &CaseState, event: &Event) -> Refusal {
    Refusal::WrongStage { kind: event.kind(), stage: state.stage }
}
