//! One new person beside all who are registered, as people come, change and go.

mod chains;
#[cfg(test)]
mod desk_tests;
mod extract;
mod paged;

use crate::{
    compare::Comparer,
    explain::{self, Explanation},
    key::{self, ADDRESS, DAY, DOC, FATHER, FIN, GIVEN, PHONE, PLACE, SEX, STEM, YEAR},
    link::LEAST,
    model::{Model, Priors, logistic},
    names::{Fresh, Lists, Names},
    register::{Person, Shared},
    row::{self, Folding, Row},
    weigh::Weights,
};
use chains::Chains;
use hashbrown::{DefaultHashBuilder, HashMap};
use paged::Paged;
use std::hash::{BuildHasher, Hash};

/// What a person can be found by. No name, date or number is in all, so that no single mistake hides anybody.
const KEYS: [u16; 11] = [
    FIN,
    PHONE,
    DOC,
    ADDRESS,
    DAY | YEAR | GIVEN,
    DAY | YEAR | STEM,
    DAY | YEAR | FATHER | SEX,
    GIVEN | STEM | YEAR,
    GIVEN | STEM | FATHER,
    GIVEN | STEM | DAY,
    GIVEN | FATHER | YEAR | PLACE,
];
/// A key's chain takes no more people than this: what so many share tells little, and every walk stays short.
const LONGEST: u32 = 400;
/// Chains of each person: one for each key, and one for the id.
const NODES: u32 = KEYS.len() as u32 + 1;
const BY_ID: u32 = NODES - 1;
/// The keys that are identifiers, in the order of [`Shared`].
const IDENTIFIERS: [(u16, Shared); 4] =
    [(FIN, Shared::Fin), (PHONE, Shared::Phone), (DOC, Shared::Doc), (ADDRESS, Shared::Address)];

/// An index of everybody who is registered, by the caller's ids. See the [crate](crate#at-the-desk) for an example.
///
/// [`put`](Self::put) and [`remove`](Self::remove) take microseconds and never stop to rebuild; [`find`](Self::find)
/// looks at no more than some thousands of people whatever the size. A person takes about 150 bytes with an id of 16.
/// At most 357 million people.
pub struct Desk<Id> {
    weights: Weights,
    /// How rare one person's pairs and a family's were where the model was learned.
    learned: Priors,
    names: Lists,
    folding: Folding,
    slots: Paged<Slot<Id>>,
    /// Slots of people who were removed.
    free: Vec<u32>,
    chains: Chains,
    /// How many have a key whose chain was full when they came.
    unlinked: HashMap<u64, u32>,
    hasher: DefaultHashBuilder,
}

#[derive(Clone, Copy)]
struct Slot<Id> {
    id: Id,
    person: Person,
}

/// Somebody who may be the person asked about.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Likely<Id> {
    /// The caller's id.
    pub id: Id,
    /// The probability that it is the same person, between 0 and 1.
    pub probability: f64,
    /// The natural logarithm of the odds.
    pub log_odds: f64,
}

impl<Id: Copy + Eq + Hash> Desk<Id> {
    /// An empty desk that weighs by a model. Learn it from an extract of the same people by [`learn`](crate::learn).
    pub fn new(model: Model) -> Self {
        Self {
            learned: model.learned_priors(),
            weights: Weights::new(&model),
            names: Lists::default(),
            folding: Folding::default(),
            slots: Paged::default(),
            free: Vec::new(),
            chains: Chains::default(),
            unlinked: HashMap::new(),
            hasher: DefaultHashBuilder::default(),
        }
    }

    /// How many people are registered.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Whether nobody is registered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Registers a person, or changes what is known of one who is registered under the id.
    pub fn put(&mut self, id: Id, row: &Row<'_>) {
        self.remove(id);
        let person = self.folding.person(row, &mut self.names);
        self.count(&person, true);
        let slot = match self.free.pop() {
            Some(slot) => {
                *self.slots.get_mut(slot) = Slot { id, person };
                slot
            }
            None => {
                self.slots.push(Slot { id, person });
                (self.slots.len() - 1) as u32
            }
        };
        for which in 0..NODES {
            self.link(slot * NODES + which);
        }
        self.scale();
    }

    /// Forgets a person; false where nobody has the id.
    pub fn remove(&mut self, id: Id) -> bool {
        let Some(slot) = self.slot(id) else {
            return false;
        };
        for which in 0..NODES {
            let node = slot * NODES + which;
            if let Some(hash) = hash_of(&self.slots, &self.names, &self.hasher, node)
                && !self.chains.unlink(node, hash)
                && let Some(count) = self.unlinked.get_mut(&hash)
            {
                *count = count.saturating_sub(1);
            }
        }
        let person = self.slots.get(slot).person;
        self.count(&person, false);
        self.free.push(slot);
        self.scale();
        true
    }

    /// Those who may be the person, the likeliest first: at most `most`, and of at least two in a hundred.
    pub fn find(&self, row: &Row<'_>, most: usize) -> Vec<Likely<Id>> {
        let asked = self.ask(row);
        let comparer = self.comparer(&asked);
        let mut found: Vec<Likely<Id>> = asked
            .candidates
            .iter()
            .filter_map(|&slot| {
                let Slot { id, person } = self.slots.get(slot);
                let log_odds = self.weights.log_odds(self.weights.evidence(&comparer.compare(&asked.person, person)));
                (log_odds >= LEAST).then(|| Likely { id: *id, probability: logistic(log_odds), log_odds })
            })
            .collect();
        found.sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds));
        found.truncate(most);
        found
    }

    /// Why somebody registered is the person or not; None where nobody has the id.
    pub fn explain(&self, row: &Row<'_>, id: Id) -> Option<Explanation> {
        let slot = self.slot(id)?;
        let asked = self.ask(row);
        let comparer = self.comparer(&asked);
        Some(explain::pair(&comparer, &self.weights, &asked.person, &self.slots.get(slot).person))
    }

    /// Weighs by another model from now on, such as one learned from [`register`](Self::register).
    pub fn weigh_by(&mut self, model: &Model) {
        self.learned = model.learned_priors();
        self.weights = Weights::new(model);
        self.scale();
    }

    fn comparer<'a>(&'a self, asked: &'a Asked) -> Comparer<'a> {
        let names = Names { lists: &self.names, fresh: Some(&asked.fresh) };
        Comparer::new(names, self.len() + 1, |which, _| asked.holders[which as usize])
    }

    /// Folds a row without keeping it, and gathers whom to compare it with.
    fn ask(&self, row: &Row<'_>) -> Asked {
        let mut fresh = Fresh::default();
        let person = row::asked(row, &mut |list, key| fresh.number(&self.names, list, key));
        let names = Names { lists: &self.names, fresh: Some(&fresh) };
        let (mut candidates, mut holders) = (Vec::new(), [1; 4]);
        for (which, &parts) in (0..).zip(&KEYS) {
            let Some(hash) = key::hash(names, parts, &person) else {
                continue;
            };
            let from = candidates.len();
            let nodes = self.chains.walk(hash).filter(|node| node % NODES == which);
            candidates.extend(nodes.map(|node| node / NODES));
            if let Some(&(_, shared)) = IDENTIFIERS.iter().find(|(identifier, _)| *identifier == parts) {
                let same = |slot: &&u32| self.slots.get(**slot).person.shared(shared) == person.shared(shared);
                holders[shared as usize] += candidates[from..].iter().filter(same).count() as u32;
                holders[shared as usize] += self.unlinked.get(&hash).copied().unwrap_or(0);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        Asked { person, fresh, candidates, holders }
    }

    fn slot(&self, id: Id) -> Option<u32> {
        let nodes = self.chains.walk(self.hasher.hash_one(id)).filter(|node| node % NODES == BY_ID);
        nodes.map(|node| node / NODES).find(|&slot| self.slots.get(slot).id == id)
    }

    fn link(&mut self, node: u32) {
        let hash = |node| hash_of(&self.slots, &self.names, &self.hasher, node);
        let Some(own) = hash(node) else {
            return;
        };
        let longest = if node % NODES == BY_ID { u32::MAX } else { LONGEST };
        if !self.chains.link(node, own, longest, |other| hash(other).unwrap_or_default()) {
            *self.unlinked.entry(own).or_default() += 1;
        }
    }

    /// Counts a person in, or out, of the holders of each name and date.
    fn count(&mut self, person: &Person, comes: bool) {
        let lists = &mut self.names;
        let words = [
            (&mut lists.given, person.given),
            (&mut lists.stems, person.stem),
            (&mut lists.fathers, person.father),
            (&mut lists.places, person.place),
        ];
        for (words, number) in words {
            if comes { words.add(number) } else { words.take(number) }
        }
        let day = person.born.0 as usize;
        if lists.born.len() <= day {
            lists.born.resize(day + 1, 0);
        }
        lists.born[day] = if comes { lists.born[day] + 1 } else { lists.born[day].saturating_sub(1) };
    }

    /// The more people, the rarer is any one of them the person asked about.
    fn scale(&mut self) {
        let (prior, family) = self.learned.priors(self.len() as u64);
        self.weights.set_priors(prior, family);
    }
}

/// What a person can be found by, as numbers: [`Desk::find`] finds only people who share one with the person asked about.
///
/// The same on every machine, so that two programs that register people at once can agree by them to take turns.
pub fn keys(row: &Row<'_>) -> Vec<u64> {
    let (lists, mut fresh) = (Lists::default(), Fresh::default());
    let person = row::asked(row, &mut |list, key| fresh.number(&lists, list, key));
    let names = Names { lists: &lists, fresh: Some(&fresh) };
    let mut keys: Vec<u64> = KEYS.iter().filter_map(|&parts| key::hash(names, parts, &person)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A person who is asked about, and whom to compare with.
struct Asked {
    person: Person,
    fresh: Fresh,
    candidates: Vec<u32>,
    /// How many hold each identifier of the person, the person counted.
    holders: [u32; 4],
}

/// The hash of a node: of a person's key or id. None where a part of the key is missing.
fn hash_of<Id: Copy + Hash>(slots: &Paged<Slot<Id>>, names: &Lists, hasher: &DefaultHashBuilder, node: u32) -> Option<u64> {
    let Slot { id, person } = slots.get(node / NODES);
    match KEYS.get((node % NODES) as usize) {
        Some(&parts) => key::hash(Names::of(names), parts, person),
        None => Some(hasher.hash_one(id)),
    }
}
