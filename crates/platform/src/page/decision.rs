//! A decision as a page that prints: number, day, what was decided, why, how to appeal, who signed.

use super::{Tone, Words, tag};
use maud::{Markup, html};

/// A decision.
pub struct Decision<'a> {
    pub title: &'a str,
    pub number: &'a str,
    /// The day in words.
    pub day: &'a str,
    pub tone: Tone,
    /// What was decided, in a word or two.
    pub verdict: &'a str,
    /// Reasons with their articles, and what the person can do next.
    pub body: Markup,
    /// Names and offices of those who signed.
    pub signed: &'a [(String, String)],
}

/// The decision's page. On paper it begins with the programme's mark and leaves out the site around it.
pub fn decision(words: &dyn Words, decision: &Decision) -> Markup {
    html! {
        article class="dayaq-decision" {
            p class="dayaq-decision__letterhead" { strong { (words.t("page-name")) } " " (words.t("page-programme")) }
            p class="govuk-caption-l" { (words.t("page-number")) " " (decision.number) " · " (decision.day) }
            h1 class="govuk-heading-l" { (decision.title) }
            p { (tag(decision.tone, decision.verdict)) }
            (decision.body)
            @if !decision.signed.is_empty() {
                dl class="dayaq-decision__signed" {
                    @for (name, office) in decision.signed { div { dt { (office) } dd { (name) } } }
                }
            }
            button class="govuk-button govuk-button--secondary dayaq-print" type="button" hidden data-print {
                (words.t("page-print"))
            }
        }
    }
}
