//! The events known on a day, counted by steps of about a month: who entered a stage when, and left it how old.

use crate::read::events::{EXIT, Events};
use chrono::{Datelike, Days, NaiveDate};

/// Days in a month on average.
const MONTH: f64 = 30.4375;
/// Who has waited this many steps or longer counts as one age.
pub(crate) const OLDEST: usize = 36;

/// One event in so many may stand alone before all others, if so many days lie between.
const STRAYS: usize = 100;
const LONG_GAP: i32 = 366;

/// Steps of equal length, back from the day of knowing and on to the day asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Steps {
    pub as_of: NaiveDate,
    /// Days in a step.
    pub length: f64,
    /// How many steps have passed.
    pub past: usize,
    /// How much of the first of them the programme lived.
    pub first: f64,
    /// How many lie ahead.
    pub ahead: usize,
    /// How much of the last of them lies before the day asked for.
    pub last: f64,
}

impl Steps {
    fn new(begun: NaiveDate, as_of: NaiveDate, until: NaiveDate) -> Self {
        let horizon = (until - as_of).num_days().max(0) as f64;
        // Whole steps ahead where there is room for one, so that the last ends on the day asked for.
        let ahead = (horizon / MONTH).round().max(1.0);
        let length = if horizon < 20.0 { MONTH } else { horizon / ahead };
        let lived = ((as_of - begun).num_days() as f64 + 1.0) / length;
        let past = lived.ceil().max(1.0);
        Self {
            as_of,
            length,
            past: past as usize,
            first: (lived - (past - 1.0)).clamp(0.05, 1.0),
            ahead: ahead as usize,
            last: if horizon < 20.0 { horizon / MONTH } else { 1.0 },
        }
    }

    /// The step in which a day of the past lies.
    fn of(&self, day: i32) -> usize {
        let ago = f64::from(self.as_of.num_days_from_ce() - day) / self.length;
        self.past - 1 - (ago as usize).min(self.past - 1)
    }

    /// The calendar's month (from 0) in the middle of a step; steps ahead go on counting.
    pub fn month(&self, step: usize) -> usize {
        let middle = (step as f64 + 0.5 - self.past as f64) * self.length;
        self.day(middle).month0() as usize
    }

    /// The last day of a step ahead.
    pub fn end(&self, ahead: usize) -> NaiveDate {
        let share = if ahead + 1 == self.ahead { self.last } else { 1.0 };
        self.day((ahead as f64 + share) * self.length)
    }

    fn day(&self, from_as_of: f64) -> NaiveDate {
        let days = Days::new(from_as_of.abs().round() as u64);
        let day = if from_as_of < 0.0 { self.as_of.checked_sub_days(days) } else { self.as_of.checked_add_days(days) };
        day.unwrap_or(self.as_of)
    }
}

/// What is known of one stage.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stage {
    /// People who have reached it, in all.
    pub reached: u64,
    /// New in it, by step.
    pub entered: Vec<f64>,
    /// Went on from it, by the step of entry and the age in steps.
    pub went_on: Vec<Vec<f64>>,
    /// Left the programme from it.
    pub left: Vec<Vec<f64>>,
    /// Went past it without being seen to go on: no longer waiting.
    pub lost: Vec<Vec<f64>>,
    /// Each stay: days, and whether it ended by going on (0), by leaving (1), or has not ended (none).
    pub stays: Vec<(i64, Option<usize>)>,
}

/// All that the forecast is made from.
#[derive(Clone, Debug)]
pub(crate) struct History {
    pub steps: Steps,
    pub stages: Vec<Stage>,
}

impl History {
    /// From the events known on a day; none where nothing had happened by then.
    pub fn new(events: &Events, as_of: NaiveDate, until: NaiveDate) -> Option<Self> {
        let last = as_of.num_days_from_ce();
        let steps = Steps::new(NaiveDate::from_num_days_from_ce_opt(begun(events)?)?, as_of, until);
        let triangle = || (0..steps.past).map(|entry| vec![0.0; steps.past - entry]).collect();
        let stage = || Stage {
            entered: vec![0.0; steps.past],
            went_on: triangle(),
            left: triangle(),
            lost: triangle(),
            ..Stage::default()
        };
        let mut history = Self { steps, stages: (0..events.stages.len()).map(|_| stage()).collect() };
        let mut reached = vec![i32::MAX; events.stages.len()];
        for case in events.events.chunk_by(|one, other| one.case == other.case) {
            reached.fill(i32::MAX);
            let mut exit = None;
            for event in case {
                match reached.get_mut(event.stage as usize) {
                    Some(day) => {
                        *day = event.day.min(*day);
                        // Who goes on after having left had not left.
                        exit = exit.filter(|exit| *exit >= event.day);
                    }
                    None if event.stage == EXIT => exit = Some(event.day),
                    None => {}
                }
            }
            history.add(&reached, exit, last);
        }
        Some(history)
    }

    fn add(&mut self, reached: &[i32], exit: Option<i32>, as_of: i32) {
        let steps = self.steps;
        for (at, stage) in self.stages.iter_mut().enumerate() {
            let entry = reached[at];
            if entry == i32::MAX {
                continue;
            }
            let from = steps.of(entry);
            stage.reached += 1;
            stage.entered[from] += 1.0;
            let Some(next) = reached.get(at + 1) else { continue };
            let past = reached[at + 1..].iter().min().copied().unwrap_or(i32::MAX);
            let age = |day: i32| steps.of(day.max(entry)) - from;
            let (end, day) = match (*next, past, exit) {
                (next, _, _) if next != i32::MAX => (Some(0), next),
                (_, past, _) if past != i32::MAX => (None, past),
                (_, _, Some(exit)) => (Some(1), exit),
                _ => {
                    stage.stays.push((i64::from(as_of - entry), None));
                    continue;
                }
            };
            let ends = match end {
                Some(0) => &mut stage.went_on,
                Some(_) => &mut stage.left,
                None => &mut stage.lost,
            };
            ends[from][age(day)] += 1.0;
            stage.stays.push((i64::from(day.max(entry) - entry), end));
        }
    }
}

/// The day on which the programme began: the first event, but for a very few that stand alone years before all others,
/// as mistyped years do. These count as of the first step.
fn begun(events: &Events) -> Option<i32> {
    let mut days: Vec<i32> = events.events.iter().map(|event| event.day).collect();
    days.sort_unstable();
    let few = days.len() / STRAYS;
    let after_a_gap = days[..(few + 1).min(days.len())].windows(2).rposition(|pair| pair[1] - pair[0] > LONG_GAP);
    days.get(after_a_gap.map_or(0, |before| before + 1)).copied()
}

impl Stage {
    /// Who was waiting at the beginning of a step, by age, those who entered in it included.
    pub fn waiting(&self, step: usize) -> Vec<f64> {
        let mut waiting = vec![0.0; OLDEST + 1];
        for entry in 0..=step {
            let gone = |ends: &Vec<Vec<f64>>| ends[entry][..step - entry].iter().sum::<f64>();
            waiting[(step - entry).min(OLDEST)] +=
                self.entered[entry] - gone(&self.went_on) - gone(&self.left) - gone(&self.lost);
        }
        waiting
    }

    /// Who waits after the last step, by the age in the next.
    pub fn waiting_now(&self) -> Vec<f64> {
        let past = self.entered.len();
        let mut waiting = vec![0.0; OLDEST + 1];
        for entry in 0..past {
            let gone = |ends: &Vec<Vec<f64>>| ends[entry].iter().sum::<f64>();
            waiting[(past - entry).min(OLDEST)] +=
                self.entered[entry] - gone(&self.went_on) - gone(&self.left) - gone(&self.lost);
        }
        waiting
    }

    /// How many ended their stay in each step.
    pub fn by_step(ends: &[Vec<f64>]) -> Vec<f64> {
        let mut counts = vec![0.0; ends.len()];
        for (entry, ages) in ends.iter().enumerate() {
            for (age, count) in ages.iter().enumerate() {
                counts[entry + age] += count;
            }
        }
        counts
    }
}
