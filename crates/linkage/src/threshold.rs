//! The threshold that this register's own probabilities find best, and the quality that they promise.

use crate::{
    cluster::{Clusters, kept_apart},
    link::Pair,
    register::Register,
};
use serde::Serialize;

/// Precision and recall of joined pairs, as the model's probabilities foresee them.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Quality {
    /// Of the pairs joined, the share that belong together.
    pub precision: f64,
    /// Of the pairs that belong together, the share joined, those counted that blocking never met.
    pub recall: f64,
}

impl Quality {
    /// The harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// The probability from which joining pairs gives the highest expected F1, which is half of that F1 (Lipton, Elkan
/// and Naryanaswamy 2014). `pairs` begin with the most probable.
///
/// Pairs that a rule keeps apart are left out.
pub(crate) fn best(register: &Register, pairs: &[Pair], blocking_recall: f64) -> f64 {
    let wanted = wanted(register, pairs, blocking_recall);
    let (mut hits, mut highest) = (0.0, 0.0_f64);
    for (joined, pair) in pairs.iter().filter(|pair| may_be_one(register, pair)).enumerate() {
        hits += pair.probability();
        highest = highest.max(2.0 * hits / (joined as f64 + 1.0 + wanted));
    }
    (highest / 2.0).clamp(0.05, 0.5)
}

fn may_be_one(register: &Register, pair: &Pair) -> bool {
    kept_apart(&register.people[pair.a as usize], &register.people[pair.b as usize]).is_none()
}

/// How many pairs belong together, those counted that blocking never met.
fn wanted(register: &Register, pairs: &[Pair], blocking_recall: f64) -> f64 {
    let pairs = pairs.iter().filter(|pair| may_be_one(register, pair));
    pairs.map(Pair::probability).sum::<f64>() / blocking_recall.max(0.01)
}

/// The expected quality of clusters.
pub(crate) fn expected(register: &Register, pairs: &[Pair], clusters: &Clusters, blocking_recall: f64) -> Quality {
    let wanted = wanted(register, pairs, blocking_recall);
    let together = pairs.iter().filter(|pair| clusters.of[pair.a as usize] == clusters.of[pair.b as usize]);
    let hits: f64 = together.map(Pair::probability).sum();
    let mut sizes = vec![0_u32; register.len()];
    for &at in &register.order {
        sizes[clusters.of[at as usize] as usize] += 1;
    }
    let joined: f64 = sizes.iter().map(|&n| f64::from(n) * (f64::from(n) - 1.0).max(0.0) / 2.0).sum();
    let share = |of: f64| if of > 0.0 { (hits / of).min(1.0) } else { 1.0 };
    Quality { precision: share(joined), recall: share(wanted) }
}
