//! The filter of a list: a search line, more fields under it, and a chip for every condition in force.

use super::{Words, form::hidden};
use maud::{Markup, Render, html};

/// A condition in force: what it is about, what was chosen, and the address of the list without it.
pub struct Chip {
    pub name: String,
    pub value: String,
    pub without: String,
}

/// A filter. It asks by address (GET), so that every view of a list can be kept and sent on.
#[must_use]
pub struct Filter<'a> {
    words: &'a dyn Words,
    action: &'a str,
    search: Option<(String, String, String)>,
    fields: Vec<Markup>,
    keep: Vec<(String, String)>,
    chips: Vec<Chip>,
}

impl<'a> Filter<'a> {
    /// The filter of the list at an address.
    pub fn new(words: &'a dyn Words, action: &'a str) -> Self {
        Self { words, action, search: None, fields: Vec::new(), keep: Vec::new(), chips: Vec::new() }
    }

    /// The line to search by: its name, its label, and what was asked.
    pub fn search(mut self, name: &str, label: &str, value: &str) -> Self {
        self.search = Some((name.to_owned(), label.to_owned(), value.to_owned()));
        self
    }

    /// One more field.
    pub fn field(mut self, field: impl Render) -> Self {
        self.fields.push(field.render());
        self
    }

    /// A part of the address to keep: the sorting, the chosen view.
    pub fn keep(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.keep.push((name.into(), value.into()));
        self
    }

    /// The conditions in force.
    pub fn chips(mut self, chips: impl IntoIterator<Item = Chip>) -> Self {
        self.chips.extend(chips);
        self
    }

    fn form(&self) -> Markup {
        html! {
            form class="dayaq-filter" method="get" action=(self.action) role="search" {
                @for (name, value) in &self.keep { (hidden(name, value)) }
                @if let Some((name, label, value)) = &self.search {
                    div class="dayaq-filter__search" {
                        label class="govuk-label" for=(name) { (label) }
                        div class="dayaq-filter__line" {
                            input class="govuk-input" id=(name) name=(name) type="search" value=(value) spellcheck="false";
                            button class="govuk-button" type="submit" { (self.words.t("page-search")) }
                        }
                    }
                }
                @if !self.fields.is_empty() {
                    details class="govuk-details dayaq-filter__more" {
                        summary class="govuk-details__summary" {
                            span class="govuk-details__summary-text" { (self.words.t("page-filter")) }
                        }
                        div class="govuk-details__text" {
                            div class="dayaq-filter__fields" { @for field in &self.fields { (field) } }
                            button class="govuk-button govuk-button--secondary" type="submit" {
                                (self.words.t("page-filter-apply"))
                            }
                        }
                    }
                }
            }
        }
    }

    fn chosen(&self) -> Markup {
        html! {
            div class="dayaq-chips" {
                h2 class="govuk-visually-hidden" { (self.words.t("page-filter-chosen")) }
                ul class="dayaq-chips__list" {
                    @for chip in &self.chips {
                        li {
                            a class="dayaq-chip" href=(chip.without) {
                                span class="govuk-visually-hidden" { (self.words.t("page-filter-remove")) " " }
                                span { (chip.name) ": " b { (chip.value) } }
                            }
                        }
                    }
                    li { a class="govuk-link" href=(self.action) { (self.words.t("page-filter-clear")) } }
                }
            }
        }
    }
}

impl Render for Filter<'_> {
    fn render(&self) -> Markup {
        html! {
            (self.form())
            @if !self.chips.is_empty() { (self.chosen()) }
        }
    }
}
