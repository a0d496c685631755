//! No instance may bring the reader or the search down, and no answer may break a limit, exceed its bound or stay below
//! greedy.
#![no_main]

use allocation::{allocate, faults, read, value};
use libfuzzer_sys::fuzz_target;
use std::cell::Cell;

fuzz_target!(|bytes: &[u8]| {
    let Ok(instance) = read(bytes) else {
        return;
    };
    if instance.people().len() > 40 {
        return;
    }
    let asked = Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 2_000
    };
    let found = allocate(&instance, 1, &stop);
    assert_eq!(faults(&instance, &found.chosen), []);
    assert_eq!(value(&instance, &found.chosen), found.objective);
    assert!(found.greedy <= found.objective && found.objective <= found.bound);
    let placed = found.chosen.iter().flatten().count();
    assert_eq!(placed + found.left_out.len(), instance.people().len());
});
