//! A form with everything that every form carries, and the summary of what is wrong with it.

use super::Words;
use maud::{Markup, html};

/// The frame of a form: it posts, and carries the token, its own id and the version it was filled in on.
#[must_use]
pub struct Form<'a> {
    id: &'a str,
    action: &'a str,
    form_id: &'a str,
    csrf: Option<&'a str>,
    version: Option<i32>,
    has_files: bool,
}

impl<'a> Form<'a> {
    /// A form by its id in the page, where it goes, and the id under which it is answered once.
    pub fn new(id: &'a str, action: &'a str, form_id: &'a str) -> Self {
        Self { id, action, form_id, csrf: None, version: None, has_files: false }
    }

    /// The token of whoever is signed in.
    pub fn csrf(mut self, token: impl Into<Option<&'a str>>) -> Self {
        self.csrf = token.into();
        self
    }

    /// The version of the record that is shown.
    pub fn version(mut self, version: impl Into<Option<i32>>) -> Self {
        self.version = version.into();
        self
    }

    /// The form carries files.
    pub fn with_files(mut self) -> Self {
        self.has_files = true;
        self
    }

    /// The form around its fields and buttons.
    pub fn body(self, fields: Markup) -> Markup {
        html! {
            form id=(self.id) method="post" action=(self.action) novalidate
                enctype=[self.has_files.then_some("multipart/form-data")] {
                @if let Some(token) = self.csrf { (hidden("_csrf", token)) }
                (hidden("_form", self.form_id))
                @if let Some(version) = self.version { (hidden("_version", &version.to_string())) }
                (fields)
            }
        }
    }
}

/// A value that a form carries unseen.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// Fields that belong together, under a legend.
pub fn group(legend: &str, fields: Markup) -> Markup {
    html! {
        fieldset class="govuk-fieldset dayaq-group" {
            legend class="govuk-fieldset__legend govuk-fieldset__legend--m" { (legend) }
            (fields)
        }
    }
}

/// Short fields side by side where there is room.
pub fn side_by_side(fields: Markup) -> Markup {
    html! { div class="dayaq-fields" { (fields) } }
}

/// One thing that is wrong: the words, and the name of the field when there is one.
#[derive(Clone, Debug)]
pub struct Problem {
    pub field: Option<String>,
    pub words: String,
}

impl Problem {
    /// Something wrong at a field.
    pub fn at(field: impl Into<String>, words: impl Into<String>) -> Self {
        Self { field: Some(field.into()), words: words.into() }
    }

    /// Something wrong with the whole.
    pub fn whole(words: impl Into<String>) -> Self {
        Self { field: None, words: words.into() }
    }
}

/// What is wrong, above the form; nothing when nothing is. It takes the focus, and each line leads to its field.
pub fn error_summary(words: &dyn Words, problems: &[Problem]) -> Markup {
    html! {
        @if !problems.is_empty() {
            div class="govuk-error-summary" data-module="govuk-error-summary" {
                div role="alert" {
                    h2 class="govuk-error-summary__title" { (words.t("page-error-summary")) }
                    div class="govuk-error-summary__body" {
                        ul class="govuk-list govuk-error-summary__list" {
                            @for problem in problems {
                                li {
                                    @match &problem.field {
                                        Some(field) => a href={ "#" (field) } { (problem.words) },
                                        None => (problem.words),
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
