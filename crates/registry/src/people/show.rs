//! `GET /people/{person}`: the page of a person, to which every slice adds its part.

use super::{
    READ,
    reads::{self, Person},
};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    request::Page,
    slice::{Place, Subject},
};
use serde::Serialize;
use values::id::PersonId;

#[derive(Serialize)]
struct View {
    person: Person,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<PersonId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let person = reads::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let mut panels = Vec::new();
    for panel in app.panels().iter().filter(|panel| panel.place == Place::Person) {
        if let Some(part) = (panel.draw)(&mut tx, &page, Subject { person: id, case: None }).await? {
            panels.push((panel.key, part));
        }
    }
    let view = View { person };
    page.show(&view.person.full_name(), &view, draw_person(&page, &view.person, &panels))
}

fn draw_person(page: &Page, person: &Person, panels: &[(&'static str, Markup)]) -> Markup {
    let lang = page.lang;
    html! {
        h1 class="govuk-heading-l" { (person.full_name()) }
        dl class="govuk-summary-list" {
            dt { (page.t("people-birth-date")) }
            dd { @if let Some(date) = person.birth_date { (lang.date(date)) } }
            dt { (page.t("people-registered-on")) }
            dd { (lang.date(person.registered_on)) }
            dt { (page.t("people-address")) }
            dd { (person.address) }
        }
        @for (key, part) in panels {
            section { h2 class="govuk-heading-m" { (page.t(key)) } (part) }
        }
        @let _ = READ;
    }
}
