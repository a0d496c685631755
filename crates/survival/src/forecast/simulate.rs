//! The pipeline step by step into the future: who arrives, who goes on as far as places and readiness allow, who leaves.

use super::{
    hazard,
    history::{History, OLDEST},
    learn::Belief,
    pace::{DAMPING, Pace, View},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

/// What is changed against what is believed: each flow's pace times a number.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Changes {
    pub arrivals: f64,
    pub going_on: Vec<f64>,
    pub leaving: Vec<f64>,
    /// No new people from this step on.
    pub last_arrival: f64,
    /// At most so many go on in a step, by stage.
    pub capacity: Vec<f64>,
}

impl Changes {
    pub fn none(stages: usize) -> Self {
        let (going_on, leaving, capacity) = (vec![1.0; stages], vec![1.0; stages], vec![f64::INFINITY; stages]);
        Self { arrivals: 1.0, going_on, leaving, last_arrival: f64::INFINITY, capacity }
    }
}

/// Programmes change in ways that their past has not shown: a level wanders at least so much in a step.
const LEAST_WANDERING: f64 = 0.05;
const MOST_WANDERING: f64 = 0.30;
/// Now and then it changes much more.
const SHOCKS: f64 = 0.03;
const SHOCK: f64 = 5.0;
/// Of the way that a level has wandered, so much is gone back in a step: offices, budgets and habits hold it where it is
/// (Uhlenbeck and Ornstein 1930). Without it bands to a far day are too wide.
const RETURN: f64 = 0.1;
/// Nobody speeds up more than this against what waits.
const FASTEST: f64 = 8.0;

/// How many have reached each stage by the end of each step, in one possible future.
pub(crate) fn run(history: &History, belief: &Belief, changes: &Changes, seed: u64, nth: u64) -> Vec<Vec<f64>> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(nth);
    let mut arrivals = Flow::new(&belief.arrivals.pace, &mut rng);
    let mut flows: Vec<(Flow, Flow)> = Vec::new();
    let mut starts: Vec<f64> = Vec::new();
    for stage in &belief.stages {
        flows.push((Flow::new(&stage.going_on, &mut rng), Flow::new(&stage.leaving, &mut rng)));
        // Who has waited in vain for so long may well do so as long again (Gott 1993).
        let chance = rng.random::<f64>().max(0.02);
        starts.push(stage.unstarted.map_or(0.0, |waited| (waited + 1.0) * (1.0 / chance - 1.0) * 0.5));
    }
    let mut waiting: Vec<Vec<f64>> = history.stages.iter().map(|stage| stage.waiting_now()).collect();
    let mut reached: Vec<f64> = history.stages.iter().map(|stage| stage.reached as f64).collect();
    let mut paths = vec![Vec::with_capacity(history.steps.ahead); reached.len()];
    for ahead in 0..history.steps.ahead {
        let month = history.steps.month(history.steps.past + ahead);
        let share = if ahead + 1 == history.steps.ahead { history.steps.last } else { 1.0 };
        let open = (changes.last_arrival - ahead as f64).clamp(0.0, share);
        let mut new = arrivals.step(&belief.arrivals.pace, belief.arrivals.usual, month, changes.arrivals * open, &mut rng);
        for (at, reached) in reached.iter_mut().enumerate() {
            *reached += new;
            waiting[at][0] += new;
            paths[at].push(*reached);
            let Some(stage) = belief.stages.get(at) else { break };
            let (on, leave) = &mut flows[at];
            let open = (ahead as f64 + 1.0 - starts[at]).clamp(0.0, share);
            let expected = hazard::expected(&waiting[at], &stage.hazards.going_on);
            let wished = on.step(&stage.going_on, expected, month, changes.going_on[at] * open, &mut rng);
            let left = hazard::expected(&waiting[at], &stage.hazards.leaving);
            let left = leave.step(&stage.leaving, left, month, changes.leaving[at] * share, &mut rng);
            new = take(&mut waiting[at], &stage.hazards.going_on, wished.min(changes.capacity[at] * share));
            take(&mut waiting[at], &stage.hazards.leaving, left);
            grow_older(&mut waiting[at]);
        }
    }
    paths
}

/// A flow on its way: the level as it wanders.
struct Flow {
    view: View,
    /// In logarithms, and where it began.
    level: f64,
    begun: f64,
    slope: f64,
}

impl Flow {
    fn new(pace: &Pace, rng: &mut impl Rng) -> Self {
        let view = pace.draw(rng);
        let z: f64 = StandardNormal.sample(rng);
        let level = view.level().ln() + view.unsure() * z;
        Self { level, begun: level, slope: view.slope, view }
    }

    fn step(&mut self, pace: &Pace, expected: f64, month: usize, times: f64, rng: &mut impl Rng) -> f64 {
        let z: f64 = StandardNormal.sample(rng);
        let is_shock = rng.random::<f64>() < SHOCKS;
        let wandering = self.view.wandering().clamp(LEAST_WANDERING, MOST_WANDERING);
        let moved = z * wandering.max(if is_shock { SHOCK * LEAST_WANDERING } else { 0.0 });
        let back = RETURN * (self.begun - self.level);
        self.level = (self.level + back + self.slope + moved).clamp(self.begun - 3.0, self.begun + 2.0);
        self.slope = (DAMPING * self.slope + self.view.momentum() * moved).clamp(-0.3, 0.3);
        let season = if self.view.is_seasonal { pace.seasons[month] } else { 1.0 };
        let mean = self.level.exp() * self.view.demand(expected) * season * times;
        lumps(mean / self.view.lump, rng.random()) * self.view.lump
    }
}

/// The count of a Poisson flow at a place in its distribution, so that changed means move it and nothing else.
fn lumps(mean: f64, place: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    if mean > 25.0 {
        let z = crate::special::normal(place.clamp(1e-9, 1.0 - 1e-9));
        return (mean + mean.sqrt() * z + (z * z - 1.0) / 6.0).max(0.0);
    }
    let (mut count, mut chance) = (0.0, (-mean).exp());
    let mut below = chance;
    while below < place && count < 200.0 {
        count += 1.0;
        chance *= mean / count;
        below += chance;
    }
    count
}

/// Takes so many out of those who wait, as likely as each is to move; never more than wait. Says how many it took.
fn take(waiting: &mut [f64], chances: &[f64], total: f64) -> f64 {
    let mut taken = 0.0;
    for _ in 0..2 {
        let expected = hazard::expected(waiting, chances);
        let missing = total - taken;
        if expected <= 1e-9 || missing <= 1e-9 {
            break;
        }
        let times = (missing / expected).min(FASTEST);
        for (waiting, chance) in waiting.iter_mut().zip(chances) {
            let moves = (*waiting * chance * times).min(*waiting * 0.95);
            *waiting -= moves;
            taken += moves;
        }
    }
    taken
}

fn grow_older(waiting: &mut [f64]) {
    waiting[OLDEST] += waiting[OLDEST - 1];
    waiting.copy_within(0..OLDEST - 1, 1);
    waiting[0] = 0.0;
}
