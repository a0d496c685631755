//! Pairs become people. The likeliest pairs are joined first, and a join that would put strangers together is cut.

use crate::{
    compare::Comparer,
    field::FAR_APART,
    link::Pair,
    model::Model,
    register::{Person, Register},
    weigh::Weights,
};
use hashbrown::HashMap;
use serde::Serialize;

/// Who is one person.
#[derive(Debug, Default)]
pub struct Clusters {
    /// For each record, the first record of its cluster.
    pub of: Vec<u32>,
    /// Pairs that were probable enough and yet not joined.
    pub cuts: Vec<Cut>,
}

/// A pair that was kept apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cut {
    /// One record.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Why.
    pub rule: Rule,
}

/// Rules that keep records apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The cluster would hold two different verified FİNs.
    TwoVerifiedFins,
    /// The cluster would hold two dates of birth far apart, and no verified FİN binds them.
    BirthDatesFarApart,
    /// Other records of the two clusters speak against this link more than it speaks for itself.
    WeakLink,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 3] = [Self::TwoVerifiedFins, Self::BirthDatesFarApart, Self::WeakLink];

    /// The code of the rule: the key under which a catalogue has its words.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TwoVerifiedFins => "two-verified-fins",
            Self::BirthDatesFarApart => "birth-dates-far-apart",
            Self::WeakLink => "weak-link",
        }
    }

    /// The rule in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::TwoVerifiedFins => "two different verified FİNs",
            Self::BirthDatesFarApart => "birth dates far apart",
            Self::WeakLink => "a weak link that other records contradict",
        }
    }
}

/// The most that one pair can say for or against joining two clusters, in ln-odds.
const MOST_SAID: f64 = 8.0;
/// In large clusters so many members of each are asked.
const ASKED: usize = 12;

/// Joins pairs from `threshold` on, the likeliest first.
pub(crate) fn cluster(register: &Register, model: &Model, pairs: &[Pair], threshold: f64) -> Clusters {
    let mut joining = Joining::new(register, model, pairs, threshold);
    let mut cuts = Vec::new();
    for pair in pairs.iter().take_while(|pair| pair.probability() >= threshold) {
        if let Err(rule) = joining.join(pair) {
            cuts.push(Cut { a: pair.a, b: pair.b, rule });
        }
    }
    join_copies(register, &mut joining, threshold);
    Clusters { of: joining.firsts(), cuts }
}

/// A copy of a row joins it if the row says enough for its like to be the same person.
fn join_copies(register: &Register, joining: &mut Joining<'_>, threshold: f64) {
    for &(copy, first) in &register.copies {
        let person = &register.people[first as usize];
        if joining.weights.probability(&joining.comparer.compare(person, person)) >= threshold {
            let root = joining.find(first);
            joining.parent[copy as usize] = root;
        }
    }
}

struct Joining<'a> {
    register: &'a Register,
    weights: Weights,
    comparer: Comparer<'a>,
    parent: Vec<u32>,
    members: HashMap<u32, Vec<u32>>,
    odds: HashMap<(u32, u32), f32>,
    least: f64,
}

impl<'a> Joining<'a> {
    fn new(register: &'a Register, model: &'a Model, pairs: &[Pair], threshold: f64) -> Self {
        let odds = pairs.iter().map(|pair| ((pair.a, pair.b), pair.log_odds)).collect();
        Self {
            register,
            weights: Weights::new(model),
            comparer: Comparer::of(register),
            parent: (0..register.len() as u32).collect(),
            members: HashMap::new(),
            odds,
            least: (threshold / (1.0 - threshold).max(1e-9)).max(1e-9).ln(),
        }
    }

    fn find(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let above = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = above;
            at = above;
        }
        at
    }

    fn join(&mut self, pair: &Pair) -> Result<(), Rule> {
        let (a, b) = (self.find(pair.a), self.find(pair.b));
        if a == b {
            return Ok(());
        }
        let left = self.members.get(&a).cloned().unwrap_or_else(|| vec![a]);
        let right = self.members.get(&b).cloned().unwrap_or_else(|| vec![b]);
        self.may_join(&left, &right)?;
        let (root, child) = (a.min(b), a.max(b));
        self.parent[child as usize] = root;
        self.members.remove(&child);
        self.members.insert(root, left.into_iter().chain(right).collect());
        Ok(())
    }

    fn may_join(&self, left: &[u32], right: &[u32]) -> Result<(), Rule> {
        let person = |at: u32| &self.register.people[at as usize];
        let verified = |side: &[u32]| side.iter().map(|&at| person(at)).find(|p| p.fin_verified && p.fin > 0).map(|p| p.fin);
        let (fin_left, fin_right) = (verified(left), verified(right));
        match (fin_left, fin_right) {
            (Some(x), Some(y)) if x != y => return Err(Rule::TwoVerifiedFins),
            (Some(_), Some(_)) => return Ok(()),
            _ => {}
        }
        let crossed = || left.iter().flat_map(|&a| right.iter().map(move |&b| (a, b)));
        if crossed().any(|(a, b)| are_far_apart(person(a), person(b))) {
            return Err(Rule::BirthDatesFarApart);
        }
        if left.len() == 1 && right.len() == 1 {
            return Ok(());
        }
        let asked = left.iter().take(ASKED).flat_map(|&a| right.iter().take(ASKED).map(move |&b| (a, b)));
        let said: f64 = asked.map(|(a, b)| self.says(a, b)).sum();
        if said > 0.0 { Ok(()) } else { Err(Rule::WeakLink) }
    }

    /// What one pair across two clusters says for joining them. A pair that was no candidate speaks only against, and
    /// only by what it disagrees on: missing values contradict nothing.
    fn says(&self, a: u32, b: u32) -> f64 {
        if let Some(&odds) = self.odds.get(&(a.min(b), a.max(b)))
            && f64::from(odds) >= self.least
        {
            return (f64::from(odds) - self.least).min(MOST_SAID);
        }
        let (a, b) = (&self.register.people[a as usize], &self.register.people[b as usize]);
        let evidence = self.weights.evidence(&self.comparer.compare(a, b));
        self.weights.evidence_odds(evidence).clamp(-MOST_SAID, 0.0)
    }

    /// For each record, the first record of its cluster in the file.
    fn firsts(&mut self) -> Vec<u32> {
        let roots: Vec<u32> = (0..self.parent.len() as u32).map(|at| self.find(at)).collect();
        let mut first = vec![u32::MAX; roots.len()];
        for (&root, at) in roots.iter().zip(0..) {
            first[root as usize] = first[root as usize].min(at);
        }
        roots.iter().map(|&root| first[root as usize]).collect()
    }
}

/// Whether two dates of birth are too far apart for one person, and no usual slip explains it. Two equal FİNs of which
/// one is verified bind them all the same.
pub(crate) fn are_far_apart(a: &Person, b: &Person) -> bool {
    if a.born.is_missing() || b.born.is_missing() || (a.fin == b.fin && a.fin > 0 && (a.fin_verified || b.fin_verified)) {
        return false;
    }
    crate::slips::born(a.born, b.born) == FAR_APART
}

/// The rule that keeps two records apart whatever else they say.
pub(crate) fn kept_apart(a: &Person, b: &Person) -> Option<Rule> {
    if a.fin_verified && b.fin_verified && a.fin > 0 && b.fin > 0 && a.fin != b.fin {
        return Some(Rule::TwoVerifiedFins);
    }
    are_far_apart(a, b).then_some(Rule::BirthDatesFarApart)
}
