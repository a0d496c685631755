//! No file of spans may bring the reader or the estimates down.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::Cursor;
use survival::{aalen_johansen, kaplan_meier, read::spans};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(table) = spans::read(Cursor::new(bytes.to_vec()), &spans::Statuses::default()) {
        for point in kaplan_meier(&table.spans_in_business()).points {
            assert!((0.0..=1.0).contains(&point.estimate) && point.low <= point.high);
        }
        aalen_johansen(&table.endings(), table.kinds.len());
    }
});
