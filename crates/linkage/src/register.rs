//! A register in memory: one small value a field, 64 bytes a person, names kept once.

use crate::{
    names::Lists,
    normalise::{Born, mix},
    placeholder,
};
use hashbrown::{HashMap, HashSet};
use rayon::slice::ParallelSliceMut;
use std::fmt;

/// One record, normalised. 0 is missing in every field.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Person {
    /// A hash of the whole row but its ids: equal for copies, the same wherever the row stands in the file.
    pub content: u64,
    pub fin: u64,
    pub phone: u64,
    pub doc: u64,
    pub address: u64,
    pub given: u32,
    pub stem: u32,
    pub father: u32,
    pub born: Born,
    pub place: u32,
    /// The family of the surname's ending, from 1.
    pub ending: u8,
    pub sex: u8,
    pub fin_verified: bool,
}

/// Records with what they share: names, and how many records hold each value.
#[derive(Default)]
pub struct Register {
    pub(crate) people: Vec<Person>,
    pub(crate) lists: Lists,
    /// Holders of identifiers that more than one record holds.
    pub(crate) shared: [HashMap<u64, u32>; 4],
    pub(crate) ids: Ids,
    /// Exact copies of an earlier row: (record, the first such record).
    pub(crate) copies: Vec<(u32, u32)>,
    /// Different rows, in the order of their contents, which no reordering of the file changes.
    pub(crate) order: Vec<u32>,
    /// The same rows in the order of the file, in which memory is read fastest.
    pub(crate) rows: Vec<u32>,
    /// What was read but could not be understood, and where first.
    pub notes: Vec<Note>,
}

/// Values of one column that say nothing to us, and count as not given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// The column.
    pub column: &'static str,
    /// How many rows.
    pub rows: u64,
    /// Why.
    pub why: Why,
}

/// Why a value says nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// It cannot be read.
    Unreadable {
        /// The first line, from 1 with the header.
        line: u64,
    },
    /// So many different people have it that it cannot be anybody's own.
    Everybodys {
        /// The id of the first row that has it; None where rows have no ids.
        row: Option<String>,
    },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { column, rows, why } = self;
        match why {
            Why::Unreadable { line } => write!(f, "{rows} rows with a {column} that cannot be read, the first on line {line}"),
            Why::Everybodys { row } => {
                let first = row.as_ref().map_or(String::new(), |row| format!(", the first {row}"));
                write!(f, "{rows} rows with a {column} that too many different people have{first}: taken as not given")
            }
        }
    }
}

/// The identifiers that people share by mistake or in a family, in the order of [`Register::shared`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shared {
    Fin,
    Phone,
    Doc,
    Address,
}

impl Shared {
    /// The column of an extract in which the identifier stands.
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::Fin => "fin",
            Self::Phone => "phone",
            Self::Doc => "doc_no",
            Self::Address => "address",
        }
    }
}

impl Person {
    /// From now on the identifier is not given.
    pub(crate) fn lose(&mut self, which: Shared) {
        match which {
            Shared::Fin => self.fin = 0,
            Shared::Phone => self.phone = 0,
            Shared::Doc => self.doc = 0,
            Shared::Address => self.address = 0,
        }
    }

    pub(crate) const fn shared(&self, which: Shared) -> u64 {
        match which {
            Shared::Fin => self.fin,
            Shared::Phone => self.phone,
            Shared::Doc => self.doc,
            Shared::Address => self.address,
        }
    }
}

impl Register {
    /// Records as read, copies among them.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nothing to link.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The id of a record as its row has it.
    pub fn id(&self, record: u32) -> &str {
        self.ids.get(record)
    }

    /// The record of an id; None where no row has it.
    pub fn find(&self, id: &str) -> Option<u32> {
        (0..self.len() as u32).find(|&record| self.id(record) == id)
    }

    /// How many different records hold the identifier's value.
    pub(crate) fn holders(&self, which: Shared, value: u64) -> u32 {
        self.shared[which as usize].get(&value).copied().unwrap_or(1)
    }

    /// Counts holders and finds copies, once all rows are read.
    pub(crate) fn settle(&mut self) {
        let mut order: Vec<(u64, u32)> = self.people.iter().zip(0..).map(|(p, at)| (p.content, at)).collect();
        sort(&mut order);
        for pair in order.chunk_by(|a, b| a.0 == b.0) {
            self.copies.extend(pair[1..].iter().map(|&(_, copy)| (copy, pair[0].1)));
        }
        order.dedup_by_key(|entry| entry.0);
        self.order = order.into_iter().map(|(_, at)| at).collect();
        let copies: HashSet<u32> = self.copies.iter().map(|&(copy, _)| copy).collect();
        self.rows = (0..self.people.len() as u32).filter(|at| !copies.contains(at)).collect();
        let (people, rows) = (&self.people, &self.rows);
        let each = || rows.iter().map(|&at| &people[at as usize]);
        let lists = &mut self.lists;
        lists.given.settle(each().map(|p| p.given));
        lists.stems.settle(each().map(|p| p.stem));
        lists.fathers.settle(each().map(|p| p.father));
        lists.places.settle(each().map(|p| p.place));
        let last = each().map(|p| p.born.0).max().unwrap_or(0);
        lists.born = vec![0; last as usize + 1];
        for person in each() {
            lists.born[person.born.0 as usize] += 1;
        }
        self.shared = [Shared::Fin, Shared::Phone, Shared::Doc, Shared::Address].map(|which| {
            let mut values: Vec<u64> = each().map(|p| p.shared(which)).filter(|&v| v > 0).collect();
            values.par_sort_unstable();
            let many = values.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
            many.map(|same| (same[0], same.len() as u32)).collect()
        });
        placeholder::clear(self);
    }

    /// Pairs of different rows, as many as there are different rows.
    pub(crate) fn all_pairs(&self) -> f64 {
        let n = self.order.len() as f64;
        (n * (n - 1.0) / 2.0).max(1.0)
    }
}

/// Sorts by the key, then by the place in the file.
pub(crate) fn sort(entries: &mut [(u64, u32)]) {
    entries.par_sort_unstable();
}

/// Ids of rows as typed, one after another.
#[derive(Default)]
pub(crate) struct Ids {
    text: String,
    ends: Vec<u64>,
}

impl Ids {
    pub(crate) fn push(&mut self, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len() as u64);
    }

    /// Whether records have none, as those of a desk have none here.
    pub(crate) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(crate) fn get(&self, record: u32) -> &str {
        let at = record as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start as usize..self.ends[at] as usize]
    }
}

/// The content of a pair in either order: a stable number by which ties are broken.
pub(crate) fn pair_content(a: &Person, b: &Person) -> u64 {
    mix(a.content.min(b.content), a.content.max(b.content))
}
