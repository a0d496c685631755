//! `GET /stock`: what lies in the stores, for whom and for how long; and what is to be replaced.

use super::{
    link,
    piece::{item_name, state_tag},
    store::{self, InStores, Stocked},
};
use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    page::{Pagination, Table, pagination, shell::heading, table::Column},
    request::Page,
};
use registry::programme::{self, InForce};
use serde::Deserialize;
use serde_json::json;
use values::{Money, id::CaseId};

/// Pieces on a page.
const LINES: i64 = 50;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    page: i64,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let held = store::in_stores(&mut tx).await?;
    let last = ((held.waiting + held.to_replace).max(1) - 1) / LINES + 1;
    let at = asked.page.clamp(1, last);
    let stock = store::stock(&mut tx, LINES, (at - 1) * LINES).await?;
    let title = page.t("asset-stock");
    let pages = Pagination { current: u32::try_from(at).unwrap_or(1), last: u32::try_from(last).unwrap_or(1) };
    let body = html! {
        (heading("", &title))
        @if stock.is_empty() { p class="govuk-body" { (page.t("asset-stock-none")) } }
        @else {
            p class="govuk-body" { (in_all(&page, held)) }
            (table(&page, &programme, &stock))
            (pagination(&page.lang, pages, |number| format!("/stock?page={number}")))
        }
    };
    page.show(&title, &json!({ "held": held, "page": at, "stock": stock }), body)
}

fn in_all(page: &Page, held: InStores) -> String {
    let number = |count| page.lang.number(count).into();
    let value = page.lang.money(Money::from_qepik(held.value)).into();
    page.lang
        .with("asset-stock-held", &[("waiting", number(held.waiting)), ("value", value), ("replace", number(held.to_replace))])
}

fn table(page: &Page, programme: &InForce, stock: &[Stocked]) -> Markup {
    let lang = page.lang;
    let rows = stock.iter().map(|one| {
        vec![
            html! { (item_name(programme, page, &one.item, one.received_at.date_naive())) },
            html! { (one.serial) },
            html! { a class="govuk-link" href=(link(CaseId(one.case_id))) { (one.name) } },
            html! { (crate::procurement::office_name(programme, page, one.office)) },
            html! { (lang.date(one.received_at.date_naive())) },
            html! { (lang.money(Money::from_qepik(one.price))) },
            html! { (state_tag(page, one.state)) },
        ]
    });
    let table = Table::new(&page.lang, "stock", page.t("asset-stock"))
        .quiet_caption()
        .column(Column::new(page.t("contract-item")))
        .column(Column::short(page.t("asset-serial")))
        .column(Column::new(page.t("procurement-person")))
        .column(Column::new(page.t("procurement-office")))
        .column(Column::short(page.t("asset-received")))
        .column(Column::numeric(page.t("contract-price")))
        .column(Column::new(page.t("procurement-state")))
        .rows(rows);
    html! { (table) }
}
