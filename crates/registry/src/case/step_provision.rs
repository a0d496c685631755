//! The contract and the handover: signed after a fresh look at the person and the place, received item by item.

use super::{
    event::Event,
    facts::Facts,
    guard::{ensure, not_later},
    refusal::Refusal,
    stage::Stage,
    state::{CaseState, first, plus_months},
    terms::{Terms, latest_end},
};
use values::{Money, id::ContractId};

pub(super) fn step(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    match &event.facts {
        Facts::ContractSigned { .. } => sign(state, event, terms),
        Facts::HandoverPartial { contract, items, value } => {
            same_contract(state, *contract)?;
            ensure(*items > 0, Refusal::NoItems)?;
            take(state, *items, *value)
        }
        Facts::HandoverRefused { contract, items } => {
            same_contract(state, *contract)?;
            ensure(*items > 0, Refusal::NoItems)?;
            state.counters.refused_handovers = state.counters.refused_handovers.saturating_add(1);
            Ok(())
        }
        Facts::HandoverCompleted { contract, items, value } => {
            same_contract(state, *contract)?;
            ensure(*items > 0 || state.assets_held > 0, Refusal::NoItems)?;
            take(state, *items, *value)?;
            first(&mut state.milestones.received_on, event.effective_on);
            state.move_to(Stage::Equipped, event.effective_on);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn sign(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let Facts::ContractSigned { contract, term_months, ends_on, amount, region, status_checked_on, premises_seen_on } =
        &event.facts
    else {
        return Ok(());
    };
    let on = event.effective_on;
    let expected = plus_months(on, u16::from(*term_months));
    ensure(*term_months > 0 && *ends_on == expected, Refusal::TermWrong { ends_on: expected })?;
    ensure(*amount > Money::default() && *amount <= state.granted, Refusal::AmountNotGranted)?;
    not_later(*status_checked_on, event)?;
    not_later(*premises_seen_on, event)?;
    let until = latest_end(terms.status_recheck, *status_checked_on);
    ensure(on <= until, Refusal::StaleFacts { as_of: *status_checked_on, until })?;
    state.contract = Some(*contract);
    state.business_region = Some(*region);
    first(&mut state.milestones.contracted_on, on);
    state.milestones.term_ends_on = Some(*ends_on);
    state.move_to(Stage::Contracted, on);
    Ok(())
}

fn take(state: &mut CaseState, items: u16, value: Money) -> Result<(), Refusal> {
    ensure(value >= Money::default(), Refusal::AmountNotPositive)?;
    let received = state.received.checked_add(value).ok_or(Refusal::AmountNotPositive)?;
    state.received = received;
    state.assets_held = state.assets_held.saturating_add(items);
    state.counters.handovers = state.counters.handovers.saturating_add(1);
    Ok(())
}

fn same_contract(state: &CaseState, contract: ContractId) -> Result<(), Refusal> {
    ensure(state.contract == Some(contract), Refusal::OtherContract)
}
