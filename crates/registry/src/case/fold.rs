//! From events to state: in the order of effective date, then recording, with corrections in their place.

use super::{
    correction, event::Event, guard, kind::Kind, refusal::Refusal, state::CaseState, step::step, step_admission, terms::Terms,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::borrow::Cow;
use values::id::EntryId;

/// Takes in one event that comes after all others. An event that is refused leaves the state as it was.
///
/// A correction, or an event recorded late, changes the past: use [`admit`], which folds again.
pub fn apply(state: &mut Option<CaseState>, event: &Event, terms: &Terms) -> Result<(), Refusal> {
    match state {
        Some(state) => step(state, event, terms),
        None => {
            *state = Some(step_admission::open(event)?);
            Ok(())
        }
    }
}

/// The state after all these events, given in any order. `None` without events.
///
/// What was admitted folds: a refusal here means that the stream was not written through [`admit`] or [`apply`].
pub fn fold(events: &[Event], terms: &Terms) -> Result<Option<CaseState>, Refusal> {
    whole(events, terms).map_err(Stumble::told)
}

/// The state with one event more, wherever in time it stands. This is how every event is recorded: one that is late,
/// and a correction, are legal only if all that comes after still is.
pub fn admit(events: &[Event], event: &Event, terms: &Terms) -> Result<CaseState, Refusal> {
    let mut all = Vec::with_capacity(events.len() + 1);
    all.extend_from_slice(events);
    all.push(event.clone());
    let own = match correction::target(event) {
        Some(corrected) => {
            guard::recorded_properly(event)?;
            correction::may_correct(events, event)?;
            corrected
        }
        None => event.entry,
    };
    match whole(&all, terms) {
        Ok(Some(state)) => Ok(state),
        Ok(None) => Err(Refusal::NotOpened),
        Err(stumble) if stumble.entry == own => Err(stumble.because),
        Err(stumble) => Err(stumble.told()),
    }
}

/// The events that stood on a day: effective up to `effective_until`; with `known_on`, only what was recorded by then.
pub fn as_of(
    events: &[Event],
    effective_until: NaiveDate,
    known_on: Option<DateTime<Utc>>,
    terms: &Terms,
) -> Result<Option<CaseState>, Refusal> {
    let known: Cow<'_, [Event]> = match known_on {
        Some(moment) if events.iter().any(|event| event.recorded_at > moment) => {
            events.iter().filter(|event| event.recorded_at <= moment).cloned().collect()
        }
        _ => Cow::Borrowed(events),
    };
    let mut standing = correction::standing(&known);
    standing.retain(|event| event.effective_on <= effective_until);
    in_order(&standing, terms).map_err(Stumble::told)
}

fn whole(events: &[Event], terms: &Terms) -> Result<Option<CaseState>, Stumble> {
    let mut state = in_order(&correction::standing(events), terms)?;
    if let Some(state) = &mut state {
        state.version = u32::try_from(events.len()).unwrap_or(u32::MAX);
    }
    Ok(state)
}

fn in_order(events: &[Cow<'_, Event>], terms: &Terms) -> Result<Option<CaseState>, Stumble> {
    let mut state = None;
    for event in events {
        apply(&mut state, event, terms).map_err(|because| Stumble {
            entry: event.entry,
            kind: event.kind(),
            on: event.effective_on,
            because,
        })?;
    }
    Ok(state)
}

/// The event at which folding stopped, and why.
struct Stumble {
    entry: EntryId,
    kind: Kind,
    on: NaiveDate,
    because: Refusal,
}

impl Stumble {
    fn told(self) -> Refusal {
        Refusal::Breaks { kind: self.kind, on: self.on, because: Box::new(self.because) }
    }
}
