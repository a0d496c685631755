//! `GET /people`: search first, then everybody in scope by name.

use super::{
    REGISTER, link,
    search::{self, Filter, Line, Word},
};
use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::{answer::Answer, app::App, request::Page};
use serde::{Deserialize, Serialize};
use values::{id::PersonId, text};

const PAGE: i64 = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: i64,
}

#[derive(Serialize)]
struct View {
    asked: String,
    page: i64,
    /// People in scope, or those found.
    count: i64,
    lines: Vec<Line>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.read(&page).await?;
    let words = text::tokens(&asked.q).into_iter().take(search::WORDS).map(|begins| Word { begins, places: vec![] }).collect();
    let at = asked.page.clamp(0, 100_000);
    let (lines, count) = search::list(&mut tx, &Filter { words, ..Filter::default() }, None, PAGE, at * PAGE).await?;
    let view = View { asked: asked.q, page: at, count, lines };
    page.show(&page.t("people-title"), &view, draw_list(&page, &view))
}

fn draw_list(page: &Page, view: &View) -> Markup {
    let lang = page.lang;
    html! {
        h1 class="govuk-heading-l" { (page.t("people-title")) }
        form class="dayaq-search" method="get" action="/people" role="search" {
            label class="govuk-label" for="q" { (page.t("people-search")) }
            div class="govuk-hint" id="q-hint" { (page.t("people-search-hint")) }
            input class="govuk-input" type="search" id="q" name="q" value=(view.asked) aria-describedby="q-hint";
            button class="govuk-button" type="submit" { (page.t("people-search-go")) }
        }
        @if page.may(&REGISTER) {
            p class="govuk-body" { a class="govuk-button govuk-button--secondary" href="/people/new" { (page.t("people-register")) } }
        }
        p class="govuk-body" { (lang.with("people-count", &[("count", view.count.into()), ("shown", lang.number(view.count).into())])) }
        table class="govuk-table" {
            caption class="govuk-visually-hidden" { (page.t("people-title")) }
            thead { tr { th scope="col" { (page.t("people-name")) } th scope="col" { (page.t("people-birth-date")) } th scope="col" { (page.t("people-registered-on")) } } }
            tbody {
                @for line in &view.lines {
                    tr {
                        td { a class="govuk-link" href=(link(PersonId(line.person_id))) { (line.surname) " " (line.given_name) " " (line.patronymic) } }
                        td { @if let Some(date) = line.birth_date { (lang.date(date)) } }
                        td { (lang.date(line.registered_on)) }
                    }
                }
            }
        }
    }
}
