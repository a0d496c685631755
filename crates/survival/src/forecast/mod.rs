//! Where a programme will end: its pipeline simulated to a day, from the dated events known on another.

mod bands;
mod hazard;
mod history;
mod learn;
mod levers;
mod pace;
mod simulate;

#[cfg(test)]
mod forecast_tests;

pub use bands::Bands;
pub use levers::{Lever, Move};

use crate::{Ending, Span, aalen_johansen, read::events::Events};
use chrono::NaiveDate;
use history::{History, Stage};
use learn::Belief;
use rayon::prelude::*;
use simulate::Changes;

/// What to simulate, and what is known beside the events.
#[derive(Clone, PartialEq, Debug)]
pub struct Options {
    pub seed: u64,
    /// How many futures.
    pub futures: usize,
    /// Applications are taken until this day, where it is known.
    pub last_application: Option<NaiveDate>,
    /// A stage's name and the most that can reach it in a month, where it is known.
    pub capacity: Vec<(String, f64)>,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, futures: 2_000, last_application: None, capacity: Vec::new() }
    }
}

/// Why nothing can be foretold.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    #[error("nothing had happened by {as_of}: the first event is of {first}")]
    NothingKnown { as_of: NaiveDate, first: NaiveDate },
    #[error("there are no events")]
    NoEvents,
    #[error("{until} is not after {as_of}")]
    NothingAhead { as_of: NaiveDate, until: NaiveDate },
    #[error("{until} is more than 15 years after {as_of}")]
    TooFar { as_of: NaiveDate, until: NaiveDate },
    #[error("the first event is of {first}, more than 30 years before {as_of}: its year may be mistyped")]
    TooLong { as_of: NaiveDate, first: NaiveDate },
    #[error("there is no stage {name} whose capacity could be known; the stages are {stages}")]
    NoStage { name: String, stages: String },
}

/// The forecast of all stages.
#[derive(Clone, PartialEq, Debug)]
pub struct Forecast {
    pub as_of: NaiveDate,
    pub until: NaiveDate,
    /// Cases of which something was known on the day of knowing.
    pub cases: u32,
    pub stages: Vec<StageForecast>,
}

/// One stage: where it stands and where it goes.
#[derive(Clone, PartialEq, Debug)]
pub struct StageForecast {
    pub name: String,
    /// People who have reached it.
    pub reached: u64,
    /// Of them, those who neither went on nor left.
    pub waiting: u64,
    /// How many reached it in each of the steps of the past.
    pub past: Vec<(NaiveDate, f64)>,
    /// How many will have reached it by the end of each step; the last ends on the day asked for.
    pub ahead: Vec<Bands>,
    /// How many will have reached it on the day asked for, in each of the futures, from the fewest to the most.
    pub ends: Vec<f64>,
    /// How it is left, where it is not the last.
    pub onward: Option<Onward>,
}

/// How people go on from a stage, with those who still wait censored.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Onward {
    /// The share that has gone on in the longest time seen, and the share that has left.
    pub goes_on: f64,
    pub leaves: f64,
    /// Days by which half of those who go on have.
    pub median_days: Option<i64>,
    /// How many go on in a month as things stand.
    pub a_month: f64,
    /// How sure it is that this is a capacity, which more people waiting would not raise.
    pub at_capacity: f64,
}

impl StageForecast {
    /// The bands on the day asked for.
    pub fn end(&self) -> Bands {
        self.ahead.last().copied().unwrap_or_default()
    }

    /// The share of the futures in which at least so many will have reached it on the day asked for.
    pub fn chance_of(&self, count: f64) -> f64 {
        // People are whole: half a person and more is one.
        let fewer = self.ends.partition_point(|end| end.round() < count);
        (self.ends.len() - fewer) as f64 / self.ends.len().max(1) as f64
    }
}

/// Days that can be foretold, and days that a programme can have lived.
const MOST_AHEAD: i64 = 15 * 366;
const MOST_PAST: i64 = 30 * 366;
/// How many draws of what is believed the futures share.
const BELIEFS: usize = 24;

/// All that is needed to simulate, learned once.
pub struct Outlook {
    names: Vec<String>,
    cases: u32,
    history: History,
    beliefs: Vec<Belief>,
    changes: Changes,
    options: Options,
    until: NaiveDate,
}

impl Outlook {
    /// Learns from the events up to and with `as_of`; what came later is not looked at.
    ///
    /// # Errors
    /// Where nothing was known by then, or nothing lies ahead.
    pub fn learn(events: &Events, as_of: NaiveDate, until: NaiveDate, options: &Options) -> Result<Self, Refusal> {
        if until <= as_of {
            return Err(Refusal::NothingAhead { as_of, until });
        }
        if (until - as_of).num_days() > MOST_AHEAD {
            return Err(Refusal::TooFar { as_of, until });
        }
        let (first, _) = events.days().ok_or(Refusal::NoEvents)?;
        if (as_of - first).num_days() > MOST_PAST {
            return Err(Refusal::TooLong { as_of, first });
        }
        let events = &events.by(as_of);
        let history = History::new(events, as_of, until).ok_or(Refusal::NothingKnown { as_of, first })?;
        let changes = changes(events, &history, options)?;
        let arrivals = learn::arrivals(&history);
        let count = BELIEFS.min(options.futures.max(1)) as u64;
        let beliefs = (0..count).into_par_iter().map(|nth| learn::belief(&history, &arrivals, options.seed, nth)).collect();
        Ok(Self { names: events.stages.clone(), cases: events.cases, history, beliefs, changes, options: options.clone(), until })
    }

    /// The forecast as things stand.
    pub fn forecast(&self) -> Forecast {
        let futures = self.futures(&self.changes, usize::MAX);
        let stages = self.history.stages.iter().enumerate();
        let stages = stages.map(|(at, stage)| StageForecast {
            name: self.names[at].clone(),
            reached: stage.reached,
            waiting: stage.waiting_now().iter().sum::<f64>().round() as u64,
            past: self.past(stage),
            ahead: bands::of(&self.history.steps, &futures, at),
            ends: bands::ends(&futures, at),
            onward: self.onward(at),
        });
        Forecast { as_of: self.history.steps.as_of, until: self.until, cases: self.cases, stages: stages.collect() }
    }

    /// As many futures as were asked for, but for a limit.
    fn futures(&self, changes: &Changes, most: usize) -> Vec<Vec<Vec<f64>>> {
        let count = self.options.futures.clamp(1, most) as u64;
        let belief = |nth: u64| &self.beliefs[(nth as usize) % self.beliefs.len()];
        let run = |nth: u64| simulate::run(&self.history, belief(nth), changes, self.options.seed, nth);
        (0..count).into_par_iter().map(run).collect()
    }

    fn past(&self, stage: &Stage) -> Vec<(NaiveDate, f64)> {
        let steps = self.history.steps;
        let end = |at: usize| {
            let ago = ((steps.past - 1 - at) as f64 * steps.length).round() as u64;
            steps.as_of.checked_sub_days(chrono::Days::new(ago)).unwrap_or(steps.as_of)
        };
        stage.entered.iter().enumerate().map(|(at, entered)| (end(at), *entered)).collect()
    }

    fn onward(&self, at: usize) -> Option<Onward> {
        let stage = &self.history.stages[at];
        self.beliefs.first()?.stages.get(at)?;
        let ending = |(days, end): &(i64, Option<usize>)| Ending {
            span: Span { days: *days, ended: end.is_some(), entry: 0 },
            kind: end.unwrap_or_default(),
        };
        let endings: Vec<Ending> = stage.stays.iter().map(ending).collect();
        let found = aalen_johansen(&endings, 2);
        let goes_on = found.at(0, i64::MAX).estimate;
        let half = found.points.iter().find(|point| point.kinds[0].estimate >= goes_on / 2.0);
        let mean = |of: &dyn Fn(&learn::StageBelief) -> f64| {
            self.beliefs.iter().map(|belief| of(&belief.stages[at])).sum::<f64>() / self.beliefs.len() as f64
        };
        let waiting = stage.waiting_now();
        let months = 30.4375 / self.history.steps.length;
        Some(Onward {
            goes_on,
            leaves: found.at(1, i64::MAX).estimate,
            median_days: half.filter(|_| goes_on > 0.0).map(|point| point.days),
            a_month: mean(&|belief| belief.going_on.now(hazard::expected(&waiting, &belief.hazards.going_on))) * months,
            at_capacity: mean(&|belief| belief.going_on.at_capacity()),
        })
    }
}

/// The forecast of every stage to a day, from the events known on another.
///
/// # Errors
/// Where nothing was known by then, or nothing lies ahead.
pub fn forecast(events: &Events, as_of: NaiveDate, until: NaiveDate, options: &Options) -> Result<Forecast, Refusal> {
    Ok(Outlook::learn(events, as_of, until, options)?.forecast())
}

/// What is known beside the events, as changes against what is believed.
fn changes(events: &Events, history: &History, options: &Options) -> Result<Changes, Refusal> {
    let steps = history.steps;
    let mut changes = Changes::none(history.stages.len().saturating_sub(1));
    if let Some(last) = options.last_application {
        changes.last_arrival = ((last - steps.as_of).num_days() as f64 / steps.length).max(0.0);
    }
    for (name, most) in &options.capacity {
        let at = events.stages.iter().position(|stage| stage == name).filter(|at| *at > 0);
        let refusal = || Refusal::NoStage { name: name.clone(), stages: events.stages[1..].join(", ") };
        changes.capacity[at.ok_or_else(refusal)? - 1] = most * steps.length / 30.4375;
    }
    Ok(changes)
}
