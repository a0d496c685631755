//! The header: mark and name, who is signed in, the languages, the navigation.

use super::{NavItem, Shell, Signed, asset, form::hidden, tag};
use maud::{Markup, html};

/// The languages, each named in itself.
const LANGUAGES: [&str; 3] = ["az", "en", "ru"];

/// The header of a page.
pub(super) fn draw(shell: &Shell) -> Markup {
    html! {
        header class="dayaq-header" {
            div class="govuk-width-container dayaq-header__row" {
                (brand(shell))
                div class="dayaq-header__tools" {
                    (languages(shell))
                    @if let Some(officer) = &shell.officer { (signed(shell, officer)) }
                }
            }
        }
        @if !shell.nav.is_empty() { (navigation(shell)) }
    }
}

fn brand(shell: &Shell) -> Markup {
    html! {
        a class="dayaq-header__brand" href="/" {
            img class="dayaq-header__mark" src=(asset::url("mark-light.svg")) alt="" width="36" height="36";
            span class="dayaq-header__name" { (shell.words.t("page-name")) }
            span class="dayaq-header__programme" { (shell.words.t("page-programme")) }
        }
    }
}

fn signed(shell: &Shell, officer: &Signed) -> Markup {
    html! {
        div class="dayaq-officer" {
            p class="dayaq-officer__who" {
                strong { (officer.name) }
                span { (officer.role) " · " (officer.office) }
            }
            form method="post" action="/sign-out" {
                (hidden("_csrf", officer.csrf))
                button class="dayaq-header__button" type="submit" { (shell.words.t("page-sign-out")) }
            }
        }
    }
}

/// The language switch. On a page with a form its buttons send that form, so that the page comes back in another language
/// with what was typed. The first button of a form answers the Enter key, so an unseen one without a name stands first.
fn languages(shell: &Shell) -> Markup {
    html! {
        nav class="dayaq-languages" aria-label=(shell.words.t("page-language")) {
            @if let Some(form) = shell.main_form {
                button class="govuk-visually-hidden" type="submit" form=(form) tabindex="-1" aria-hidden="true" {}
            }
            ul {
                @for code in LANGUAGES {
                    @let name = language(shell, code);
                    li {
                        @if code == shell.lang {
                            span class="dayaq-languages__current" lang=(code) aria-current="true" { (name) }
                        } @else if let Some(form) = shell.main_form {
                            button class="dayaq-header__button" type="submit" name="_language" value=(code) form=(form)
                                formnovalidate lang=(code) { (name) }
                        } @else {
                            a class="dayaq-header__button" href={ "/language/" (code) "?back=" (encode(shell.path)) }
                                lang=(code) hreflang=(code) { (name) }
                        }
                    }
                }
            }
        }
    }
}

/// A language's name in itself; on a small screen its code alone is seen.
fn language(shell: &Shell, code: &str) -> Markup {
    html! {
        span class="dayaq-languages__short" { (code) " " }
        span class="dayaq-languages__name" { (shell.words.t(&format!("page-language-{code}"))) }
    }
}

fn navigation(shell: &Shell) -> Markup {
    html! {
        nav class="dayaq-navigation" aria-label=(shell.words.t("page-navigation")) {
            div class="govuk-width-container" {
                button class="dayaq-navigation__toggle" type="button" aria-controls="navigation" hidden {
                    (shell.words.t("page-menu"))
                }
                ul class="dayaq-navigation__list" id="navigation" {
                    @for item in shell.nav { li { (nav_link(item)) } }
                }
            }
        }
    }
}

fn nav_link(item: &NavItem) -> Markup {
    html! {
        a class="dayaq-navigation__link" href=(item.href) aria-current=[item.current.then_some("page")] {
            (item.label)
            @if let Some(shown) = &item.count { " " (tag::count(shown)) }
        }
    }
}

/// A path as the value of a query parameter.
fn encode(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
