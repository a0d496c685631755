//! The shell of every page: head, header, navigation, main, footer.

use super::{Words, asset, header};
use maud::{DOCTYPE, Markup, html};

/// What the shell shows around a page.
pub struct Shell<'a> {
    pub words: &'a dyn Words,
    /// The code of the page's language, as in `html lang`.
    pub lang: &'a str,
    pub title: &'a str,
    /// Whether the page shows an error; its title then begins with the word for it.
    pub has_error: bool,
    pub officer: Option<Signed<'a>>,
    pub nav: &'a [NavItem],
    /// Path and query of this page: where a change of language leads back to.
    pub path: &'a str,
    /// The id of the page's main form. The language buttons send it, so that what was typed is kept.
    pub main_form: Option<&'a str>,
    /// The programme's today, in words.
    pub today: &'a str,
    /// Whether all people in this database are invented.
    pub demo: bool,
    /// What stands above the main part: breadcrumbs or a back link.
    pub trail: Markup,
}

/// Who is signed in.
pub struct Signed<'a> {
    pub name: &'a str,
    pub role: &'a str,
    pub office: &'a str,
    pub csrf: &'a str,
}

/// A line of the navigation.
pub struct NavItem {
    pub href: String,
    pub label: String,
    pub current: bool,
    /// How many things wait there; nothing when it is empty.
    pub count: Option<String>,
}

impl Shell<'_> {
    /// The whole page around its main part.
    pub fn page(&self, body: Markup) -> Markup {
        html! {
            (DOCTYPE)
            html class="govuk-template" lang=(self.lang) {
                (self.head())
                body class="govuk-template__body" {
                    a class="govuk-skip-link" href="#main" data-module="govuk-skip-link" { (self.words.t("page-skip")) }
                    @if self.demo { (self.demo_banner()) }
                    (header::draw(self))
                    div class="govuk-width-container" {
                        (self.trail)
                        main class="govuk-main-wrapper" id="main" tabindex="-1" { (body) }
                    }
                    (self.footer())
                }
            }
        }
    }

    fn head(&self) -> Markup {
        let name = self.words.t("page-name");
        html! {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="theme-color" content="#0b3a4f";
                title { @if self.has_error { (self.words.t("page-error-prefix")) " " } (self.title) " – " (name) }
                link rel="icon" href=(asset::url("mark.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(asset::url("dayaq.css"));
                script src=(asset::url("dayaq.js")) type="module" {}
            }
        }
    }

    fn demo_banner(&self) -> Markup {
        html! {
            aside class="dayaq-demo" aria-label=(self.words.t("page-demo-name")) {
                p class="govuk-width-container" {
                    strong { (self.words.t("page-demo-name")) } " " (self.words.t("page-demo"))
                }
            }
        }
    }

    fn footer(&self) -> Markup {
        html! {
            footer class="dayaq-footer" {
                div class="govuk-width-container dayaq-footer__row" {
                    p { (self.words.t("page-name")) " · " (self.words.t("page-programme")) }
                    p {
                        (self.words.t("page-today")) " " (self.today)
                        // A demo's clock is moved by whoever is signed in.
                        @if self.demo && self.officer.is_some() {
                            " · " a class="govuk-link" href="/clock" { (self.words.t("page-clock")) }
                        }
                    }
                }
            }
        }
    }
}

/// A page's main part as a column narrow enough to read: for applicants, and for one question a page.
pub fn narrow(body: Markup) -> Markup {
    html! { div class="dayaq-narrow" { (body) } }
}

/// A main column and a smaller one beside it; below it on a phone.
pub fn two_columns(main: Markup, side: Markup) -> Markup {
    html! {
        div class="dayaq-columns" {
            div class="dayaq-columns__main" { (main) }
            div class="dayaq-columns__side" { (side) }
        }
    }
}

/// A page's heading, with what stands above it in small.
pub fn heading(caption: &str, words: &str) -> Markup {
    html! {
        @if !caption.is_empty() { span class="govuk-caption-l" { (caption) } }
        h1 class="govuk-heading-l" { (words) }
    }
}
