//! Letters as data: what the programme writes to people, in three languages.

use super::{
    Parameter,
    code::{Code, Coded},
    reader::{Reader, Table},
    template::Template,
    words::Words,
};
use serde::Serialize;

/// What letters may name. Reasons with their articles are printed beside the text, not inside it.
pub const PLACES: &[&str] = &[
    "programme",
    "authority",
    "office",
    "office_address",
    "name",
    "receipt_number",
    "call",
    "direction",
    "date",
    "time",
    "place",
    "until",
    "position",
    "queue_length",
    "cohort",
    "points",
    "pass_mark",
    "contract_number",
    "items",
    "obligation",
    "remedy_until",
    "award",
    "grievance_number",
    "committee",
    "answer",
    "decision",
    "decided_on",
    "hotline",
    "website",
];

/// A letter of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct LetterText {
    pub code: Code<LetterText>,
    /// What staff call it.
    pub name: Words,
    pub subject: Template,
    pub salutation: Template,
    pub paragraphs: Vec<Template>,
    pub steps: Vec<LetterStep>,
    pub closing: Words,
    /// The short form for a text message, where the letter has one.
    pub message: Option<Template>,
    /// Whether the rules that failed are printed with their articles.
    pub with_reasons: bool,
}

/// What the reader can do next, and how long.
#[derive(Clone, Debug, Serialize)]
pub struct LetterStep {
    pub text: Template,
    /// The parameter with the time for it, counted from the day of the letter.
    pub within: Option<Code<Parameter>>,
}

/// Reads `letters.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Vec<LetterText> {
    reader.toml("letters.toml", |file| file.list("letter", letter)).unwrap_or_default()
}

fn letter(table: &Table<'_>) -> LetterText {
    LetterText {
        code: table.define(),
        name: table.words("name"),
        subject: table.template("subject", PLACES),
        salutation: table.template("salutation", PLACES),
        paragraphs: table.list("paragraph", |paragraph| paragraph.template("text", PLACES)),
        steps: table.optional_list("step", |step| LetterStep {
            text: step.template("text", PLACES),
            within: step.optional_refer("within"),
        }),
        closing: table.words("closing"),
        message: table.has("message").then(|| table.template("message", PLACES)),
        with_reasons: table.flag("with_reasons"),
    }
}

impl Coded for LetterText {
    const NOUN: &'static str = "letter";
    const FILE: &'static str = "letters.toml";
}
