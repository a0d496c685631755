//! Pages and forms of a request: the components of [`crate::page`] filled from who asks, what was typed and what is wrong.

use crate::{
    form::{Posted, new_form_id},
    message::Errors,
    request::Page,
};
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

/// The id of a page's main form; the language buttons belong to it, so that changing the language keeps what was typed.
pub const FORM: &str = "main-form";

/// A whole page.
pub fn page(page: &Page, title: &str, main_form: Option<&str>, wrong: bool, body: Markup) -> Markup {
    let _ = (main_form, wrong);
    html! {
        (DOCTYPE)
        html lang=(page.lang.code()) {
            head { meta charset="utf-8"; title { (title) } link rel="stylesheet" href="/assets/dayaq.css"; }
            body { main id="main" { (body) } }
        }
    }
}

/// The page of a fault.
pub fn fault(page: &Page, key: &str) -> Markup {
    let title = page.t(key);
    let body = html! {
        h1 class="govuk-heading-l" { (title) }
        p class="govuk-body" { (page.t(&format!("{key}-next"))) }
        p class="govuk-body" { a class="govuk-link" href="/" { (page.t("fault-home")) } }
    };
    self::page(page, &title, None, false, body)
}

/// What is wrong with a form, above it.
pub fn errors(page: &Page, errors: &Errors) -> Markup {
    html! {
        @if !errors.is_empty() {
            div class="govuk-error-summary" {
                ul { @for error in &errors.list { li { (error.message.text(page.lang)) } } }
            }
        }
    }
}

/// The main form of a page, with its id, token and version; `version` when it changes a record.
pub fn form(page: &Page, action: &str, version: Option<i32>, submit: &str, fields: Markup) -> Markup {
    html! {
        form id=(FORM) method="post" action=(action) novalidate {
            (hidden(page, version))
            (fields)
            button class="govuk-button" type="submit" { (submit) }
        }
    }
}

/// The hidden fields that every form carries: for a small form beside the main one.
pub fn hidden(page: &Page, version: Option<i32>) -> Markup {
    html! {
        @if let Some(acting) = &page.acting { input type="hidden" name="_csrf" value=(acting.csrf); }
        input type="hidden" name="_form" value=(new_form_id());
        @if let Some(version) = version { input type="hidden" name="_version" value=(version); }
    }
}

/// A field bound to what was typed and to what is wrong with it. Its label is a message key; a hint may follow.
pub struct Field<'a> {
    page: &'a Page,
    form: &'a Posted,
    errors: &'a Errors,
    name: &'a str,
    label: String,
    hint: Option<String>,
    kind: Kind,
    autocomplete: Option<&'static str>,
}

enum Kind {
    Text,
    Secret,
    Number,
    Area(u8),
    Date,
    Money,
    Select(Vec<(String, String)>),
    Radios(Vec<(String, String)>),
    Boxes(Vec<(String, String)>),
}

impl<'a> Field<'a> {
    fn new(page: &'a Page, form: &'a Posted, errors: &'a Errors, name: &'a str, label: &str, kind: Kind) -> Self {
        Self { page, form, errors, name, label: page.t(label), hint: None, kind, autocomplete: None }
    }

    /// A hint under the label, by its message key.
    pub fn hint(mut self, key: &str) -> Self {
        self.hint = Some(self.page.t(key));
        self
    }

    /// Ready words as the label, for texts that come from the programme's data.
    pub fn labelled(mut self, words: impl Into<String>) -> Self {
        self.label = words.into();
        self
    }

    /// Ready words as the hint.
    pub fn hinted(mut self, words: impl Into<String>) -> Self {
        self.hint = Some(words.into());
        self
    }

    /// What a browser may fill in by itself.
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// A password.
    pub fn secret(mut self) -> Self {
        self.kind = Kind::Secret;
        self.autocomplete = Some("current-password");
        self
    }
}

/// A line of text.
pub fn input<'a>(page: &'a Page, form: &'a Posted, errors: &'a Errors, name: &'a str, label: &str) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Text)
}

/// A whole number.
pub fn number<'a>(page: &'a Page, form: &'a Posted, errors: &'a Errors, name: &'a str, label: &str) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Number)
}

/// Several lines of text.
pub fn area<'a>(page: &'a Page, form: &'a Posted, errors: &'a Errors, name: &'a str, label: &str, rows: u8) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Area(rows))
}

/// A date in three fields: `name-day`, `name-month`, `name-year`.
pub fn date<'a>(page: &'a Page, form: &'a Posted, errors: &'a Errors, name: &'a str, label: &str) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Date)
}

/// A sum in manats.
pub fn money<'a>(page: &'a Page, form: &'a Posted, errors: &'a Errors, name: &'a str, label: &str) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Money)
}

/// One of many: value and words, in a list that drops down.
pub fn select<'a>(
    page: &'a Page,
    form: &'a Posted,
    errors: &'a Errors,
    name: &'a str,
    label: &str,
    options: Vec<(String, String)>,
) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Select(options))
}

/// One of a few: value and words, all in sight.
pub fn radios<'a>(
    page: &'a Page,
    form: &'a Posted,
    errors: &'a Errors,
    name: &'a str,
    label: &str,
    options: Vec<(String, String)>,
) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Radios(options))
}

/// Any of a few: value and words.
pub fn boxes<'a>(
    page: &'a Page,
    form: &'a Posted,
    errors: &'a Errors,
    name: &'a str,
    label: &str,
    options: Vec<(String, String)>,
) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Boxes(options))
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let error = self.errors.of(self.name, self.page.lang);
        let value = self.form.value(self.name);
        html! {
            div class="govuk-form-group" {
                label for=(self.name) { (self.label) }
                @if let Some(hint) = &self.hint { p { (hint) } }
                @if let Some(error) = &error { p class="govuk-error-message" { (error) } }
                @match &self.kind {
                    Kind::Area(rows) => textarea id=(self.name) name=(self.name) rows=(rows) { (value) },
                    Kind::Secret => input type="password" id=(self.name) name=(self.name) autocomplete=[self.autocomplete];,
                    Kind::Radios(options) | Kind::Boxes(options) => @for (code, words) in options { label { input type="radio" name=(self.name) value=(code) checked[code == value]; (words) } },
                    Kind::Select(options) => select id=(self.name) name=(self.name) {
                        @for (code, words) in options { option value=(code) selected[code == value] { (words) } }
                    },
                    _ => input type="text" id=(self.name) name=(self.name) value=(value) autocomplete=[self.autocomplete];,
                }
            }
        }
    }
}

/// A text as part of a query string.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Markup that is already safe.
pub fn raw(markup: impl Into<String>) -> Markup {
    PreEscaped(markup.into())
}
