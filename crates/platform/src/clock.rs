//! The two clocks: the machine's for sessions and throttles, the programme's for dates and what is recorded.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};

/// The programme's clock: the machine's, moved by an offset that a demo keeps from the moment it was built.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    offset: TimeDelta,
}

impl Clock {
    /// The programme's clock standing `seconds` away from the machine's.
    pub fn with_offset(seconds: i64) -> Self {
        Self { offset: TimeDelta::seconds(seconds) }
    }

    /// The offset in seconds that makes it `moment` now.
    pub fn offset_to(moment: DateTime<Utc>) -> i64 {
        (moment - Utc::now()).num_seconds()
    }

    /// Now, by the programme's clock, to the microsecond that the database keeps.
    pub fn now(&self) -> DateTime<Utc> {
        let now = Utc::now() + self.offset;
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }

    /// Today in Baku, by the programme's clock.
    pub fn today(&self) -> NaiveDate {
        local(self.now()).date()
    }
}

/// Now by the machine's clock: for sessions, leases and throttles.
pub fn machine_now() -> DateTime<Utc> {
    Utc::now()
}

/// A moment as the clocks on the walls in Baku show it (UTC+4 all year since 2016).
pub fn local(moment: DateTime<Utc>) -> NaiveDateTime {
    match FixedOffset::east_opt(4 * 3600) {
        Some(baku) => moment.with_timezone(&baku).naive_local(),
        None => moment.naive_utc(),
    }
}

/// The moment at which the clocks in Baku show this date and time.
pub fn from_local(local: NaiveDateTime) -> DateTime<Utc> {
    (local - TimeDelta::hours(4)).and_utc()
}
