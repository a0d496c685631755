//! `GET` and `POST /orders/{order}/delivery`: the storekeeper takes the goods of an order into stock, piece by piece.

use super::{
    RECEIVED,
    piece::item_name,
    rules::State,
    serial,
    store::{self, Asset},
};
use crate::procurement::{
    self,
    rules::Refusal,
    store::{self as orders, Named, Order},
};
use axum::extract::{Path, State as Extract};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::{
        form::{group, side_by_side},
        shell::heading,
    },
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty},
    programme::{self, InForce},
};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;
use values::id::{AssetId, CaseId, OrderId, PersonId};

pub(super) async fn get(Extract(app): Extract<App>, page: Page, Path(id): Path<OrderId>) -> Answer {
    show(&app, &page, id, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(Extract(app): Extract<App>, page: Page, Path(id): Path<OrderId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, id, &form, stop.errors()?).await
        }
    }
}

/// A piece that came: the line it belongs to by position, its serial number, what is wrong with it.
struct Came {
    line: usize,
    serial: String,
    fault: Option<String>,
}

async fn act(tx: &mut Tx, page: &Page, id: OrderId, form: &Posted) -> Result<String, Stop> {
    let order = orders::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if order.approved_at.is_none() {
        return Err(Stop::refused(&Refusal::NotApproved));
    }
    let lines = orders::lines(tx, id).await?;
    let unawaited = unawaited(form, &lines);
    if !unawaited.is_empty() {
        return Err(Stop::refused(&Refusal::ReceivedMeanwhile { serials: unawaited.join(", ") }));
    }
    let came = read(form, &lines)?;
    if came.is_empty() {
        return Err(Stop::refused(&Refusal::NothingReceived));
    }
    let mut serials = BTreeSet::new();
    if let Some(twice) = came.iter().find(|piece| !serials.insert((&lines[piece.line].line.item, &piece.serial))) {
        return Err(Stop::refused(&Refusal::SerialTaken { serial: twice.serial.clone() }));
    }
    let cases: BTreeSet<Uuid> = came.iter().map(|piece| lines[piece.line].line.case_id).collect();
    for case in &cases {
        let file = case::store::find(tx, CaseId(*case)).await?.ok_or(Fault::NotFound)?;
        case::store::claim(tx, &file, Duty::Receive).await?;
    }
    keep(tx, page, &order, &lines, came).await?;
    orders::arrive(tx, id).await?;
    Ok(procurement::link(id))
}

async fn keep(tx: &mut Tx, page: &Page, order: &Order, lines: &[Named], came: Vec<Came>) -> Result<(), Stop> {
    let officer = page.officer()?.0;
    let mut assets = Vec::with_capacity(came.len());
    let mut counts = vec![0i16; lines.len()];
    for piece in came {
        let line = &lines[piece.line].line;
        counts[piece.line] += 1;
        let state = if piece.fault.is_some() { State::Faulty } else { State::InStock };
        assets.push(Asset {
            person_id: line.person_id,
            asset_id: AssetId::new().0,
            case_id: line.case_id,
            order_id: order.order_id,
            office: line.office,
            item: line.item.clone(),
            serial: piece.serial,
            price: line.unit_price,
            state: state as i16,
            received_at: tx.now(),
            received_by: officer,
            handed_over_on: None,
            fault_on: piece.fault.as_ref().map(|_| page.today),
            fault: piece.fault,
            replaces: None,
            ended_on: None,
            award_id: line.award_id,
        });
    }
    if let Some(serial) = store::insert(tx, &assets).await? {
        return Err(Stop::refused(&Refusal::SerialTaken { serial }));
    }
    for (named, pieces) in lines.iter().zip(counts).filter(|(_, pieces)| *pieces > 0) {
        orders::receive(tx, &named.line, pieces).await?;
    }
    for asset in &assets {
        let facts = json!({ "case": asset.case_id, "order": order.order_id, "asset": asset.asset_id, "item": asset.item,
            "serial": asset.serial, "faulty": asset.fault.is_some() });
        tx.note(RECEIVED, PersonId(asset.person_id), &facts, None)?;
    }
    Ok(())
}

/// How many pieces of a line have not come.
fn missing(named: &Named) -> i16 {
    named.line.quantity - named.line.received
}

fn field(what: &str, named: &Named, nth: i16) -> String {
    format!("{what}-{}-{}-{nth}", named.line.case_id, named.line.line)
}

/// The pieces whose serial number was written down.
fn read(form: &Posted, lines: &[Named]) -> Result<Vec<Came>, Errors> {
    let mut read = form.reader();
    let mut came = Vec::new();
    for (at, named) in lines.iter().enumerate() {
        for nth in 1..=missing(named) {
            let (place, fault) = (field("serial", named, nth), read.optional(&field("fault", named, nth)));
            let serial = serial::read(&mut read, &place);
            match (serial.is_empty(), fault) {
                (true, None) => {}
                (true, Some(_)) => read.wrong(&place, Message::new("asset-error-fault-of-none")),
                (false, fault) => came.push(Came { line: at, serial, fault }),
            }
        }
    }
    read.finish(Some(came))
}

/// Serial numbers written for pieces that are missing no more: somebody else has received them since the form was drawn.
fn unawaited<'f>(form: &'f Posted, lines: &[Named]) -> Vec<&'f str> {
    let fields = |named| (1..=missing(named)).map(move |nth| field("serial", named, nth));
    let awaited: BTreeSet<String> = lines.iter().flat_map(fields).collect();
    let written = form.fields().filter(|(name, serial)| name.starts_with("serial-") && !serial.is_empty());
    written.filter(|(name, _)| !awaited.contains(*name)).map(|(_, serial)| serial).collect()
}

async fn show(app: &App, page: &Page, id: OrderId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let order = orders::find(&mut tx, id).await?.filter(|order| order.approved_at.is_some()).ok_or(Fault::NotFound)?;
    let lines = orders::lines(&mut tx, id).await?;
    let open: Vec<&Named> = lines.iter().filter(|named| missing(named) > 0).collect();
    let title = page.t("asset-receive");
    let number = page.lang.with("procurement-order", &[("number", order.number.as_str().into())]);
    let body = html! {
        (heading(&number, &title))
        @if open.is_empty() { p class="govuk-body" { (page.t("asset-receive-none")) } }
        @else {
            p class="govuk-body" { (page.t("asset-receive-hint")) }
            (draw::form(page, &format!("/orders/{id}/delivery"), None, &page.t("asset-receive-submit"),
                pieces(page, &programme, &open, form, &errors)))
        }
    };
    page.show_form(&title, &json!({ "order": order, "lines": lines }), &errors, body)
}

/// The fields of the pieces that have not come, contract by contract.
fn pieces(page: &Page, programme: &InForce, open: &[&Named], form: &Posted, errors: &Errors) -> Markup {
    let contracts = open.chunk_by(|one, next| one.line.case_id == next.line.case_id);
    html! {
        @for lines in contracts {
            (group(&format!("{} · {}", lines[0].contract, lines[0].name), html! {
                @for named in lines {
                    @for nth in 1..=missing(named) {
                        @let item = item_name(programme, page, &named.line.item, page.today);
                        @let serial = field("serial", named, nth);
                        @let fault = field("fault", named, nth);
                        (side_by_side(html! {
                            (draw::input(page, form, errors, &serial, "").labelled(item))
                            (draw::input(page, form, errors, &fault, "asset-fault-if-any"))
                        }))
                    }
                }
            }))
        }
    }
}
