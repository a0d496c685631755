//! `GET /stock`: what lies in the stores, for whom and for how long; and what is to be replaced.

use super::{
    link,
    piece::{item_name, state_tag},
    store::{self, Stocked},
};
use axum::extract::State;
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    page::{Table, shell::heading, table::Column},
    request::Page,
};
use registry::programme::{self, InForce};
use serde_json::json;
use values::{Money, id::CaseId};

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let stock = store::stock(&mut tx).await?;
    let value: i64 = stock.iter().filter(|one| one.state == super::rules::State::InStock as i16).map(|one| one.price).sum();
    let title = page.t("asset-stock");
    let body = html! {
        (heading("", &title))
        @if stock.is_empty() { p class="govuk-body" { (page.t("asset-stock-none")) } }
        @else {
            p class="govuk-body" { (page.lang.with("asset-stock-value", &[("value", page.lang.money(Money::from_qepik(value)).into())])) }
            (table(&page, &programme, &stock))
        }
    };
    page.show(&title, &json!({ "stock": stock }), body)
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
