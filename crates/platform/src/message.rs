//! A message for people: a key of the catalogue with its arguments. Refusals and form errors are made of them.

use crate::language::{Arg, Lang};
use serde::Serialize;
use std::borrow::Cow;

/// A key of the catalogue and its arguments.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Message {
    pub key: Cow<'static, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), args: Vec::new() }
    }

    /// The message with one more argument.
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The words in a language.
    pub fn text(&self, lang: Lang) -> String {
        lang.with(&self.key, &self.args)
    }
}

/// Something that can say to a person, in words they can act on, why it refuses.
pub trait Explain {
    /// The words.
    fn message(&self) -> Message;
}

/// What is wrong with a form: messages, each at a field or at the form as a whole.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Errors {
    pub list: Vec<FieldError>,
}

/// One thing that is wrong.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FieldError {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    #[serde(flatten)]
    pub message: Message,
}

impl Errors {
    /// Nothing wrong: a form that is shown for the first time, or again in another language.
    pub fn none() -> Self {
        Self::default()
    }

    /// One refusal of the whole form.
    pub fn refusal(why: &impl Explain) -> Self {
        Self { list: vec![FieldError { field: None, message: why.message() }] }
    }

    /// One thing wrong at one field.
    pub fn at(field: impl Into<String>, message: Message) -> Self {
        Self { list: vec![FieldError { field: Some(field.into()), message }] }
    }

    /// Adds something wrong at a field.
    pub fn add(&mut self, field: impl Into<String>, message: Message) {
        self.list.push(FieldError { field: Some(field.into()), message });
    }

    /// Adds something wrong with the form as a whole.
    pub fn add_whole(&mut self, message: Message) {
        self.list.push(FieldError { field: None, message });
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What is wrong at a field, in words.
    pub fn of(&self, field: &str, lang: Lang) -> Option<String> {
        self.list.iter().find(|error| error.field.as_deref() == Some(field)).map(|error| error.message.text(lang))
    }
}
