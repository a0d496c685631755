//! Which pairs are compared at all: those that agree on one of several keys. A key that puts too many records into
//! one block is refined there by every further part in turn, so that a pair is lost only if it agrees on nothing more.

use crate::{
    key::{self, ADDRESS, DAY, DOC, FATHER, FIN, GIVEN, PARTS, PHONE, PLACE, SEX, STEM, YEAR},
    names::Names,
    register::{Person, Register, sort},
};
use hashbrown::HashSet;
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// The keys. Each name, the date, and every identifier is absent from several, so that no single mistake hides a pair.
pub(crate) const KEYS: [(u16, &str); 14] = [
    (FIN, "FİN"),
    (DOC, "document"),
    (PHONE | GIVEN, "phone, given name"),
    (PHONE | YEAR, "phone, year"),
    (DAY | YEAR | GIVEN, "birth date, given name"),
    (DAY | YEAR | STEM, "birth date, surname"),
    (DAY | YEAR | FATHER | SEX, "birth date, father, sex"),
    (DAY | YEAR | PLACE | SEX, "birth date, place, sex"),
    (ADDRESS | GIVEN, "address, given name"),
    (ADDRESS | YEAR, "address, year"),
    (GIVEN | STEM | YEAR, "given name, surname, year"),
    (GIVEN | STEM | FATHER, "given name, surname, father"),
    (GIVEN | STEM | DAY, "given name, surname, day and month"),
    (GIVEN | FATHER | YEAR | PLACE, "given name, father, year, place"),
];

/// The largest block in which every pair is compared.
const MOST: usize = 8;
/// In a block that no part refines, each record is compared with so many that stand next to it.
const NEIGHBOURS: usize = 2;

/// Finds candidate pairs of a register.
pub(crate) struct Blocker<'a> {
    register: &'a Register,
    /// Each hash of a key is looked at if it is divisible by this: 1 for all pairs.
    every: u64,
    /// Pairs of blocks that were too large which no finer block holds, and which were not compared: at least so many.
    passed_over: AtomicU64,
}

/// An earlier way to the same pair: a key, and those of its blocks that were refined instead of compared whole.
struct Earlier {
    parts: u16,
    refined: HashSet<u64>,
}

impl<'a> Blocker<'a> {
    /// All candidate pairs, or a sample of one block in `every`, drawn by content.
    pub fn new(register: &'a Register, every: u64) -> Self {
        Self { register, every: every.max(1), passed_over: AtomicU64::new(0) }
    }

    /// Pairs that agree on a key and were not compared by it, since its block was too large: at least so many.
    pub fn passed_over(&self) -> u64 {
        self.passed_over.load(Ordering::Relaxed)
    }

    /// Calls `visit` once for every pair and gathers what the visits left in each worker's own value.
    pub fn pairs<T: Send>(
        &self,
        start: impl Fn() -> T + Sync,
        visit: impl Fn(&mut T, u32, u32) + Sync,
        on_key: impl Fn(usize),
    ) -> Vec<T> {
        let mut earlier: Vec<Earlier> = Vec::with_capacity(KEYS.len());
        let mut gathered = Vec::new();
        for (at, &(parts, _)) in KEYS.iter().enumerate() {
            on_key(at);
            let entries = self.entries(parts, self.register.rows.par_iter().copied());
            let blocks = blocks(&entries);
            let refined = too_large(&blocks).map(|(from, _)| entries[from as usize].0).collect();
            let found: Vec<T> = runs(&blocks)
                .into_par_iter()
                .map(|run| {
                    let mut own = start();
                    for &(from, to) in run {
                        let block = &entries[from as usize..to as usize];
                        self.block(block, (parts, 0), &earlier, &mut Vec::new(), &mut |a, b| visit(&mut own, a, b));
                    }
                    own
                })
                .collect();
            gathered.extend(found);
            earlier.push(Earlier { parts, refined });
        }
        gathered
    }

    /// The keys of a pair, one bit each in the order of [`KEYS`].
    pub fn keys_of(&self, a: &Person, b: &Person) -> u16 {
        let agree = self.agreement(a, b);
        KEYS.iter().enumerate().map(|(at, &(parts, _))| u16::from(agree & parts == parts) << at).sum()
    }

    /// Records with their hashes of a key, equal hashes together. Records that lack a part of the key are left out.
    fn entries(&self, parts: u16, records: impl ParallelIterator<Item = u32>) -> Vec<(u64, u32)> {
        let hashed = records.filter_map(|at| {
            let hash = self.hash(parts, &self.register.people[at as usize])?;
            (self.every == 1 || hash % self.every == 0).then_some((hash, at))
        });
        let mut entries: Vec<(u64, u32)> = hashed.collect();
        sort(&mut entries);
        entries
    }

    /// The pairs of one block, or of its refinements if it is too large.
    fn block(
        &self,
        block: &[(u64, u32)],
        (parts, after): (u16, u16),
        earlier: &[Earlier],
        siblings: &mut Vec<Earlier>,
        visit: &mut dyn FnMut(u32, u32),
    ) {
        if block.len() > MOST {
            self.refine(block, (parts, after), earlier, siblings, visit);
            return;
        }
        for (at, &(_, left)) in block.iter().enumerate() {
            for &(_, right) in &block[at + 1..] {
                self.offer(left, right, earlier, siblings, visit);
            }
        }
    }

    /// Parts a block by every part that its key lacks, in turn. What nothing parts is compared with its neighbours.
    ///
    /// Within a part's blocks only the parts after it refine further: a pair that agrees on an earlier one as well
    /// was met there.
    fn refine(
        &self,
        block: &[(u64, u32)],
        (parts, after): (u16, u16),
        earlier: &[Earlier],
        siblings: &mut Vec<Earlier>,
        visit: &mut dyn FnMut(u32, u32),
    ) {
        let (people, names) = (&self.register.people, Names::of(&self.register.lists));
        let (above, mut met) = (siblings.len(), 0);
        let further = (0..PARTS).map(|bit| 1 << bit).filter(|&part| part > after && parts & part == 0 && part != SEX);
        for part in further {
            // All of them agree on the other parts.
            let valued = block.iter().map(|&(_, at)| (key::value(names, part, &people[at as usize]), at));
            let mut entries: Vec<(u64, u32)> = valued.filter(|(value, _)| *value != 0).collect();
            entries.sort_unstable();
            let blocks = blocks(&entries);
            // A part that all have in common refines nothing: going down by it would only repeat the block.
            if blocks.iter().any(|&(from, to)| (to - from) as usize == block.len()) {
                continue;
            }
            let finer = parts | part;
            met += blocks.iter().map(|&(from, to)| pairs_of(u64::from(to - from))).sum::<u64>();
            for &(from, to) in &blocks {
                self.block(&entries[from as usize..to as usize], (finer, part), earlier, siblings, visit);
            }
            let first = |(from, _): (u32, u32)| self.hash(finer, &people[entries[from as usize].1 as usize]);
            siblings.push(Earlier { parts: finer, refined: too_large(&blocks).filter_map(first).collect() });
        }
        if siblings.len() == above {
            met = self.neighbours(block, earlier, siblings, visit);
        }
        self.passed_over.fetch_add(pairs_of(block.len() as u64).saturating_sub(met), Ordering::Relaxed);
        siblings.truncate(above);
    }

    /// Compares each record of a block with a few that come after it in the order of contents; how many pairs that is.
    fn neighbours(
        &self,
        block: &[(u64, u32)],
        earlier: &[Earlier],
        siblings: &[Earlier],
        visit: &mut dyn FnMut(u32, u32),
    ) -> u64 {
        let mut ordered: Vec<(u64, u32)> = block.iter().map(|&(_, at)| (self.register.people[at as usize].content, at)).collect();
        ordered.sort_unstable();
        let mut compared = 0;
        for (at, &(_, left)) in ordered.iter().enumerate() {
            for &(_, right) in ordered[at + 1..].iter().take(NEIGHBOURS) {
                self.offer(left, right, earlier, siblings, visit);
                compared += 1;
            }
        }
        compared
    }

    /// Visits a pair unless an earlier key came upon it.
    fn offer(&self, left: u32, right: u32, earlier: &[Earlier], siblings: &[Earlier], visit: &mut dyn FnMut(u32, u32)) {
        let people = &self.register.people;
        let (a, b) = (&people[left as usize], &people[right as usize]);
        let agree = self.agreement(a, b);
        let seen = earlier.iter().chain(siblings).any(|earlier| {
            agree & earlier.parts == earlier.parts
                && (earlier.refined.is_empty() || self.hash(earlier.parts, a).is_none_or(|hash| !earlier.refined.contains(&hash)))
        });
        if !seen {
            visit(left, right);
        }
    }

    fn agreement(&self, a: &Person, b: &Person) -> u16 {
        key::agreement(Names::of(&self.register.lists), a, b)
    }

    fn hash(&self, parts: u16, person: &Person) -> Option<u64> {
        key::hash(Names::of(&self.register.lists), parts, person)
    }
}

/// How many pairs so many records are.
fn pairs_of(records: u64) -> u64 {
    records * records.saturating_sub(1) / 2
}

/// Where blocks of two and more begin and end.
fn blocks(entries: &[(u64, u32)]) -> Vec<(u32, u32)> {
    let (mut blocks, mut from) = (Vec::new(), 0);
    for block in entries.chunk_by(|a, b| a.0 == b.0) {
        let to = from + block.len();
        if block.len() > 1 {
            blocks.push((from as u32, to as u32));
        }
        from = to;
    }
    blocks
}

/// The blocks that are refined.
fn too_large(blocks: &[(u32, u32)]) -> impl Iterator<Item = (u32, u32)> {
    blocks.iter().copied().filter(|(from, to)| (to - from) as usize > MOST)
}

/// Runs of blocks of about equal work, in order.
fn runs(blocks: &[(u32, u32)]) -> Vec<&[(u32, u32)]> {
    blocks.chunks(blocks.len().div_ceil(256).max(64)).collect()
}
