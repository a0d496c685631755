//! One business from the receipt of its equipment on: how long it was watched, and how that ended.

use super::super::{
    compute::{Asked, cut_codes},
    subject::{Status, Subject, Word},
    survival_24m,
};
use chrono::NaiveDate;
use registry::case::EndReason;
use serde::Serialize;
use std::collections::HashSet;
use survival::{Ending, Span};
use values::id::PersonId;

/// A business as the curves see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Business {
    /// Days from receipt to the end, or to the last day on which it was seen.
    pub days: i64,
    pub fate: Fate,
    /// Where it belongs in each grouping.
    pub codes: [Vec<Word>; 4],
}

/// How a business stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// In business when last seen.
    Staying,
    /// Nobody was met since: so many tries in vain that it counts as unreachable. Not an end.
    Unreachable,
    Over(End),
}

/// How a business ended. The ends compete: whoever ended in one way cannot end in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// It closed, or paused for longer than a pause may last.
    Closed,
    /// The equipment was sold, pledged or lent.
    Sold,
    /// The person found work.
    FoundWork,
    /// The equipment was taken back.
    Recovered,
    /// The person died: no end of the business's own.
    Died,
}

impl End {
    pub const ALL: [End; 5] = [End::Closed, End::Sold, End::FoundWork, End::Recovered, End::Died];
}

impl Business {
    /// For the curve of staying: unreachable people and the dead were watched until then.
    pub fn span(&self) -> Span {
        match self.fate {
            Fate::Over(end) if end != End::Died => Span::ended(self.days),
            _ => Span::censored(self.days),
        }
    }

    /// For the ends that compete.
    pub fn ending(&self) -> Ending {
        match self.fate {
            Fate::Over(end) => Ending { span: Span::ended(self.days), kind: end as usize },
            _ => Ending { span: Span::censored(self.days), kind: 0 },
        }
    }
}

/// Everybody who got equipment by the day asked for; a person counts once a phase, by the first receipt.
pub fn businesses(subjects: &[Subject], asked: &Asked) -> Vec<Business> {
    equipped(subjects, asked)
        .map(|(subject, received)| {
            let (on, fate) = fate(subject, received, asked);
            let codes = cut_codes(survival_24m::CODE, subject, received).map(|codes| codes.into_iter().map(Word::from).collect());
            Business { days: (on - received).num_days(), fate, codes }
        })
        .collect()
}

/// Those who got equipment, with the day of receipt.
pub fn equipped<'s>(subjects: &'s [Subject], asked: &'s Asked) -> impl Iterator<Item = (&'s Subject, NaiveDate)> {
    let mut seen: HashSet<(PersonId, &str)> = HashSet::new();
    subjects.iter().filter_map(move |subject| {
        let received = subject.days.received.filter(|day| *day <= asked.as_of)?;
        let first = subject.person.is_none_or(|person| seen.insert((person, &*subject.phase)));
        first.then_some((subject, received))
    })
}

/// The first end, with its day; else the last day on which the business was seen.
fn fate(subject: &Subject, received: NaiveDate, asked: &Asked) -> (NaiveDate, Fate) {
    let come = |day: Option<NaiveDate>| day.filter(|day| *day <= asked.as_of);
    let own = come(subject.days.ended).map(|day| (day, own_end(subject.end_reason)));
    let rest = long_pause(subject, asked).map(|day| (day, End::Closed));
    let back = come(subject.days.recovered).map(|day| (day, End::Recovered));
    let died = come(subject.days.deceased).map(|day| (day, End::Died));
    // Of two on one day, death is the reason of the other.
    let first = [died, own, rest, back].into_iter().flatten().min_by_key(|(day, _)| *day);
    if let Some((day, end)) = first {
        return (day, Fate::Over(end));
    }
    let last = [subject.last_seen(asked.as_of), come(subject.days.started)];
    let last = last.into_iter().flatten().max().unwrap_or(received);
    (last, if is_unreachable(subject, last, asked) { Fate::Unreachable } else { Fate::Staying })
}

fn own_end(reason: Option<EndReason>) -> End {
    match reason {
        Some(EndReason::EquipmentSold) => End::Sold,
        Some(EndReason::FoundWork) => End::FoundWork,
        Some(EndReason::Deceased) => End::Died,
        _ => End::Closed,
    }
}

/// The first pause that grew longer than one may last.
fn long_pause(subject: &Subject, asked: &Asked) -> Option<NaiveDate> {
    let until = |to: Option<NaiveDate>| to.unwrap_or(asked.as_of).min(asked.as_of);
    let begun = subject.pauses.iter().filter(|pause| pause.from <= asked.as_of);
    begun.filter(|pause| (until(pause.to) - pause.from).num_days() > asked.pause_max_days).map(|pause| pause.from).min()
}

/// Sought in vain since it was last seen: a follow-up says so, or as many visits as make somebody unreachable.
fn is_unreachable(subject: &Subject, last: NaiveDate, asked: &Asked) -> bool {
    let since = |day: &NaiveDate| *day > last && *day <= asked.as_of;
    let tries = subject.visits.iter().filter(|visit| !visit.is_met).filter_map(|visit| visit.made).filter(since);
    subject.followed_up(Status::Unreachable).any(|day| since(&day)) || tries.count() >= asked.unreachable_tries.max(1)
}
