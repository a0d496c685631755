//! Ways to move: back, up, and between the parts of one thing.

use super::{NavItem, Words, tag};
use maud::{Markup, html};

/// A link back to the step before.
pub fn back_link(words: &dyn Words, href: &str) -> Markup {
    let word = words.t("page-back");
    html! { nav class="dayaq-trail" aria-label=(word) { a class="dayaq-trail__back" href=(href) { (word) } } }
}

/// The way up: words and address of every page above this one, the highest first.
pub fn breadcrumbs(words: &dyn Words, above: &[(String, String)]) -> Markup {
    html! {
        nav class="dayaq-trail" aria-label=(words.t("page-breadcrumbs")) {
            ol { @for (label, href) in above { li { a href=(href) { (label) } } } }
        }
    }
}

/// The parts of one thing (a person, a case), each a page of its own.
pub fn sub_navigation(words: &dyn Words, items: &[NavItem]) -> Markup {
    links("dayaq-sub-navigation", &words.t("page-sections"), items)
}

/// Views of one list, each a link: saved filters, with how many there are in each.
pub fn tabs(label: &str, items: &[NavItem]) -> Markup {
    links("dayaq-tabs", label, items)
}

fn links(block: &str, label: &str, items: &[NavItem]) -> Markup {
    html! {
        nav class=(block) aria-label=(label) {
            ul class={ (block) "__list" } {
                @for item in items {
                    li class={ (block) "__item" } {
                        a class={ (block) "__link" } href=(item.href) aria-current=[item.current.then_some("page")] {
                            (item.label)
                            @if let Some(shown) = &item.count { " " (tag::count(shown)) }
                        }
                    }
                }
            }
        }
    }
}
