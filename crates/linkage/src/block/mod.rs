//! Which pairs are compared at all: those that agree on one of several keys, unless too many records share everything
//! on which the two agree.
//!
//! A pair belongs to the first key that it shares. In a small block of that key all pairs are compared; in a larger one
//! those that agree on a further part as well, and so on in blocks of that part that are too large again. By the pair's
//! first key every part on which it agrees is at hand: were one of them to complete an earlier key, the pair would
//! belong there.

#[cfg(test)]
mod block_tests;
mod tag;
mod walk;

use crate::{
    key::{self, ADDRESS, DAY, DOC, FATHER, FIN, GIVEN, PARTS, PHONE, PLACE, SEX, STEM, YEAR},
    names::Names,
    register::{Person, Register},
};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};
use tag::Lanes;
use walk::Walk;

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

/// About so many records with the hashes of a key stand on a shelf.
const ON_SHELF: usize = 1 << 16;
/// Records are shelved in about so many runs at once.
const RUNS: usize = 64;

/// A record with the hash of a key, and what it has of the parts by which a pair of that key may agree further.
#[derive(Clone, Copy)]
struct Entry {
    hash: u64,
    record: u32,
    tag: u32,
}

/// Finds candidate pairs of a register.
pub(crate) struct Blocker<'a> {
    register: &'a Register,
    /// Each hash of a key is looked at if it is divisible by this: 1 for all pairs.
    every: u64,
    /// For each set of parts on which two records agree, the keys that they share: one bit each in the order of [`KEYS`].
    shared: Vec<u16>,
    /// Pairs of blocks that were too large, and which were not compared.
    passed_over: AtomicU64,
}

impl<'a> Blocker<'a> {
    /// All candidate pairs, or a sample of one block in `every`, drawn by content.
    pub fn new(register: &'a Register, every: u64) -> Self {
        let shared = |agree: u16| KEYS.iter().zip(0..).map(|(&(parts, _), at)| u16::from(agree & parts == parts) << at).sum();
        let shared = (0..1 << PARTS).map(shared).collect();
        Self { register, every: every.max(1), shared, passed_over: AtomicU64::new(0) }
    }

    /// A rough number of pairs that agree on a key and were not compared by it, since too many records share all on which
    /// they agree.
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
        let mut gathered = Vec::new();
        for at in 0..KEYS.len() {
            on_key(at);
            let lanes = Lanes::of(at);
            let shelves = self.shelves(at, &lanes);
            let found = (0..shelves.first().map_or(0, Vec::len)).into_par_iter().map(|shelf| {
                let mut entries: Vec<Entry> = shelves.iter().flat_map(|of| &of[shelf]).copied().collect();
                entries.sort_unstable_by_key(|entry| (entry.hash, entry.record));
                let mut own = start();
                let mut walk = Walk::new(self, at, &lanes, |a, b| visit(&mut own, a, b));
                entries.chunk_by(|a, b| a.hash == b.hash).for_each(|block| walk.block(block));
                walk.finish();
                own
            });
            gathered.extend(found.collect::<Vec<T>>());
        }
        gathered
    }

    /// The keys of a pair, one bit each in the order of [`KEYS`].
    pub fn keys_of(&self, a: &Person, b: &Person) -> u16 {
        self.shared[usize::from(key::agreement(self.names(), a, b))]
    }

    /// Records with their hashes of a key, on shelves by hash that are small enough to be sorted fast: for each run of
    /// records, its entries for each shelf. Records that lack a part of the key are left out.
    fn shelves(&self, key: usize, lanes: &Lanes) -> Vec<Vec<Vec<Entry>>> {
        let (names, (parts, _)) = (self.names(), KEYS[key]);
        let rows = &self.register.rows;
        let shelves = (rows.len() / ON_SHELF).next_power_of_two();
        let run = rows.len().div_ceil(RUNS).max(ON_SHELF);
        let runs = rows.par_chunks(run).map(|rows| {
            let mut entries: Vec<Vec<Entry>> = vec![Vec::new(); shelves];
            for &record in rows {
                let person = &self.register.people[record as usize];
                let hash = key::hash(names, parts, person).filter(|hash| hash.is_multiple_of(self.every));
                if let Some(hash) = hash {
                    entries[(hash >> 32) as usize % shelves].push(Entry { hash, record, tag: lanes.tag(names, person) });
                }
            }
            entries
        });
        runs.collect()
    }

    fn names(&self) -> Names<'a> {
        Names::of(&self.register.lists)
    }
}
