//! From a register to clusters: learn, find pairs, choose the threshold, cluster.

use crate::{
    block::{Blocker, KEYS},
    cluster::{self, Clusters},
    compare::{Agreement, Comparer},
    learn,
    model::{Model, logistic},
    register::{Register, pair_content},
    threshold,
    weigh::Weights,
};

/// How to link.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Pairs at least so probable are joined; without it, what the register's own probabilities find best.
    pub threshold: Option<f64>,
    /// Draws the random pairs from which strangers are learned. The same seed gives the same answer.
    pub seed: u64,
}

/// Two records that may be one person.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pair {
    /// The record whose row stands first.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// The natural logarithm of the odds that they are one person.
    pub log_odds: f32,
    /// The keys by which the pair was found, one bit each.
    pub keys: u16,
}

impl Pair {
    /// The probability that the two are one person.
    pub fn probability(&self) -> f64 {
        logistic(f64::from(self.log_odds))
    }
}

/// Pairs of lower log-odds are not kept: less than two in a hundred.
pub(crate) const LEAST: f64 = -3.891_820_298;

/// The answer, and what is known about its quality without labels.
#[derive(Debug)]
pub struct Linkage {
    /// The learned weights.
    pub model: Model,
    /// Pairs of at least two in a hundred, the most probable first.
    pub pairs: Vec<Pair>,
    /// Pairs that were compared.
    pub compared: u64,
    /// A rough number of pairs that share a key with too many others and nothing rarer, and were not compared by it. One that
    /// shares two such keys counts twice, one that another key brought together counts too.
    pub passed_over: u64,
    /// Pairs from this probability on were joined.
    pub threshold: f64,
    /// Who is one person.
    pub clusters: Clusters,
    /// The quality that the probabilities promise.
    pub expected: threshold::Quality,
    /// The share of true pairs that blocking met at all, by capture and recapture of its keys.
    pub blocking_recall: f64,
}

/// Links a register with itself. `on_step` hears which step begins.
pub fn link(register: &Register, options: Options, on_step: &(dyn Fn(&str) + Sync)) -> Linkage {
    let model = learn::learn(register, options.seed, on_step);
    link_with(register, model, options, on_step)
}

/// Links a register by a model that was learned before.
pub fn link_with(register: &Register, model: Model, options: Options, on_step: &(dyn Fn(&str) + Sync)) -> Linkage {
    let model = model.among(register.order.len() as u64);
    let (pairs, compared, passed_over) = pairs(register, &model, on_step);
    let blocking_recall = recapture(&pairs);
    let best = threshold::best(register, &pairs, blocking_recall);
    let threshold = options.threshold.unwrap_or(best);
    on_step("clusters");
    let clusters = cluster::cluster(register, &model, &pairs, threshold);
    let expected = threshold::expected(register, &pairs, &clusters, blocking_recall);
    Linkage { model, pairs, compared, passed_over, threshold, clusters, expected, blocking_recall }
}

/// All candidate pairs that are at all likely, the likeliest first; how many were compared, and passed over.
fn pairs(register: &Register, model: &Model, on_step: &(dyn Fn(&str) + Sync)) -> (Vec<Pair>, u64, u64) {
    let blocker = Blocker::new(register, 1);
    let comparer = Comparer::of(register);
    let weights = Weights::new(model);
    let people = &register.people;
    let found = blocker.pairs(
        || (Vec::new(), 0_u64),
        |(kept, compared), left, right| {
            let (a, b) = (&people[left as usize], &people[right as usize]);
            *compared += 1;
            let mut agreement = Agreement::NONE;
            let most = comparer.begin(&weights, a, b, &mut agreement);
            if weights.prior() + most < LEAST {
                return;
            }
            comparer.finish(a, b, &mut agreement);
            let log_odds = weights.log_odds(weights.evidence(&agreement));
            if log_odds >= LEAST {
                let (a, b) = (left.min(right), left.max(right));
                kept.push(Pair { a, b, log_odds: log_odds as f32, keys: 0 });
            }
        },
        |key| on_step(KEYS[key].1),
    );
    let compared = found.iter().map(|(_, count)| count).sum();
    let mut pairs: Vec<Pair> = found.into_iter().flat_map(|(kept, _)| kept).collect();
    for pair in &mut pairs {
        pair.keys = blocker.keys_of(&people[pair.a as usize], &people[pair.b as usize]);
    }
    // Equal odds stand in the order of contents, so that the order of rows decides nothing.
    pairs.sort_by_cached_key(|pair| {
        let odds = -(f64::from(pair.log_odds) * 1e6) as i64;
        (odds, pair_content(&people[pair.a as usize], &people[pair.b as usize]))
    });
    (pairs, compared, blocker.passed_over())
}

/// The share of true pairs that at least one key met: those met by none are estimated from those met by just one
/// and just two (Chao 1987, a lower bound of what is missing).
fn recapture(pairs: &[Pair]) -> f64 {
    let (mut once, mut twice, mut met) = (0.0, 0.0, 0.0);
    for pair in pairs {
        let p = pair.probability();
        met += p;
        match pair.keys.count_ones() {
            0 | 1 => once += p,
            2 => twice += p,
            _ => {}
        }
    }
    let missed = once * once / (2.0 * twice + 1.0);
    if met > 0.0 { met / (met + missed) } else { 1.0 }
}
