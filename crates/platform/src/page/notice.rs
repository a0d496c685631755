//! Words that must be noticed: what has just been done, what matters, what to think about before going on.

use super::Words;
use maud::{Markup, html};

/// What has just been done. It is read aloud at once.
pub fn success(words: &dyn Words, text: &str, body: Markup) -> Markup {
    html! {
        div class="govuk-notification-banner govuk-notification-banner--success" role="alert" tabindex="-1"
            aria-labelledby="notice-title" data-module="govuk-notification-banner" {
            (banner(&words.t("page-success"), text, body))
        }
    }
}

/// What matters on this page, beside its main matter.
pub fn important(words: &dyn Words, text: &str, body: Markup) -> Markup {
    html! {
        div class="govuk-notification-banner" role="region" aria-labelledby="notice-title" {
            (banner(&words.t("page-important"), text, body))
        }
    }
}

fn banner(title: &str, text: &str, body: Markup) -> Markup {
    html! {
        div class="govuk-notification-banner__header" {
            h2 class="govuk-notification-banner__title" id="notice-title" { (title) }
        }
        div class="govuk-notification-banner__content" {
            p class="govuk-notification-banner__heading" { (text) }
            (body)
        }
    }
}

/// Words set apart from the rest.
pub fn inset(body: Markup) -> Markup {
    html! { div class="govuk-inset-text" { (body) } }
}

/// What would be bad to overlook.
pub fn warning(words: &dyn Words, text: &str) -> Markup {
    html! {
        div class="govuk-warning-text" {
            span class="govuk-warning-text__icon" aria-hidden="true" { "!" }
            strong class="govuk-warning-text__text" {
                span class="govuk-visually-hidden" { (words.t("page-warning")) " " }
                (text)
            }
        }
    }
}

/// More for those who want it.
pub fn details(summary: &str, body: Markup) -> Markup {
    html! {
        details class="govuk-details" {
            summary class="govuk-details__summary" { span class="govuk-details__summary-text" { (summary) } }
            div class="govuk-details__text" { (body) }
        }
    }
}

/// A stop on the way: something to read and to confirm before going on. It replaces the page's main part.
pub fn interruption(heading: &str, body: Markup, actions: Markup) -> Markup {
    html! {
        div class="dayaq-interruption" {
            h1 class="dayaq-interruption__heading" { (heading) }
            div class="dayaq-interruption__body" { (body) }
            div class="dayaq-interruption__actions" { (actions) }
        }
    }
}

/// The end of a way: what was done, and the number to keep.
pub fn confirmation(title: &str, body: Markup) -> Markup {
    html! {
        div class="govuk-panel govuk-panel--confirmation" {
            h1 class="govuk-panel__title" { (title) }
            div class="govuk-panel__body" { (body) }
        }
    }
}

/// A list without lines: why, and what to do.
pub fn empty_state(title: &str, body: Markup) -> Markup {
    html! {
        div class="dayaq-empty" {
            p class="dayaq-empty__title" { (title) }
            (body)
        }
    }
}
