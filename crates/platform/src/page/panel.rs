//! Panels of case work: who a page is about, figures that open, parts of a page under a heading.

use super::Tone;
use maud::{Markup, html};

/// The bar that says whose page this is and stays the same on all its parts.
pub struct Identity<'a> {
    pub name: &'a str,
    /// Names and values of a few facts that tell people apart.
    pub facts: &'a [(String, Markup)],
    /// Tags: state, overlays, risks.
    pub tags: Markup,
    /// What can be done with the whole.
    pub actions: Markup,
}

/// The identity bar.
pub fn identity_bar(identity: &Identity) -> Markup {
    html! {
        div class="dayaq-identity" {
            div class="dayaq-identity__who" {
                p class="dayaq-identity__name" { (identity.name) }
                div class="dayaq-identity__tags" { (identity.tags) }
            }
            dl class="dayaq-identity__facts" {
                @for (name, value) in identity.facts { div { dt { (name) } dd { (value) } } }
            }
            @if !identity.actions.0.is_empty() { div class="dayaq-identity__actions" { (identity.actions) } }
        }
    }
}

/// A figure that opens to the cases behind it.
pub struct Metric {
    pub label: String,
    /// The figure in words.
    pub value: String,
    /// What it is compared with. May be empty.
    pub note: String,
    pub href: Option<String>,
    pub tone: Tone,
    /// How much of a target is reached, in per cent, when there is a target.
    pub reached_percent: Option<f64>,
}

impl Metric {
    /// A figure alone.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            note: String::new(),
            href: None,
            tone: Tone::Neutral,
            reached_percent: None,
        }
    }
}

/// Figures in a row.
pub fn metrics(list: &[Metric]) -> Markup {
    html! {
        ul class="dayaq-metrics" { @for metric in list { (one_metric(metric)) } }
    }
}

fn one_metric(metric: &Metric) -> Markup {
    html! {
        li class={ "dayaq-metric dayaq-metric--" (metric.tone.class()) } {
            p class="dayaq-metric__label" { (metric.label) }
            p class="dayaq-metric__value" {
                @match &metric.href {
                    Some(href) => a class="govuk-link" href=(href) aria-label={ (metric.value) ", " (metric.label) } { (metric.value) },
                    None => (metric.value),
                }
            }
            @if let Some(percent) = metric.reached_percent { (meter(percent)) }
            @if !metric.note.is_empty() { p class="dayaq-metric__note" { (metric.note) } }
        }
    }
}

/// A bar as long as the share reached. What it says stands beside it in words.
pub fn meter(percent: f64) -> Markup {
    let width = percent.clamp(0.0, 100.0);
    html! {
        svg class="dayaq-meter" width="100%" height="8" aria-hidden="true" focusable="false" {
            rect class="dayaq-meter__whole" width="100%" height="8" rx="4" {}
            rect class="dayaq-meter__part" width={ (format!("{width:.1}")) "%" } height="8" rx="4" {}
        }
    }
}

/// A part of a page under its own heading.
pub fn panel(heading: &str, body: Markup) -> Markup {
    html! {
        section class="dayaq-panel" {
            h2 class="govuk-heading-m" { (heading) }
            (body)
        }
    }
}

/// A part of a page in a frame, for the smaller column.
pub fn card(heading: &str, body: Markup) -> Markup {
    html! {
        section class="dayaq-card" {
            h2 class="dayaq-card__heading" { (heading) }
            (body)
        }
    }
}
