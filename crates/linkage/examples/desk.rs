//! One new person beside ten million: `cargo run --release -p linkage --example desk -- [PEOPLE] [QUESTIONS]` registers
//! made-up people, asks, changes and removes, and prints how long each took and how much memory a person takes.

mod made_up;

use linkage::{Desk, Options};
use made_up::{Draw, HEADER, Somebody};
use std::{
    env,
    error::Error,
    fs,
    time::{Duration, Instant},
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let people: u64 = args.next().map_or(Ok(10_000_000), |text| text.parse())?;
    let questions: u64 = args.next().map_or(Ok(20_000), |text| text.parse())?;
    let model = model(people.min(100_000))?;
    let before = resident_bytes()?;
    let mut desk: Desk<u128> = Desk::new(model);
    let begun = Instant::now();
    for number in 0..people {
        desk.put(u128::from(number), &Somebody::of(number).row());
    }
    let (took, grown) = (begun.elapsed(), resident_bytes()?.saturating_sub(before));
    println!("{people} people registered in {:.1} s, {} bytes a person", took.as_secs_f64(), grown / people.max(1));

    let mut draw = Draw(7);
    let (mut asked, mut changed, mut first, mut strangers) = (Vec::new(), Vec::new(), 0_u64, 0_u64);
    for question in 0..questions {
        let number = draw.number() % people;
        let again = Somebody::of(number).written_again(&mut draw);
        let begun = Instant::now();
        let found = desk.find(&again.row(), 5);
        asked.push(begun.elapsed());
        first += u64::from(found.first().is_some_and(|likely| likely.id == u128::from(number)));
        let new = Somebody::of(people + question);
        let begun = Instant::now();
        let found = desk.find(&new.row(), 5);
        asked.push(begun.elapsed());
        strangers += u64::from(found.first().is_some_and(|likely| likely.probability > 0.5));
        let begun = Instant::now();
        desk.put(u128::from(number), &again.row());
        changed.push(begun.elapsed());
        let begun = Instant::now();
        desk.remove(u128::from(number));
        desk.put(u128::from(number), &Somebody::of(number).row());
        changed.push(begun.elapsed());
    }
    println!("{first} of {questions} known people found first; {strangers} of {questions} new ones taken for another");
    println!("asked: {}", quantiles(asked));
    println!("changed, or removed and put back: {}", quantiles(changed));
    Ok(())
}

/// Weights learned from some of the people, one in ten written twice.
fn model(people: u64) -> Result<linkage::Model, Box<dyn Error>> {
    let (mut draw, mut extract) = (Draw(1), HEADER.to_owned());
    for number in 0..people {
        let person = Somebody::of(number);
        extract += &person.csv(&number.to_string());
        if draw.percent(10) {
            extract += &person.written_again(&mut draw).csv(&format!("{number}b"));
        }
    }
    Ok(linkage::learn(&linkage::read(extract.as_bytes(), |_| {})?, Options::default().seed, &|_| {}))
}

fn quantiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    format!("median {:.2} ms, p99 {:.2} ms, longest {:.2} ms", at(0.5), at(0.99), at(1.0))
}

/// What this process holds of memory now, where the system tells.
fn resident_bytes() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
