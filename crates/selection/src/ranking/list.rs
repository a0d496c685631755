//! `GET /rankings`: every run in scope, those that wait for approval first.

use super::{
    PROPOSE, show,
    store::{self, Run},
};
use axum::extract::{Query, State};
use maud::html;
use platform::{
    answer::Answer,
    app::App,
    page::{Column, Table, button_link, buttons, notice},
    request::Page,
};
use registry::programme;
use serde::{Deserialize, Serialize};

const PAGE: i64 = 50;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    page: u32,
}

#[derive(Serialize)]
struct View {
    runs: Vec<Run>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let at = i64::from(asked.page.max(1));
    let mut runs = store::list(&mut tx, PAGE + 1, (at - 1) * PAGE).await?;
    let more = runs.len() > usize::try_from(PAGE)?;
    runs.truncate(usize::try_from(PAGE)?);
    let view = View { runs };
    let lang = page.lang;
    let row = |run: &Run| {
        [
            html! { a class="govuk-link" href=(show::link(run.id())) { (lang.date(run.as_of)) } },
            html! { (show::pool_words(&page, &programme, run)) },
            html! { (lang.number(run.candidates.into())) },
            html! { (lang.number(run.selected.into())) },
            html! { (lang.number(run.reserve.into())) },
            html! { (run.proposed_by_name) },
            show::draw_state(&page, run),
        ]
    };
    let title = page.t("ranking-title");
    page.show(&title, &view, html! {
        h1 class="govuk-heading-l" { (title) }
        (buttons(html! {
            @if page.may(&PROPOSE) { (button_link(&page.t("ranking-new"), "/rankings/new")) }
            a class="govuk-link" href="/reserve" { (page.t("ranking-reserve-title")) }
            a class="govuk-link" href="/quotas" { (page.t("ranking-quotas-title")) }
        }))
        @if view.runs.is_empty() {
            (notice::empty_state(&page.t("ranking-empty"), html! { p class="govuk-body" { (page.t("ranking-empty-next")) } }))
        } @else {
            (Table::new(&lang, "runs", title.clone()).quiet_caption()
                .column(Column::new(page.t("ranking-as-of")))
                .column(Column::new(page.t("ranking-pool")))
                .column(Column::numeric(page.t("ranking-candidates")))
                .column(Column::numeric(page.t("ranking-list-selected")))
                .column(Column::numeric(page.t("ranking-list-reserve")))
                .column(Column::new(page.t("ranking-proposed")))
                .column(Column::new(page.t("ranking-state")))
                .rows(view.runs.iter().map(row)))
            @if more { p class="govuk-body" { a class="govuk-link" href=(format!("/rankings?page={}", at + 1)) { (page.t("ranking-older")) } } }
        }
    })
}
