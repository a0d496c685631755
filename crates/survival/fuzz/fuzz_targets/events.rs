//! No file of events may bring the reader or the forecast down.
#![no_main]

use chrono::{Days, NaiveDate};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;
use survival::{
    forecast::{Options, forecast},
    read::events,
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(events) = events::read(Cursor::new(bytes.to_vec()), &events::Vocabulary::default())
        && let Some((first, last)) = events.days()
        && (last - first).num_days() < 3_000
        && let Some(until) = last.checked_add_days(Days::new(200))
    {
        let _: Result<_, _> = forecast(&events, middle(first, last), until, &Options { futures: 4, ..Options::default() });
    }
});

fn middle(first: NaiveDate, last: NaiveDate) -> NaiveDate {
    first + Days::new((last - first).num_days() as u64 / 2)
}
