//! What two records may share: the parts of which blocking keys are made, and the hash of such a key.

use crate::{
    names::{List, Names},
    normalise::mix,
    register::Person,
};

/// Parts of keys, one bit each. Names go by their skeletons.
pub(crate) const GIVEN: u16 = 1;
pub(crate) const STEM: u16 = 1 << 1;
pub(crate) const FATHER: u16 = 1 << 2;
pub(crate) const YEAR: u16 = 1 << 3;
pub(crate) const DAY: u16 = 1 << 4;
pub(crate) const PLACE: u16 = 1 << 5;
pub(crate) const SEX: u16 = 1 << 6;
pub(crate) const FIN: u16 = 1 << 7;
pub(crate) const PHONE: u16 = 1 << 8;
pub(crate) const DOC: u16 = 1 << 9;
pub(crate) const ADDRESS: u16 = 1 << 10;
/// How many parts there are.
pub(crate) const PARTS: u16 = 11;

/// The parts on which two records agree, neither missing.
pub(crate) fn agreement(names: Names<'_>, a: &Person, b: &Person) -> u16 {
    let same = |left: u64, right: u64, part: u16| if left == right && left != 0 { part } else { 0 };
    let bones = |list: List, x: u32, y: u32, part: u16| {
        let (x, y) = (names.bones(list, x), names.bones(list, y));
        same(x.into(), y.into(), part)
    };
    bones(List::Given, a.given, b.given, GIVEN)
        | bones(List::Stem, a.stem, b.stem, STEM)
        | bones(List::Father, a.father, b.father, FATHER)
        | same(a.born.year().into(), b.born.year().into(), YEAR)
        | same(a.born.in_year().into(), b.born.in_year().into(), DAY)
        | bones(List::Place, a.place, b.place, PLACE)
        | same(a.sex.into(), b.sex.into(), SEX)
        | same(a.fin, b.fin, FIN)
        | same(a.phone, b.phone, PHONE)
        | same(a.doc, b.doc, DOC)
        | same(a.address, b.address, ADDRESS)
}

/// What a person has of one part; 0 where it is missing.
pub(crate) fn value(names: Names<'_>, part: u16, p: &Person) -> u64 {
    match part {
        GIVEN => names.bones(List::Given, p.given).into(),
        STEM => names.bones(List::Stem, p.stem).into(),
        FATHER => names.bones(List::Father, p.father).into(),
        YEAR => p.born.year().into(),
        DAY => p.born.in_year().into(),
        PLACE => names.bones(List::Place, p.place).into(),
        SEX => p.sex.into(),
        FIN => p.fin,
        PHONE => p.phone,
        DOC => p.doc,
        _ => p.address,
    }
}

/// The hash of a key; None where a part is missing.
pub(crate) fn hash(names: Names<'_>, parts: u16, p: &Person) -> Option<u64> {
    let mut hash = u64::from(parts);
    let mut left = parts;
    while left != 0 {
        let part = left & left.wrapping_neg();
        left ^= part;
        let value = value(names, part, p);
        if value == 0 {
            return None;
        }
        hash = mix(hash, value);
    }
    Some(hash)
}
