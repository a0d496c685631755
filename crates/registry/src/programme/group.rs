//! Groups of people, and the three lists that must stay apart: statutory priority, target groups, special need.

use super::{
    code::{Code, Coded, LONGEST_IN_EVENTS},
    reader::{Reader, Table},
    words::{Source, Validity, Words},
};
use chrono::NaiveDate;
use rules::{Condition, Vocabulary};
use serde::Serialize;

/// A group of people. A person may belong to several.
#[derive(Clone, Debug)]
pub struct Group {
    pub code: Code<Group>,
    pub name: Words,
    /// What shows that a person belongs to it; absent where facts decide.
    pub evidence: Option<Words>,
    /// Membership that follows from facts, such as long unemployment; absent where it needs evidence.
    pub follows_when: Option<Condition>,
    /// Whether the evidence is a protected field.
    pub protected: bool,
    /// Whether it is the group of those who draw social assistance.
    pub assistance: bool,
    /// The lists that name the group, each with its time.
    pub listed: Vec<Listing>,
}

/// A group's place on a list.
#[derive(Clone, Debug, Serialize)]
pub struct Listing {
    pub list: GroupList,
    /// The article that puts it there, where there is one.
    pub article: Option<String>,
    pub validity: Validity,
    pub source: Source,
}

/// A list of groups. Each has its own legal meaning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupList {
    /// The six categories of rule 1.2, which come first in the ranking.
    StatutoryPriority,
    /// The project's own target groups.
    ProjectTarget,
    /// Categories of other measures of employment law.
    SpecialNeed,
    /// Named in reports and the press without a rule.
    Reported,
}

impl Group {
    /// Whether a list names the group on that day.
    pub fn is_on(&self, list: GroupList, day: NaiveDate) -> bool {
        self.listing(list, day).is_some()
    }

    /// The group's place on a list on that day.
    pub fn listing(&self, list: GroupList, day: NaiveDate) -> Option<&Listing> {
        self.listed.iter().find(|listing| listing.list == list && listing.validity.covers(day))
    }
}

/// Reads `groups.toml`.
pub(super) fn read(reader: &Reader<'_>, vocabulary: &Vocabulary) -> Vec<Group> {
    reader.toml("groups.toml", |file| file.list("group", |table| group(table, vocabulary))).unwrap_or_default()
}

fn group(table: &Table<'_>, vocabulary: &Vocabulary) -> Group {
    let group = Group {
        code: table.define(),
        name: table.words("name"),
        evidence: table.optional_words("evidence"),
        follows_when: table.condition("follows_when", vocabulary),
        protected: table.flag("protected"),
        assistance: table.flag("assistance"),
        listed: table.list("listed", listing),
    };
    if table.has("evidence") == table.has("follows_when") {
        table.problem("code", format!("group {} is shown by evidence or by facts", group.code), "evidence or follows_when");
    }
    group
}

fn listing(table: &Table<'_>) -> Listing {
    Listing {
        list: table.one_of("list", &LISTS),
        article: table.optional_text("article"),
        validity: table.validity(),
        source: table.source(),
    }
}

const LISTS: [(&str, GroupList); 4] = [
    ("reported", GroupList::Reported),
    ("statutory_priority", GroupList::StatutoryPriority),
    ("project_target", GroupList::ProjectTarget),
    ("special_need", GroupList::SpecialNeed),
];

impl Coded for Group {
    const NOUN: &'static str = "group";
    const FILE: &'static str = "groups.toml";
    const LONGEST: usize = LONGEST_IN_EVENTS;
}
