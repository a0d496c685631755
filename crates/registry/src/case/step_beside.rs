//! What runs beside the stage: follow-up, messages to social assistance, awards, appeals, holds.

use super::{
    event::Event,
    facts::Facts,
    guard::{ensure, not_later},
    reasons::{AppealOutcome, FollowupStatus},
    refusal::Refusal,
    state::{CaseState, Followup, Hold, OpenAppeal, first, plus_months},
    terms::{Terms, earliest_end, latest_end},
};
use chrono::NaiveDate;

pub(super) fn step(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let on = event.effective_on;
    match &event.facts {
        Facts::FollowupRecorded { months, status, observed_on } => follow_up(state, event, *months, *status, *observed_on, terms),
        Facts::AssistanceTold { .. } => Ok(()),
        Facts::AwardDelivered { amount, decided_on, .. } => {
            not_later(*decided_on, event)?;
            ensure(*amount > values::Money::default(), Refusal::AmountNotPositive)?;
            let received_on = state.milestones.received_on.ok_or(Refusal::NotReceived)?;
            let from = earliest_end(terms.award, received_on);
            ensure(on >= from, Refusal::AwardTooEarly { from })?;
            ensure(state.breach_since.is_none() && state.fault_since.is_none(), Refusal::BreachOpen)?;
            state.counters.awards = state.counters.awards.saturating_add(1);
            first(&mut state.milestones.awarded_on, on);
            Ok(())
        }
        Facts::AppealLodged { .. } => appeal(state, event, terms),
        Facts::AppealDecided { appeal, outcome } => {
            let open = state.appeals.len() + state.late_appeals.len();
            state.appeals.retain(|open| open.appeal != *appeal);
            state.late_appeals.retain(|late| late != appeal);
            let found = state.appeals.len() + state.late_appeals.len() < open;
            ensure(found || *outcome == AppealOutcome::Late, Refusal::NoSuchAppeal)
        }
        Facts::HoldPlaced { cause, blocks } => {
            if let Some(kind) = blocks.iter().find(|kind| !kind.may_be_held()) {
                return Err(Refusal::CannotHold { kind });
            }
            state.holds.push(Hold { entry: event.entry, cause: *cause, blocks: *blocks, since: on });
            Ok(())
        }
        Facts::HoldReleased { hold } => {
            let index = state.holds.iter().position(|placed| placed.entry == *hold).ok_or(Refusal::NoSuchHold)?;
            let released = state.holds.swap_remove(index);
            if released.cause == super::reasons::HoldCause::FraudReview {
                state.fraud_review = false;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn follow_up(
    state: &mut CaseState,
    event: &Event,
    months: u8,
    status: FollowupStatus,
    observed_on: NaiveDate,
    terms: &Terms,
) -> Result<(), Refusal> {
    let received_on = state.milestones.received_on.ok_or(Refusal::NotReceived)?;
    let index = CaseState::followup_index(months).ok_or(Refusal::FollowupMonths { months })?;
    not_later(observed_on, event)?;
    let anniversary = plus_months(received_on, u16::from(months));
    let from = values::add_months(anniversary, -i32::from(terms.followup_window_months));
    ensure(observed_on >= from, Refusal::FollowupEarly { from })?;
    let new = Followup { status, observed_on, recorded_on: event.effective_on };
    if state.followups[index].is_none_or(|old| tells_more(&new, &old, anniversary)) {
        state.followups[index] = Some(new);
    }
    Ok(())
}

/// Knowing beats not knowing; then the observation nearer to the anniversary; then the later record.
fn tells_more(new: &Followup, old: &Followup, anniversary: NaiveDate) -> bool {
    let rank = |known: &Followup| {
        let distance = (known.observed_on - anniversary).num_days().unsigned_abs();
        (!known.status.is_known(), distance)
    };
    rank(new) <= rank(old)
}

/// An appeal after its time is kept apart, since it holds nothing up: the appeal's own slice says whether it is admitted.
fn appeal(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let Facts::AppealLodged { appeal, against, told_on, .. } = &event.facts else { return Ok(()) };
    ensure(against.may_be_appealed(), Refusal::NotAppealable { kind: *against })?;
    not_later(*told_on, event)?;
    let known = state.appeals.iter().any(|open| open.appeal == *appeal) || state.late_appeals.contains(appeal);
    ensure(!known, Refusal::AppealKnown)?;
    match event.effective_on <= latest_end(terms.appeal, *told_on) {
        true => state.appeals.push(OpenAppeal { appeal: *appeal, against: *against, since: event.effective_on }),
        false => state.late_appeals.push(*appeal),
    }
    Ok(())
}
