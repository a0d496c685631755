//! Grievances as data: categories, channels, committees, and which clock a grievance runs by.

use super::{
    Parameter,
    code::{Code, Coded},
    reader::{Reader, Table},
    words::{Source, Words},
};
use serde::Serialize;

/// The grievance mechanism of the programme.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Grievances {
    pub categories: Vec<GrievanceCategory>,
    pub channels: Vec<Channel>,
    pub committees: Vec<Committee>,
    pub source: Source,
}

/// What a grievance is about.
#[derive(Clone, Debug, Serialize)]
pub struct GrievanceCategory {
    pub code: Code<GrievanceCategory>,
    pub name: Words,
    /// An example in the words of those who complain.
    pub example: Words,
    /// Seen only by those who handle it.
    pub confidential: bool,
    /// Fit for an answer on the longer clock.
    pub needs_study: bool,
    /// What an open one holds back.
    pub holds: Vec<Held>,
}

/// A step of a case that waits while a grievance is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    Selection,
    Handover,
    Ownership,
    Award,
    Closing,
}

/// How a grievance arrives.
#[derive(Clone, Debug, Serialize)]
pub struct Channel {
    pub code: Code<Channel>,
    pub name: Words,
    /// Whether somebody may complain through it without a name.
    pub anonymous: bool,
}

/// A level of decision.
#[derive(Clone, Debug, Serialize)]
pub struct Committee {
    pub code: Code<Committee>,
    pub name: Words,
    /// 1 decides first; a refused proposal goes to the next.
    pub level: u32,
    pub members: u32,
    /// Who sits in it.
    pub composition: Words,
    /// The parameter with its time to answer.
    pub term: Code<Parameter>,
}

impl Grievances {
    /// A category by its code.
    pub fn category(&self, code: &str) -> Option<&GrievanceCategory> {
        self.categories.iter().find(|category| category.code == *code)
    }

    /// A channel by its code.
    pub fn channel(&self, code: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.code == *code)
    }

    /// The committee of a level, counted from 1.
    pub fn committee(&self, level: u32) -> Option<&Committee> {
        self.committees.iter().find(|committee| committee.level == level)
    }
}

/// Reads `grievances.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Grievances {
    reader.toml("grievances.toml", grievances).unwrap_or_default()
}

fn grievances(file: &Table<'_>) -> Grievances {
    let committees = file.list("committee", |table| Committee {
        code: table.define(),
        name: table.words("name"),
        level: table.number("level", 1..=5),
        members: table.number("members", 1..=50),
        composition: table.words("composition"),
        term: table.refer("term"),
    });
    for (committee, level) in committees.iter().zip(1..) {
        if committee.level != level {
            file.problem(
                "committee",
                format!("{} has level {}", committee.code, committee.level),
                format!("level {level}, as in order"),
            );
        }
    }
    Grievances {
        categories: file.list("category", category),
        channels: file.list("channel", |table| Channel {
            code: table.define(),
            name: table.words("name"),
            anonymous: table.flag("anonymous"),
        }),
        committees,
        source: file.source(),
    }
}

fn category(table: &Table<'_>) -> GrievanceCategory {
    GrievanceCategory {
        code: table.define(),
        name: table.words("name"),
        example: table.words("example"),
        confidential: table.flag("confidential"),
        needs_study: table.flag("needs_study"),
        holds: if table.has("holds") { table.some_of("holds", &HOLDS) } else { Vec::new() },
    }
}

const HOLDS: [(&str, Held); 5] = [
    ("selection", Held::Selection),
    ("handover", Held::Handover),
    ("ownership", Held::Ownership),
    ("award", Held::Award),
    ("closing", Held::Closing),
];

impl Coded for GrievanceCategory {
    const NOUN: &'static str = "category";
    const FILE: &'static str = "grievances.toml";
}

impl Coded for Channel {
    const NOUN: &'static str = "channel";
    const FILE: &'static str = "grievances.toml";
}

impl Coded for Committee {
    const NOUN: &'static str = "committee";
    const FILE: &'static str = "grievances.toml";
}
