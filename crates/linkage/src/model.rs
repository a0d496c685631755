//! The weights of Fellegi and Sunter (1969) with three kinds of pairs: the same person, two people of one family,
//! and strangers. Learned from the register itself, without labels.

use crate::compare::{Agreement, FIELDS, Field, LEVELS, Levels};
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
    /// Whether a field takes part; one that is nowhere given or never differs does not.
    pub rounds: u32,
}

/// ln-likelihoods of a pair's agreement, relative to strangers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Evidence {
    pub same: f64,
    pub family: f64,
}

impl Model {
    /// The contribution of one field: ln of how much likelier this agreement is for one person than for strangers.
    pub(crate) fn weight(&self, field: usize, agreement: &Agreement) -> f64 {
        self.part(&self.same, field, agreement)
    }

    fn part(&self, table: &Table, field: usize, agreement: &Agreement) -> f64 {
        let level = agreement.levels[field] as usize;
        if level == 0 {
            return 0.0;
        }
        let base = (table[field][level] / self.strangers[field][level]).ln();
        base + self.rare(field, level, agreement.share[field])
    }

    /// How much more (or less) than on average it tells that just this value agrees.
    fn rare(&self, field: usize, level: usize, share: f32) -> f64 {
        if share > 0.0 { -f64::from(share).ln() - self.rarity[field][level] } else { 0.0 }
    }

    pub(crate) fn evidence(&self, agreement: &Agreement) -> Evidence {
        let mut found = Evidence { same: 0.0, family: 0.0 };
        for field in 0..FIELDS {
            found.same += self.part(&self.same, field, agreement);
            if Field::ALL[field].is_family() {
                found.family += self.part(&self.family, field, agreement);
            }
        }
        found
    }

    /// ln-odds that a pair is the same person rather than a family or strangers.
    pub(crate) fn log_odds(&self, evidence: Evidence) -> f64 {
        let same = self.prior.ln() + evidence.same;
        same - add(self.family_prior.ln() + evidence.family, (1.0 - self.prior - self.family_prior).ln())
    }

    /// The same without the prior: above 0, the agreement speaks for one person.
    pub(crate) fn evidence_odds(&self, evidence: Evidence) -> f64 {
        // In a candidate pair, a family is as likely as its share among all that are not one person.
        evidence.same - add(self.family_prior.ln() + evidence.family, (1.0 - self.family_prior).ln())
    }

    /// The probability that a pair is the same person.
    pub(crate) fn probability(&self, agreement: &Agreement) -> f64 {
        logistic(self.log_odds(self.evidence(agreement)))
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

/// What a clerk's second writing looks like before anything is learned: the weight of a few pairs in every field.
pub(crate) const USUAL_SAME: [&[f64]; FIELDS] = [
    &[0.90, 0.08, 0.02],
    &[0.80, 0.10, 0.04, 0.02, 0.01, 0.03],
    &[0.80, 0.04, 0.09, 0.03, 0.01, 0.01, 0.02],
    &[0.74, 0.04, 0.09, 0.03, 0.01, 0.01, 0.08],
    &[0.80, 0.10, 0.04, 0.02, 0.01, 0.03],
    &[0.84, 0.03, 0.06, 0.02, 0.01, 0.01, 0.01, 0.02],
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
    &[0.06, 0.004, 0.03, 0.004, 0.02, 0.004, 0.05, 0.828],
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

/// Levels in four bits each, and the rarity of what agrees in steps: what one pair is to the learning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Pattern(pub u64);

/// Steps of ln in which rarity is kept.
const STEP: f64 = 0.5;

impl Pattern {
    /// The pattern of an agreement under a model whose rarities are known.
    pub fn new(model: &Model, agreement: &Agreement) -> Self {
        let (mut own, mut family, mut bits) = (0.0, 0.0, 0);
        for field in 0..FIELDS {
            let level = agreement.levels[field];
            bits |= u64::from(level) << (4 * field);
            let rare = model.rare(field, level as usize, agreement.share[field]);
            *(if Field::ALL[field].is_family() { &mut family } else { &mut own }) += rare;
        }
        let step = |rare: f64| ((rare / STEP).round().clamp(-120.0, 120.0) as i64 + 128) as u64;
        Self(bits | step(own) << 44 | step(family) << 52)
    }

    pub fn levels(self) -> Levels {
        std::array::from_fn(|field| (self.0 >> (4 * field) & 15) as u8)
    }

    /// Rarity of each person's own fields, and of those of families.
    pub fn rarity(self) -> (f64, f64) {
        let rare = |shift: u32| ((self.0 >> shift & 255) as f64 - 128.0) * STEP;
        (rare(44), rare(52))
    }
}
