//! Pages and forms of a request: the components of [`crate::page`] filled from who asks, what was typed and what is wrong.

use crate::{
    form::{Posted, new_form_id},
    message::{Errors, FieldError},
    page::{self as part, Choice, NavItem, Shell, Signed, field},
    request::Page,
    slice::MenuEntry,
    up,
};
use maud::{Markup, Render, html};
use std::sync::PoisonError;

/// The id of a page's main form; the language buttons belong to it, so that changing the language keeps what was typed.
pub const FORM: &str = "main-form";

/// A whole page.
pub fn page(page: &Page, title: &str, main_form: Option<&str>, has_error: bool, body: Markup) -> Markup {
    let acting = page.acting.as_deref();
    let role = acting.map(|acting| page.t(&format!("role-{}", acting.who.role.code().replace('_', "-")))).unwrap_or_default();
    let above = up::above(page.app.pages(), &page.path, acting.map(|acting| acting.who.role));
    let path = page.address();
    Shell {
        words: &page.lang,
        lang: page.lang.code(),
        title,
        has_error,
        officer: acting.map(|acting| Signed { name: &acting.name, role: &role, office: &acting.office_name, csrf: &acting.csrf }),
        nav: &menu(page),
        path: &path,
        main_form,
        today: &page.lang.date(page.today),
        demo: page.app.demo(),
        trail: html! { @if let Some(above) = &above { (part::trail::back_link(&page.lang, above)) } },
    }
    .page(body)
}

fn menu(page: &Page) -> Vec<NavItem> {
    let here = |entry: &MenuEntry| match entry.path {
        "/" => page.path == "/",
        path => page.path == path || page.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')),
    };
    page.app
        .menu()
        .iter()
        .filter(|entry| page.may(&entry.permission))
        .map(|entry| NavItem { href: entry.path.to_owned(), label: page.t(entry.key), current: here(entry), count: None })
        .collect()
}

/// The page of a fault.
pub fn fault(page: &Page, key: &str) -> Markup {
    let title = page.t(key);
    let body = html! {
        (part::shell::heading("", &title))
        p class="govuk-body" { (page.t(&format!("{key}-next"))) }
        p class="govuk-body" { a class="govuk-link" href="/" { (page.t("fault-home")) } }
    };
    self::page(page, &title, None, true, body)
}

/// What is wrong with a form, above it.
pub fn errors(page: &Page, errors: &Errors) -> Markup {
    let problems: Vec<_> =
        errors.list.iter().map(|error| part::Problem { field: error.field.clone(), words: problem(page, error) }).collect();
    part::error_summary(&page.lang, &problems)
}

/// What is wrong in words that stand by themselves: a message that any field could have names its field.
fn problem(page: &Page, error: &FieldError) -> String {
    let words = error.message.text(page.lang);
    let general = ["form-error-", "programme-answer-", "values-"].iter().any(|start| error.message.key.starts_with(start));
    let labels = page.labels.lock().unwrap_or_else(PoisonError::into_inner);
    match error.field.as_ref().filter(|_| general).and_then(|field| labels.get(field)) {
        Some(label) => format!("{label}: {words}"),
        None => words,
    }
}

/// The main form of a page, with its id, token and version; `version` when it changes a record.
pub fn form(page: &Page, action: &str, version: Option<i32>, submit: &str, fields: Markup) -> Markup {
    let id = new_form_id().to_string();
    let csrf = page.acting.as_ref().map(|acting| acting.csrf.as_str());
    let body = html! { (fields) (part::buttons(html! { (part::button(submit)) })) };
    part::Form::new(FORM, action, &id).csrf(csrf).version(version).body(body)
}

/// The hidden fields that every form carries: for a small form beside the main one.
pub fn hidden(page: &Page, version: Option<i32>) -> Markup {
    html! {
        @if let Some(acting) = &page.acting { (part::form::hidden("_csrf", &acting.csrf)) }
        (part::form::hidden("_form", &new_form_id().to_string()))
        @if let Some(version) = version { (part::form::hidden("_version", &version.to_string())) }
    }
}

/// A field bound to what was typed and to what is wrong with it. Its label is a message key; a hint may follow.
#[must_use]
pub struct Field<'a> {
    page: &'a Page,
    name: &'a str,
    typed: Vec<String>,
    error: Option<String>,
    label: String,
    group: Option<String>,
    hint: Option<String>,
    kind: Kind,
    autocomplete: Option<&'static str>,
    compact: bool,
    width: Option<part::Width>,
}

enum Kind {
    Text,
    Secret,
    Number,
    Phone,
    Area(u8),
    Date,
    Money,
    Select(Vec<Choice>),
    Radios(Vec<Choice>),
    Boxes(Vec<Choice>),
}

impl<'a> Field<'a> {
    fn new(page: &'a Page, form: &Posted, errors: &Errors, name: &'a str, label: &str, kind: Kind) -> Self {
        let typed = match kind {
            Kind::Date => date_parts(form, name),
            Kind::Boxes(_) => form.values(name).map(str::to_owned).collect(),
            _ => vec![form.value(name).to_owned()],
        };
        Self {
            page,
            name,
            typed,
            error: errors.of(name, page.lang),
            label: if label.is_empty() { String::new() } else { page.t(label) },
            group: None,
            hint: None,
            kind,
            autocomplete: None,
            compact: false,
            width: None,
        }
    }

    /// A hint under the label, by its message key.
    pub fn hint(mut self, key: &str) -> Self {
        self.hint = Some(self.page.t(key));
        self
    }

    /// Ready words as the label, for texts that come from the programme's data, where names begin small.
    pub fn labelled(mut self, words: impl Into<String>) -> Self {
        self.label = self.page.lang.sentence(&words.into());
        self
    }

    /// What the field is part of, where others of the page have the same label: the summary of errors says both.
    pub fn of(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
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

    /// A password: never filled in again.
    pub fn secret(mut self) -> Self {
        self.kind = Kind::Secret;
        self
    }

    /// A telephone number.
    pub fn phone(mut self) -> Self {
        self.kind = Kind::Phone;
        self
    }

    /// Radios side by side, checkboxes smaller.
    pub fn compact(mut self) -> Self {
        self.compact = true;
        self
    }

    /// How wide a one-line input is.
    pub fn width(mut self, width: part::Width) -> Self {
        self.width = Some(width);
        self
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let (words, name, label) = (&self.page.lang, self.name, self.label.as_str());
        if !label.is_empty() {
            let called = self.group.as_ref().map_or_else(|| label.to_owned(), |group| format!("{group}: {label}"));
            self.page.labels.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), called);
        }
        let mut drawn = match &self.kind {
            Kind::Text => field::text(words, name, label),
            Kind::Secret => field::secret(words, name, label),
            Kind::Number => field::number(words, name, label),
            Kind::Phone => field::phone(words, name, label),
            Kind::Area(rows) => field::area(words, name, label, *rows),
            Kind::Date => field::date(words, name, label),
            Kind::Money => field::money(words, name, label),
            Kind::Select(choices) => field::select(words, name, label, choices.iter().cloned()),
            Kind::Radios(choices) => field::radios(words, name, label, choices.iter().cloned()),
            Kind::Boxes(choices) => field::checkboxes(words, name, label, choices.iter().cloned()),
        };
        drawn = drawn.values(self.typed.iter().cloned()).hint(self.hint.clone()).error(self.error.clone());
        if let Some(what) = self.autocomplete {
            drawn = drawn.autocomplete(what);
        }
        if let Some(width) = self.width {
            drawn = drawn.width(width);
        }
        if self.compact {
            drawn = drawn.compact();
        }
        drawn.render()
    }
}

/// Day, month and year as typed, or taken from an ISO date.
fn date_parts(form: &Posted, name: &str) -> Vec<String> {
    let whole = form.value(name);
    match whole.splitn(3, '-').collect::<Vec<_>>()[..] {
        [year, month, day] => [day, month, year].map(|part| part.trim_start_matches('0').to_owned()).to_vec(),
        _ => ["day", "month", "year"].map(|part| form.value(&format!("{name}-{part}")).to_owned()).to_vec(),
    }
}

/// A line of text.
pub fn input<'a>(page: &'a Page, form: &Posted, errors: &Errors, name: &'a str, label: &str) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Text)
}

/// A whole number.
pub fn number<'a>(page: &'a Page, form: &Posted, errors: &Errors, name: &'a str, label: &str) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Number)
}

/// Several lines of text.
pub fn area<'a>(page: &'a Page, form: &Posted, errors: &Errors, name: &'a str, label: &str, rows: u8) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Area(rows))
}

/// A date in three fields: `name-day`, `name-month`, `name-year`.
pub fn date<'a>(page: &'a Page, form: &Posted, errors: &Errors, name: &'a str, label: &str) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Date)
}

/// A sum in manats.
pub fn money<'a>(page: &'a Page, form: &Posted, errors: &Errors, name: &'a str, label: &str) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Money)
}

/// One of many: value and words, in a list that drops down.
pub fn select<'a>(
    page: &'a Page,
    form: &Posted,
    errors: &Errors,
    name: &'a str,
    label: &str,
    options: Vec<(String, String)>,
) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Select(choices(page, options)))
}

/// One of a few: value and words, all in sight.
pub fn radios<'a>(
    page: &'a Page,
    form: &Posted,
    errors: &Errors,
    name: &'a str,
    label: &str,
    options: Vec<(String, String)>,
) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Radios(choices(page, options)))
}

/// Any of a few: value and words. The name repeats, once for every answer.
pub fn boxes<'a>(
    page: &'a Page,
    form: &Posted,
    errors: &Errors,
    name: &'a str,
    label: &str,
    options: Vec<(String, String)>,
) -> Field<'a> {
    Field::new(page, form, errors, name, label, Kind::Boxes(choices(page, options)))
}

/// Answers begin with a capital, whether their words come from a catalogue or from the programme's data.
fn choices(page: &Page, options: Vec<(String, String)>) -> Vec<Choice> {
    options.into_iter().map(|(value, words)| Choice::new(value, page.lang.sentence(&words))).collect()
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
