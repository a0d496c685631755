//! How far two records agree: one level for each field, 0 where either side is missing.

use crate::{
    field::{DIFFERS, FIELDS, Field, Levels},
    names::{List, Names},
    register::{Person, Register, Shared},
    slips::{born, name_level, one_character_apart, one_digit_apart},
    weigh::Weights,
    words::ln,
};

/// Levels, and how rare what agrees is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Agreement {
    pub levels: Levels,
    /// For each field, how many records hold the value on which the two agree; 0 where it plays no part.
    pub holders: [u32; FIELDS],
    /// ln of one over the share of records that they are.
    pub rarity: [f32; FIELDS],
}

impl Agreement {
    pub const NONE: Self = Self { levels: [0; FIELDS], holders: [0; FIELDS], rarity: [0.0; FIELDS] };
}

/// Compares records of one register.
pub(crate) struct Comparer<'a> {
    names: Names<'a>,
    /// How many records hold the value of an identifier.
    holders: Box<dyn Fn(Shared, u64) -> u32 + Sync + 'a>,
    /// The number of different records, and its ln.
    records: f64,
    ln_records: f32,
}

/// In a smaller register than this, values are taken to be as rare as in one of this size: that two of three rows have
/// a name does not make the name usual.
const FEWEST: usize = 100;

const SWAPPED_GIVEN: u8 = 5;
const SWAPPED_SURNAME: u8 = 6;

/// How many records hold a value, and ln of that number.
type Holders = (u32, f32);

impl<'a> Comparer<'a> {
    /// Of the register's own records.
    pub fn of(register: &'a Register) -> Self {
        Self::new(Names::of(&register.lists), register.order.len(), |which, value| register.holders(which, value))
    }

    pub fn new(names: Names<'a>, records: usize, holders: impl Fn(Shared, u64) -> u32 + Sync + 'a) -> Self {
        let records = records.max(FEWEST) as u32;
        Self { names, holders: Box::new(holders), records: records.into(), ln_records: ln(records) }
    }

    /// How many records names and identifiers are counted among.
    pub fn records(&self) -> f64 {
        self.records
    }

    /// The agreement of two records, whichever is named first.
    pub fn compare(&self, a: &Person, b: &Person) -> Agreement {
        let mut found = Agreement::NONE;
        self.plain(a, b, &mut found);
        self.finish(a, b, &mut found);
        found
    }

    /// Finds the agreement but for names that differ, which are left missing; returns the most that all of it can come to
    /// say for one person rather than strangers.
    pub fn begin(&self, weights: &Weights, a: &Person, b: &Person, found: &mut Agreement) -> f64 {
        self.plain(a, b, found);
        let mut most = 0.0;
        let names = [
            (List::Given, Field::Given, a.given, b.given),
            (List::Father, Field::Father, a.father, b.father),
            (List::Stem, surname(a, b), a.stem, b.stem),
        ];
        for (list, field, x, y) in names {
            if x == 0 || y == 0 {
                continue;
            }
            let (at, holders) = (field as usize, self.usual(list, x, y));
            if x == y && (list != List::Stem || a.ending == b.ending) {
                self.set(found, field, 1, holders);
            } else {
                most += weights.most_of_inexact(at, self.rarity(holders));
            }
        }
        weights.same(found) + most
    }

    /// Everything but names.
    fn plain(&self, a: &Person, b: &Person, found: &mut Agreement) {
        self.identifiers(a, b, found);
        let level = born(a.born, b.born);
        if level == 1 {
            let holders = self.names.lists.born[a.born.0 as usize];
            self.set(found, Field::Born, level, (holders, ln(holders)));
        } else {
            found.levels[Field::Born as usize] = level;
        }
        if a.sex > 0 && b.sex > 0 {
            found.levels[Field::Sex as usize] = 1 + u8::from(a.sex != b.sex);
        }
        if a.place > 0 && b.place > 0 {
            if a.place == b.place {
                self.set(found, Field::Place, 1, self.names.bearers(List::Place, a.place));
            } else {
                found.levels[Field::Place as usize] = DIFFERS[Field::Place as usize];
            }
        }
    }

    fn identifiers(&self, a: &Person, b: &Person, found: &mut Agreement) {
        for (field, which) in [
            (Field::Fin, Shared::Fin),
            (Field::Phone, Shared::Phone),
            (Field::Document, Shared::Doc),
            (Field::Address, Shared::Address),
        ] {
            let (left, right) = (a.shared(which), b.shared(which));
            if left == 0 || right == 0 {
                continue;
            }
            let slipped = || match field {
                Field::Fin => one_character_apart(left, right),
                Field::Phone => one_digit_apart(left, right),
                _ => false,
            };
            if left == right {
                let holders = (self.holders)(which, left);
                self.set(found, field, 1, (holders, ln(holders)));
            } else {
                found.levels[field as usize] = if slipped() { 2 } else { DIFFERS[field as usize] };
            }
        }
    }

    /// Compares the names.
    pub fn finish(&self, a: &Person, b: &Person, found: &mut Agreement) {
        let surname = surname(a, b);
        self.name(List::Given, Field::Given, a.given, b.given, found);
        self.name(List::Father, Field::Father, a.father, b.father, found);
        self.name(List::Stem, surname, a.stem, b.stem, found);
        // Of a surname, the level "ending differs" stands between the same and one letter.
        let level = &mut found.levels[surname as usize];
        if *level > 1 || (*level == 1 && a.ending != b.ending) {
            *level += 1;
        }
        let (given, surname) = (Field::Given as usize, surname as usize);
        if found.levels[given] == DIFFERS[given] && found.levels[surname] == DIFFERS[surname] && self.are_swapped(a, b) {
            (found.levels[given], found.levels[surname]) = (SWAPPED_GIVEN, SWAPPED_SURNAME);
        }
    }

    /// Finds the level of two names of one list and, where they agree, how many bear the more usual of them.
    fn name(&self, list: List, field: Field, a: u32, b: u32, found: &mut Agreement) {
        if a == 0 || b == 0 {
            return;
        }
        let level = if a == b { 1 } else { name_level(self.names.key(list, a), self.names.key(list, b)) };
        if level < SWAPPED_GIVEN {
            self.set(found, field, level, self.usual(list, a, b));
        } else {
            found.levels[field as usize] = level;
        }
    }

    /// How many bear the more usual of two names.
    fn usual(&self, list: List, a: u32, b: u32) -> Holders {
        let (a, b) = (self.names.bearers(list, a), self.names.bearers(list, b));
        if a.0 < b.0 { b } else { a }
    }

    fn set(&self, found: &mut Agreement, field: Field, level: u8, holders: Holders) {
        let at = field as usize;
        (found.levels[at], found.holders[at], found.rarity[at]) = (level, holders.0, self.rarity(holders));
    }

    fn rarity(&self, (_, ln_holders): Holders) -> f32 {
        self.ln_records - ln_holders
    }

    /// Whether the given name of each is the other's surname. A surname's stem may be a given name.
    fn are_swapped(&self, a: &Person, b: &Person) -> bool {
        let crossed =
            |x: &Person, y: &Person| begins_alike(self.names.key(List::Given, x.given), self.names.key(List::Stem, y.stem));
        crossed(a, b) && crossed(b, a)
    }
}

/// The field in which two surnames are compared.
fn surname(a: &Person, b: &Person) -> Field {
    if a.sex == 2 && b.sex == 2 { Field::WomansSurname } else { Field::Surname }
}

/// Whether a whole surname in the place of a given name has the stem.
fn begins_alike(whole: &str, stem: &str) -> bool {
    let common = whole.len().min(stem.len());
    common >= 3
        && whole.len().abs_diff(stem.len()) <= 5
        && whole.bytes().zip(stem.bytes()).take(common).filter(|(a, b)| a != b).count() <= usize::from(common > 5)
}
