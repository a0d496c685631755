//! `GET /orders`: contracts that wait for an order, by office; then the orders, those that need somebody first.

use super::{ORDER, link, store};
use anyhow::{Context, Result};
use axum::extract::State;
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    page::{Table, Tone, shell::heading, table::Column, tag},
    request::Page,
    scope::Tx,
};
use registry::programme::{self, InForce};
use serde::Serialize;
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;
use values::{
    Money,
    id::{OfficeId, OrderId},
};

/// An order as the list shows it.
#[derive(Debug, FromRow, Serialize)]
pub(super) struct Listed {
    pub order_id: Uuid,
    pub office: i32,
    pub number: String,
    pub supplier: String,
    pub total: i64,
    pub due_on: NaiveDate,
    pub approved: bool,
    pub refused: bool,
    pub arrived_on: Option<NaiveDate>,
    pub complete_on: Option<NaiveDate>,
}

impl Listed {
    /// The state of the order in a word, and how loud it is.
    pub fn state(&self, today: NaiveDate) -> (Tone, &'static str) {
        match (self.refused, self.approved, self.arrived_on, self.complete_on) {
            (true, ..) => (Tone::Neutral, "procurement-state-refused"),
            (_, false, ..) => (Tone::Attention, "procurement-state-undecided"),
            (.., Some(_)) => (Tone::Good, "procurement-state-complete"),
            (.., Some(_), None) => (Tone::Attention, "procurement-state-partly"),
            (.., None, None) if self.due_on < today => (Tone::Bad, "procurement-state-late"),
            _ => (Tone::Info, "procurement-state-under-way"),
        }
    }
}

const LIST: &str = "
    select o.order_id, o.office, o.number, s.name as supplier, o.total, o.due_on, o.approved_at is not null as approved,
        o.refused_at is not null as refused, o.arrived_on, o.complete_on
    from supply_order o
    join supplier s using (supplier_id)
    order by (o.complete_on is not null or o.refused_at is not null), o.placed_at desc
    limit 200";

async fn listed(tx: &mut Tx) -> Result<Vec<Listed>> {
    sqlx::query_as(LIST).fetch_all(tx.conn()).await.context("listing orders")
}

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let waiting = match page.may(&ORDER) {
        true => store::waiting_offices(&mut tx).await?,
        false => Vec::new(),
    };
    let orders = listed(&mut tx).await?;
    let body = html! {
        (heading("", &page.t("procurement-menu")))
        @if !waiting.is_empty() { (offices(&page, &programme, &waiting)) }
        @if orders.is_empty() { p class="govuk-body" { (page.t("procurement-none")) } }
        @else { (table(&page, &programme, &orders)) }
    };
    page.show(&page.t("procurement-menu"), &json!({ "waiting": waiting, "orders": orders }), body)
}

/// The name of an office in the reader's language.
pub(crate) fn office_name(programme: &InForce, page: &Page, office: i32) -> String {
    programme.office(OfficeId(office)).map_or_else(|| office.to_string(), |office| office.name.text(page.lang).to_owned())
}

fn offices(page: &Page, programme: &InForce, waiting: &[store::OfficeWaiting]) -> Markup {
    let lang = page.lang;
    let rows = waiting.iter().map(|one| {
        let name = office_name(programme, page, one.office);
        vec![
            html! { a class="govuk-link" href=(format!("/orders/new?office={}", one.office)) { (name) } },
            html! { (lang.number(one.contracts)) },
            html! { (lang.money(Money::from_qepik(one.amount))) },
            html! { (lang.date(one.oldest)) },
        ]
    });
    let table = Table::new(&page.lang, "waiting", page.t("procurement-waiting"))
        .column(Column::new(page.t("procurement-office")))
        .column(Column::numeric(page.t("procurement-contracts")))
        .column(Column::numeric(page.t("procurement-total")))
        .column(Column::short(page.t("procurement-oldest")))
        .rows(rows);
    html! { (table) }
}

fn table(page: &Page, programme: &InForce, orders: &[Listed]) -> Markup {
    let lang = page.lang;
    let rows = orders.iter().map(|order| {
        let (tone, key) = order.state(page.today);
        vec![
            html! { a class="govuk-link" href=(link(OrderId(order.order_id))) { (order.number) } },
            html! { (order.supplier) },
            html! { (office_name(programme, page, order.office)) },
            html! { (lang.money(Money::from_qepik(order.total))) },
            html! { (lang.date(order.due_on)) },
            html! { (tag(tone, &page.t(key))) },
        ]
    });
    let table = Table::new(&page.lang, "orders", page.t("procurement-menu"))
        .quiet_caption()
        .column(Column::short(page.t("procurement-number")))
        .column(Column::new(page.t("procurement-supplier")))
        .column(Column::new(page.t("procurement-office")))
        .column(Column::numeric(page.t("procurement-total")))
        .column(Column::short(page.t("procurement-due")))
        .column(Column::new(page.t("procurement-state")))
        .rows(rows);
    html! { (table) }
}
