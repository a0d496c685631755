//! The two clocks: the machine's for sessions and throttles, the programme's for dates and what is recorded.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use std::sync::atomic::{AtomicI64, Ordering};

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

    /// How far it stands from the machine's, in seconds.
    pub fn offset_seconds(&self) -> i64 {
        self.offset.num_seconds()
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

/// The programme's clock as a running program holds it. A demo moves it forward under everybody's eyes; a transaction keeps
/// the clock that it began with.
#[derive(Debug, Default)]
pub struct Running(AtomicI64);

impl Running {
    /// A running clock that stands where `clock` does.
    pub fn at(clock: Clock) -> Self {
        Self(AtomicI64::new(clock.offset_seconds()))
    }

    /// The clock as it stands.
    pub fn read(&self) -> Clock {
        Clock::with_offset(self.0.load(Ordering::Acquire))
    }

    /// Moves it forward to `seconds` away from the machine's; a clock that already stands further stays.
    pub fn forward(&self, seconds: i64) {
        self.0.fetch_max(seconds, Ordering::AcqRel);
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
