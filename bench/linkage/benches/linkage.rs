//! How long reading, linking and a question at the desk take: `cargo bench` in bench/linkage.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use linkage::{Desk, Model, Options, learn, link, read};
use made_up::{Draw, HEADER, Somebody};
use std::hint::black_box;

#[path = "../../../crates/linkage/examples/made_up/mod.rs"]
mod made_up;

/// An extract in which one person in ten stands twice.
fn extract(people: u64) -> String {
    let (mut draw, mut text) = (Draw(1), HEADER.to_owned());
    for number in 0..people {
        let person = Somebody::of(number);
        text += &person.csv(&number.to_string());
        if draw.percent(10) {
            text += &person.written_again(&mut draw).csv(&format!("{number}b"));
        }
    }
    text
}

fn model() -> Model {
    learn(&read(extract(20_000).as_bytes(), |_| {}).expect("our own extract"), 1, &|_| {})
}

fn batch(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("batch");
    group.sample_size(10);
    for people in [10_000_u64, 100_000] {
        let text = extract(people);
        group.throughput(Throughput::Elements(people));
        group.bench_with_input(BenchmarkId::new("read", people), &text, |b, text| b.iter(|| read(black_box(text.as_bytes()), |_| {})));
        let register = read(text.as_bytes(), |_| {}).expect("our own extract");
        group.bench_with_input(BenchmarkId::new("link", people), &register, |b, register| {
            b.iter(|| link(black_box(register), Options::default(), &|_| {}));
        });
    }
    group.finish();
}

fn desk(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("desk");
    for people in [100_000_u64, 1_000_000] {
        let mut desk: Desk<u128> = Desk::new(model());
        for number in 0..people {
            desk.put(u128::from(number), &Somebody::of(number).row());
        }
        let mut draw = Draw(3);
        group.bench_function(BenchmarkId::new("find", people), |b| {
            b.iter_batched(
                || Somebody::of(draw.number() % people).written_again(&mut Draw(5)),
                |person| desk.find(black_box(&person.row()), 5),
                BatchSize::SmallInput,
            );
        });
        let mut draw = Draw(4);
        group.bench_function(BenchmarkId::new("change", people), |b| {
            b.iter_batched(
                || draw.number() % people,
                |number| desk.put(u128::from(number), &Somebody::of(number).row()),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, batch, desk);
criterion_main!(benches);
