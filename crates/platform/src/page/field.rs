//! A question of a form. It cannot be made without a label; hint and error are tied to it for a screen reader, and its
//! first control carries the name as id, so that an error summary can lead to it.

use super::{Choice, Words, control};
use maud::{Markup, Render};

/// How wide an input is: as wide as what goes into it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Width {
    Chars2,
    Chars4,
    Chars5,
    Chars10,
    Chars20,
    #[default]
    Full,
}

/// A question. Made by one of the functions of this module, drawn by putting it into a page.
#[must_use]
pub struct Field<'a> {
    pub(super) words: &'a dyn Words,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) is_heading: bool,
    pub(super) hint: Option<String>,
    pub(super) error: Option<String>,
    pub(super) values: Vec<String>,
    pub(super) control: Control,
    pub(super) width: Width,
    pub(super) autocomplete: Option<&'static str>,
}

/// What the question is answered with.
pub(super) enum Control {
    Line(Line),
    Area { rows: u8 },
    Date,
    Select { choices: Vec<Choice>, blank: Option<String> },
    Radios { choices: Vec<Choice>, inline: bool },
    Checkboxes { choices: Vec<Choice>, small: bool },
    File { accept: String },
}

/// The kinds of one-line input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Text,
    Number,
    Money,
    Phone,
    Email,
    Secret,
    Search,
}

fn field<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>, control: Control) -> Field<'a> {
    Field {
        words,
        name: name.into(),
        label: label.into(),
        is_heading: false,
        hint: None,
        error: None,
        values: Vec::new(),
        control,
        width: Width::Full,
        autocomplete: None,
    }
}

/// A line of text.
pub fn text<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>) -> Field<'a> {
    field(words, name, label, Control::Line(Line::Text))
}

/// A whole number.
pub fn number<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>) -> Field<'a> {
    field(words, name, label, Control::Line(Line::Number)).width(Width::Chars5)
}

/// A sum in manats, as people write it.
pub fn money<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>) -> Field<'a> {
    field(words, name, label, Control::Line(Line::Money)).width(Width::Chars10)
}

/// A telephone number.
pub fn phone<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>) -> Field<'a> {
    field(words, name, label, Control::Line(Line::Phone)).width(Width::Chars20)
}

/// An e-mail address.
pub fn email<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>) -> Field<'a> {
    field(words, name, label, Control::Line(Line::Email))
}

/// A password or a code that nobody beside may read. It is never filled in again.
pub fn secret<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>) -> Field<'a> {
    field(words, name, label, Control::Line(Line::Secret)).width(Width::Chars20).autocomplete("current-password")
}

/// A line to search by.
pub fn search<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>) -> Field<'a> {
    field(words, name, label, Control::Line(Line::Search))
}

/// Several lines of text.
pub fn area<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>, rows: u8) -> Field<'a> {
    field(words, name, label, Control::Area { rows })
}

/// A date as three inputs: `name-day`, `name-month`, `name-year`. Its values are given in that order.
pub fn date<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>) -> Field<'a> {
    field(words, name, label, Control::Date)
}

/// One of many, in a list that drops down.
pub fn select<'a, C: Into<Choice>>(
    words: &'a dyn Words,
    name: impl Into<String>,
    label: impl Into<String>,
    choices: impl IntoIterator<Item = C>,
) -> Field<'a> {
    let blank = Some(words.t("page-choose"));
    field(words, name, label, Control::Select { choices: list(choices), blank })
}

/// One of a few, all in sight.
pub fn radios<'a, C: Into<Choice>>(
    words: &'a dyn Words,
    name: impl Into<String>,
    label: impl Into<String>,
    choices: impl IntoIterator<Item = C>,
) -> Field<'a> {
    field(words, name, label, Control::Radios { choices: list(choices), inline: false })
}

/// Any of a few. The name repeats, once for every answer.
pub fn checkboxes<'a, C: Into<Choice>>(
    words: &'a dyn Words,
    name: impl Into<String>,
    label: impl Into<String>,
    choices: impl IntoIterator<Item = C>,
) -> Field<'a> {
    field(words, name, label, Control::Checkboxes { choices: list(choices), small: false })
}

/// A file; `accept` lists kinds as HTML does. Its form must be [`super::Form::with_files`].
pub fn file<'a>(words: &'a dyn Words, name: impl Into<String>, label: impl Into<String>, accept: impl Into<String>) -> Field<'a> {
    field(words, name, label, Control::File { accept: accept.into() })
}

fn list<C: Into<Choice>>(choices: impl IntoIterator<Item = C>) -> Vec<Choice> {
    choices.into_iter().map(Into::into).collect()
}

impl Field<'_> {
    /// A hint under the label.
    pub fn hint(mut self, hint: impl Into<Option<String>>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What is wrong with the answer.
    pub fn error(mut self, error: impl Into<Option<String>>) -> Self {
        self.error = error.into();
        self
    }

    /// The answer so far.
    pub fn value(self, value: impl Into<String>) -> Self {
        self.values([value])
    }

    /// The answers so far: the chosen checkboxes, or day, month and year.
    pub fn values<V: Into<String>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.values = values.into_iter().map(Into::into).collect();
        self
    }

    /// The label is the page's heading: for pages with one question.
    pub fn as_heading(mut self) -> Self {
        self.is_heading = true;
        self
    }

    /// How wide a one-line input is.
    pub fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// What a browser may fill in by itself (WCAG 1.3.5).
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// The words of a select's empty answer.
    pub fn blank(mut self, label: impl Into<String>) -> Self {
        if let Control::Select { blank, .. } = &mut self.control {
            *blank = Some(label.into());
        }
        self
    }

    /// A select without an empty answer.
    pub fn without_blank(mut self) -> Self {
        if let Control::Select { blank, .. } = &mut self.control {
            *blank = None;
        }
        self
    }

    /// Radios side by side, checkboxes smaller: for two short answers, and for staff.
    pub fn compact(mut self) -> Self {
        match &mut self.control {
            Control::Radios { inline, .. } => *inline = true,
            Control::Checkboxes { small, .. } => *small = true,
            _ => {}
        }
        self
    }

    /// The first answer so far; empty when there is none.
    pub(super) fn first(&self) -> &str {
        self.part(0)
    }

    /// One of the answers so far; empty when there is none.
    pub(super) fn part(&self, at: usize) -> &str {
        self.values.get(at).map_or("", String::as_str)
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        control::draw(self)
    }
}
