//! How long reading an instance and filling the seats take: `cargo bench` in bench/allocation.

use allocation::{allocate, read};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::{fmt::Write as _, hint::black_box};

/// The most cohorts that a person may choose.
const CHOICES: usize = 10;

/// A sequence of numbers that looks like chance (an LCG's upper half).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// People along a road, each with the nearest cohorts to choose from; seats for three in four. Where it binds, women are
/// worth less and must be half, and there is money for three seats in four.
fn instance(people: u64, is_binding: bool) -> String {
    let mut draw = Draw(7);
    let cohorts = people / 30;
    let mut text = String::from("{\"people\":[");
    for number in 0..people {
        let (woman, home, worth) = (draw.percent(48), draw.below(cohorts), 300 + draw.below(600));
        let worth = if is_binding && woman { worth - 150 } else { worth };
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(
            text,
            "{comma}{{\"id\":\"p{number}\",\"groups\":[\"{}\",\"r{}\"],\"choices\":[",
            if woman { 'F' } else { 'M' },
            home / 10
        );
        for step in 0..CHOICES {
            let cohort = (home + 3 * step as u64) % cohorts;
            let (value, cost) = (worth - 12 * step as u64 + draw.below(60), 900 + 40 * step as u64 + draw.below(900));
            let comma = if step == 0 { "" } else { "," };
            let _ = write!(text, "{comma}{{\"cohort\":\"c{cohort}\",\"value\":{value},\"cost\":{cost}}}");
        }
        text.push_str("]}");
    }
    text.push_str("],\"cohorts\":[");
    for cohort in 0..cohorts {
        let comma = if cohort == 0 { "" } else { "," };
        let _ = write!(text, "{comma}{{\"id\":\"c{cohort}\",\"seats\":{}}}", 15 + cohort % 16);
    }
    let seats: u64 = (0..cohorts).map(|cohort| 15 + cohort % 16).sum();
    let (budget, share) = if is_binding { (seats * 1_100, "0.5") } else { (seats * 1_500, "0.2") };
    let _ = write!(
        text,
        "],\"budget\":{budget},\"max\":[{{\"group\":\"r0\",\"people\":150}}],\"min_share\":[{{\"group\":\"F\",\"share\":{share}}}]}}"
    );
    text
}

fn seats(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("seats");
    group.sample_size(10);
    for people in [1_000_u64, 10_000] {
        group.throughput(Throughput::Elements(people));
        for (name, is_binding) in [("loose", false), ("binding", true)] {
            let text = instance(people, is_binding);
            let known = read(text.as_bytes()).expect("our own instance");
            group.bench_function(BenchmarkId::new(format!("{name}/read"), people), |b| {
                b.iter(|| read(black_box(text.as_bytes())))
            });
            group.bench_with_input(BenchmarkId::new(format!("{name}/allocate"), people), &known, |b, known| {
                b.iter(|| allocate(black_box(known), 1, &|| false));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, seats);
criterion_main!(benches);
