//! Forms as data: sections of fields with their kinds and limits, in three languages.

use super::{
    code::{Code, Coded},
    reader::{Place, Reader, Table},
    words::Words,
};
use serde::Serialize;
use std::collections::BTreeSet;
use values::Money;

/// A form that people fill in.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    pub name: Words,
    pub sections: Vec<Section>,
}

/// A part of a form with its own heading. A repeating section is a table with a row for each thing.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    pub code: Code<Section>,
    pub name: Words,
    pub hint: Option<Words>,
    /// Least and most rows, where the section repeats.
    pub rows: Option<(u32, u32)>,
    pub fields: Vec<Field>,
}

/// One question of a form.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Unique in its form.
    pub code: Code<Field>,
    pub label: Words,
    pub hint: Option<Words>,
    pub kind: FieldKind,
    pub required: bool,
    /// Shown and asked only when another field of the form has this value.
    pub when: Option<(Code<Field>, String)>,
}

/// What a field holds, with its limits, both ends included.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum FieldKind {
    Text {
        longest: usize,
    },
    /// Several lines.
    LongText {
        longest: usize,
    },
    Number {
        min: i64,
        max: i64,
    },
    Money {
        min: Money,
        max: Money,
    },
    Percent,
    Date,
    YesNo,
    /// One of the choices.
    Choice {
        choices: Vec<Choice>,
    },
    /// Any of the choices.
    Choices {
        choices: Vec<Choice>,
    },
    /// An item of the catalogue.
    Item,
}

/// A possible answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Choice {
    pub code: String,
    pub name: Words,
}

impl Form {
    /// Every field, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// A field by its code.
    pub fn field(&self, code: &str) -> Option<&Field> {
        self.fields().find(|field| field.code == *code)
    }

    /// A section by its code.
    pub fn section(&self, code: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.code == *code)
    }
}

impl Field {
    /// The choices, where the field has some.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            FieldKind::Choice { choices } | FieldKind::Choices { choices } => choices,
            _ => &[],
        }
    }
}

/// Reads a file that is one form: `name` and `[[section]]`.
pub(super) fn read(reader: &Reader<'_>, path: &str) -> Form {
    reader.toml(path, form).unwrap_or_default()
}

/// Reads `name` and `[[section]]` of a table.
pub(super) fn form(table: &Table<'_>) -> Form {
    let mut seen = Seen::default();
    let sections = table.list("section", |section_table| section(section_table, &mut seen));
    let form = Form { name: table.words("name"), sections };
    for (field, asks, place) in &seen.asking {
        if !asks.is_empty() && form.field(asks).is_none() {
            table.reader().problem(
                place,
                format!("{field} asks about the field {asks}, which the form has not"),
                "a field of the form",
            );
        }
    }
    form
}

/// What has been met so far in one form.
#[derive(Default)]
struct Seen {
    codes: BTreeSet<String>,
    /// A field, the other field that it asks about, and where it does.
    asking: Vec<(Code<Field>, String, Place)>,
}

fn section(table: &Table<'_>, seen: &mut Seen) -> Section {
    let rows = table
        .has("rows_max")
        .then(|| (table.optional_number("rows_min", 0..=500).unwrap_or(0), table.number("rows_max", 1..=500)));
    Section {
        code: table.local_code("code", &mut seen.codes),
        name: table.words("name"),
        hint: table.optional_words("hint"),
        rows,
        fields: table.list("field", |field_table| field(field_table, seen)),
    }
}

fn field(table: &Table<'_>, seen: &mut Seen) -> Field {
    let code: Code<Field> = table.local_code("code", &mut seen.codes);
    let when = table.has("when").then(|| {
        let asks = table.text("when");
        seen.asking.push((code.clone(), asks.clone(), table.place_of("when")));
        (Code::new(&asks), table.text("is"))
    });
    Field {
        code,
        label: table.words("label"),
        hint: table.optional_words("hint"),
        kind: kind(table),
        required: table.flag("required"),
        when,
    }
}

fn kind(table: &Table<'_>) -> FieldKind {
    match table.one_of("kind", &KINDS) {
        Kind::Text => FieldKind::Text { longest: table.optional_number("longest", 1..=5000).unwrap_or(200) },
        Kind::LongText => FieldKind::LongText { longest: table.optional_number("longest", 1..=20_000).unwrap_or(4000) },
        Kind::Number => {
            let (min, max) = limits(table, "min", "max");
            FieldKind::Number { min, max }
        }
        Kind::Money => {
            let (min, max) = limits(table, "min_qepik", "max_qepik");
            FieldKind::Money { min: Money::from_qepik(min), max: Money::from_qepik(max) }
        }
        Kind::Percent => FieldKind::Percent,
        Kind::Date => FieldKind::Date,
        Kind::YesNo => FieldKind::YesNo,
        Kind::Choice => FieldKind::Choice { choices: choices(table) },
        Kind::Choices => FieldKind::Choices { choices: choices(table) },
        Kind::Item => FieldKind::Item,
    }
}

fn limits(table: &Table<'_>, min: &str, max: &str) -> (i64, i64) {
    let least = table.optional_number(min, i64::MIN..=i64::MAX).unwrap_or(0);
    let most = table.number(max, i64::MIN..=i64::MAX);
    if table.has(max) && most < least {
        table.problem(max, format!("{max} {most} is below {min} {least}"), format!("at least {least}"));
    }
    (least, most)
}

fn choices(table: &Table<'_>) -> Vec<Choice> {
    let mut codes = BTreeSet::new();
    table.list("choice", |choice| {
        let code: Code<Choice> = choice.local_code("code", &mut codes);
        Choice { code: code.to_string(), name: choice.words("name") }
    })
}

impl Table<'_> {
    /// A code that is unique only among `seen`, such as a field's in its form.
    pub fn local_code<K: Coded>(&self, key: &str, seen: &mut BTreeSet<String>) -> Code<K> {
        let text = self.text(key);
        if let Some(expected) = super::code::misformed::<K>(&text).filter(|_| !text.is_empty()) {
            self.problem(key, format!("{text} is not a code"), expected);
        }
        if !text.is_empty() && !seen.insert(text.clone()) {
            self.problem(key, format!("{} {text} stands twice", K::NOUN), "each code once");
        }
        Code::new(&text)
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    LongText,
    Number,
    Money,
    Percent,
    Date,
    YesNo,
    Choice,
    Choices,
    Item,
}

const KINDS: [(&str, Kind); 10] = [
    ("text", Kind::Text),
    ("long_text", Kind::LongText),
    ("number", Kind::Number),
    ("money", Kind::Money),
    ("percent", Kind::Percent),
    ("date", Kind::Date),
    ("yes_no", Kind::YesNo),
    ("choice", Kind::Choice),
    ("choices", Kind::Choices),
    ("item", Kind::Item),
];

impl Coded for Section {
    const NOUN: &'static str = "section";
    const FILE: &'static str = "the same form";
    const CAPITALS: bool = false;
}

impl Coded for Field {
    const NOUN: &'static str = "field";
    const FILE: &'static str = "the same form";
    const CAPITALS: bool = false;
}

impl Coded for Choice {
    const NOUN: &'static str = "choice";
    const FILE: &'static str = "the same field";
    const CAPITALS: bool = false;
}
