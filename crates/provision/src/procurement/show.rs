//! `GET /orders/{order}`: what was ordered for whom, what has come, and the second person's decision.

use super::{
    ORDER,
    list::office_name,
    store::{self, Named, Order},
};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{SummaryRow, Table, button, button_link, buttons, panel, quiet_button, shell::heading, summary_list, table::Column},
    request::Page,
    scope::Tx,
};
use registry::programme::{self, InForce};
use serde_json::json;
use uuid::Uuid;
use values::{
    Money,
    id::{CaseId, OrderId},
};

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<OrderId>) -> Answer {
    show(&app, &page, id, &Posted::empty(), Errors::none()).await
}

const NAME: &str = "
    select name
    from officer
    where officer_id = $1";

async fn officer(tx: &mut Tx, id: Option<Uuid>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    let found: Option<(String,)> =
        sqlx::query_as(NAME).bind(id).fetch_optional(tx.conn()).await.context("finding an officer's name")?;
    Ok(found.map(|(name,)| name))
}

pub(super) async fn show(app: &App, page: &Page, id: OrderId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let order = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let lines = store::lines(&mut tx, id).await?;
    let supplier = store::suppliers(&mut tx).await?.into_iter().find(|supplier| supplier.supplier_id == order.supplier_id);
    let placed_by = officer(&mut tx, Some(order.placed_by)).await?.unwrap_or_default();
    let decided_by = officer(&mut tx, order.approved_by.or(order.refused_by)).await?;
    let may_decide = page.may(&ORDER) && !order.is_decided() && page.officer()?.0 != order.placed_by;
    let may_receive = page.may(&crate::asset::STORE) && order.approved_at.is_some() && order.complete_on.is_none();
    let title = page.lang.with("procurement-order", &[("number", order.number.as_str().into())]);
    let view = json!({ "order": order, "lines": lines, "supplier": supplier, "may_decide": may_decide });
    let supplier = supplier.map(|supplier| supplier.name).unwrap_or_default();
    let body = html! {
        (heading(&office_name(&programme, page, order.office), &title))
        (summary(page, &order, &supplier, &placed_by, decided_by.as_deref()))
        @if may_receive {
            (buttons(html! { (button_link(&page.t("asset-receive"), &format!("/orders/{id}/delivery"))) }))
        }
        (table(page, &programme, &lines))
        @if may_decide { (decision(page, id, form, &errors)) }
        @else if !order.is_decided() && page.may(&ORDER) { p class="govuk-inset-text" { (page.t("procurement-own")) } }
    };
    page.show_form(&title, &view, &errors, body)
}

fn summary(page: &Page, order: &Order, supplier: &str, placed_by: &str, decided_by: Option<&str>) -> Markup {
    let lang = page.lang;
    let by = |name: &str, at: chrono::DateTime<chrono::Utc>| format!("{name}, {}", lang.moment(at));
    let mut rows = vec![
        SummaryRow::text(page.t("procurement-supplier"), supplier),
        SummaryRow::text(page.t("procurement-total"), &lang.money(Money::from_qepik(order.total))),
        SummaryRow::text(page.t("procurement-due"), &lang.date(order.due_on)),
        SummaryRow::text(page.t("procurement-placed"), &by(placed_by, order.placed_at)),
    ];
    let decided_by = decided_by.unwrap_or_default();
    if let Some(at) = order.approved_at {
        rows.push(SummaryRow::text(page.t("procurement-approved"), &by(decided_by, at)));
    }
    if let Some(at) = order.refused_at {
        rows.push(SummaryRow::text(page.t("procurement-refused"), &by(decided_by, at)));
        rows.push(SummaryRow::text(page.t("procurement-why"), order.refusal.as_deref().unwrap_or_default()));
    }
    if let Some(day) = order.arrived_on {
        rows.push(SummaryRow::text(page.t("procurement-arrived"), &lang.date(day)));
    }
    if let Some(day) = order.complete_on {
        rows.push(SummaryRow::text(page.t("procurement-complete"), &lang.date(day)));
    }
    summary_list(&rows)
}

fn table(page: &Page, programme: &InForce, lines: &[Named]) -> Markup {
    let lang = page.lang;
    let rows = lines.iter().map(|named| {
        let line = &named.line;
        let item = programme.item(&line.item, page.today).map_or(line.item.as_str(), |item| item.name.text(lang));
        vec![
            html! { a class="govuk-link" href=(registry::case::heading::link(CaseId(line.case_id))) { (named.contract) } },
            html! { (named.name) },
            html! { (item) },
            html! { (lang.money(Money::from_qepik(line.unit_price))) },
            html! { (lang.number(line.quantity.into())) },
            html! { (lang.number(line.received.into())) },
        ]
    });
    let table = Table::new(&page.lang, "lines", page.t("procurement-lines"))
        .column(Column::short(page.t("contract-number")))
        .column(Column::new(page.t("procurement-person")))
        .column(Column::new(page.t("contract-item")))
        .column(Column::numeric(page.t("contract-price")))
        .column(Column::numeric(page.t("procurement-ordered")))
        .column(Column::numeric(page.t("procurement-received")))
        .rows(rows);
    html! { (table) }
}

fn decision(page: &Page, id: OrderId, form: &Posted, errors: &Errors) -> Markup {
    panel::panel(
        &page.t("procurement-decide"),
        html! {
            form method="post" action=(format!("/orders/{id}/approval")) {
                (draw::hidden(page, None))
                (buttons(html! { (button(page.t("procurement-approve"))) }))
            }
            form method="post" action=(format!("/orders/{id}/refusal")) {
                (draw::hidden(page, None))
                (draw::area(page, form, errors, "why", "procurement-refuse-why", 2))
                (buttons(html! { (quiet_button(page.t("procurement-refuse"))) }))
            }
        },
    )
}
