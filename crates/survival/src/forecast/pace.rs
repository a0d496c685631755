//! How fast a flow goes by calendar time: a level that wanders, learned from what came against what was expected.
//!
//! Each step's flow is Poisson in lumps, around a level times the expected flow to a power. Power 1 is a flow that
//! follows its demand; power 0 one that runs at its capacity, however many wait. The level is filtered by discounting
//! (Harvey and Fernandes 1989; West and Harrison 1997) with a damped trend (Gardner and McKenzie 1985). Power, discount,
//! size of the lumps, trend and seasons are not chosen but weighed by how well each would have foretold the next step.

use crate::special::ln_gamma;
use rand::Rng;

/// What came and what was expected in one step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub came: f64,
    pub expected: f64,
    /// The calendar's month.
    pub month: usize,
}

/// One way to see the flow, after all steps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    /// How far the flow follows what is expected: 0 not at all, 1 fully.
    pub power: f64,
    /// The size of the lumps in which it comes.
    pub lump: f64,
    pub is_seasonal: bool,
    discount: f64,
    momentum: f64,
    /// The level's gamma: shape and rate, in lumps.
    shape: f64,
    rate: f64,
    /// The level's recent trend, in logarithms a step.
    pub slope: f64,
    /// What is expected usually, at which all powers agree.
    usual: f64,
    weight: f64,
}

/// All ways to see a flow, with their weights and the months' seasons.
#[derive(Clone, Debug)]
pub(crate) struct Pace {
    views: Vec<View>,
    pub seasons: [f64; 12],
    total: f64,
}

const DISCOUNTS: [f64; 4] = [0.4, 0.65, 0.85, 0.95];
const MOMENTA: [f64; 3] = [0.0, 0.15, 0.35];
/// How much of a trend is left after a step.
pub(crate) const DAMPING: f64 = 0.88;
/// What a step says of the views counts less the longer ago it was.
const FORGETTING: f64 = 0.97;
const LUMPS: usize = 5;

impl Pace {
    /// Learns from steps in order. `powers` are those that are possible.
    pub fn learn(steps: &[Step], powers: &[f64]) -> Self {
        let seasons = seasons(steps);
        let usual = usual(steps);
        let largest = steps.iter().map(|step| step.came).fold(2.0, f64::max);
        let mut views = Vec::new();
        for is_seasonal in [false, true] {
            if is_seasonal && seasons.iter().all(|season| *season == 1.0) {
                continue;
            }
            for &power in powers {
                for discount in DISCOUNTS {
                    for momentum in MOMENTA {
                        for lump in (0..LUMPS).map(|at| largest.powf(at as f64 / (LUMPS - 1) as f64)) {
                            let (shape, rate, slope, weight) = (0.0, 0.0, 0.0, 0.0);
                            let mut view =
                                View { power, lump, is_seasonal, discount, momentum, shape, rate, slope, usual, weight };
                            view.filter(steps, &seasons);
                            views.push(view);
                        }
                    }
                }
            }
        }
        let best = views.iter().map(|view| view.weight).fold(f64::NEG_INFINITY, f64::max);
        for view in &mut views {
            view.weight = (view.weight - best).exp();
        }
        let total = views.iter().map(|view| view.weight).sum();
        Self { views, seasons, total }
    }

    /// One view, as likely as it weighs.
    pub fn draw(&self, rng: &mut impl Rng) -> View {
        let mut at = rng.random::<f64>() * self.total;
        for view in &self.views {
            at -= view.weight;
            if at <= 0.0 {
                return *view;
            }
        }
        self.views[self.views.len() - 1]
    }

    /// The weight of the views that see a flow at its capacity.
    pub fn at_capacity(&self) -> f64 {
        self.views.iter().map(|view| view.weight * (1.0 - view.power)).sum::<f64>() / self.total
    }

    /// What comes in a step if it goes on as now.
    pub fn now(&self, expected: f64) -> f64 {
        let mean = |view: &View| view.weight * view.level() * view.demand(expected);
        self.views.iter().map(mean).sum::<f64>() / self.total
    }
}

impl View {
    /// Filters the level through the steps, and weighs the view by its forecasts.
    fn filter(&mut self, steps: &[Step], seasons: &[f64; 12]) {
        // Before anything is seen, the level may be three times more or less than expected.
        (self.shape, self.rate) = (1.0, 1.0);
        self.weight = self.prior();
        let mut is_first = true;
        for (at, step) in steps.iter().enumerate() {
            let season = if self.is_seasonal { seasons[step.month] } else { 1.0 };
            let exposure = self.demand(step.expected) * season / self.lump;
            if exposure <= 1e-9 {
                continue;
            }
            self.predict();
            let came = step.came / self.lump;
            if !is_first {
                let ago = (steps.len() - 1 - at) as i32;
                self.weight += FORGETTING.powi(ago) * (self.ln_chance(came, exposure) - self.lump.ln());
            }
            is_first = false;
            self.observe(came, exposure);
        }
    }

    /// Calm and plain views are likelier before anything is seen.
    fn prior(&self) -> f64 {
        let seasonal = if self.is_seasonal { -2.0 } else { 0.0 };
        seasonal - 2.0 * self.momentum
    }

    /// What is expected, as far as the flow follows it.
    pub fn demand(&self, expected: f64) -> f64 {
        if expected <= 0.0 {
            return 0.0;
        }
        self.usual * (expected / self.usual).powf(self.power)
    }

    pub fn level(&self) -> f64 {
        self.shape / self.rate
    }

    fn predict(&mut self) {
        self.shape *= self.discount;
        self.rate *= self.discount * (-self.slope).exp();
    }

    fn ln_chance(&self, came: f64, exposure: f64) -> f64 {
        let (shape, rate) = (self.shape, self.rate);
        ln_gamma(shape + came) - ln_gamma(shape) - ln_gamma(came + 1.0)
            + shape * (rate / (rate + exposure)).ln()
            + came * (exposure / (rate + exposure)).ln()
    }

    fn observe(&mut self, came: f64, exposure: f64) {
        let before = self.level();
        // Nothing at all for long leaves the level low, but never so low that it cannot come back.
        self.shape = (self.shape + came).max(0.02);
        self.rate += exposure;
        let moved = (self.level() / before).ln().clamp(-1.0, 1.0);
        self.slope = DAMPING * self.slope + self.momentum * moved;
    }

    /// How far the level's logarithm wanders in a step, by its own discount, about.
    pub fn wandering(&self) -> f64 {
        let shape = self.shape.max(0.05);
        ((1.0 - self.discount) / (self.discount * shape)).sqrt()
    }

    /// How unsure the level's logarithm is now.
    pub fn unsure(&self) -> f64 {
        (1.0 / self.shape.max(0.3)).sqrt()
    }

    /// How a wandering level moves the trend.
    pub fn momentum(&self) -> f64 {
        self.momentum
    }
}

/// What is expected usually: the mean of the last year, or of all.
fn usual(steps: &[Step]) -> f64 {
    let late: Vec<f64> = steps.iter().rev().map(|step| step.expected).filter(|expected| *expected > 0.0).take(12).collect();
    if late.is_empty() { 1.0 } else { (late.iter().sum::<f64>() / late.len() as f64).max(1e-6) }
}

/// Months against the year around them, drawn towards 1 as long as few years are known; all 1 before two years are.
fn seasons(steps: &[Step]) -> [f64; 12] {
    let mut logs: [Vec<f64>; 12] = Default::default();
    for (at, step) in steps.iter().enumerate() {
        let (Some(from), until) = (at.checked_sub(6), at + 6) else { continue };
        if until >= steps.len() {
            break;
        }
        let ends = (steps[from].came + steps[until].came) / 2.0;
        let around = (steps[from + 1..until].iter().map(|step| step.came).sum::<f64>() + ends) / 12.0;
        if around > 5.0 {
            logs[step.month].push(((step.came + 0.1 * around) / (1.1 * around)).ln());
        }
    }
    let known = logs.iter().map(Vec::len).sum::<usize>();
    if known < 12 {
        return [1.0; 12];
    }
    let mut seasons = [1.0; 12];
    for (season, logs) in seasons.iter_mut().zip(&logs) {
        *season = (logs.iter().sum::<f64>() / (logs.len() as f64 + 1.0)).exp();
    }
    let mean = seasons.iter().sum::<f64>() / 12.0;
    seasons.map(|season| season / mean)
}
