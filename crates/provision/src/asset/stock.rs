//! `GET /stock`: what lies in the stores, for whom and for how long; and what is to be replaced.

use super::{
    link,
    piece::{item_name, state_tag},
};
use anyhow::{Context, Result};
use axum::extract::{Query, State};
use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    page::{Pagination, Table, pagination, shell::heading, table::Column},
    request::Page,
    scope::Tx,
};
use registry::programme::{self, InForce};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;
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
    let held = in_stores(&mut tx).await?;
    let last = ((held.waiting + held.to_replace).max(1) - 1) / LINES + 1;
    let at = asked.page.clamp(1, last);
    let stock = stock(&mut tx, LINES, (at - 1) * LINES).await?;
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

/// A piece in the store, with whom it is for.
#[derive(Clone, Debug, FromRow, Serialize)]
struct Stocked {
    asset_id: Uuid,
    case_id: Uuid,
    office: i32,
    item: String,
    serial: String,
    price: i64,
    state: i16,
    received_at: DateTime<Utc>,
    fault_on: Option<NaiveDate>,
    order_id: Uuid,
    name: String,
}

const STOCK: &str = "
    select a.asset_id, a.case_id, a.office, a.item, a.serial, a.price, a.state, a.received_at, a.fault_on, a.order_id,
        coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as name
    from (
        select person_id, asset_id, case_id, office, item, serial, price, state, received_at, fault_on, order_id
        from asset
        where state in (1, 4, 9)
        order by received_at, case_id, item, asset_id
        limit $1
        offset $2) a
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    order by a.received_at, a.case_id, a.item, a.asset_id";

/// What lies in the stores within the scope, and what is to be replaced: oldest first, so many after so many.
async fn stock(tx: &mut Tx, limit: i64, skipped: i64) -> Result<Vec<Stocked>> {
    sqlx::query_as(STOCK).bind(limit).bind(skipped).fetch_all(tx.conn()).await.context("reading the stock")
}

/// All of the stock, in pieces.
#[derive(Clone, Copy, Debug, FromRow, Serialize)]
struct InStores {
    /// Wait to be handed over.
    waiting: i64,
    /// What those cost, in qəpik.
    value: i64,
    /// Faulty or missing, to be replaced.
    to_replace: i64,
}

const IN_STORES: &str = "
    select count(*) filter (where state = 1) as waiting,
        coalesce(sum(price) filter (where state = 1), 0)::bigint as value,
        count(*) filter (where state <> 1) as to_replace
    from asset
    where state in (1, 4, 9)";

/// How much lies in the stores within the scope.
async fn in_stores(tx: &mut Tx) -> Result<InStores> {
    sqlx::query_as(IN_STORES).fetch_one(tx.conn()).await.context("counting the stock")
}
