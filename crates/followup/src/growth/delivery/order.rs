//! `GET` and `POST /awards/{award}/order`: what an award gives is ordered from a supplier at the prices granted. The order
//! goes the way of every order: a colleague approves it, the storekeeper takes the goods in.

use super::{ORDERED, link, store};
use crate::growth::{
    rules::Refusal,
    show::{heading_of, line_table},
    state::State as Stage,
    store::{self as awards, Award, Line},
};
use anyhow::Context;
use axum::extract::{Path, State};
use chrono::{Datelike, NaiveDate};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain, Message},
    request::Page,
    scope::Tx,
};
use provision::{
    contract,
    procurement::{
        self, rules,
        store::{self as orders, Line as OrderLine, Order, Supplier},
    },
};
use registry::{
    case::{self, Duty},
    programme::{self, keys},
};
use serde_json::json;
use uuid::Uuid;
use values::id::{AwardId, OrderId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(award): Path<AwardId>) -> Answer {
    show(&app, &page, award, None, Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(award): Path<AwardId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, award, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, award, Some(&form), stop.errors()?).await
        }
    }
}

/// Why nothing is ordered for an award.
fn refused(award: &Award, ordered: &[store::Ordered]) -> Option<Refusal> {
    match award.state() {
        Stage::Contracted if ordered.is_empty() => None,
        Stage::Contracted => Some(Refusal::Ordered),
        _ => Some(Refusal::NotNow),
    }
}

async fn act(tx: &mut Tx, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let award = awards::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    let ordered = store::ordered(tx, &award).await?;
    if let Some(refusal) = refused(&award, &ordered) {
        return Err(Stop::refused(&refusal));
    }
    let suppliers = orders::suppliers(tx).await?;
    let (supplier, due_on) = read(form, page, &suppliers)?;
    let file = case::store::find(tx, award.case()).await?.ok_or(Fault::NotFound)?;
    case::store::claim(tx, &file, Duty::Order).await?;
    let nth = orders::placed(tx, award.office, page.today.year()).await? + 1;
    let first = contract::store::find(tx, award.person(), award.case()).await?.context("an award without a first contract")?;
    let lines = awards::lines(tx, &award).await?;
    let order = OrderId::new();
    let lines: Vec<OrderLine> = lines.iter().map(|line| order_line(&award, line, order, first.contract_id)).collect();
    let row = Order {
        order_id: order.0,
        office: award.office,
        number: rules::number(page.today.year(), award.office, nth),
        supplier_id: supplier,
        total: lines.iter().map(|line| line.unit_price * i64::from(line.quantity)).sum(),
        placed_at: tx.now(),
        placed_by: page.officer()?.0,
        approved_at: None,
        approved_by: None,
        refused_at: None,
        refused_by: None,
        refusal: None,
        due_on,
        arrived_on: None,
        complete_on: None,
    };
    orders::insert_orders(tx, std::slice::from_ref(&row)).await?;
    orders::insert_lines(tx, &lines).await?;
    let facts = json!({ "case": award.case_id, "award": id, "order": order, "number": row.number, "supplier": supplier,
        "total": row.total });
    tx.note(ORDERED, award.person(), &facts, None)?;
    Ok(procurement::link(order))
}

fn order_line(award: &Award, line: &Line, order: OrderId, contract: Uuid) -> OrderLine {
    OrderLine {
        person_id: award.person_id,
        order_id: order.0,
        line: line.line,
        case_id: award.case_id,
        contract_id: contract,
        office: award.office,
        item: line.item.clone(),
        quantity: line.quantity,
        unit_price: line.unit_price,
        received: 0,
        award_id: Some(award.award_id),
    }
}

fn read(form: &Posted, page: &Page, suppliers: &[Supplier]) -> Result<(Uuid, NaiveDate), Errors> {
    let mut read = form.reader();
    let known: Vec<String> = suppliers.iter().map(|supplier| supplier.supplier_id.to_string()).collect();
    let supplier = read.choice("supplier", &known.iter().map(String::as_str).collect::<Vec<_>>()).parse::<Uuid>().ok();
    let due_on = read.date("due_on");
    if due_on.is_some_and(|due| due < page.today) {
        read.wrong("due_on", Message::new("procurement-error-past"));
    }
    read.finish(supplier.zip(due_on))
}

async fn show(app: &App, page: &Page, id: AwardId, form: Option<&Posted>, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let award = awards::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, app, page, &award, "growth-order").await?;
    let lines = awards::lines(&mut tx, &award).await?;
    let ordered = store::ordered(&mut tx, &award).await?;
    let suppliers = orders::suppliers(&mut tx).await?;
    let options = suppliers.iter().map(|s| (s.supplier_id.to_string(), s.name.clone())).collect();
    let fresh = Posted::of([("due_on", programme.due(&keys::DELIVERY_TERM, page.today).to_string())]);
    let typed = form.unwrap_or(&fresh);
    let title = page.t("growth-order");
    let body = html! {
        (head)
        (line_table(page, &programme, &award, &lines))
        @match refused(&award, &ordered) {
            Some(refusal) => {
                p class="govuk-body" { (refusal.message().text(page.lang)) }
                @for one in &ordered {
                    p class="govuk-body" { a class="govuk-link" href=(procurement::link(OrderId(one.order_id))) { (one.number) } }
                }
            },
            None => {
                (draw::form(page, &format!("{}/order", link(id)), None, &page.t("growth-order-submit"), html! {
                    (draw::select(page, typed, &errors, "supplier", "procurement-supplier", options))
                    (draw::date(page, typed, &errors, "due_on", "procurement-due"))
                }))
            }
        }
    };
    page.show_form(&title, &json!({ "award": award, "lines": lines, "orders": ordered }), &errors, body)
}
