//! The plan: submitted, screened, scored, defended, decided; revised once.

use super::{
    event::Event,
    facts::{Facts, Mark},
    guard::{self, ensure, not_later},
    kind::Kind,
    reasons::Rating,
    refusal::Refusal,
    stage::Stage,
    state::{CaseState, first},
    terms::Terms,
};
use values::{
    Money,
    id::{OfficerId, PlanId},
};

pub(super) fn step(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let on = event.effective_on;
    match &event.facts {
        Facts::PlanSubmitted { .. } => submit(state, event, terms),
        Facts::PlanCleared { plan, rating, management_plan_on, .. } => {
            same_plan(state, *plan)?;
            ensure(*rating == Rating::Low || management_plan_on.is_some(), Refusal::ManagementPlanMissing)?;
            management_plan_on.map_or(Ok(()), |date| not_later(date, event))?;
            state.rating = Some(*rating);
            first(&mut state.milestones.screened_on, on);
            state.move_to(Stage::Screened, on);
            Ok(())
        }
        Facts::PlanStopped { plan, .. } => {
            same_plan(state, *plan)?;
            state.counters.stops = state.counters.stops.saturating_add(1);
            state.move_to(Stage::PlanStopped, on);
            Ok(())
        }
        Facts::PlanScored { plan, first: one, second, third, mean_tenths } => {
            same_plan(state, *plan)?;
            scored_properly(one, second, third.as_ref(), *mean_tenths, terms)?;
            state.mean_tenths = Some(*mean_tenths);
            first(&mut state.milestones.scored_on, on);
            state.move_to(Stage::Scored, on);
            Ok(())
        }
        Facts::DefenceHeld { plan, panel, mark } => {
            same_plan(state, *plan)?;
            guard::points(*mark)?;
            panel_of_many(panel, terms.panel_members)?;
            state.defence_mark = Some(*mark);
            state.owed = state.owed.without(Kind::DefenceHeld);
            first(&mut state.milestones.defended_on, on);
            Ok(())
        }
        _ => decide(state, event, terms),
    }
}

/// A plan after its day is taken in all the same: the queue shows it as late, and nobody loses a place by it.
fn submit(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let Facts::PlanSubmitted { plan, version, direction, total } = &event.facts else { return Ok(()) };
    let expected = state.plan_version.saturating_add(1);
    ensure(*version == expected, Refusal::PlanVersion { expected })?;
    ensure(state.may_plan(*direction), Refusal::DirectionNotOffered { direction: *direction })?;
    ensure(*total > Money::default(), Refusal::AmountNotPositive)?;
    ensure(state.stage != Stage::PlanStopped || state.counters.stops <= terms.new_plans, Refusal::NewPlanUsed)?;
    state.plan = Some(*plan);
    state.plan_version = *version;
    state.direction = *direction;
    (state.rating, state.mean_tenths, state.defence_mark) = (None, None, None);
    first(&mut state.milestones.plan_submitted_on, event.effective_on);
    state.move_to(Stage::PlanSubmitted, event.effective_on);
    Ok(())
}

fn decide(state: &mut CaseState, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    let on = event.effective_on;
    match &event.facts {
        Facts::CommissionApproved { plan, direction, amount, .. } => {
            same_plan(state, *plan)?;
            ensure(*direction == state.direction, Refusal::DirectionNotOffered { direction: *direction })?;
            ensure(*amount > Money::default(), Refusal::AmountNotPositive)?;
            let skipped = state.owed.has(Kind::DefenceHeld);
            ensure(state.defence_mark.is_some() || skipped, Refusal::DefenceMissing)?;
            state.granted = *amount;
            first(&mut state.milestones.plan_decided_on, on);
            first(&mut state.milestones.approved_on, on);
            state.move_to(Stage::Approved, on);
        }
        Facts::CommissionRevise { plan, .. } => {
            same_plan(state, *plan)?;
            ensure(state.counters.revisions < terms.revisions, Refusal::RevisionUsed)?;
            state.counters.revisions += 1;
            state.move_to(Stage::Revising, on);
        }
        Facts::CommissionRefused { plan, .. } => {
            same_plan(state, *plan)?;
            first(&mut state.milestones.plan_decided_on, on);
            state.move_to(Stage::Refused, on);
        }
        Facts::CommissionReserve { plan, .. } => {
            same_plan(state, *plan)?;
            state.move_to(Stage::PlanReserve, on);
        }
        _ => {}
    }
    Ok(())
}

/// Two evaluators, a third when they differ by more than the spread; the mean lies between the lowest and the highest mark.
fn scored_properly(one: &Mark, second: &Mark, third: Option<&Mark>, mean_tenths: u16, terms: &Terms) -> Result<(), Refusal> {
    let marks = || [Some(one), Some(second), third].into_iter().flatten();
    marks().try_for_each(|mark| guard::points(mark.points))?;
    let alone = |mark: &Mark| marks().filter(|other| other.evaluator == mark.evaluator).count() == 1;
    ensure(marks().all(alone), Refusal::SameEvaluator)?;
    let spread = one.points.abs_diff(second.points);
    ensure(spread <= terms.score_spread || third.is_some(), Refusal::ThirdScoreMissing { spread })?;
    let lowest = marks().map(|mark| u16::from(mark.points) * 10).min().unwrap_or(0);
    let highest = marks().map(|mark| u16::from(mark.points) * 10).max().unwrap_or(0);
    ensure((lowest..=highest).contains(&mean_tenths), Refusal::MeanOutside)
}

fn panel_of_many(panel: &[OfficerId], needed: u8) -> Result<(), Refusal> {
    ensure(panel.len() >= usize::from(needed), Refusal::PanelTooSmall { needed })?;
    let twice = panel.iter().enumerate().any(|(index, member)| panel[..index].contains(member));
    ensure(!twice, Refusal::PanelTwice)
}

fn same_plan(state: &CaseState, plan: PlanId) -> Result<(), Refusal> {
    ensure(state.plan == Some(plan), Refusal::OtherPlan)
}
