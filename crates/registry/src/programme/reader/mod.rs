//! Reading the programme's files: every problem is noted with its line and reading goes on,
//! so that one run shows all of them. What could not be read is given as an empty value.

mod row;
mod symbols;
mod table;

pub(super) use row::Row;
pub(super) use table::Table;

use super::{code::Coded, problem::Problem, words::Validity};
use chrono::NaiveDate;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
};
use symbols::Symbols;

/// The files of a programme by their path inside its folder.
pub(super) type Files = BTreeMap<String, String>;

/// A line of a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Place {
    pub file: String,
    pub line: usize,
}

/// The reading of one programme: its files, the problems found so far, the codes met so far.
pub(super) struct Reader<'a> {
    files: &'a Files,
    opened: RefCell<BTreeSet<String>>,
    /// Files that cannot be read at all: only that is told about them, and what they would define is not missed.
    broken: RefCell<BTreeSet<String>>,
    problems: RefCell<BTreeSet<Problem>>,
    symbols: RefCell<Symbols>,
}

impl<'a> Reader<'a> {
    pub fn new(files: &'a Files) -> Self {
        Self {
            files,
            opened: RefCell::default(),
            broken: RefCell::default(),
            problems: RefCell::default(),
            symbols: RefCell::default(),
        }
    }

    /// Reads a TOML file; `None` if it is not there or cannot be read at all.
    pub fn toml<T>(&self, path: &str, read: impl FnOnce(&Table<'_>) -> T) -> Option<T> {
        let text = self.open(path)?;
        Some(table::read(self, path, text, read))
    }

    /// Reads a CSV file row by row. Its first line must name exactly these columns.
    pub fn csv<T>(&self, path: &str, columns: &[&str], read: impl FnMut(&Row<'_>) -> T) -> Vec<T> {
        match self.open(path) {
            Some(text) => row::read(self, path, text, columns, read),
            None => Vec::new(),
        }
    }

    /// Notes a problem.
    pub fn problem(&self, place: &Place, what: impl Into<String>, expected: impl Into<String>) {
        if self.broken.borrow().contains(&place.file) {
            return;
        }
        self.problems.borrow_mut().insert(Problem {
            file: place.file.clone(),
            line: place.line,
            what: what.into(),
            expected: expected.into(),
        });
    }

    /// Notes a problem with which a file cannot be read at all; nothing more will be told about it.
    fn give_up(&self, path: &str, problems: impl IntoIterator<Item = (usize, String, String)>) {
        for (line, what, expected) in problems {
            self.problem(&Place { file: path.to_owned(), line }, what, expected);
        }
        self.broken.borrow_mut().insert(path.to_owned());
    }

    /// Whether a file could not be read at all.
    pub fn is_broken(&self, path: &str) -> bool {
        self.broken.borrow().contains(path)
    }

    /// Notes that a code is defined here, valid at these times.
    pub fn define<K: Coded>(&self, code: &str, validity: Option<Validity>, place: &Place) {
        self.symbols.borrow_mut().define(K::NOUN, code, validity, place);
    }

    /// Notes that a code is referred to here.
    pub fn refer<K: Coded>(&self, code: &str, place: &Place) {
        self.symbols.borrow_mut().refer(K::NOUN, K::FILE, code, place);
    }

    /// Settles references and repeated codes, names files that nobody reads, and gives all problems by file and line.
    pub fn finish(self) -> Vec<Problem> {
        for (place, what, expected) in self.symbols.borrow().settle(&self.broken.borrow()) {
            self.problem(&place, what, expected);
        }
        for path in self.files.keys().filter(|path| !self.opened.borrow().contains(*path)) {
            let place = Place { file: path.clone(), line: 1 };
            self.problem(&place, "this file belongs to no topic of a programme", "one of the known file names");
        }
        self.problems.into_inner().into_iter().collect()
    }

    fn open(&self, path: &str) -> Option<&'a str> {
        self.opened.borrow_mut().insert(path.to_owned());
        let text = self.files.get(path);
        if text.is_none() {
            let expected = "this file in the programme's folder";
            self.give_up(path, [(1, "the file is missing".to_owned(), expected.to_owned())]);
        }
        text.map(String::as_str)
    }
}

/// A date written as `2024-09-02`.
fn parse_date(text: &str) -> Option<NaiveDate> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// The words of a fixed list, for an error message.
fn listed<T>(choices: &[(&str, T)]) -> String {
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    words.join(", ")
}

/// The limits of a number, for an error message.
fn within(limits: &RangeInclusive<i64>) -> String {
    match (*limits.start(), *limits.end()) {
        (start, i64::MAX) => format!("a whole number from {start}"),
        (start, end) => format!("a whole number from {start} to {end}"),
    }
}
