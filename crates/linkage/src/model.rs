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

/// ln-likelihoods of a pair's agreement, relative to strangers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Evidence {
    pub same: f64,
    pub family: f64,
}

impl Model {
    pub(crate) fn learned_priors(&self) -> Priors {
        Priors { same: self.prior, family: self.family_prior, records: self.records }
    }

    /// The model for a register of another size.
    pub(crate) fn among(mut self, records: u64) -> Self {
        (self.prior, self.family_prior) = self.learned_priors().priors(records);
        self.records = records;
        self
    }

    /// The contribution of one field: ln of how much likelier this agreement is for one person than for strangers.
    ///
    /// Full agreement never speaks against one person, neither beside strangers nor beside a family: so a value that is
    /// lost never raises a score.
    pub(crate) fn weight(&self, field: usize, agreement: &Agreement) -> f64 {
        let same = self.part(&self.same, field, agreement);
        if agreement.levels[field] == 1 { same.max(self.family_weight(field, agreement)).max(0.0) } else { same }
    }

    fn family_weight(&self, field: usize, agreement: &Agreement) -> f64 {
        if Field::ALL[field].is_family() { self.part(&self.family, field, agreement) } else { 0.0 }
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

    /// The same address is in the same place as a matter of course: of the two, the field that says less.
    pub(crate) fn implied(&self, agreement: &Agreement) -> Option<usize> {
        let (place, address) = (Field::Place as usize, Field::Address as usize);
        let both = agreement.levels[place] == 1 && agreement.levels[address] == 1;
        both.then(|| if self.weight(address, agreement) < self.weight(place, agreement) { address } else { place })
    }

    pub(crate) fn evidence(&self, agreement: &Agreement) -> Evidence {
        let mut found = Evidence { same: 0.0, family: 0.0 };
        let implied = self.implied(agreement);
        for field in (0..FIELDS).filter(|&field| Some(field) != implied) {
            found.same += self.weight(field, agreement);
            found.family += self.family_weight(field, agreement);
        }
        if let Some(implied) = implied {
            // What the field left out tells of one person beside a family is not lost with it.
            let kept = Field::Place as usize + Field::Address as usize - implied;
            let telling = |field| self.weight(field, agreement) - self.family_weight(field, agreement);
            found.family -= (telling(implied) - telling(kept)).max(0.0);
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

/// How often dates of birth far apart are one person's after all, where a verified FİN binds them. Not learned, since
/// without one such pairs are namesakes by the rules of clustering.
pub(crate) const FAR_APART_SAME: f64 = 0.001;

/// What a clerk's second writing looks like before anything is learned: the weight of a few pairs in every field.
pub(crate) const USUAL_SAME: [&[f64]; FIELDS] = [
    &[0.90, 0.08, 0.02],
    &[0.80, 0.10, 0.04, 0.02, 0.01, 0.03],
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

/// Levels in four bits each, and the rarity of what agrees in steps: what one pair is to the learning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Pattern(pub u64);

/// Steps of ln in which rarity is kept.
const STEP: f64 = 0.5;

impl Pattern {
    /// The pattern of an agreement under a model whose rarities are known.
    pub fn new(model: &Model, agreement: &Agreement) -> Self {
        let (mut own, mut family, mut bits) = (0.0, 0.0, 0);
        let implied = model.implied(agreement);
        for field in (0..FIELDS).filter(|&field| Some(field) != implied) {
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
