//! The pairs of the blocks of one key.

use super::{Blocker, Entry, tag::Lanes};
use crate::{
    key::{self, PARTS},
    register::Person,
};
use std::sync::atomic::Ordering;

/// So many records may share all on which a pair agrees, and it is compared.
pub(super) const MOST: usize = 8;
/// The same where that is the key alone.
pub(super) const MOST_ALONE: usize = 4;
/// In a block up to this size each pair is looked at to see on what more it agrees; a larger one is parted.
const MOST_SEEN: usize = 64;
/// Of records that have much in common, each is compared with so many that stand next to it.
const NEIGHBOURS: usize = 2;
/// So many pairs are fetched at once, so that the memory is waited for once and not for each.
const FETCHED: usize = 256;

/// A walk through blocks of one key.
pub(super) struct Walk<'a, F> {
    blocker: &'a Blocker<'a>,
    lanes: &'a Lanes,
    /// The keys before it, one bit each.
    earlier: u16,
    /// Pairs to come.
    pending: Vec<Pending>,
    fetched: Vec<(Person, Person)>,
    passed_over: u64,
    visit: F,
}

/// A pair that is compared unless it belongs to an earlier key, or agrees on one of the parts in `skip`: then it was
/// met in a block of that part.
#[derive(Clone, Copy)]
struct Pending {
    left: u32,
    right: u32,
    skip: u16,
}

/// A block or a part of one.
#[derive(Clone, Copy)]
struct Span<'e> {
    entries: &'e [Entry],
    /// So many are few enough to compare all.
    most: usize,
    /// The first of the parts that may part it further, by its lane.
    from: usize,
    /// So many parts beyond the key all have in common, as far as is known from the larger block.
    in_common: u32,
    skip: u16,
}

impl<'a, F: FnMut(u32, u32)> Walk<'a, F> {
    pub fn new(blocker: &'a Blocker<'a>, key: usize, lanes: &'a Lanes, visit: F) -> Self {
        let (pending, fetched) = (Vec::with_capacity(FETCHED), Vec::with_capacity(FETCHED));
        Self { blocker, lanes, earlier: (1 << key) - 1, pending, fetched, passed_over: 0, visit }
    }

    /// Meets the pairs of a block of the key.
    pub fn block(&mut self, entries: &[Entry]) {
        self.span(Span { entries, most: MOST_ALONE, from: 0, in_common: 0, skip: 0 });
    }

    /// Visits the pairs that are still to come.
    pub fn finish(mut self) {
        self.fetch();
        self.blocker.passed_over.fetch_add(self.passed_over, Ordering::Relaxed);
    }

    fn span(&mut self, span: Span<'_>) {
        match span.entries.len() {
            few if few <= span.most => self.all(span),
            some if some <= MOST_SEEN => self.agreeing(span),
            _ => self.part(span),
        }
    }

    fn all(&mut self, span: Span<'_>) {
        for (at, left) in span.entries.iter().enumerate() {
            for right in &span.entries[at + 1..] {
                self.meet(left.record, right.record, span.skip);
            }
        }
    }

    /// The pairs that agree on more: on a part whose value few of the records have, or on two parts that not all have.
    fn agreeing(&mut self, Span { entries, from, in_common: known, skip, .. }: Span<'_>) {
        let further = self.lanes.parts_from(from);
        let mut in_common = further;
        let mut holders = [[1_u8; PARTS as usize]; MOST_SEEN];
        let mut agreeing = Vec::new();
        for (at, left) in entries.iter().enumerate() {
            for (other, right) in entries.iter().enumerate().skip(at + 1) {
                let agree = self.agreement(left, right) & further;
                in_common &= agree;
                if agree != 0 {
                    agreeing.push((at, other, agree));
                }
                for bit in bits(agree) {
                    holders[at][bit] += 1;
                    holders[other][bit] += 1;
                }
            }
        }
        agreeing.retain(|&(at, _, agree)| {
            (agree & !in_common).count_ones() > 1 || bits(agree).any(|bit| usize::from(holders[at][bit]) <= MOST)
        });
        let mut met: Vec<(u32, u32)> =
            agreeing.iter().map(|&(left, right, _)| (entries[left].record, entries[right].record)).collect();
        if is_telling(known + in_common.count_ones()) {
            met.extend(self.neighbours(entries));
            met.sort_unstable();
            met.dedup();
        }
        self.passed_over += pairs_of(entries.len()) - met.len() as u64;
        met.into_iter().for_each(|(left, right)| self.meet(left, right, skip));
    }

    /// Parts a large block by every further part in turn.
    ///
    /// Within a part's blocks only the parts after it part further: a pair that agrees on an earlier one as well is met
    /// there.
    fn part(&mut self, Span { entries, from, mut in_common, mut skip, .. }: Span<'_>) {
        let mut met = 0;
        for (at, lane) in self.lanes.iter().enumerate().skip(from) {
            let valued = entries.iter().map(|entry| Entry { hash: self.value(lane.part, entry), ..*entry });
            let mut valued: Vec<Entry> = valued.filter(|entry| entry.hash != 0).collect();
            valued.sort_unstable_by_key(|entry| (entry.hash, entry.record));
            // A part that all have in common parts nothing: going down by it would only repeat the block.
            if valued.len() == entries.len() && valued[0].hash == valued[valued.len() - 1].hash {
                in_common += 1;
                continue;
            }
            for block in valued.chunk_by(|a, b| a.hash == b.hash) {
                met += pairs_of(block.len());
                let in_common = in_common + 1;
                self.span(Span { entries: block, most: MOST, from: at + 1, in_common, skip });
            }
            skip |= lane.part;
        }
        if is_telling(in_common) {
            for (left, right) in self.neighbours(entries) {
                self.meet(left, right, skip);
                met += 1;
            }
        }
        self.passed_over += pairs_of(entries.len()).saturating_sub(met);
    }

    /// What a record has of a part.
    fn value(&self, part: u16, entry: &Entry) -> u64 {
        key::value(self.blocker.names(), part, self.person(entry.record))
    }

    /// The parts on which two records agree. Where their tags say that there is none, the records are not looked at.
    fn agreement(&self, a: &Entry, b: &Entry) -> u16 {
        if !self.lanes.may_agree(a.tag, b.tag) {
            return 0;
        }
        key::agreement(self.blocker.names(), self.person(a.record), self.person(b.record))
    }

    fn person(&self, record: u32) -> &'a Person {
        &self.blocker.register.people[record as usize]
    }

    /// Each record of a block with a few that come after it in the order of contents, the lower first.
    fn neighbours(&self, entries: &[Entry]) -> Vec<(u32, u32)> {
        let mut ordered: Vec<u32> = entries.iter().map(|entry| entry.record).collect();
        ordered.sort_unstable_by_key(|&record| self.person(record).content);
        let after = |at: usize| ordered[at + 1..].iter().take(NEIGHBOURS);
        (0..ordered.len())
            .flat_map(|at| after(at).map(move |&right| (at, right)))
            .map(|(at, right)| {
                let left = ordered[at];
                (left.min(right), left.max(right))
            })
            .collect()
    }

    fn meet(&mut self, left: u32, right: u32, skip: u16) {
        self.pending.push(Pending { left, right, skip });
        if self.pending.len() == FETCHED {
            self.fetch();
        }
    }

    fn fetch(&mut self) {
        let people = &self.blocker.register.people;
        self.fetched.clear();
        self.fetched.extend(self.pending.iter().map(|pair| (people[pair.left as usize], people[pair.right as usize])));
        for (Pending { left, right, skip }, (a, b)) in self.pending.drain(..).zip(&self.fetched) {
            let agree = key::agreement(self.blocker.names(), a, b);
            if agree & skip == 0 && self.blocker.shared[usize::from(agree)] & self.earlier == 0 {
                (self.visit)(left, right);
            }
        }
    }
}

/// Whether so many parts beyond the key that all records of a block have in common may make them one person, written
/// again and again.
fn is_telling(in_common: u32) -> bool {
    in_common > 1
}

/// The places of the bits that are set.
fn bits(mut parts: u16) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = parts.trailing_zeros() as usize;
        (parts != 0).then(|| {
            parts &= parts - 1;
            bit
        })
    })
}

/// How many pairs so many records are.
fn pairs_of(records: usize) -> u64 {
    let records = records as u64;
    records * records.saturating_sub(1) / 2
}
