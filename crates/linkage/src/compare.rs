//! How far two records agree: one level for each field, 0 where either side is missing.

use crate::{
    names::{List, Names},
    normalise::{Born, unpack},
    register::{Person, Register, Shared},
    weigh::Weights,
};
use rapidfuzz::distance::{jaro_winkler, osa};
use serde::{Deserialize, Serialize};

/// What is compared. A woman's surname is a field of its own, because marriage changes it and men's hardly ever.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The personal identification number.
    Fin,
    /// The given name.
    Given,
    /// The surname, unless both are women.
    Surname,
    /// The surname of two women.
    WomansSurname,
    /// The father's name.
    Father,
    /// The date of birth.
    Born,
    /// The telephone.
    Phone,
    /// The number of a document.
    Document,
    /// The sex.
    Sex,
    /// The city or rayon.
    Place,
    /// The address within it.
    Address,
}

/// How many fields there are.
pub const FIELDS: usize = 11;
/// The most levels of a field, with 0 for missing.
pub const LEVELS: usize = 10;

impl Field {
    /// All fields, in the order of [`Levels`].
    pub const ALL: [Self; FIELDS] = [
        Self::Fin,
        Self::Given,
        Self::Surname,
        Self::WomansSurname,
        Self::Father,
        Self::Born,
        Self::Phone,
        Self::Document,
        Self::Sex,
        Self::Place,
        Self::Address,
    ];

    /// The names of the levels, from 1: the strongest agreement first, the plain difference last.
    pub const fn levels(self) -> &'static [&'static str] {
        match self {
            Self::Fin => &["same", "one character differs", "differs"],
            Self::Given | Self::Father => {
                &["same", "one letter differs", "similar", "initial or shortened", "swapped", "differs"]
            }
            Self::Surname | Self::WomansSurname => {
                &["same", "ending differs", "one letter differs", "similar", "initial or shortened", "swapped", "differs"]
            }
            Self::Born => &[
                "same",
                "day and month swapped",
                "one digit differs",
                "only the year known, and same",
                "same year and month or day",
                "same day and month",
                "same year",
                "differs",
                "far apart",
            ],
            Self::Phone => &["same", "one digit differs", "differs"],
            Self::Document | Self::Sex | Self::Place | Self::Address => &["same", "differs"],
        }
    }

    /// The codes of the levels, from 1: the keys under which a catalogue has their words in its languages.
    pub const fn level_codes(self) -> &'static [&'static str] {
        match self {
            Self::Fin => &["same", "one-character", "differs"],
            Self::Given | Self::Father => &["same", "one-letter", "similar", "shortened", "swapped", "differs"],
            Self::Surname | Self::WomansSurname => {
                &["same", "ending", "one-letter", "similar", "shortened", "swapped", "differs"]
            }
            Self::Born => &[
                "same",
                "day-month-swapped",
                "one-digit",
                "year-alone",
                "year-and-month-or-day",
                "day-and-month",
                "year",
                "differs",
                "far-apart",
            ],
            Self::Phone => &["same", "one-digit", "differs"],
            Self::Document | Self::Sex | Self::Place | Self::Address => &["same", "differs"],
        }
    }

    /// The code of the field; both fields for surnames have one.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fin => "fin",
            Self::Given => "given",
            Self::Surname | Self::WomansSurname => "surname",
            Self::Father => "father",
            Self::Born => "born",
            Self::Phone => "phone",
            Self::Document => "document",
            Self::Sex => "sex",
            Self::Place => "place",
            Self::Address => "address",
        }
    }

    /// The field in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Fin => "FİN",
            Self::Given => "given name",
            Self::Surname | Self::WomansSurname => "surname",
            Self::Father => "father's name",
            Self::Born => "date of birth",
            Self::Phone => "telephone",
            Self::Document => "document",
            Self::Sex => "sex",
            Self::Place => "city or rayon",
            Self::Address => "address",
        }
    }

    /// Whether members of one family share the field as a rule, so that it tells less about one person.
    pub const fn is_family(self) -> bool {
        !matches!(self, Self::Fin | Self::Given | Self::Document | Self::Sex)
    }
}

/// The level of each field; 0 where either side is missing.
pub type Levels = [u8; FIELDS];

/// Levels, and how rare what agrees is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Agreement {
    pub levels: Levels,
    /// For each field, the share of records that hold the value on which the two agree; 0 where it plays no part.
    pub share: [f32; FIELDS],
}

impl Agreement {
    pub const NONE: Self = Self { levels: [0; FIELDS], share: [0.0; FIELDS] };
}

/// Compares records of one register.
pub(crate) struct Comparer<'a> {
    names: Names<'a>,
    /// How many records hold the value of an identifier.
    holders: Box<dyn Fn(Shared, u64) -> u32 + Sync + 'a>,
    /// One over the number of different records.
    per_record: f32,
}

/// In a smaller register than this, values are taken to be as rare as in one of this size: that two of three rows have
/// a name does not make the name usual.
const FEWEST: usize = 100;

const DIFFERS: [u8; FIELDS] = [3, 6, 7, 7, 6, 8, 3, 2, 2, 2, 2];
/// Dates of birth further apart than this many years, and not by a slip of the key, are never one person's.
const FAR_YEARS: u32 = 2;
/// The level of such dates.
pub(crate) const FAR_APART: u8 = 9;
const SWAPPED_GIVEN: u8 = 5;
const SWAPPED_SURNAME: u8 = 6;

impl<'a> Comparer<'a> {
    /// Of the register's own records.
    pub fn of(register: &'a Register) -> Self {
        Self::new(Names::of(&register.lists), register.order.len(), |which, value| register.holders(which, value))
    }

    pub fn new(names: Names<'a>, records: usize, holders: impl Fn(Shared, u64) -> u32 + Sync + 'a) -> Self {
        Self { names, holders: Box::new(holders), per_record: 1.0 / records.max(FEWEST) as f32 }
    }

    /// How many records names and identifiers are counted among.
    pub fn records(&self) -> f32 {
        1.0 / self.per_record
    }

    /// The agreement of two records, whichever is named first.
    pub fn compare(&self, a: &Person, b: &Person) -> Agreement {
        let mut found = Agreement::NONE;
        self.plain(a, b, &mut found);
        self.finish(a, b, &mut found);
        found
    }

    /// Finds the agreement but for names that differ, which are left missing; returns the most that these can add to it.
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
            let (at, share) = (field as usize, self.usual(list, x, y));
            if x == y && (list != List::Stem || a.ending == b.ending) {
                (found.levels[at], found.share[at]) = (1, share);
            } else {
                most += weights.most_of_inexact(at, share);
            }
        }
        most
    }

    /// Everything but names.
    fn plain(&self, a: &Person, b: &Person, found: &mut Agreement) {
        self.identifiers(a, b, found);
        found.levels[Field::Born as usize] = born(a.born, b.born);
        if a.born == b.born && !a.born.is_missing() {
            found.share[Field::Born as usize] = self.names.lists.born[a.born.0 as usize] as f32 * self.per_record;
        }
        if a.sex > 0 && b.sex > 0 {
            found.levels[Field::Sex as usize] = 1 + u8::from(a.sex != b.sex);
        }
        if a.place > 0 && b.place > 0 {
            found.levels[Field::Place as usize] = 1 + u8::from(a.place != b.place);
            if a.place == b.place {
                found.share[Field::Place as usize] = self.names.bearers(List::Place, a.place) as f32 * self.per_record;
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
            let at = field as usize;
            found.levels[at] = if left == right {
                found.share[at] = (self.holders)(which, left) as f32 * self.per_record;
                1
            } else if (field == Field::Fin && one_character_apart(left, right))
                || (field == Field::Phone && one_digit_apart(left, right))
            {
                2
            } else {
                DIFFERS[at]
            };
        }
    }

    /// Compares the names.
    pub fn finish(&self, a: &Person, b: &Person, found: &mut Agreement) {
        let surname = surname(a, b) as usize;
        let (given, father) = (Field::Given as usize, Field::Father as usize);
        (found.levels[given], found.share[given]) = self.name(List::Given, a.given, b.given);
        (found.levels[father], found.share[father]) = self.name(List::Father, a.father, b.father);
        let (level, share) = self.name(List::Stem, a.stem, b.stem);
        found.share[surname] = share;
        found.levels[surname] = match level {
            0 => 0,
            1 if a.ending == b.ending => 1,
            level => level + 1,
        };
        if found.levels[given] == DIFFERS[given] && found.levels[surname] == DIFFERS[surname] && self.are_swapped(a, b) {
            (found.levels[given], found.levels[surname]) = (SWAPPED_GIVEN, SWAPPED_SURNAME);
        }
    }

    /// The level of two names of one list, and the share of the more usual of them where they agree.
    fn name(&self, list: List, a: u32, b: u32) -> (u8, f32) {
        if a == 0 || b == 0 {
            return (0, 0.0);
        }
        let level = if a == b { 1 } else { name_level(self.names.key(list, a), self.names.key(list, b)) };
        if level >= SWAPPED_GIVEN {
            return (level, 0.0);
        }
        (level, self.usual(list, a, b))
    }

    /// The share of records that bear the more usual of two names.
    fn usual(&self, list: List, a: u32, b: u32) -> f32 {
        self.names.bearers(list, a).max(self.names.bearers(list, b)) as f32 * self.per_record
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

/// The level of two different names by their search keys: 2 one letter, 3 similar, 4 initial or shortened, 6 differ.
pub(crate) fn name_level(a: &str, b: &str) -> u8 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() <= 2 || (short.len() >= 3 && long.starts_with(short)) {
        // One letter added at the end is a slip of the key; more than that is a shortening.
        return match long.starts_with(short) {
            true if short.len() >= 4 && long.len() == short.len() + 1 => 2,
            true if !short.is_empty() => 4,
            _ => DIFFERS[Field::Given as usize],
        };
    }
    if long.len() - short.len() <= 1 && long.len() >= 4 && osa::distance(short.bytes(), long.bytes()) <= 1 {
        return 2;
    }
    let cutoff = jaro_winkler::Args::default().score_cutoff(0.84);
    match jaro_winkler::similarity_with_args(short.bytes(), long.bytes(), &cutoff) {
        Some(_) => 3,
        None => DIFFERS[Field::Given as usize],
    }
}

/// The level of two dates of birth.
pub(crate) fn born(a: Born, b: Born) -> u8 {
    if a.is_missing() || b.is_missing() {
        return 0;
    }
    let same_year = a.year() == b.year();
    if a == b {
        return 1;
    }
    if same_year && a.month() == b.day() && a.day() == b.month() {
        return 2;
    }
    if one_digit_differs(a, b) {
        return 3;
    }
    match (same_year, a.in_year() == b.in_year()) {
        (true, _) if a.is_default() || b.is_default() => 4,
        (true, _) if a.month() == b.month() || a.day() == b.day() => 5,
        (false, true) if !a.is_default() => 6,
        (true, _) => 7,
        _ if a.year().abs_diff(b.year()) > FAR_YEARS => FAR_APART,
        _ => 8,
    }
}

/// Whether exactly one of the eight digits differs.
fn one_digit_differs(a: Born, b: Born) -> bool {
    let digits = |mut x: u32, mut y: u32| {
        let mut count = 0;
        while x > 0 || y > 0 {
            count += u32::from(x % 10 != y % 10);
            (x, y) = (x / 10, y / 10);
        }
        count
    };
    digits(a.year(), b.year()) + digits(a.month(), b.month()) + digits(a.day(), b.day()) == 1
}

/// Whether one slip of the key parts two packed FİNs: a character exchanged, left out, added or swapped with the next.
fn one_character_apart(a: u64, b: u64) -> bool {
    let ((a, a_len), (b, b_len)) = (unpack(a), unpack(b));
    if a_len == b_len {
        let mut differing = (0..a_len).filter(|&at| a[at] != b[at]);
        return match (differing.next(), differing.next(), differing.next()) {
            (Some(_), None, _) => true,
            (Some(x), Some(y), None) => y == x + 1 && a[x] == b[y] && a[y] == b[x],
            _ => false,
        };
    }
    a_len.abs_diff(b_len) == 1 && osa::distance(a[..a_len].iter().copied(), b[..b_len].iter().copied()) == 1
}

/// Whether one digit of two telephone numbers of equal length differs, or two neighbours are swapped.
fn one_digit_apart(mut a: u64, mut b: u64) -> bool {
    let mut found: Option<(u32, u64, u64)> = None;
    let (mut place, mut closed) = (0, false);
    while a > 0 || b > 0 {
        let (x, y) = (a % 10, b % 10);
        (a, b) = (a / 10, b / 10);
        if x != y {
            match found {
                None => found = Some((place, x, y)),
                Some((at, fx, fy)) if !closed && place == at + 1 && fx == y && fy == x => closed = true,
                Some(_) => return false,
            }
        }
        place += 1;
    }
    found.is_some()
}
