//! A row of a CSV file, read by the names of its columns.

use super::{Coded, Place, Reader, Validity, listed, parse_date, within};
use crate::programme::{
    code::{Code, misformed},
    words::{Source, Words},
};
use chrono::NaiveDate;
use std::{collections::BTreeMap, ops::RangeInclusive};
use values::Money;

/// One row with its place.
pub(in crate::programme) struct Row<'r> {
    reader: &'r Reader<'r>,
    place: Place,
    cells: BTreeMap<&'r str, &'r str>,
}

/// Reads every row. A row with too few or too many cells is a problem and is left out.
pub(super) fn read<T>(
    reader: &Reader<'_>,
    path: &str,
    text: &str,
    columns: &[&str],
    mut read: impl FnMut(&Row<'_>) -> T,
) -> Vec<T> {
    let place = |line: u64| Place { file: path.to_owned(), line: usize::try_from(line).unwrap_or(usize::MAX) };
    // Spreadsheets write a mark before the first column and two signs at each line's end, which would move the lines.
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut csv = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut found = Vec::new();
    let mut header_seen = false;
    for record in csv.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                reader.problem(&place(line), "this line is not CSV", "cells separated by commas, quotes in pairs");
                continue;
            }
        };
        let place = place(record.position().map_or(1, csv::Position::line));
        if !header_seen {
            header_seen = true;
            if record.iter().ne(columns.iter().copied()) {
                let header: Vec<&str> = record.iter().collect();
                reader.give_up(path, [(place.line, format!("the columns are {}", header.join(",")), columns.join(","))]);
                return found;
            }
        } else if record.len() != columns.len() {
            reader.problem(&place, format!("the row has {} cells", record.len()), format!("{} cells", columns.len()));
        } else {
            let cells = columns.iter().copied().zip(record.iter().map(str::trim)).collect();
            found.push(read(&Row { reader, place, cells }));
        }
    }
    found
}

impl Row<'_> {
    /// The line on which the row begins.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Notes a problem with this row.
    pub fn problem(&self, what: impl Into<String>, expected: impl Into<String>) {
        self.reader.problem(&self.place, what, expected);
    }

    /// A cell that is not empty.
    pub fn text(&self, column: &str) -> String {
        self.optional_text(column).unwrap_or_else(|| {
            self.problem(format!("{column} is empty"), "a text");
            String::new()
        })
    }

    /// A cell that may be empty.
    pub fn optional_text(&self, column: &str) -> Option<String> {
        self.cells.get(column).filter(|cell| !cell.is_empty()).map(|cell| (*cell).to_owned())
    }

    /// A whole number within limits.
    pub fn number<N: TryFrom<i64> + Default>(&self, column: &str, limits: RangeInclusive<i64>) -> N {
        let text = self.cells.get(column).copied().unwrap_or_default();
        let number = text.parse().ok().filter(|number| limits.contains(number)).and_then(|n| N::try_from(n).ok());
        number.unwrap_or_else(|| {
            let shown = if text.is_empty() { "empty" } else { text };
            self.problem(format!("{column} is {shown}"), within(&limits));
            N::default()
        })
    }

    /// A sum of money in qəpik, not negative.
    pub fn money(&self, column: &str) -> Money {
        Money::from_qepik(self.number(column, 0..=i64::MAX))
    }

    /// `yes` or `no`.
    pub fn flag(&self, column: &str) -> bool {
        self.one_of(column, &[("no", false), ("yes", true)])
    }

    /// A date.
    pub fn date(&self, column: &str) -> NaiveDate {
        let text = self.text(column);
        parse_date(&text).unwrap_or_else(|| {
            if !text.is_empty() {
                self.problem(format!("{column} is {text}"), "a date such as 2024-09-02");
            }
            NaiveDate::default()
        })
    }

    /// `valid_from` and `valid_to`.
    pub fn validity(&self) -> Validity {
        let to = self.optional_text("valid_to").map(|_| self.date("valid_to"));
        let validity = Validity { from: self.date("valid_from"), to };
        if let Some(to) = validity.to.filter(|to| *to < validity.from) {
            self.problem(format!("valid_to {to} is before valid_from {}", validity.from), "a later date");
        }
        validity
    }

    /// `source` and `verified`.
    pub fn source(&self) -> Source {
        Source { text: self.text("source"), verified: self.flag("verified") }
    }

    /// The columns `name_az`, `name_en` and `name_ru`.
    pub fn name(&self) -> Words {
        Words { az: self.text("name_az"), en: self.text("name_en"), ru: self.text("name_ru") }
    }

    /// One word of a fixed list, as the variant beside it.
    pub fn one_of<T: Clone>(&self, column: &str, choices: &[(&str, T)]) -> T {
        let text = self.text(column);
        match choices.iter().find(|(word, _)| *word == text) {
            Some((_, choice)) => choice.clone(),
            None => {
                if !text.is_empty() {
                    self.problem(format!("{column} is {text}"), format!("one of {}", listed(choices)));
                }
                choices[0].1.clone()
            }
        }
    }

    /// The code in a column, which this row defines for all time.
    pub fn define<K: Coded>(&self, column: &str) -> Code<K> {
        self.defined(column, None)
    }

    /// The code in a column, which this row defines for a validity.
    pub fn define_dated<K: Coded>(&self, column: &str, validity: Validity) -> Code<K> {
        self.defined(column, Some(validity))
    }

    fn defined<K: Coded>(&self, column: &str, validity: Option<Validity>) -> Code<K> {
        let text = self.text(column);
        if let Some(expected) = misformed::<K>(&text).filter(|_| !text.is_empty()) {
            self.problem(format!("{text} is not a code"), expected);
        }
        self.reader.define::<K>(&text, validity, &self.place);
        Code::new(&text)
    }

    /// The code of something defined elsewhere.
    pub fn refer<K: Coded>(&self, column: &str) -> Code<K> {
        let text = self.text(column);
        self.reader.refer::<K>(&text, &self.place);
        Code::new(&text)
    }

    /// The code of something defined elsewhere, in a cell that may be empty.
    pub fn optional_refer<K: Coded>(&self, column: &str) -> Option<Code<K>> {
        self.optional_text(column).map(|_| self.refer(column))
    }
}
