//! `dayaq allocate INSTANCE.json --out ANSWER.json`: people to training seats, as well as the limits allow.

use super::{
    unfinished::{Unfinished, apart},
    used::Used,
};
use allocation::{Allocation, Instance, Reason};
use anyhow::{Context, Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// What is kept of the time given, for reasons and for writing the answer.
const KEPT_BACK: Duration = Duration::from_millis(60);

#[derive(Args)]
pub struct Allocate {
    /// The instance: people with their choices, cohorts with their seats, and the limits (JSON).
    instance: PathBuf,
    /// Where the answer goes: who gets which seat, the value reached, the bound on it, and why each other person is
    /// left out.
    #[arg(long)]
    out: PathBuf,
    /// Decides between equals: the same instance and seed give the same answer.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Stop after so many seconds with the best answer so far. Without it the search ends by itself, and can be replayed.
    #[arg(long, value_parser = seconds)]
    seconds: Option<f64>,
}

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "expected a number".to_owned())?;
    if (0.0..=1e9).contains(&seconds) { Ok(seconds) } else { Err("expected a number of seconds, zero or more".to_owned()) }
}

#[derive(Serialize)]
struct Answer<'a> {
    assigned: Vec<Assigned<'a>>,
    objective: i128,
    bound: i128,
    seed: u64,
    cut_short: bool,
    left_out: Vec<LeftOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflict: Vec<String>,
}

#[derive(Serialize)]
struct Assigned<'a> {
    person: &'a str,
    cohort: &'a str,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    person: &'a str,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cohort: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_needed: Option<i64>,
    change: String,
}

impl Allocate {
    pub fn run(self) -> Result<()> {
        let begun = Instant::now();
        apart(&self.instance, &self.out)?;
        let text = fs::read(&self.instance).with_context(|| format!("reading {}", self.instance.display()))?;
        let instance = allocation::read(&text).with_context(|| self.instance.display().to_string())?;
        drop(text);
        let until = self.seconds.map(|seconds| begun + Duration::from_secs_f64(seconds).saturating_sub(KEPT_BACK));
        let spinner = spinner(&instance)?;
        let found = allocation::allocate(&instance, self.seed, &|| until.is_some_and(|until| Instant::now() >= until));
        spinner.finish_and_clear();
        let faults = allocation::faults(&instance, &found.chosen);
        if let Some(fault) = faults.first() {
            bail!("the answer was not written, for it fails its own check: {fault}");
        }
        write(&self.out, &answer(&instance, &found, self.seed))?;
        print(&instance, &found, begun.elapsed());
        Ok(())
    }
}

fn spinner(instance: &Instance) -> Result<ProgressBar> {
    let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}").context("drawing a progress bar")?;
    let spinner = ProgressBar::new_spinner().with_style(style);
    spinner.set_message(format!("{} people, {} cohorts", instance.people().len(), instance.cohorts().len()));
    spinner.enable_steady_tick(Duration::from_millis(200));
    Ok(spinner)
}

fn answer<'a>(instance: &'a Instance, found: &'a Allocation, seed: u64) -> Answer<'a> {
    let cohort = |person: &'a allocation::Person, choice: u32| {
        instance.cohorts()[person.choices[choice as usize].cohort as usize].id.as_str()
    };
    let people = instance.people().iter().zip(&found.chosen);
    let assigned =
        people.filter_map(|(person, choice)| Some(Assigned { person: &person.id, cohort: cohort(person, (*choice)?) }));
    let left_out = found.left_out.iter().map(|left| {
        let person = &instance.people()[left.person as usize];
        let group = match &left.reason {
            Reason::Maximum(group) | Reason::MinShare(group) => Some(group.as_str()),
            _ => None,
        };
        LeftOut {
            person: &person.id,
            reason: word(&left.reason),
            group,
            cohort: left.nearest.map(|choice| cohort(person, choice)),
            value: left.nearest.map(|choice| person.choices[choice as usize].value),
            value_needed: left.value_needed,
            change: left.change(instance),
        }
    });
    Answer {
        assigned: assigned.collect(),
        objective: found.objective,
        bound: found.bound,
        seed,
        cut_short: found.cut_short,
        left_out: left_out.collect(),
        conflict: found.conflict.iter().map(ToString::to_string).collect(),
    }
}

const fn word(reason: &Reason) -> &'static str {
    match reason {
        Reason::NoSuitableCohort => "no_suitable_cohort",
        Reason::Seats => "seats",
        Reason::Maximum(_) => "maximum",
        Reason::Budget => "budget",
        Reason::MinShare(_) => "min_share",
        Reason::NoGain => "no_gain",
    }
}

fn write(path: &Path, answer: &Answer) -> Result<()> {
    Unfinished::whole(path, |out| {
        serde_json::to_writer(&mut *out, answer)?;
        Ok(writeln!(out)?)
    })
}

fn print(instance: &Instance, found: &Allocation, took: Duration) {
    let used = Used::now();
    let placed = found.chosen.iter().flatten().count();
    println!("{placed} of {} people placed", instance.people().len());
    println!(
        "value {}, at most {} is possible: gap {:.6} %; greedy alone reaches {}",
        found.objective,
        found.bound,
        found.gap() * 100.0,
        found.greedy
    );
    for reason in ["no_suitable_cohort", "seats", "maximum", "budget", "min_share", "no_gain"] {
        let count = found.left_out.iter().filter(|left| word(&left.reason) == reason).count();
        if count > 0 {
            println!("{count} left out: {}", in_words(reason));
        }
    }
    if !found.conflict.is_empty() {
        println!("nobody can be placed; these limits together allow nobody, and none can be spared from this list:");
        found.conflict.iter().for_each(|limit| println!("  {limit}"));
    }
    if found.cut_short {
        println!("stopped by --seconds: another run may give another answer");
    }
    println!("{:.2} s, {} CPU s, {} MB at most", took.as_secs_f64(), used.cpu_seconds(), used.peak_mb());
}

fn in_words(reason: &str) -> &'static str {
    match reason {
        "no_suitable_cohort" => "no cohort suits them",
        "seats" => "the seats that suit them go to others",
        "maximum" => "their group has reached its maximum",
        "budget" => "the budget goes further with others",
        "min_share" => "one more outside a group would break its minimum share",
        _ => "placing them adds no value",
    }
}
