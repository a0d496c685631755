//! A form that cannot be answered as it came, and what was typed into it: a page with one button that opens the form again,
//! filled in. Nothing is done with it before whoever typed it has seen it and sent it themselves.

use crate::{
    draw,
    page::{button, buttons, form::hidden, shell::heading},
    request::Page,
};
use maud::{Markup, html};

/// What every form carries anew. What it carries beside that was typed, or chosen by the page it stood on.
pub(super) fn is_anew(name: &str) -> bool {
    matches!(name, "_csrf" | "_form" | "_language")
}

/// Whether a field goes back into the form: neither what it carries anew, nor a secret.
pub(crate) fn is_kept(name: &str) -> bool {
    !is_anew(name) && !name.contains("password")
}

/// Why a form is offered again: the first part of its messages' keys.
pub(crate) enum Why {
    /// Somebody's session had ended; they have signed in.
    SignedIn,
    /// It was opened in an earlier session of somebody who has signed in since.
    EarlierSession,
    /// It was sent and answered already, with other content; where that answer stands.
    SentBefore(String),
}

impl Why {
    fn key(&self) -> &'static str {
        match self {
            Why::SignedIn => "form-again-signed-in",
            Why::EarlierSession => "form-again-session",
            Why::SentBefore(_) => "form-again-sent",
        }
    }
}

/// The page: `to` is the form's address with its query, `fields` what it brought.
pub(crate) fn page<'a>(page: &Page, why: &Why, to: &str, fields: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    let title = page.t(&format!("{}-title", why.key()));
    let body = html! {
        (heading("", &title))
        p class="govuk-body" { (page.t(&format!("{}-hint", why.key()))) }
        @if let Why::SentBefore(first) = why {
            p class="govuk-body" { a class="govuk-link" href=(first) { (page.t("form-again-sent-first")) } }
        }
        form method="post" action=(to) {
            (draw::hidden(page, None))
            // A form posted for another language is shown again, unjudged.
            (hidden("_language", page.lang.code()))
            @for (name, value) in fields.filter(|(name, _)| is_kept(name)) { (hidden(name, value)) }
            (buttons(html! { (button(page.t("form-again-open"))) }))
        }
    };
    draw::page(page, &title, None, false, body)
}
