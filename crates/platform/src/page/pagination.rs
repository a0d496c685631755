//! The pages of a long list: before, after, and the nearest by number.

use super::Words;
use maud::{Markup, html};

/// Where in a list a page is, counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pagination {
    pub current: u32,
    pub last: u32,
}

/// The links, or nothing when there is but one page. `href` gives the address of a page.
pub fn pagination(words: &dyn Words, at: Pagination, href: impl Fn(u32) -> String) -> Markup {
    if at.last < 2 {
        return html! {};
    }
    html! {
        nav class="govuk-pagination" aria-label=(words.t("page-pages")) {
            @if at.current > 1 { (step(&words.t("page-previous"), &href(at.current - 1), "prev")) }
            ul class="govuk-pagination__list" {
                @for number in numbers(at) {
                    @match number {
                        Some(number) => (page(words, at, number, &href(number))),
                        None => li class="govuk-pagination__item govuk-pagination__item--ellipsis" { "⋯" },
                    }
                }
            }
            @if at.current < at.last { (step(&words.t("page-next"), &href(at.current + 1), "next")) }
        }
    }
}

fn step(word: &str, href: &str, rel: &str) -> Markup {
    html! {
        div class={ "govuk-pagination__" (rel) } {
            a class="govuk-link govuk-pagination__link" href=(href) rel=(rel) {
                @if rel == "prev" { span class="dayaq-arrow dayaq-arrow--back" aria-hidden="true" {} }
                span class="govuk-pagination__link-title" { (word) }
                @if rel == "next" { span class="dayaq-arrow" aria-hidden="true" {} }
            }
        }
    }
}

fn page(words: &dyn Words, at: Pagination, number: u32, href: &str) -> Markup {
    let is_current = number == at.current;
    let current = if is_current { " govuk-pagination__item--current" } else { "" };
    html! {
        li class={ "govuk-pagination__item" (current) } {
            a class="govuk-link govuk-pagination__link" href=(href) aria-label={ (words.t("page-page")) " " (number) }
                aria-current=[is_current.then_some("page")] { (number) }
        }
    }
}

/// The first, the last and the neighbours; `None` stands for a gap.
pub(super) fn numbers(at: Pagination) -> Vec<Option<u32>> {
    let mut shown = Vec::new();
    let mut before = 0;
    for number in 1..=at.last {
        let is_near = number.abs_diff(at.current) <= 1;
        if !(is_near || number == 1 || number == at.last) {
            continue;
        }
        match number - before {
            0 | 1 => {}
            2 => shown.push(Some(before + 1)),
            _ => shown.push(None),
        }
        shown.push(Some(number));
        before = number;
    }
    shown
}
