//! The weights of Fellegi and Sunter (1969) with three kinds of pairs: the same person, two people of one family,
//! and strangers. Learned from the register itself, without labels.

use crate::field::{FIELDS, LEVELS};
use serde::{Deserialize, Serialize};

/// The probabilities of the levels of each field, from level 1; level 0 (missing) has none and is neutral.
pub type Table = [[f64; LEVELS]; FIELDS];

/// A learned model. Probabilities of levels are given that both values are there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Model {
    /// Levels of pairs that are the same person.
    pub same: Table,
    /// Levels of pairs of one family.
    pub family: Table,
    /// Levels of strangers.
    pub strangers: Table,
    /// For each level that agrees on a value: ln of the mean of one over the value's share, among strangers.
    pub rarity: Table,
    /// The share of all pairs that are the same person.
    pub prior: f64,
    /// The share of all pairs that are of one family.
    pub family_prior: f64,
    /// How many different records it was learned from.
    pub records: u64,
    /// Rounds of learning that it took.
    pub rounds: u32,
}

/// The priors of a model, by how many records.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Priors {
    same: f64,
    family: f64,
    records: u64,
}

impl Priors {
    /// The priors among so many records: a person has about as many other records, so the more there are, the rarer is
    /// a pair of them.
    pub fn priors(self, records: u64) -> (f64, f64) {
        let ratio = self.records.max(1) as f64 / records.max(1) as f64;
        ((self.same * ratio).min(0.1), (self.family * ratio).min(0.1))
    }
}

impl Model {
    /// What is usual of people and their namesakes, for a register too small to learn from.
    pub fn usual() -> Self {
        Self {
            same: table(USUAL_SAME),
            family: table(USUAL_FAMILY),
            strangers: table(USUAL_STRANGERS),
            rarity: table(USUAL_RARITY),
            prior: 5e-5,
            family_prior: 1e-4,
            records: 1_000,
            rounds: 0,
        }
    }

    pub(crate) fn learned_priors(&self) -> Priors {
        Priors { same: self.prior, family: self.family_prior, records: self.records }
    }

    /// The model for a register of another size.
    pub(crate) fn among(mut self, records: u64) -> Self {
        (self.prior, self.family_prior) = self.learned_priors().priors(records);
        self.records = records;
        self
    }
}

/// ln(eᵃ + eᵇ).
pub(crate) fn add(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    large + (small - large).exp().ln_1p()
}

pub(crate) fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// How often dates of birth far apart are one person's after all, where a verified FİN binds them. Not learned, since
/// without one such pairs are namesakes by the rules of clustering.
pub(crate) const FAR_APART_SAME: f64 = 0.001;

/// What a clerk's second writing looks like before anything is learned: the weight of a few pairs in every field.
pub(crate) const USUAL_SAME: [&[f64]; FIELDS] = [
    &[0.90, 0.08, 0.02],
    &[0.825, 0.10, 0.04, 0.02, 0.01, 0.005],
    &[0.80, 0.04, 0.09, 0.03, 0.01, 0.01, 0.02],
    &[0.74, 0.04, 0.09, 0.03, 0.01, 0.01, 0.08],
    &[0.80, 0.10, 0.04, 0.02, 0.01, 0.03],
    &[0.84, 0.03, 0.06, 0.02, 0.01, 0.01, 0.01, 0.019, FAR_APART_SAME],
    &[0.65, 0.03, 0.32],
    &[0.85, 0.15],
    &[0.985, 0.015],
    &[0.88, 0.12],
    &[0.75, 0.25],
];

/// A family's usual levels; fields that are each person's own are not in it.
pub(crate) const USUAL_FAMILY: [&[f64]; FIELDS] = [
    &[],
    &[],
    &[0.72, 0.02, 0.06, 0.03, 0.01, 0.01, 0.15],
    &[0.62, 0.02, 0.06, 0.03, 0.01, 0.01, 0.25],
    &[0.60, 0.07, 0.03, 0.01, 0.01, 0.28],
    &[0.06, 0.004, 0.03, 0.004, 0.02, 0.004, 0.05, 0.128, 0.70],
    &[0.45, 0.01, 0.54],
    &[],
    &[],
    &[0.92, 0.08],
    &[0.80, 0.20],
];

/// A table from lists of levels.
pub(crate) fn table(lists: [&[f64]; FIELDS]) -> Table {
    let mut table = [[0.0; LEVELS]; FIELDS];
    for (row, list) in table.iter_mut().zip(lists) {
        row[1..=list.len()].copy_from_slice(list);
    }
    table
}

/// What strangers look like in a register of some thousands.
pub(crate) const USUAL_STRANGERS: [&[f64]; FIELDS] = [
    &[1e-5, 1e-5, 0.99998],
    &[0.010, 0.004, 0.007, 0.0003, 0.0001, 0.9786],
    &[0.015, 0.020, 0.004, 0.015, 0.001, 0.0001, 0.9449],
    &[0.015, 0.020, 0.004, 0.012, 0.001, 0.0001, 0.9479],
    &[0.015, 0.004, 0.010, 0.0006, 0.0001, 0.9703],
    &[9e-5, 2e-5, 0.0016, 0.0002, 0.0013, 0.002, 0.018, 0.078, 0.89879],
    &[1e-5, 1e-5, 0.99998],
    &[1e-5, 0.99999],
    &[0.5, 0.5],
    &[0.07, 0.93],
    &[3e-5, 0.99997],
];

/// The rarity that goes with it: for exact agreement ln of one over its share, but for surnames, whose endings count too.
pub(crate) const USUAL_RARITY: [&[f64]; FIELDS] = [
    &[11.5, 11.5, 11.5],
    &[4.6, 4.6, 4.6, 4.6, 4.6, 4.6],
    &[3.3, 3.3, 3.6, 3.0, 2.8, 4.1, 4.1],
    &[3.3, 3.3, 3.6, 3.0, 2.8, 4.1, 4.1],
    &[4.2, 4.2, 3.5, 3.3, 4.1, 4.1],
    &[9.3, 9.3, 9.3, 9.3, 9.3, 9.3, 9.3, 9.3, 9.3],
    &[11.5, 11.5, 11.5],
    &[11.5, 11.5],
    &[0.7, 0.7],
    &[2.7, 2.7],
    &[10.4, 10.4],
];
