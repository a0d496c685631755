//! Working days, months and ages. Holidays and moved working days are given as data, never known here.

use chrono::{Datelike, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar of working days: Monday to Friday, less the holidays, plus the weekend days that were made working.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Lists")]
pub struct WorkingDays {
    // Both sorted, each day once.
    holidays: Vec<NaiveDate>,
    moved: Vec<NaiveDate>,
}

impl WorkingDays {
    /// A calendar from public holidays and rest days, and from days that are working although they would not be
    /// (see [`exchanged_for`]). A day in both lists is working.
    pub fn new(holidays: impl IntoIterator<Item = NaiveDate>, moved: impl IntoIterator<Item = NaiveDate>) -> Self {
        Self { holidays: sorted(holidays), moved: sorted(moved) }
    }

    /// Whether offices work on this day.
    pub fn is_working(&self, date: NaiveDate) -> bool {
        if self.moved.binary_search(&date).is_ok() {
            return true;
        }
        !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && self.holidays.binary_search(&date).is_err()
    }

    /// The `n`th working day after `date`, which itself is not counted; for negative `n`, before it; for 0, `date`.
    ///
    /// A term of 5 working days that begins on `date` ends at the end of `add(date, 5)`.
    pub fn add(&self, date: NaiveDate, n: i32) -> NaiveDate {
        let mut at = date;
        let mut left = n.unsigned_abs();
        while left > 0 {
            let next = if n > 0 { at.succ_opt() } else { at.pred_opt() };
            let Some(next) = next else { break };
            at = next;
            left -= u32::from(self.is_working(at));
        }
        at
    }

    /// Working days after `a`, up to and with `b`; negative if `b` is earlier. `between(a, add(a, n)) == n`.
    pub fn between(&self, a: NaiveDate, b: NaiveDate) -> i32 {
        if b < a {
            let days = b.iter_days().take_while(|&day| day < a);
            return -count(days.filter(|&day| self.is_working(day)));
        }
        let days = a.iter_days().skip(1).take_while(|&day| day <= b);
        count(days.filter(|&day| self.is_working(day)))
    }

    /// `date` itself if it is a working day, else the next one.
    pub fn on_or_after(&self, date: NaiveDate) -> NaiveDate {
        if self.is_working(date) { date } else { self.add(date, 1) }
    }
}

/// The lists as they arrive, in any order.
#[derive(Deserialize)]
struct Lists {
    holidays: Vec<NaiveDate>,
    moved: Vec<NaiveDate>,
}

impl From<Lists> for WorkingDays {
    fn from(lists: Lists) -> Self {
        Self::new(lists.holidays, lists.moved)
    }
}

fn sorted(days: impl IntoIterator<Item = NaiveDate>) -> Vec<NaiveDate> {
    let mut days: Vec<_> = days.into_iter().collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn count(days: impl Iterator<Item = NaiveDate>) -> i32 {
    i32::try_from(days.count()).unwrap_or(i32::MAX)
}

/// The weekend day that became working in exchange for a rest day, read from the official wording of the table of
/// holidays: `İstirahət günü (28.12.2019 ilə əvəz edilmişdir)`. None where the wording names no exchange.
pub fn exchanged_for(name_az: &str) -> Option<NaiveDate> {
    let (_, inside) = name_az.split_once('(')?;
    let (date, rest) = inside.split_once(' ')?;
    rest.starts_with("ilə əvəz").then_some(())?;
    NaiveDate::parse_from_str(date, "%d.%m.%Y").ok()
}

/// The same day `months` later (earlier if negative), or the last day of a shorter month: 29 February becomes 28.
///
/// Stays at the first or last representable date instead of passing it.
pub fn add_months(date: NaiveDate, months: i32) -> NaiveDate {
    let by = Months::new(months.unsigned_abs());
    if months >= 0 {
        date.checked_add_months(by).unwrap_or(NaiveDate::MAX)
    } else {
        date.checked_sub_months(by).unwrap_or(NaiveDate::MIN)
    }
}

/// A person's age in completed months. Whoever was born on 29 February is a year older on 28 February of a common
/// year, as [`add_months`] has it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Age(u32);

impl Age {
    /// The age on a date; none before the birth.
    pub fn at(birth: NaiveDate, date: NaiveDate) -> Option<Self> {
        if date < birth {
            return None;
        }
        let months = (date.year() - birth.year()) * 12 + date.month0().cast_signed() - birth.month0().cast_signed();
        let completed = if add_months(birth, months) <= date { months } else { months - 1 };
        u32::try_from(completed).ok().map(Self)
    }

    /// Completed months in all.
    pub const fn in_months(self) -> u32 {
        self.0
    }

    /// Completed years.
    pub const fn years(self) -> u32 {
        self.0 / 12
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.years())
    }
}
