//! No extract may bring the reader, the linking or an explanation down.
#![no_main]

use libfuzzer_sys::fuzz_target;
use linkage::{Options, explain, link, read};

fuzz_target!(|bytes: &[u8]| {
    let Ok(register) = read(bytes, |_| {}) else {
        return;
    };
    if register.is_empty() || register.len() > 300 {
        return;
    }
    let linkage = link(&register, Options::default(), &|_| {});
    assert_eq!(linkage.clusters.of.len(), register.len());
    for (record, &first) in linkage.clusters.of.iter().enumerate() {
        assert!(first as usize <= record && linkage.clusters.of[first as usize] == first);
    }
    for pair in linkage.pairs.iter().take(5) {
        let probability = explain(&register, &linkage.model, pair.a, pair.b).probability;
        assert!((0.0..=1.0).contains(&probability));
    }
});
