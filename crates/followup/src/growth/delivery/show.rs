//! What an award has brought, as the award's page shows it: orders, pieces with their serial numbers, acts.

use super::store;
use crate::growth::{link, show::item_name, store::Award};
use anyhow::Result;
use maud::{Markup, html};
use platform::{
    app::App,
    clock,
    page::{Column, Table},
    request::Page,
    scope::Tx,
};
use provision::{
    asset::{rules::State, store as assets},
    procurement,
};
use registry::programme;
use values::{Money, id::OrderId};

/// Nothing before anything is ordered.
pub(in crate::growth) async fn given(tx: &mut Tx, app: &App, page: &Page, award: &Award) -> Result<Option<Markup>> {
    let ordered = store::ordered(tx, award).await?;
    let pieces = assets::of_award(tx, award.person(), award.id()).await?;
    let deliveries = store::of_award(tx, award).await?;
    if ordered.is_empty() && pieces.is_empty() && deliveries.is_empty() {
        return Ok(None);
    }
    let programme = programme::current(app)?;
    let rows = pieces.iter().map(|piece| {
        let state = State::from_number(piece.state).map(|state| page.t(state.key())).unwrap_or_default();
        vec![
            html! { (item_name(&programme, page, &piece.item, piece.received_at.date_naive())) },
            html! { (piece.serial) },
            html! { (page.lang.money(Money::from_qepik(piece.price))) },
            html! { (state) },
            html! { (piece.handed_over_on.map_or_else(|| "–".to_owned(), |day| page.lang.date(day))) },
        ]
    });
    let table = Table::new(&page.lang, "award-pieces", page.t("growth-delivery"))
        .quiet_caption()
        .column(Column::new(page.t("growth-item")))
        .column(Column::short(page.t("asset-serial")))
        .column(Column::numeric(page.t("growth-unit-price")))
        .column(Column::new(page.t("growth-state")))
        .column(Column::new(page.t("asset-when")))
        .rows(rows);
    Ok(Some(html! {
        @for order in &ordered {
            p class="govuk-body" {
                (page.t("growth-ordered")) ": "
                @if page.may(&procurement::READ) {
                    a class="govuk-link" href=(procurement::link(OrderId(order.order_id))) { (order.number) }
                } @else { (order.number) }
                " · " (page.lang.with("growth-ordered-pieces", &[("received", order.received.into()), ("quantity", order.quantity.into())]))
            }
        }
        @if !pieces.is_empty() { (table) }
        @for delivery in &deliveries {
            p class="govuk-body" {
                a class="govuk-link" href=(format!("{}/deliveries/{}", link(award.id()), delivery.delivery_id)) {
                    (page.lang.with("growth-act-of", &[
                        ("number", delivery.number.as_str().into()),
                        ("day", page.lang.date(clock::local(delivery.happened_at).date()).into()),
                    ]))
                }
            }
        }
    }))
}
