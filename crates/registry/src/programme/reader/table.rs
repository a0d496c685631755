//! A table of a TOML file. Reading a key ticks it off; keys that nobody read are refused.

use super::{Coded, Place, Reader, Validity, listed, parse_date, within};
use crate::programme::{
    Parameter,
    code::{Code, misformed},
    words::{Source, Words},
};
use chrono::NaiveDate;
use rules::{Condition, Vocabulary};
use std::{
    cell::RefCell,
    collections::BTreeSet,
    ops::{Range, RangeInclusive},
};
use toml::de::{DeTable, DeValue};
use values::Money;

/// One table with its place.
pub(in crate::programme) struct Table<'t> {
    reader: &'t Reader<'t>,
    file: &'t File<'t>,
    entries: &'t DeTable<'t>,
    at: usize,
    /// What stands before its keys in messages: `name.` for the table of a name.
    prefix: String,
    read: RefCell<BTreeSet<String>>,
}

struct File<'t> {
    path: &'t str,
    text: &'t str,
    /// The offset of each line's end.
    ends: Vec<usize>,
}

impl<'t> File<'t> {
    fn new(path: &'t str, text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset).collect();
        Self { path, text, ends }
    }

    fn place(&self, offset: usize) -> Place {
        let line = 1 + self.ends.partition_point(|end| *end < offset);
        Place { file: self.path.to_owned(), line }
    }
}

/// Parses a file and reads its top table.
pub(super) fn read<T>(reader: &Reader<'_>, path: &str, text: &str, read: impl FnOnce(&Table<'_>) -> T) -> T {
    let file = File::new(path, text);
    let (document, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        reader.give_up(path, errors.iter().map(|error| syntax(&file, error)));
    }
    let table =
        Table { reader, file: &file, entries: document.get_ref(), at: 0, prefix: String::new(), read: RefCell::default() };
    let value = read(&table);
    table.refuse_unread();
    value
}

fn syntax(file: &File<'_>, error: &toml::de::Error) -> (usize, String, String) {
    let line = file.place(error.span().map_or(0, |span| span.start)).line;
    let message = error.message();
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, "valid TOML"));
    (line, what.to_owned(), expected.to_owned())
}

impl<'t> Table<'t> {
    /// The line on which the table begins.
    pub fn place(&self) -> Place {
        self.file.place(self.at)
    }

    /// The line on which the value of a key stands, or the table's own without that key.
    pub fn place_of(&self, key: &str) -> Place {
        match self.entries.get_key_value(key) {
            Some((_, value)) if !matches!(value.get_ref(), DeValue::Table(_)) => self.file.place(value.span().start),
            Some((name, _)) => self.file.place(name.span().start),
            None => self.place(),
        }
    }

    /// Notes a problem with one language of the words under a key.
    pub fn problem_in(&self, key: &str, lang: &str, what: impl Into<String>, expected: impl Into<String>) {
        let words = self.entries.get(key).and_then(|words| words.get_ref().get(lang));
        let place = words.map_or_else(|| self.place_of(key), |text| self.file.place(text.span().start));
        self.reader.problem(&place, what, expected);
    }

    /// Notes a problem with the value of a key.
    pub fn problem(&self, key: &str, what: impl Into<String>, expected: impl Into<String>) {
        self.reader.problem(&self.place_of(key), what, expected);
    }

    /// The reading that this table belongs to.
    pub fn reader(&self) -> &'t Reader<'t> {
        self.reader
    }

    /// Each table of an array of tables, in order.
    pub fn list<T>(&self, key: &str, mut read: impl FnMut(&Table<'_>) -> T) -> Vec<T> {
        let found = self.optional_list(key, &mut read);
        if found.is_empty() && !self.entries.contains_key(key) {
            self.problem(key, format!("{key} is missing"), format!("at least one [[{key}]]"));
        }
        found
    }

    /// Each table of an array of tables, in order; none if the key is absent.
    pub fn optional_list<T>(&self, key: &str, mut read: impl FnMut(&Table<'_>) -> T) -> Vec<T> {
        let Some((value, span)) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            self.wrong(key, &span, "a list of tables");
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(entries) => found.push(self.child(entries, item.span().start, String::new(), &mut read)),
                _ => self.wrong(key, &item.span(), "a table"),
            }
        }
        found
    }

    /// The table under a key.
    pub fn one<T>(&self, key: &str, mut read: impl FnMut(&Table<'_>) -> T) -> Option<T> {
        let Some((value, span)) = self.value(key) else {
            self.missing(key, "a table");
            return None;
        };
        let DeValue::Table(entries) = value else {
            self.wrong(key, &span, "a table");
            return None;
        };
        // The span of a table made by dotted keys is empty: its first key tells the line.
        Some(self.child(entries, self.key_start(key), format!("{key}."), &mut read))
    }

    /// A text that is not empty.
    pub fn text(&self, key: &str) -> String {
        self.optional_text(key).unwrap_or_else(|| {
            if !self.entries.contains_key(key) {
                self.missing(key, "a text");
            }
            String::new()
        })
    }

    /// A text that may be absent, but not empty.
    pub fn optional_text(&self, key: &str) -> Option<String> {
        let (value, span) = self.value(key)?;
        match value {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            DeValue::String(_) => {
                self.reader.problem(&self.file.place(span.start), format!("{}{key} is empty", self.prefix), "a text");
                None
            }
            _ => {
                self.wrong(key, &span, "a text");
                None
            }
        }
    }

    fn placed_texts(&self, key: &str) -> Vec<(String, Place)> {
        let Some((value, span)) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            self.wrong(key, &span, "a list of texts");
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => found.push((text.to_string(), self.file.place(item.span().start))),
                _ => self.wrong(key, &item.span(), "a text"),
            }
        }
        found
    }

    /// A whole number within limits.
    pub fn number<N: TryFrom<i64> + Default>(&self, key: &str, limits: RangeInclusive<i64>) -> N {
        self.optional_number(key, limits.clone()).unwrap_or_else(|| {
            if !self.entries.contains_key(key) {
                self.missing(key, &within(&limits));
            }
            N::default()
        })
    }

    /// A whole number within limits that may be absent.
    pub fn optional_number<N: TryFrom<i64>>(&self, key: &str, limits: RangeInclusive<i64>) -> Option<N> {
        let (value, span) = self.value(key)?;
        let DeValue::Integer(number) = value else {
            self.wrong(key, &span, &within(&limits));
            return None;
        };
        let parsed = i64::from_str_radix(number.as_str(), number.radix()).ok();
        let accepted = parsed.filter(|number| limits.contains(number)).and_then(|number| N::try_from(number).ok());
        if accepted.is_none() {
            self.reader.problem(&self.file.place(span.start), format!("{key} is {number}"), within(&limits));
        }
        accepted
    }

    /// A sum of money in qəpik, not negative.
    pub fn money(&self, key: &str) -> Money {
        Money::from_qepik(self.number(key, 0..=i64::MAX))
    }

    /// Yes or no; absent means no.
    pub fn flag(&self, key: &str) -> bool {
        match self.value(key) {
            None => false,
            Some((DeValue::Boolean(flag), _)) => *flag,
            Some((_, span)) => {
                self.wrong(key, &span, "true or false");
                false
            }
        }
    }

    /// Whether the key is there at all.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Whether the value of a key is `true` or `false`.
    pub fn is_flag(&self, key: &str) -> bool {
        self.entries.get(key).is_some_and(|value| value.get_ref().is_bool())
    }

    /// A date.
    pub fn date(&self, key: &str) -> NaiveDate {
        self.optional_date(key).unwrap_or_else(|| {
            if !self.entries.contains_key(key) {
                self.missing(key, "a date such as 2024-09-02");
            }
            NaiveDate::default()
        })
    }

    /// A date that may be absent.
    pub fn optional_date(&self, key: &str) -> Option<NaiveDate> {
        let (value, span) = self.value(key)?;
        let parsed = match value {
            DeValue::Datetime(moment) => parse_date(&moment.to_string()),
            _ => None,
        };
        if parsed.is_none() {
            self.wrong(key, &span, "a date such as 2024-09-02, without quotes");
        }
        parsed
    }

    /// `valid_from` and `valid_to`.
    pub fn validity(&self) -> Validity {
        let validity = Validity { from: self.date("valid_from"), to: self.optional_date("valid_to") };
        if let Some(to) = validity.to.filter(|to| *to < validity.from) {
            self.problem("valid_to", format!("valid_to {to} is before valid_from {}", validity.from), "a later date");
        }
        validity
    }

    /// `source` and `verified`.
    pub fn source(&self) -> Source {
        if !self.has("verified") {
            self.missing("verified", "true or false");
        }
        Source { text: self.text("source"), verified: self.flag("verified") }
    }

    /// A text in all three languages: `key.az`, `key.en`, `key.ru`.
    pub fn words(&self, key: &str) -> Words {
        self.one(key, |table| Words { az: table.text("az"), en: table.text("en"), ru: table.text("ru") }).unwrap_or_default()
    }

    /// A text in all three languages that may be absent.
    pub fn optional_words(&self, key: &str) -> Option<Words> {
        self.has(key).then(|| self.words(key))
    }

    /// One word of a fixed list, as the variant beside it.
    pub fn one_of<T: Clone>(&self, key: &str, choices: &[(&str, T)]) -> T {
        let text = self.text(key);
        match choices.iter().find(|(word, _)| *word == text) {
            Some((_, choice)) => choice.clone(),
            None => {
                if !text.is_empty() {
                    self.problem(key, format!("{key} is {text}"), format!("one of {}", listed(choices)));
                }
                choices[0].1.clone()
            }
        }
    }

    /// Words of a fixed list, at least one, as the variants beside them.
    pub fn some_of<T: Clone>(&self, key: &str, choices: &[(&str, T)]) -> Vec<T> {
        let words = self.placed_texts(key);
        if words.is_empty() {
            self.problem(key, format!("{key} names nothing"), format!("some of {}", listed(choices)));
        }
        let mut found = Vec::new();
        for (text, place) in words {
            match choices.iter().find(|(word, _)| *word == text) {
                Some((_, choice)) => found.push(choice.clone()),
                None => self.reader.problem(&place, format!("{key} has {text}"), format!("some of {}", listed(choices))),
            }
        }
        found
    }

    /// The code under `code`, which this table defines for all time.
    pub fn define<K: Coded>(&self) -> Code<K> {
        self.defined("code", None)
    }

    /// The code under `code`, which this table defines for a validity.
    pub fn define_dated<K: Coded>(&self, validity: Validity) -> Code<K> {
        self.defined("code", Some(validity))
    }

    fn defined<K: Coded>(&self, key: &str, validity: Option<Validity>) -> Code<K> {
        let text = self.text(key);
        if let Some(expected) = misformed::<K>(&text).filter(|_| !text.is_empty()) {
            self.problem(key, format!("{text} is not a code"), expected);
        }
        self.reader.define::<K>(&text, validity, &self.place_of(key));
        Code::new(&text)
    }

    /// The code of something defined elsewhere.
    pub fn refer<K: Coded>(&self, key: &str) -> Code<K> {
        let text = self.text(key);
        self.reader.refer::<K>(&text, &self.place_of(key));
        Code::new(&text)
    }

    /// The code of something defined elsewhere, which may be absent.
    pub fn optional_refer<K: Coded>(&self, key: &str) -> Option<Code<K>> {
        self.has(key).then(|| self.refer(key))
    }

    /// A condition over the vocabulary, which may be absent.
    pub fn condition(&self, key: &str, vocabulary: &Vocabulary) -> Option<Condition> {
        let text = self.optional_text(key)?;
        match Condition::parse(&text, vocabulary) {
            Ok(condition) => Some(condition),
            // Without its parameters a condition cannot be judged.
            Err(_) if self.reader.is_broken(Parameter::FILE) => None,
            Err(fault) => {
                self.problem(key, format!("in {key}: {}", fault.what), fault.expected);
                None
            }
        }
    }

    fn child<T>(&self, entries: &DeTable<'_>, at: usize, prefix: String, read: &mut impl FnMut(&Table<'_>) -> T) -> T {
        let table = Table { reader: self.reader, file: self.file, entries, at, prefix, read: RefCell::default() };
        let value = read(&table);
        table.refuse_unread();
        value
    }

    fn value(&self, key: &str) -> Option<(&'t DeValue<'t>, Range<usize>)> {
        self.read.borrow_mut().insert(key.to_owned());
        self.entries.get(key).map(|value| (value.get_ref(), value.span()))
    }

    fn key_start(&self, key: &str) -> usize {
        self.entries.get_key_value(key).map_or(self.at, |(name, _)| name.span().start)
    }

    fn missing(&self, key: &str, expected: &str) {
        self.reader.problem(&self.place(), format!("{}{key} is missing", self.prefix), expected);
    }

    fn wrong(&self, key: &str, span: &Range<usize>, expected: &str) {
        let found = self.file.text.get(span.clone()).unwrap_or_default();
        let found: String = found.lines().next().unwrap_or_default().chars().take(40).collect();
        self.reader.problem(&self.file.place(span.start), format!("{}{key} is {found}", self.prefix), expected);
    }

    fn refuse_unread(&self) {
        let read = self.read.borrow();
        for (name, _) in self.entries.iter().filter(|(name, _)| !read.contains(name.get_ref().as_ref())) {
            let place = self.file.place(name.span().start);
            let known: Vec<&str> = read.iter().map(String::as_str).collect();
            self.reader.problem(
                &place,
                format!("unknown key {}{}", self.prefix, name.get_ref()),
                format!("one of {}", known.join(", ")),
            );
        }
    }
}
