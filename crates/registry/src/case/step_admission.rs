//! From the application to a place: papers, eligibility, readiness, ranking, offer, reserve.

use super::{
    duty::Duty,
    event::Event,
    facts::{Application, Facts},
    guard::{self, ensure, not_later},
    kind::Kind,
    reasons::{CloseReason, RankingOutcome},
    refusal::Refusal,
    stage::Stage,
    state::{CaseState, first},
    terms::{Terms, earliest_end, latest_end},
};
use chrono::NaiveDate;

/// Opens a case from its application.
pub(super) fn open(event: &Event) -> Result<CaseState, Refusal> {
    let Facts::ApplicationLodged(application) = &event.facts else { return Err(Refusal::NotOpened) };
    guard::recorded_properly(event)?;
    complete(application, event)?;
    Ok(CaseState::open(event, application))
}

fn complete(application: &Application, event: &Event) -> Result<(), Refusal> {
    ensure(application.wished_second != Some(application.wished), Refusal::DirectionTwice { direction: application.wished })?;
    ensure(application.consent_on <= event.effective_on, Refusal::ConsentMissing)
}

pub(super) fn step(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let on = event.effective_on;
    match &event.facts {
        Facts::DocumentsRequested { missing } => {
            ensure(*missing > 0, Refusal::NothingMissing)?;
            let decision_clock = state.clock_since;
            state.move_to(Stage::Incomplete, on);
            state.decision_clock = decision_clock;
        }
        Facts::DocumentsSupplied => {
            let waited = on - state.stage_since;
            let clock = state.decision_clock + waited;
            state.move_to(Stage::Applied, on);
            state.clock_since = clock;
        }
        Facts::EligibilityConfirmed { facts_as_of, .. } => {
            decided_properly(state, event, *facts_as_of, terms)?;
            first(&mut state.milestones.decided_on, on);
            first(&mut state.milestones.eligible_on, on);
            state.move_to(Stage::Eligible, on);
        }
        Facts::EligibilityRefused { facts_as_of, .. } => {
            decided_properly(state, event, *facts_as_of, terms)?;
            first(&mut state.milestones.decided_on, on);
            state.move_to(Stage::Ineligible, on);
        }
        Facts::ReadinessAssessed { direction, score, .. } => {
            guard::points(*score)?;
            first(&mut state.milestones.readiness_on, on);
            state.direction = *direction;
        }
        _ => return place(state, event, terms),
    }
    Ok(())
}

/// Ranking, reserve and the answer to an offer.
fn place(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let on = event.effective_on;
    match &event.facts {
        Facts::RankingApproved { run, outcome, position, .. } => {
            ensure(*position > 0, Refusal::NotOnThatList)?;
            state.run = Some(*run);
            state.position = Some(*position);
            match outcome {
                RankingOutcome::Selected => select(state, on),
                RankingOutcome::Reserve => state.move_to(Stage::Reserve, on),
            }
        }
        Facts::ReserveCalled { run, position } => {
            ensure(state.run == Some(*run), Refusal::NotOnThatList)?;
            let until = latest_end(terms.reserve, state.stage_since);
            ensure(on <= until, Refusal::TooLate { kind: Kind::ReserveCalled, until })?;
            state.position = Some(*position);
            select(state, on);
        }
        Facts::OfferAccepted => {
            first(&mut state.milestones.accepted_on, on);
            state.move_to(Stage::Enrolled, on);
        }
        Facts::OfferDeclined { .. } => state.close(CloseReason::Declined, on),
        Facts::OfferLapsed => {
            // The job that lapses offers knows the holidays, and with them the exact day.
            let from = earliest_end(terms.offer, state.clock_since);
            ensure(on > from, Refusal::TooEarly { kind: Kind::OfferLapsed, from })?;
            state.close(CloseReason::NoAnswer, on);
        }
        _ => {}
    }
    Ok(())
}

/// A decision on eligibility stands on facts that are fresh, and is taken by somebody who did not register the application.
fn decided_properly(state: &CaseState, event: &Event, facts_as_of: NaiveDate, terms: &Terms) -> Result<(), Refusal> {
    ensure(event.officer != state.registered_by, Refusal::SamePerson { one: Duty::Register, other: Duty::DecideEligibility })?;
    not_later(facts_as_of, event)?;
    let until = latest_end(terms.facts_fresh, facts_as_of);
    ensure(event.effective_on <= until, Refusal::StaleFacts { as_of: facts_as_of, until })
}

fn select(state: &mut CaseState, on: NaiveDate) {
    first(&mut state.milestones.selected_on, on);
    state.office_of_selection.get_or_insert(state.office);
    state.counters.offers = state.counters.offers.saturating_add(1);
    state.move_to(Stage::Selected, on);
}
