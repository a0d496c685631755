//! The guards that every kind of event passes before its own: identity, order, dates, overlays, stage.

use super::duty::{self, Duty};
use super::{event::Event, facts::Facts, kind::Kind, refusal::Refusal, stage::Stage, state::CaseState, table};
use chrono::NaiveDate;
use platform::clock;
use values::id::OfficerId;

/// Whether an event may come next, as far as that can be said without its facts.
pub(super) fn may_come(state: &CaseState, event: &Event) -> Result<(), Refusal> {
    if event.case != state.case || event.person != state.person {
        return Err(Refusal::OtherCase);
    }
    if event.position() <= state.last {
        return Err(Refusal::OutOfOrder { last: state.last.0 });
    }
    recorded_properly(event)?;
    fits(state, event.kind())
}

/// Whether a kind fits the case as it stands: stage, closing, death, suspension, holds.
pub(super) fn fits(state: &CaseState, kind: Kind) -> Result<(), Refusal> {
    if kind == Kind::ApplicationLodged {
        return Err(Refusal::AlreadyOpen);
    }
    if state.stage == Stage::Closed && !kind.after_closing() {
        return Err(Refusal::Closed { kind });
    }
    if state.is_deceased() && !kind.after_death() {
        return Err(Refusal::Deceased { kind });
    }
    if let Some(suspension) = state.suspension
        && !kind.is_record()
    {
        return Err(Refusal::Suspended { kind, until: suspension.until });
    }
    if let Some(hold) = state.holds.iter().find(|hold| hold.blocks.has(kind)) {
        return Err(Refusal::OnHold { kind, since: hold.since });
    }
    if !table::stage_allows(state, kind) {
        return Err(Refusal::WrongStage { kind, stage: state.stage });
    }
    Ok(())
}

/// What holds for an event by itself, the opening one too: a date that has come, a reason where one is needed, and
/// duties of the one act in different hands.
pub(super) fn recorded_properly(event: &Event) -> Result<(), Refusal> {
    if event.effective_on > clock::local(event.recorded_at).date() {
        return Err(Refusal::InFuture { on: event.effective_on });
    }
    let kind = event.kind();
    if kind.needs_reason() && event.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Refusal::ReasonMissing { kind });
    }
    different_hands(event)
}

/// Nobody proposes and approves in one act. Across acts the database refuses, which sees every slice's duties.
fn different_hands(event: &Event) -> Result<(), Refusal> {
    if matches!(event.facts, Facts::PlanScored { .. } | Facts::DefenceHeld { .. }) {
        return Ok(());
    }
    let mut first: Option<(Duty, OfficerId)> = None;
    let mut clash = None;
    duty::duties_of(event, |other, officer| match first {
        None => first = Some((other, officer)),
        Some((one, same)) if same == officer && duty::exclude_each_other(one, other) => clash = Some((one, other)),
        Some(_) => {}
    });
    match clash {
        Some((one, other)) => Err(Refusal::SamePerson { one, other }),
        None => Ok(()),
    }
}

/// A date among the facts may not lie after the event.
pub(super) fn not_later(date: NaiveDate, event: &Event) -> Result<(), Refusal> {
    if date > event.effective_on { Err(Refusal::FactLater { date, on: event.effective_on }) } else { Ok(()) }
}

/// Points and percentages go up to 100.
pub(super) fn points(points: u8) -> Result<(), Refusal> {
    if points > 100 { Err(Refusal::MarkTooHigh { points: u16::from(points) }) } else { Ok(()) }
}

/// Refuses unless the condition holds.
pub(super) fn ensure(condition: bool, refusal: Refusal) -> Result<(), Refusal> {
    if condition { Ok(()) } else { Err(refusal) }
}
