//! What happened to each case and when: case_id, event, date.

use super::{Refusal, Rows, date, hash};
use chrono::{Datelike, NaiveDate};
use hashbrown::HashMap;
use std::io::Read;

/// What the words of the event column mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Vocabulary {
    /// The stages in the order in which a case goes through them, each with the words that mean it.
    stages: Vec<Vec<String>>,
    /// A case that has one of these and no stage afterwards has left.
    exits: Vec<String>,
    /// Known, and neither.
    beside: Vec<String>,
    /// Whether stages that the file does not know are left out where later ones are known.
    is_usual: bool,
}

/// The first word names the stage.
const STAGES: [&[&str]; 5] = [
    &["applied", "application", "application.lodged", "apply"],
    &["selected", "selection", "ranking.approved", "enrolled"],
    &["trained", "training", "training.completed"],
    &["approved", "approval", "commission.approved"],
    &["equipped", "handover", "handed_over", "delivered", "handover.completed"],
];
const EXITS: [&str; 28] = [
    "dropped",
    "dropped_out",
    "drop_out",
    "dropout",
    "withdrawn",
    "withdrew",
    "refused",
    "rejected",
    "failed",
    "ineligible",
    "declined",
    "lapsed",
    "left",
    "closed",
    "cancelled",
    "deceased",
    "eligibility.refused",
    "offer.declined",
    "offer.lapsed",
    "training.failed",
    "training.dropped",
    "plan.stopped",
    "commission.refused",
    "case.closed",
    "merged",
    "plan.refused",
    "training.dropped_out",
    "contract.lapsed",
];
const BESIDE: [&str; 41] = [
    "registered",
    "eligible",
    "contracted",
    "started",
    "documents.requested",
    "documents.supplied",
    "eligibility.confirmed",
    "readiness.assessed",
    "offer.accepted",
    "reserve.called",
    "training.started",
    "plan.submitted",
    "plan.cleared",
    "plan.scored",
    "defence.held",
    "commission.revise",
    "commission.reserve",
    "contract.signed",
    "handover.partial",
    "handover.refused",
    "business.started",
    "business.paused",
    "business.resumed",
    "business.ended",
    "breach.noticed",
    "breach.remedied",
    "breach.upheld",
    "term.extended",
    "ownership.transferred",
    "recovery.completed",
    "followup.recorded",
    "suspended",
    "resumed",
    "transfer.requested",
    "transfer.accepted",
    "transfer.refused",
    "direction.changed",
    "loss.reported",
    "corrected",
    "assistance.told",
    "reapplied",
];

impl Default for Vocabulary {
    fn default() -> Self {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let stages = STAGES.iter().map(|words| owned(words)).collect();
        Self { stages, exits: owned(&EXITS), beside: owned(&BESIDE), is_usual: true }
    }
}

impl Vocabulary {
    /// With these stages instead of the usual ones, in this order.
    pub fn with_stages(mut self, names: &[String]) -> Self {
        self.stages = names.iter().map(|name| vec![name.clone()]).collect();
        self.exits.retain(|word| !names.contains(word));
        self.beside.retain(|word| !names.contains(word));
        self.is_usual = false;
        self
    }

    /// With one more word for having left.
    pub fn with_exit(mut self, name: &str) -> Self {
        self.exits.push(name.to_owned());
        self
    }

    fn find(&self, word: &str) -> Option<What> {
        if let Some(stage) = self.stages.iter().position(|words| words.iter().any(|known| known == word)) {
            return Some(What::Stage(stage as u8));
        }
        let is_in = |words: &[String]| words.iter().any(|known| known == word);
        if is_in(&self.exits) {
            return Some(What::Exit);
        }
        is_in(&self.beside).then_some(What::Beside)
    }

    fn list(&self) -> String {
        let stages: Vec<&str> = self.stages.iter().filter_map(|words| words.first()).map(String::as_str).collect();
        let exits = ["dropped_out", "withdrawn", "refused"].join(", ");
        format!("{}, {exits} (stages of your own are named by --stages, ways of leaving by --exit)", stages.join(", "))
    }
}

#[derive(Clone, Copy)]
enum What {
    Stage(u8),
    Exit,
    Beside,
}

/// An event of a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Event {
    pub case: u32,
    /// Days since the common era began.
    pub day: i32,
    /// Which stage was reached; [`EXIT`] where the case left.
    pub stage: u8,
}

pub(crate) const EXIT: u8 = u8::MAX;

/// A file of events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Events {
    /// The stages' names in their order.
    pub stages: Vec<String>,
    /// How many cases there are.
    pub cases: u32,
    /// Events that are neither a stage nor an exit.
    pub beside: u64,
    /// Whether stages are left out that nobody had reached on a day when later ones had been.
    may_lack: bool,
    pub(crate) events: Vec<Event>,
}

impl Events {
    /// Events that are at hand already: the case's number, the stage reached (none where the case left), the day.
    /// Stages that nobody reached stay in the list.
    pub fn new(stages: &[&str], events: impl IntoIterator<Item = (u32, Option<usize>, NaiveDate)>) -> Self {
        let event = |(case, stage, day): (u32, Option<usize>, NaiveDate)| Event {
            case,
            day: day.num_days_from_ce(),
            stage: stage.map_or(EXIT, |stage| stage as u8),
        };
        let mut events: Vec<Event> = events.into_iter().map(event).collect();
        events.sort_unstable();
        events.dedup();
        let cases = cases(&events);
        Self { stages: stages.iter().map(|name| (*name).to_owned()).collect(), cases, beside: 0, may_lack: false, events }
    }

    /// What was known at the end of a day: its cases, its events, and of the usual stages those that the programme had.
    pub fn by(&self, last: NaiveDate) -> Self {
        let last = last.num_days_from_ce();
        let events: Vec<Event> = self.events.iter().filter(|event| event.day <= last).copied().collect();
        let known = Self { cases: cases(&events), events, stages: self.stages.clone(), ..*self };
        if self.may_lack { known_stages(known) } else { known }
    }

    /// The days on which cases first reached a stage, in order.
    pub fn reached(&self, stage: usize) -> Vec<NaiveDate> {
        let cases = self.events.chunk_by(|one, other| one.case == other.case);
        let first = cases.filter_map(|case| case.iter().find(|event| event.stage as usize == stage).map(|event| event.day));
        let mut days: Vec<NaiveDate> = first.filter_map(NaiveDate::from_num_days_from_ce_opt).collect();
        days.sort_unstable();
        days
    }

    /// The first and the last day on which something happened.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.events.iter().map(|event| event.day);
        Some((NaiveDate::from_num_days_from_ce_opt(days().min()?)?, NaiveDate::from_num_days_from_ce_opt(days().max()?)?))
    }
}

/// Reads a table of events: UTF-8 with a header, parted by commas, semicolons or tabs. The same event of the same case
/// on several days counts on the first of them.
///
/// # Errors
/// The first line that is not what the header promises.
pub fn read(file: impl Read + 'static, vocabulary: &Vocabulary) -> Result<Events, Refusal> {
    let mut rows = Rows::open(file)?;
    let [case_at, event_at, date_at] = [rows.place("case_id")?, rows.place("event")?, rows.place("date")?];
    let mut cases: HashMap<u64, u32> = HashMap::new();
    let mut words: HashMap<String, What> = HashMap::new();
    let (mut events, mut beside) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let id = row.filled(case_at, "case_id")?;
        let word = row.filled(event_at, "event")?;
        let what = match words.get(word) {
            Some(what) => *what,
            None => {
                let unknown =
                    || Refusal::Unknown { line: row.line, column: "event", found: word.to_owned(), expected: vocabulary.list() };
                *words.entry(word.to_owned()).or_insert(vocabulary.find(word).ok_or_else(unknown)?)
            }
        };
        let text = row.filled(date_at, "date")?;
        let refusal = || Refusal::NotADay { line: row.line, column: "date", found: text.to_owned(), or: "" };
        let day = date(text).ok_or_else(refusal)?.num_days_from_ce();
        let next = cases.len() as u32;
        let case = *cases.entry(hash(id)).or_insert(next);
        match what {
            What::Stage(stage) => events.push(Event { case, day, stage }),
            What::Exit => events.push(Event { case, day, stage: EXIT }),
            What::Beside => beside += 1,
        }
    }
    if events.is_empty() {
        return Err(Refusal::NoRows);
    }
    events.sort_unstable();
    events.dedup();
    let stages = vocabulary.stages.iter().filter_map(|words| words.first().cloned()).collect();
    Ok(Events { stages, cases: cases.len() as u32, beside, may_lack: vocabulary.is_usual, events })
}

/// How many cases sorted events are of.
fn cases(events: &[Event]) -> u32 {
    events.chunk_by(|one, other| one.case == other.case).count() as u32
}

/// Without those of the usual stages that the programme does not have: nobody reached them, but a later one.
fn known_stages(mut events: Events) -> Events {
    let mut counts = vec![0u64; events.stages.len()];
    for event in events.events.iter().filter(|event| event.stage != EXIT) {
        counts[event.stage as usize] += 1;
    }
    let last = counts.iter().rposition(|count| *count > 0).unwrap_or_default();
    let mut places = vec![EXIT; counts.len()];
    let mut stages = Vec::new();
    for (at, name) in events.stages.iter().enumerate() {
        if counts[at] > 0 || at > last {
            places[at] = stages.len() as u8;
            stages.push(name.clone());
        }
    }
    for event in events.events.iter_mut().filter(|event| event.stage != EXIT) {
        event.stage = places[event.stage as usize];
    }
    events.stages = stages;
    events
}
