//! What a record has of the parts on which a pair may agree beyond its key, in the 32 bits beside the record's number:
//! so that most pairs of a large block are told apart without a look at the records.

use super::KEYS;
use crate::{
    key::{self, PARTS, SEX},
    names::Names,
    register::Person,
};

/// One lane of a tag for each part.
pub(super) struct Lanes {
    lanes: Vec<Lane>,
}

#[derive(Clone, Copy)]
pub(super) struct Lane {
    /// The part.
    pub part: u16,
    /// Where its bits are.
    mask: u32,
}

impl Lanes {
    /// The parts on which a pair that belongs to a key may agree further: those that complete no earlier key. The sex is
    /// left out, on which half of all agree.
    pub fn of(key: usize) -> Self {
        let (own, _) = KEYS[key];
        let completes = |part: u16| KEYS[..key].iter().any(|&(earlier, _)| (own | part) & earlier == earlier);
        let further = (0..PARTS).map(|bit| 1 << bit).filter(|&part| own & part == 0 && part != SEX && !completes(part));
        let further: Vec<u16> = further.collect();
        let width = 32 / further.len().max(1) as u32;
        let ones = u32::MAX >> (32 - width);
        let lanes = further.iter().zip(0..).map(|(&part, lane)| Lane { part, mask: ones << (lane * width) }).collect();
        Self { lanes }
    }

    pub fn iter(&self) -> impl Iterator<Item = Lane> {
        self.lanes.iter().copied()
    }

    /// What a person has of each part: equal where the parts are, seldom where they differ; 0 where missing.
    pub fn tag(&self, names: Names<'_>, person: &Person) -> u32 {
        self.iter().map(|lane| lane.bits(key::value(names, lane.part, person))).sum()
    }

    /// The parts of the lanes from one on.
    pub fn parts_from(&self, from: usize) -> u16 {
        self.iter().skip(from).map(|lane| lane.part).sum()
    }

    /// Whether two records may agree on one of the parts; where they do, their tags always say so.
    pub fn may_agree(&self, a: u32, b: u32) -> bool {
        let differing = a ^ b;
        self.iter().any(|lane| differing & lane.mask == 0 && a & lane.mask != 0)
    }
}

impl Lane {
    fn bits(self, value: u64) -> u32 {
        if value == 0 {
            return 0;
        }
        // The upper half of a product depends on all bits of the value.
        let spread = (value.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32;
        let lowest = self.mask & self.mask.wrapping_neg();
        (spread & self.mask).max(lowest)
    }
}
