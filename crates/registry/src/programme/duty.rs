//! Incompatible duties: which two tasks one officer may never have in the life of one case, and why, in words.

use super::{
    code::{Code, Coded},
    reader::{Reader, Table},
    words::{Source, Words},
};
use serde::Serialize;

/// A task that somebody does in a case.
#[derive(Clone, Debug, Serialize)]
pub struct DutyName {
    pub code: Code<DutyName>,
    pub name: Words,
}

/// Two duties that exclude each other over the whole life of a case.
#[derive(Clone, Debug, Serialize)]
pub struct Incompatible {
    /// Stored with each duty done, never reused.
    pub number: i16,
    pub duties: [Code<DutyName>; 2],
    /// Why, told to whoever is refused.
    pub reason: Words,
    pub source: Source,
}

/// Duties and the pairs that exclude each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Duties {
    pub names: Vec<DutyName>,
    pub incompatible: Vec<Incompatible>,
}

/// Reads `duties.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Duties {
    reader
        .toml("duties.toml", |file| Duties {
            names: file.list("duty", |table| DutyName { code: table.define(), name: table.words("name") }),
            incompatible: file.list("incompatible", incompatible),
        })
        .unwrap_or_default()
}

fn incompatible(table: &Table<'_>) -> Incompatible {
    let number: i16 = table.number("number", 1..=999);
    table.reader().define::<Incompatible>(&number.to_string(), None, &table.place_of("number"));
    let duties = [table.refer("one"), table.refer("other")];
    if duties[0] == duties[1] {
        table.problem("other", format!("{} stands on both sides", duties[0]), "two different duties");
    }
    Incompatible { number, duties, reason: table.words("reason"), source: table.source() }
}

impl Coded for DutyName {
    const NOUN: &'static str = "duty";
    const FILE: &'static str = "duties.toml";
    const CAPITALS: bool = false;
}

impl Coded for Incompatible {
    const NOUN: &'static str = "incompatibility";
    const FILE: &'static str = "duties.toml";
}
