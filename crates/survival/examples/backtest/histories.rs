//! Made-up programmes of different shapes, simulated person by person and day by day. Nothing here is known to the
//! forecast: queues, seats, sittings and lorries make the events, and only the events are told.

use chrono::{Days, NaiveDate};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, LogNormal, Poisson, StandardNormal};
use survival::read::events::Events;

pub const STAGES: [&str; 5] = ["applied", "selected", "trained", "approved", "equipped"];

/// A programme's life.
pub struct Made {
    pub name: &'static str,
    pub events: Events,
    pub begun: NaiveDate,
    pub ended: NaiveDate,
}

/// How people go on from a stage.
struct Gate {
    /// Days until ready: median, and spread of the logarithm.
    days: f64,
    spread: f64,
    /// Places in each month; none for as many as are ready.
    places: Vec<Option<f64>>,
    /// Opens only every so many months.
    every: usize,
    /// The share that leaves instead.
    leaves: Vec<f64>,
}

/// A shape before it is drawn.
struct Shape {
    months: usize,
    /// New people in each month.
    arrivals: Vec<f64>,
    gates: [Gate; 4],
    noise: f64,
}

impl Shape {
    /// Multiplies arrivals and places of each month alike, by how far the programme's life has gone.
    fn all(&mut self, times: impl Fn(f64) -> f64) {
        by(&mut self.arrivals, &times);
        self.gates.iter_mut().for_each(|gate| places(gate, &times));
    }
}

pub const NAMES: [&str; 30] = [
    "steady",
    "growth",
    "line",
    "slow start",
    "collapse",
    "seats halved",
    "seats doubled",
    "deliveries stop",
    "seasons",
    "seasons and growth",
    "quarterly lorries",
    "yearly calls",
    "one great call",
    "rush at the end",
    "plateau",
    "all pause",
    "refusals rise",
    "many leave",
    "tiny",
    "huge",
    "long waits",
    "short life",
    "two waves",
    "erratic",
    "faster and faster",
    "queue grows",
    "courses twice a year",
    "money runs out",
    "commission falls behind",
    "late offices",
];

/// A programme of a shape, drawn with a seed.
pub fn make(nth: usize, seed: u64) -> Made {
    let mut rng = ChaCha8Rng::seed_from_u64(seed * 1_000 + nth as u64);
    let shape = shape(NAMES[nth], &mut rng);
    let begun = NaiveDate::from_ymd_opt(2019 + (nth % 4) as i32, 1 + ((nth * 5 + seed as usize) % 12) as u32, 1).expect("a date");
    let events = simulate(&shape, begun, &mut rng);
    let ended = begun + Days::new((shape.months as f64 * 30.4375) as u64 - 1);
    Made { name: NAMES[nth], events: Events::new(&STAGES, events), begun, ended }
}

fn plain(rng: &mut impl Rng) -> Shape {
    let months = rng.random_range(36..=66);
    let size = (rng.random_range(3.2f64..6.2)).exp();
    let share = rng.random_range(0.35..0.75);
    let mut gate = |median: std::ops::Range<f64>, places: Option<f64>, leaves: std::ops::Range<f64>| Gate {
        days: rng.random_range(median),
        spread: rng.random_range(0.3..0.8),
        places: vec![places.map(|places| places * rng.random_range(0.85..1.2)); months],
        every: 1,
        leaves: vec![rng.random_range(leaves); months],
    };
    let gates = [
        gate(20.0..120.0, Some(size * share), 0.05..0.25),
        gate(15.0..70.0, Some(size * share * 0.95), 0.03..0.12),
        gate(20.0..60.0, None, 0.05..0.2),
        gate(40.0..160.0, Some(size * share * 0.85), 0.01..0.06),
    ];
    Shape { months, arrivals: vec![size; months], gates, noise: 0.12 }
}

/// Multiplies what happens in each month.
fn by(values: &mut [f64], times: impl Fn(f64) -> f64) {
    let months = values.len() as f64;
    for (at, value) in values.iter_mut().enumerate() {
        *value *= times(at as f64 / months);
    }
}

fn places(gate: &mut Gate, times: impl Fn(f64) -> f64) {
    let months = gate.places.len() as f64;
    for (at, places) in gate.places.iter_mut().enumerate() {
        *places = places.map(|places| places * times(at as f64 / months));
    }
}

fn season(at: usize) -> f64 {
    [0.6, 1.5, 1.4, 1.3, 1.0, 0.8, 0.4, 0.4, 1.3, 1.4, 1.2, 0.7][at % 12]
}

/// A shape by its name: a plain programme, and what becomes of it.
fn shape(name: &str, rng: &mut impl Rng) -> Shape {
    let mut s = plain(rng);
    // When the programme turns, where it does.
    let turn = rng.random_range(0.35..0.7);
    match name {
        "growth" => s.all(|t| (2.2 * (t - 0.5)).exp()),
        "line" => s.all(|t| 0.2 + 1.6 * t),
        "plateau" => s.all(|t| 1.3 / (1.0 + (-12.0 * (t - 0.3)).exp())),
        "all pause" => s.all(|t| if (turn..turn + 0.1).contains(&t) { 0.05 } else { 1.0 }),
        "two waves" => s.all(|t| 0.15 + 1.6 * (t * std::f64::consts::TAU).sin().powi(2)),
        "tiny" => s.all(|_| 0.06),
        "huge" => s.all(|_| 4.0),
        "seasons" => seasonal(&mut s, |_| 1.0),
        "seasons and growth" => seasonal(&mut s, |t| 0.4 + 1.2 * t),
        "late offices" => late_offices(&mut s, rng),
        "slow start" => slow_start(&mut s),
        "short life" => s.months = 20,
        "erratic" => s.noise = 0.6,
        _ => arrivals(&mut s, name, turn),
    }
    s
}

/// Shapes that people make: when they apply, how long they take, how many leave.
fn arrivals(s: &mut Shape, name: &str, turn: f64) {
    let calls =
        |s: &mut Shape, times: fn(usize) -> f64| s.arrivals.iter_mut().enumerate().for_each(|(at, new)| *new *= times(at));
    match name {
        "collapse" => by(&mut s.arrivals, |t| if t < turn { 1.0 } else { 0.15 }),
        "yearly calls" => calls(s, |at| if at % 12 < 2 { 5.5 } else { 0.08 }),
        "one great call" => calls(s, |at| if at < 4 { 8.0 } else { 0.02 }),
        "refusals rise" => by(&mut s.gates[2].leaves, |t| if t < turn { 1.0 } else { 3.0 }),
        "many leave" => s.gates.iter_mut().for_each(|gate| by(&mut gate.leaves, |_| 2.2)),
        "long waits" => (s.gates[0].days, s.gates[3].days) = (300.0, 400.0),
        "faster and faster" => s.gates[3].days = 200.0,
        _ => capacities(s, name, turn),
    }
}

/// Shapes that the programme makes: how many can go on in a month, and how often.
fn capacities(s: &mut Shape, name: &str, turn: f64) {
    let stop = move |t: f64| match t {
        t if t < turn => 1.0,
        t if t < turn + 0.12 => 0.0,
        _ => 1.5,
    };
    match name {
        "seats halved" => places(&mut s.gates[1], |t| if t < turn { 1.0 } else { 0.45 }),
        "seats doubled" => (1..4).for_each(|at| places(&mut s.gates[at], |t| if t < turn { 0.6 } else { 1.3 })),
        "deliveries stop" => places(&mut s.gates[3], stop),
        "quarterly lorries" => lumps(&mut s.gates[3], 3),
        "courses twice a year" => lumps(&mut s.gates[1], 6),
        "rush at the end" => (0..4).for_each(|at| places(&mut s.gates[at], |t| if t < 0.75 { 0.8 } else { 1.7 })),
        "queue grows" => places(&mut s.gates[0], |_| 0.4),
        "money runs out" => places(&mut s.gates[3], |t| if t < 0.8 { 1.3 } else { 0.05 }),
        "commission falls behind" => {
            s.gates[2].places = s.gates[1].places.clone();
            places(&mut s.gates[2], |t| 1.1 - 0.7 * t);
        }
        _ => {}
    }
}

fn seasonal(s: &mut Shape, times: impl Fn(f64) -> f64) {
    let months = s.months as f64;
    s.all(|t| season((t * months).round() as usize) * times(t));
}

fn late_offices(s: &mut Shape, rng: &mut impl Rng) {
    let opened: Vec<f64> = (0..6).map(|_| rng.random_range(0.0..0.6)).collect();
    s.all(|t| 0.1 + opened.iter().filter(|from| **from <= t).count() as f64 / 5.0);
}

fn slow_start(s: &mut Shape) {
    for (at, gate) in s.gates.iter_mut().enumerate() {
        places(gate, |t| if t < 0.06 + 0.07 * at as f64 { 0.0 } else { (t * 3.0).min(1.2) });
    }
    s.gates[2].places = s.gates[1].places.clone();
}

/// All that could go on in so many months goes on at the end of the last of them.
fn lumps(gate: &mut Gate, months: usize) {
    gate.every = months;
    places(gate, |_| months as f64);
}

fn simulate(shape: &Shape, begun: NaiveDate, rng: &mut ChaCha8Rng) -> Vec<(u32, Option<usize>, NaiveDate)> {
    let start = |month: usize| month as f64 * 30.4375;
    let date = |day: f64| begun + Days::new(day.max(0.0) as u64);
    let mut events = Vec::new();
    // Who waits at each gate: the case, and the day on which it is ready.
    let mut waiting: [Vec<(u32, f64)>; 4] = Default::default();
    let (mut next, mut drift) = (0u32, [0.0f64; 5]);
    for month in 0..shape.months {
        for drift in &mut drift {
            let z: f64 = StandardNormal.sample(rng);
            *drift = 0.6 * *drift + shape.noise * z;
        }
        let mean = shape.arrivals[month] * drift[4].exp();
        let new = if mean > 0.01 { Poisson::new(mean).expect("a mean").sample(rng) as u32 } else { 0 };
        for _ in 0..new {
            let day = start(month) + rng.random_range(0.0..30.4);
            events.push((next, Some(0), date(day)));
            enter(&mut waiting[0], next, day, 0, shape, month, &mut events, &date, rng);
            next += 1;
        }
        for at in 0..4 {
            let gate = &shape.gates[at];
            if month % gate.every != gate.every - 1 {
                continue;
            }
            let places = gate.places[month].map_or(usize::MAX, |places| (places * drift[at].exp()).round() as usize);
            let end = start(month + 1);
            waiting[at].sort_by(|one, other| one.1.total_cmp(&other.1));
            let ready = waiting[at].partition_point(|(_, day)| *day < end).min(places);
            let through: Vec<(u32, f64)> = waiting[at].drain(..ready).collect();
            for (case, day) in through {
                let day =
                    if gate.every > 1 { end - 3.0 } else { day.max(start(month) + rng.random_range(0.0..30.0)).min(end - 0.1) };
                events.push((case, Some(at + 1), date(day)));
                if at + 1 < 4 {
                    enter(&mut waiting[at + 1], case, day, at + 1, shape, month, &mut events, &date, rng);
                }
            }
        }
    }
    let last = date(start(shape.months) - 1.0);
    events.retain(|(_, _, day)| *day <= last);
    events
}

/// Waits at a gate, or leaves after a while.
#[expect(clippy::too_many_arguments, reason = "one step of one simulation")]
fn enter(
    waiting: &mut Vec<(u32, f64)>,
    case: u32,
    day: f64,
    at: usize,
    shape: &Shape,
    month: usize,
    events: &mut Vec<(u32, Option<usize>, NaiveDate)>,
    date: &impl Fn(f64) -> NaiveDate,
    rng: &mut ChaCha8Rng,
) {
    let gate = &shape.gates[at];
    let days: f64 = LogNormal::new(gate.days.ln(), gate.spread).expect("a spread").sample(rng);
    if rng.random::<f64>() < gate.leaves[month.min(gate.leaves.len() - 1)] {
        events.push((case, None, date(day + days * rng.random_range(0.5..1.5))));
    } else {
        waiting.push((case, day + days));
    }
}
