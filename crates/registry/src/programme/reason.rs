//! Coded reasons: why cases close, people decline, businesses pause or end, plans are refused, items are not taken.

use super::{
    code::{Code, Coded},
    reader::{Reader, Table},
    words::Words,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// One reason of a list. The program's own lists (closing, leave, pause, end and so on) must have exactly its codes.
#[derive(Clone, Debug, Serialize)]
pub struct Reason {
    pub list: String,
    pub code: Code<Reason>,
    pub name: Words,
    /// When to choose it, for staff.
    pub guide: Option<Words>,
}

/// Reads `reasons.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Vec<Reason> {
    let lists = reader.toml("reasons.toml", |file| file.list("list", list)).unwrap_or_default();
    lists.into_iter().flatten().collect()
}

fn list(table: &Table<'_>) -> Vec<Reason> {
    let name: Code<ReasonList> = table.define();
    table.words("name");
    let mut codes = BTreeSet::new();
    table.list("reason", |reason| Reason {
        list: name.to_string(),
        code: reason.local_code("code", &mut codes),
        name: reason.words("name"),
        guide: reason.optional_words("guide"),
    })
}

/// A list of reasons, of which only the name is kept.
struct ReasonList;

impl Coded for ReasonList {
    const NOUN: &'static str = "list of reasons";
    const FILE: &'static str = "reasons.toml";
    const CAPITALS: bool = false;
}

impl Coded for Reason {
    const NOUN: &'static str = "reason";
    const FILE: &'static str = "reasons.toml";
    const CAPITALS: bool = false;
}
