//! `GET /award-rounds`: every round with its time and money.

use super::{OPEN, link, standing_tag, store};
use axum::extract::State;
use maud::html;
use platform::{
    answer::Answer,
    app::App,
    page::{Column, Table, button_link, buttons, shell::heading},
    request::Page,
};
use serde_json::json;
use values::Money;

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    let mut tx = app.read(&page).await?;
    let rounds = store::all(&mut tx).await?;
    let lang = page.lang;
    let rows = rounds.iter().map(|round| {
        vec![
            html! { a class="govuk-link" href=(link(round.round_id)) { (round.number) } br; span class="govuk-hint" { (round.title) } },
            html! { (lang.date(round.opens_on)) " – " (lang.date(round.closes_on)) },
            standing_tag(&page, round),
            html! { (lang.money(Money::from_qepik(round.budget))) },
            html! { (lang.money(Money::from_qepik(round.left()))) },
        ]
    });
    let table = Table::new(&page.lang, "rounds", page.t("growth-rounds"))
        .quiet_caption()
        .column(Column::new(page.t("growth-round")))
        .column(Column::new(page.t("growth-round-time")))
        .column(Column::new(page.t("growth-state")))
        .column(Column::numeric(page.t("growth-round-budget")))
        .column(Column::numeric(page.t("growth-round-left")))
        .rows(rows);
    let title = page.t("growth-rounds");
    let body = html! {
        (heading("", &title))
        @if page.may(&OPEN) { (buttons(html! { (button_link(&page.t("growth-round-new"), "/award-rounds/new")) })) }
        @if rounds.is_empty() { p class="govuk-body" { (page.t("growth-rounds-none")) } } @else { (table) }
    };
    page.show(&title, &json!({ "rounds": rounds }), body)
}
