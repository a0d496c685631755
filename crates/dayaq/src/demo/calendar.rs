//! Working days, and how the programme's work is spread over them.

use super::day::Day;
use chrono::{Datelike, NaiveDate, Weekday};
use std::sync::Arc;

/// The working days of the programme's years, numbered.
#[derive(Clone, Debug)]
pub struct WorkingDays {
    first: Day,
    /// For each calendar day from `first`: how many working days lie before it.
    before: Arc<[u32]>,
    days: Arc<[Day]>,
}

impl WorkingDays {
    /// Monday to Friday without these holidays, from 2015 to the end of 2030.
    pub fn new(holidays: &[NaiveDate]) -> Self {
        let (first, last) = (Day::of(2015, 1, 1), Day::of(2030, 12, 31));
        let mut days = Vec::new();
        let mut before = Vec::new();
        for number in first.0..=last.0 {
            let date = Day(number).date();
            before.push(days.len() as u32);
            if !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&date) {
                days.push(Day(number));
            }
        }
        Self { first, before: before.into(), days: days.into() }
    }

    /// Whether offices are open.
    pub fn is_open(&self, day: Day) -> bool {
        self.on_or_after(day) == day
    }

    /// The first working day not before `day`.
    pub fn on_or_after(&self, day: Day) -> Day {
        self.days[self.position(day).min(self.days.len() - 1)]
    }

    /// The last working day not after `day`.
    pub fn on_or_before(&self, day: Day) -> Day {
        let position = self.position(day);
        let exact = self.days.get(position) == Some(&day);
        self.days[if exact { position } else { position.saturating_sub(1) }]
    }

    /// The working day that lies `count` working days after `day`.
    pub fn plus(&self, day: Day, count: u32) -> Day {
        let start = self.position(self.on_or_before(day));
        self.days[(start + count as usize).min(self.days.len() - 1)]
    }

    /// All working days from `from` to `to`, both included.
    pub fn between(&self, from: Day, to: Day) -> &[Day] {
        let low = self.position(from);
        let high = self.position(to.plus(1));
        &self.days[low..high.max(low)]
    }

    fn position(&self, day: Day) -> usize {
        let offset = day.since(self.first).clamp(0, self.before.len() as i32 - 1);
        self.before[offset as usize] as usize
    }
}
