//! A summary list: facts about one thing, each with its name, some with a way to change them; and what a change changes.

use super::Words;
use maud::{Markup, html};

/// One fact.
pub struct Row {
    name: String,
    value: Markup,
    action: Option<(String, String)>,
}

impl Row {
    /// A fact by its name and its value.
    pub fn new(name: impl Into<String>, value: Markup) -> Self {
        Self { name: name.into(), value, action: None }
    }

    /// A fact that is plain text.
    pub fn text(name: impl Into<String>, value: &str) -> Self {
        Self::new(name, html! { (value) })
    }

    /// Where the fact is changed.
    pub fn change(self, words: &dyn Words, href: impl Into<String>) -> Self {
        let word = words.t("page-change");
        self.action(word, href)
    }

    /// A link of another kind beside the fact.
    pub fn action(mut self, word: impl Into<String>, href: impl Into<String>) -> Self {
        self.action = Some((word.into(), href.into()));
        self
    }
}

/// A summary list.
pub fn summary_list(rows: &[Row]) -> Markup {
    let has_actions = rows.iter().any(|row| row.action.is_some());
    html! {
        dl class="govuk-summary-list" {
            @for row in rows {
                @let bare = if has_actions && row.action.is_none() { " govuk-summary-list__row--no-actions" } else { "" };
                div class={ "govuk-summary-list__row" (bare) } {
                    dt class="govuk-summary-list__key" { (row.name) }
                    dd class="govuk-summary-list__value" { (row.value) }
                    @if let Some((word, href)) = &row.action {
                        dd class="govuk-summary-list__actions" {
                            a class="govuk-link" href=(href) {
                                (word) span class="govuk-visually-hidden" { " (" (row.name) ")" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A summary list under a heading of its own.
pub fn summary_card(heading: &str, actions: Markup, rows: &[Row]) -> Markup {
    html! {
        div class="govuk-summary-card" {
            div class="govuk-summary-card__title-wrapper" {
                h2 class="govuk-summary-card__title" { (heading) }
                div class="govuk-summary-card__actions" { (actions) }
            }
            div class="govuk-summary-card__content" { (summary_list(rows)) }
        }
    }
}

/// What a change changes: each fact as it was and as it will be. Facts that stay equal should be left out.
pub struct Changed {
    pub name: String,
    pub before: String,
    pub after: String,
}

/// Before and after, side by side.
pub fn changes(words: &dyn Words, caption: &str, list: &[Changed]) -> Markup {
    html! {
        div class="dayaq-table-frame" role="region" tabindex="0" aria-label=(caption) {
            table class="govuk-table dayaq-changes" {
                caption class="govuk-table__caption govuk-table__caption--s" { (caption) }
                thead {
                    tr {
                        th class="govuk-table__header" scope="col" { (words.t("page-what")) }
                        th class="govuk-table__header" scope="col" { (words.t("page-before")) }
                        th class="govuk-table__header" scope="col" { (words.t("page-after")) }
                    }
                }
                tbody {
                    @for changed in list {
                        tr {
                            th class="govuk-table__header" scope="row" { (changed.name) }
                            td class="govuk-table__cell" { del { (or_dash(&changed.before)) } }
                            td class="govuk-table__cell" { ins { (or_dash(&changed.after)) } }
                        }
                    }
                }
            }
        }
    }
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "—" } else { text }
}
