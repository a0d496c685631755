//! How long the estimates and a forecast take: `cargo bench` in bench/survival.

use chrono::{Days, NaiveDate};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::{hint::black_box, io::Cursor};
use survival::{
    Ending, Member, Span, aalen_johansen,
    forecast::{Options, forecast},
    kaplan_meier, log_rank,
    read::{events::Events, spans},
};

/// Numbers that look drawn, without a generator.
fn scattered(at: u64, below: u64) -> u64 {
    (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 17) % below
}

fn made(count: u64) -> Vec<Ending> {
    let ending = |at: u64| {
        let entry = scattered(at, 5).saturating_sub(3) as i64 * 40;
        let span = Span { days: entry + 1 + scattered(at + 7, 1_400) as i64, ended: scattered(at + 13, 3) == 0, entry };
        Ending { span, kind: scattered(at + 29, 4) as usize }
    };
    (0..count).map(ending).collect()
}

fn estimates(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("estimates");
    for count in [10_000u64, 100_000, 1_000_000] {
        group.sample_size(10);
        let endings = made(count);
        let spans: Vec<Span> = endings.iter().map(|ending| ending.span).collect();
        group.bench_with_input(BenchmarkId::new("kaplan_meier", count), &spans, |b, spans| b.iter(|| kaplan_meier(black_box(spans))));
        let member = |(at, span): (usize, &Span)| Member { stratum: at as u32 % 3, span: *span, group: at as u32 % 26 };
        let members: Vec<Member> = spans.iter().enumerate().map(member).collect();
        group.bench_with_input(BenchmarkId::new("log_rank", count), &members, |b, members| b.iter(|| log_rank(black_box(members))));
        group.bench_with_input(BenchmarkId::new("aalen_johansen", count), &endings, |b, e| b.iter(|| aalen_johansen(black_box(e), 4)));
    }
}

fn reading(criterion: &mut Criterion) {
    let mut text = String::from("id,start,end,status,region\n");
    for at in 0..100_000u64 {
        let days = 1 + scattered(at, 1_400);
        text.push_str(&format!("{at},2022-01-01,{},closed,{}\n", day(days), scattered(at, 14)));
    }
    let read = || spans::read(Cursor::new(text.clone().into_bytes()), &spans::Statuses::default());
    criterion.bench_function("read 100,000 spans", |b| b.iter(read));
}

fn day(after: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 1, 1).unwrap_or_default() + Days::new(after)
}

fn forecasts(criterion: &mut Criterion) {
    let mut events = Vec::new();
    for case in 0..40_000u32 {
        let mut on = u64::from(case) / 30;
        for stage in 0..5 {
            events.push((case, Some(stage), day(on)));
            on += 10 + scattered(u64::from(case) * 5 + stage as u64, 120);
            if scattered(u64::from(case) + 91 * stage as u64, 8) == 0 {
                events.push((case, None, day(on)));
                break;
            }
        }
    }
    let events = Events::new(&["applied", "selected", "trained", "approved", "equipped"], events);
    let mut group = criterion.benchmark_group("forecast");
    group.sample_size(10);
    let run = || forecast(&events, day(1_100), day(1_830), &Options::default());
    group.bench_function("2,000 futures of 24 months from 150,000 events", |b| b.iter(run));
}

criterion_group!(benches, estimates, reading, forecasts);
criterion_main!(benches);
