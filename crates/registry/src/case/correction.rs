//! Corrections: an entry that voids or replaces another. Nothing is ever changed in place; both stay to be read.

use super::{
    event::Event,
    facts::{Facts, Replacement},
    kind::Kind,
    refusal::Refusal,
    terms::Terms,
};
use platform::clock;
use std::{borrow::Cow, collections::HashMap};
use values::id::EntryId;

/// The stream with one correction more, if it is legal: the entry exists and what comes after it still holds.
pub fn correct(events: &[Event], correction: Event, terms: &Terms) -> Result<Vec<Event>, Refusal> {
    super::fold::admit(events, &correction, terms)?;
    let mut all = events.to_vec();
    all.push(correction);
    Ok(all)
}

/// The entry that an event corrects.
pub fn target(event: &Event) -> Option<EntryId> {
    match event.facts {
        Facts::Corrected { entry, .. } => Some(entry),
        _ => None,
    }
}

/// Whether a correction names an entry that can be corrected. Whether the stream still holds, only folding says.
pub(super) fn may_correct(events: &[Event], correction: &Event) -> Result<(), Refusal> {
    let Facts::Corrected { entry, replacement } = &correction.facts else { return Ok(()) };
    let target = events.iter().find(|event| event.entry == *entry).ok_or(Refusal::NoSuchEntry)?;
    if target.case != correction.case || target.person != correction.person {
        return Err(Refusal::OtherCase);
    }
    let new_kind = replacement.as_ref().map(|new| new.facts.kind());
    match (target.kind(), new_kind) {
        // An application may be restated, not voided: a case opened in error is closed as one.
        (Kind::ApplicationLodged, Some(Kind::ApplicationLodged)) => Ok(()),
        (Kind::ApplicationLodged, _) => Err(Refusal::OpeningEntry),
        (Kind::Corrected, Some(_)) | (_, Some(Kind::Corrected)) => Err(Refusal::CorrectionOfCorrection),
        (_, None) if matches!(verdicts(events).get(entry), Some(Verdict::Void)) => Err(Refusal::AlreadyVoid),
        _ => Ok(()),
    }
}

/// The events that stand after all corrections, in the order of folding; corrections themselves are left out.
pub fn standing(events: &[Event]) -> Vec<Cow<'_, Event>> {
    let verdicts = verdicts(events);
    let mut standing: Vec<Cow<'_, Event>> = Vec::with_capacity(events.len());
    for event in events.iter().filter(|event| event.kind() != Kind::Corrected) {
        match verdicts.get(&event.entry) {
            None => standing.push(Cow::Borrowed(event)),
            Some(Verdict::Void) => {}
            Some(Verdict::Replaced(correction, new)) => standing.push(Cow::Owned(replaced(event, correction, new))),
        }
    }
    standing.sort_by_key(|event| event.position());
    standing
}

enum Verdict<'a> {
    Void,
    Replaced(&'a Event, &'a Replacement),
}

/// What is to be done with each corrected entry. Later corrections are read first: the last word on an entry counts,
/// and a correction that is itself voided says nothing.
fn verdicts(events: &[Event]) -> HashMap<EntryId, Verdict<'_>> {
    let mut verdicts = HashMap::new();
    let mut corrections: Vec<&Event> = events.iter().filter(|event| event.kind() == Kind::Corrected).collect();
    corrections.sort_by_key(|event| (event.recorded_at, event.entry));
    for correction in corrections.into_iter().rev() {
        let Facts::Corrected { entry, replacement } = &correction.facts else { continue };
        if verdicts.contains_key(&correction.entry) {
            continue;
        }
        let verdict = match replacement {
            None => Verdict::Void,
            Some(new) => Verdict::Replaced(correction, new),
        };
        verdicts.entry(*entry).or_insert(verdict);
    }
    verdicts
}

/// The entry as it should have been: by the same officer, for the correction's reason. It keeps its place among the
/// entries of its day unless it takes effect only after it was first recorded, as a decision changed on appeal does.
fn replaced(event: &Event, correction: &Event, new: &Replacement) -> Event {
    let known_then = new.effective_on <= clock::local(event.recorded_at).date();
    Event {
        effective_on: new.effective_on,
        recorded_at: if known_then { event.recorded_at } else { correction.recorded_at },
        facts: new.facts.clone(),
        reason: correction.reason.clone(),
        ..event.clone()
    }
}
