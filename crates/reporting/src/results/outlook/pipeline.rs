//! Cases become the pipeline's events, and these a forecast.

use super::super::{staying::compare::FEWEST, store::Known, subject::Subject};
use chrono::NaiveDate;
use registry::programme::{Phase, Programme};
use std::collections::HashMap;
use survival::{
    forecast::{Forecast, Lever, Options, Outlook as Learned},
    read::events::Events,
};
use values::id::PersonId;

/// The stages in their order, by the indicators that count those who have reached them.
pub const STAGES: [&str; 5] = ["APPLICANTS", "SELECTED", "TRAINED", "APPROVED", "EQUIPPED"];

/// What is foretold, or why nothing is.
#[derive(Clone, Debug, PartialEq)]
pub enum Outlook {
    Ahead(Box<Ahead>),
    /// No phase runs on the day, or its last day is not known.
    NoEnd,
    /// The phase ends on the day.
    Over,
    /// Too few have applied in the phase to tell anything of the rest.
    TooFew,
}

/// A forecast to the end of a phase.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    pub phase: String,
    pub forecast: Forecast,
    /// What would move the last stage, most first.
    pub levers: Vec<Lever>,
}

/// Foretells the phase of a day from the cases as they were known, by so many futures.
pub fn foretell(subjects: &[Subject], programme: &Programme, known: Known, futures: usize) -> Outlook {
    let as_of = known.as_of.min(known.known_on.unwrap_or(known.as_of));
    let Some((phase, until)) = programme.phase_on(as_of).and_then(|phase| Some((phase, phase.validity.to?))) else {
        return Outlook::NoEnd;
    };
    if until <= as_of {
        return Outlook::Over;
    }
    let events = events(subjects, phase);
    if (events.cases as usize) < FEWEST {
        return Outlook::TooFew;
    }
    let options = Options { futures, last_application: last_call(programme, phase, as_of, until), ..Options::default() };
    match Learned::learn(&events, as_of, until, &options) {
        Ok(learned) => Outlook::Ahead(Box::new(Ahead {
            phase: phase.code.to_string(),
            forecast: learned.forecast(),
            levers: learned.levers(),
        })),
        // The days are in order, so nothing had happened by then.
        Err(_) => Outlook::TooFew,
    }
}

/// The last day on which a call of the phase is open, where the calls reach into its last year: then no other is to come.
fn last_call(programme: &Programme, phase: &Phase, as_of: NaiveDate, until: NaiveDate) -> Option<NaiveDate> {
    let of_phase = programme.calls().iter().filter(|call| call.phase == phase.code);
    let last = of_phase.filter_map(|call| call.validity.to).max()?;
    ((until - last).num_days() < 366).then_some(last.max(as_of))
}

/// What happened to each person in a phase: a person who applies again goes on where the first case left off.
fn events(subjects: &[Subject], phase: &Phase) -> Events {
    let mut people: HashMap<PersonId, u32> = HashMap::new();
    let mut next = 0u32;
    let mut all = Vec::new();
    for subject in subjects.iter().filter(|subject| *subject.phase == *phase.code.as_str()) {
        let new = next;
        let number = match subject.person {
            Some(person) => *people.entry(person).or_insert(new),
            None => new,
        };
        next += u32::from(number == new);
        let days = &subject.days;
        let reached = [days.applied, days.selected, days.trained, days.approved, days.received];
        all.extend(reached.into_iter().enumerate().filter_map(|(stage, day)| Some((number, Some(stage), day?))));
        let left = [days.closed, days.deceased].into_iter().flatten().min();
        all.extend(left.map(|day| (number, None, day)));
    }
    Events::new(&STAGES, all)
}
