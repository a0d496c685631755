//! One of the answers that a question offers.

use maud::Markup;

/// An answer: what is sent, what is read, and what more there is to say or ask about it.
#[derive(Clone, Debug)]
pub struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) reveals: Option<Markup>,
}

impl Choice {
    /// An answer by its value and its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, reveals: None }
    }

    /// A hint under the answer; radios and checkboxes only.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Fields that only matter when this is the answer; radios and checkboxes only. A browser that cannot hide them shows them.
    pub fn reveals(mut self, fields: Markup) -> Self {
        self.reveals = Some(fields);
        self
    }
}

impl From<(String, String)> for Choice {
    fn from((value, label): (String, String)) -> Self {
        Choice::new(value, label)
    }
}

impl From<(&str, &str)> for Choice {
    fn from((value, label): (&str, &str)) -> Self {
        Choice::new(value, label)
    }
}
