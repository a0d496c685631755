//! Days and moments of the made-up programme, two and four bytes each: a full demo holds millions of them.

use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Utc};

/// A calendar day, counted from 1 January 2020; earlier days are negative (back to April 1930).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Day(pub i16);

/// A minute of a day by the clock of Baku (UTC+4, no summer time since 2016).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Moment {
    pub day: Day,
    /// Minutes after midnight, local time.
    pub minute: u16,
}

/// The day from which days are counted.
const ORIGIN: NaiveDate = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day of the calendar");
const BAKU_OFFSET_HOURS: i64 = 4;

impl Day {
    /// A day by year, month and day of month; for the constants of this module's tables.
    pub const fn of(year: i32, month: u32, day: u32) -> Self {
        let date = NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar");
        Self((date.to_epoch_days() - ORIGIN.to_epoch_days()) as i16)
    }

    /// The day as a date.
    pub fn date(self) -> NaiveDate {
        ORIGIN + Duration::days(i64::from(self.0))
    }

    /// `days` later, or earlier when negative.
    pub const fn plus(self, days: i32) -> Self {
        Self((self.0 as i32 + days) as i16)
    }

    /// The same day of the month, `months` later; the month's last day where there is none.
    pub fn plus_months(self, months: u32) -> Self {
        Self::from(self.date() + chrono::Months::new(months))
    }

    /// Days from `earlier` to this day.
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 as i32 - earlier.0 as i32
    }

    /// Years completed between `earlier` and this day: an age.
    pub fn years_since(self, earlier: Self) -> i32 {
        self.date().years_since(earlier.date()).map_or(0, |years| years as i32)
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// This day at a minute after midnight.
    pub const fn at(self, minute: u16) -> Moment {
        Moment { day: self, minute }
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self((date - ORIGIN).num_days() as i16)
    }
}

impl Moment {
    /// The moment in universal time, as the journal records it.
    pub fn utc(self) -> DateTime<Utc> {
        let midnight = Utc.from_utc_datetime(&self.day.date().and_time(chrono::NaiveTime::MIN));
        midnight + Duration::minutes(i64::from(self.minute)) - Duration::hours(BAKU_OFFSET_HOURS)
    }

    /// The date on which it happens.
    pub fn date(self) -> NaiveDate {
        self.day.date()
    }
}
