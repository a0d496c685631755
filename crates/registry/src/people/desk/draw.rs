//! The panel "perhaps already registered": who, why in words, and the choice to go on.

use super::{
    reads::Face,
    same::{ANOTHER, SHOWN, Told, WHY},
};
use crate::{
    people::{link, reads::full_name, words},
    programme::Programme,
};
use anyhow::Result;
use linkage::{Explanation, Part};
use maud::{Markup, html};
use platform::{
    draw,
    form::Posted,
    message::Errors,
    page::{
        self as part,
        form::{group, hidden},
        notice,
        summary::{Row, summary_card},
    },
    request::Page,
};
use values::id::PersonId;

/// The panel for those whom the desk found; nothing where it found nobody.
pub fn panel(page: &Page, programme: &Programme, told: &Told, form: &Posted, errors: &Errors) -> Result<Markup> {
    if told.is_empty() {
        return Ok(kept(form));
    }
    let sealed = told.sealed(page.app.keys())?;
    Ok(group(
        &page.t("people-desk"),
        html! {
            (notice::warning(&page.lang, &page.t("people-desk-warning")))
            (hidden(SHOWN, &sealed))
            @for (face, why) in &told.here { (somebody(page, face, why)) }
            @if !told.elsewhere.is_empty() { (elsewhere(page, programme, told)) }
            (draw::boxes(page, form, errors, ANOTHER, "people-desk-another",
                vec![("yes".to_owned(), page.t("people-desk-another-yes"))]))
            (draw::area(page, form, errors, WHY, "people-desk-why", 2).hint("people-desk-why-hint"))
            (part::quiet_button(page.t("people-desk-submit")))
        },
    ))
}

/// What was answered before, where another mistake keeps the panel from being drawn.
pub fn kept(form: &Posted) -> Markup {
    html! {
        @for name in [SHOWN, ANOTHER, WHY] {
            @if !form.value(name).is_empty() { (hidden(name, form.value(name))) }
        }
    }
}

fn somebody(page: &Page, face: &Face, why: &Explanation) -> Markup {
    let name = full_name(&face.surname, &face.given_name, &face.patronymic, face.sex.as_deref());
    let open = html! {
        a class="govuk-link" href=(link(PersonId(face.person_id))) target="_blank" rel="noopener" {
            (page.t("people-desk-open")) span class="govuk-visually-hidden" { " (" (name) ")" }
        }
    };
    let mut rows = Vec::new();
    if let Some(born) = face.birth_date {
        rows.push(Row::text(page.t("people-birth-date"), &page.lang.date(born)));
    }
    if let Some(code) = &face.residence {
        rows.push(Row::text(page.t("people-residence"), &words::unit(page, code)));
    }
    let number = html! { (face.reg_no) ", " (page.lang.date(face.registered_on)) };
    rows.push(Row::new(page.t("people-reg-no"), number));
    rows.push(Row::text(page.t("people-desk-likelihood"), &percent(page, why.probability)));
    for (key, speaks_for) in [("people-desk-agrees", true), ("people-desk-differs", false)] {
        let parts: Vec<String> =
            why.parts.iter().filter(|part| (part.weight > 0.0) == speaks_for).map(|part| said(page, part)).collect();
        if !parts.is_empty() {
            rows.push(Row::new(page.t(key), html! { ul class="govuk-list" { @for said in &parts { li { (said) } } } }));
        }
    }
    summary_card(&name, open, &rows)
}

/// One field of an explanation in words, such as *surname: another ending*.
fn said(page: &Page, part: &Part) -> String {
    let field = page.t(&format!("people-desk-field-{}", part.field.code()));
    let level = page.t(&format!("people-desk-level-{}", part.code));
    page.lang.sentence(&format!("{field}: {level}"))
}

/// Nothing that is guessed is certain.
fn percent(page: &Page, probability: f64) -> String {
    let percent = ((probability * 100.0).round() as i64).clamp(1, 99);
    page.lang.with("people-desk-percent", &[("percent", page.lang.number(percent).into())])
}

fn elsewhere(page: &Page, programme: &Programme, told: &Told) -> Markup {
    let names = told.offices().into_iter().map(|office| {
        programme.office(office).map_or_else(|| office.to_string(), |office| office.name.text(page.lang).to_owned())
    });
    notice::inset(html! {
        p class="govuk-body" { (page.t("people-desk-elsewhere")) }
        ul class="govuk-list govuk-list--bullet" { @for name in names { li { (name) } } }
    })
}
