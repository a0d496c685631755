//! Facts: what is known about a case when a rule is asked, by name, each of one kind.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// What a fact may hold. In JSON: `true`, `12`, `"2024-09-02"`, `["TSA", "DISAB"]`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    Bool(bool),
    Integer(i64),
    Date(NaiveDate),
    Codes(BTreeSet<String>),
}

/// The kind of a fact. A single code, such as a person's sex, is a set of one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Bool,
    Integer,
    Date,
    Codes,
}

/// The facts of one question. Parameters stand beside them under names that begin with `$`,
/// so that the stored map replays a decision without anything else.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<String, Value>);

/// The names that conditions may use, each with its kind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Vocabulary(BTreeMap<String, Kind>);

impl Facts {
    /// No facts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same facts with one more; a later value replaces an earlier one.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// Sets one fact.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// Sets one fact if it is known, and leaves it missing otherwise.
    pub fn set_known(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// The value of a fact, if it is known.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// All facts in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Adds the facts of another map, which win over these.
    pub fn extend(&mut self, other: Facts) {
        self.0.extend(other.0);
    }
}

impl Vocabulary {
    /// No names yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same names with one more.
    #[must_use]
    pub fn with(mut self, name: &str, kind: Kind) -> Self {
        self.insert(name, kind);
        self
    }

    /// Adds one name.
    pub fn insert(&mut self, name: &str, kind: Kind) {
        self.0.insert(name.to_owned(), kind);
    }

    /// The kind of a name, if conditions may use it.
    pub fn kind(&self, name: &str) -> Option<Kind> {
        self.0.get(name).copied()
    }

    /// All names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The names in `facts` that are unknown here or hold another kind than they should.
    pub fn misfits<'a>(&'a self, facts: &'a Facts) -> impl Iterator<Item = &'a str> {
        facts.iter().filter(|(name, value)| self.kind(name) != Some(value.kind())).map(|(name, _)| name)
    }
}

impl Value {
    /// The kind of this value.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Bool(_) => Kind::Bool,
            Self::Integer(_) => Kind::Integer,
            Self::Date(_) => Kind::Date,
            Self::Codes(_) => Kind::Codes,
        }
    }

    /// A set of one code, such as a sex or a status.
    pub fn code(code: &str) -> Self {
        Self::Codes(BTreeSet::from([code.to_owned()]))
    }

    /// A set of codes.
    pub fn codes<'a>(codes: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Codes(codes.into_iter().map(str::to_owned).collect())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<NaiveDate> for Value {
    fn from(value: NaiveDate) -> Self {
        Self::Date(value)
    }
}

impl From<BTreeSet<String>> for Value {
    fn from(value: BTreeSet<String>) -> Self {
        Self::Codes(value)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Date(value) => write!(f, "{value}"),
            Self::Codes(codes) => {
                let list: Vec<&str> = codes.iter().map(String::as_str).collect();
                write!(f, "[{}]", list.join(", "))
            }
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bool => "yes or no",
            Self::Integer => "a whole number",
            Self::Date => "a date",
            Self::Codes => "a set of codes",
        })
    }
}
