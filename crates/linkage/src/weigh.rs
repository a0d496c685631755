//! The weights of a model, ready to add up.

use crate::{
    compare::Agreement,
    field::{FIELDS, Field, Levels},
    model::{Model, Table, add, logistic},
};

/// ln-likelihoods of a pair's agreement, relative to strangers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Evidence {
    pub same: f64,
    pub family: f64,
}

/// The logarithms of a model.
pub(crate) struct Weights {
    same: Table,
    family: Table,
    rarity: Table,
    /// For each field, full agreement: the more telling of one person's and a family's.
    full: [f64; FIELDS],
    /// For each field, the most that a level below full agreement can say, with and without the rarity of the value.
    inexact: [(f64, f64); FIELDS],
    priors: Priors,
}

/// ln of the shares of all pairs.
#[derive(Clone, Copy)]
struct Priors {
    same: f64,
    family: f64,
    strangers: f64,
    not_family: f64,
}

impl Priors {
    fn new(same: f64, family: f64) -> Self {
        Self { same: same.ln(), family: family.ln(), strangers: (1.0 - same - family).ln(), not_family: (1.0 - family).ln() }
    }
}

impl Weights {
    pub fn new(model: &Model) -> Self {
        let ratio = |table: &Table| -> Table {
            std::array::from_fn(|f| {
                std::array::from_fn(|l| if table[f][l] > 0.0 { (table[f][l] / model.strangers[f][l]).ln() } else { 0.0 })
            })
        };
        let same = ratio(&model.same);
        let inexact = std::array::from_fn(|field| {
            let levels = 2..=Field::ALL[field].levels().len();
            let most = |of: &dyn Fn(usize) -> f64| levels.clone().map(of).fold(f64::NEG_INFINITY, f64::max);
            (most(&|level| same[field][level] - model.rarity[field][level]), most(&|level| same[field][level]))
        });
        let family = ratio(&model.family);
        let full = std::array::from_fn(|field| {
            if Field::ALL[field].is_family() { same[field][1].max(family[field][1]) } else { same[field][1] }
        });
        let priors = Priors::new(model.prior, model.family_prior);
        Self { same, family, rarity: model.rarity, full, inexact, priors }
    }

    /// The same weights where pairs are rarer, or less rare.
    pub fn set_priors(&mut self, same: f64, family: f64) {
        self.priors = Priors::new(same, family);
    }

    /// ln of the odds before anything is compared.
    pub fn prior(&self) -> f64 {
        self.priors.same
    }

    /// The contribution of one field: ln of how much likelier this agreement is for one person than for strangers.
    ///
    /// Full agreement never speaks against one person, neither beside strangers nor beside a family: so a value that is
    /// lost never raises a score.
    pub fn weight(&self, field: usize, agreement: &Agreement) -> f64 {
        self.of_level(field, agreement.levels[field], self.rare(field, agreement))
    }

    /// The contribution of a level, told by so much more than that of a value of usual rarity.
    fn of_level(&self, field: usize, level: u8, rare: f64) -> f64 {
        match usize::from(level) {
            0 => 0.0,
            1 => (self.full[field] + rare).max(0.0),
            level => self.same[field][level] + rare,
        }
    }

    fn family_weight(&self, field: usize, agreement: &Agreement) -> f64 {
        let level = usize::from(agreement.levels[field]);
        if level == 0 || !Field::ALL[field].is_family() {
            return 0.0;
        }
        self.family[field][level] + self.rare(field, agreement)
    }

    /// How much more (or less) than on average it tells that just this value agrees.
    fn rare(&self, field: usize, agreement: &Agreement) -> f64 {
        if agreement.holders[field] == 0 {
            return 0.0;
        }
        f64::from(agreement.rarity[field]) - self.rarity[field][usize::from(agreement.levels[field])]
    }

    /// The most that a name which is not the same can say, of such a rarity.
    pub fn most_of_inexact(&self, field: usize, rarity: f32) -> f64 {
        let (with_rarity, without) = self.inexact[field];
        (with_rarity + f64::from(rarity)).max(without)
    }

    /// ln of how much likelier an agreement is for one person than for strangers.
    pub fn same(&self, agreement: &Agreement) -> f64 {
        let sum: f64 = (0..FIELDS).map(|field| self.weight(field, agreement)).sum();
        sum - self.implied(agreement).map_or(0.0, |implied| self.weight(implied, agreement))
    }

    /// The same address is in the same place as a matter of course: of the two, the field that says less.
    pub fn implied(&self, agreement: &Agreement) -> Option<usize> {
        let (place, address) = (Field::Place as usize, Field::Address as usize);
        let both = agreement.levels[place] == 1 && agreement.levels[address] == 1;
        both.then(|| if self.weight(address, agreement) < self.weight(place, agreement) { address } else { place })
    }

    pub fn evidence(&self, agreement: &Agreement) -> Evidence {
        let mut found = Evidence { same: 0.0, family: 0.0 };
        let implied = self.implied(agreement);
        for field in (0..FIELDS).filter(|&field| agreement.levels[field] > 0 && Some(field) != implied) {
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
    pub fn log_odds(&self, evidence: Evidence) -> f64 {
        self.priors.same + evidence.same - add(self.priors.family + evidence.family, self.priors.strangers)
    }

    /// The same without the prior: above 0, the agreement speaks for one person.
    pub fn evidence_odds(&self, evidence: Evidence) -> f64 {
        // In a candidate pair, a family is as likely as its share among all that are not one person.
        evidence.same - add(self.priors.family + evidence.family, self.priors.not_family)
    }

    /// The probability that a pair is the same person.
    pub fn probability(&self, agreement: &Agreement) -> f64 {
        logistic(self.log_odds(self.evidence(agreement)))
    }
}

/// What one level of a field says.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LevelWeight {
    /// The field.
    pub field: Field,
    /// The level, from 1; its words are [`Field::levels`]`[level - 1]`.
    pub level: u8,
    /// How often two records of one person agree so far, where both have the field: a share.
    pub same: f64,
    /// How often members of one family do; None where a family shares no more of the field than strangers.
    pub family: Option<f64>,
    /// How often strangers do.
    pub strangers: f64,
    /// ln of how much likelier it is for one person than for strangers, for a value of usual rarity. Full agreement takes
    /// the greater of one person's and a family's share, and never speaks against one person.
    pub weight: f64,
}

impl Model {
    /// What each level of each field says, in the order of the fields, the strongest agreement first.
    pub fn weights(&self) -> Vec<LevelWeight> {
        let weights = Weights::new(self);
        let levels = Field::ALL.iter().flat_map(|&field| (1..=field.levels().len() as u8).map(move |level| (field, level)));
        let weight = |(field, level): (Field, u8)| {
            let (row, at) = (field as usize, usize::from(level));
            let family = field.is_family().then_some(self.family[row][at]);
            let (same, strangers) = (self.same[row][at], self.strangers[row][at]);
            LevelWeight { field, level, same, family, strangers, weight: weights.of_level(row, level, 0.0) }
        };
        levels.map(weight).collect()
    }
}

/// Levels in four bits each, and the rarity of what agrees in steps: what one pair is to the learning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Pattern(pub u64);

/// Steps of ln in which rarity is kept.
const STEP: f64 = 0.5;

impl Pattern {
    /// The pattern of an agreement under weights whose rarities are known.
    pub fn new(weights: &Weights, agreement: &Agreement) -> Self {
        let (mut own, mut family, mut bits) = (0.0, 0.0, 0);
        let implied = weights.implied(agreement);
        for field in (0..FIELDS).filter(|&field| Some(field) != implied) {
            let level = agreement.levels[field];
            bits |= u64::from(level) << (4 * field);
            let rare = weights.rare(field, agreement);
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
