//! `GET` and `POST /suppliers`: who sells to the programme, how well they deliver, and a new one.

use super::{
    ORDER, SUPPLIER_ADDED,
    rules::Refusal,
    store::{self, Record, Supplier},
};
use axum::extract::State;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{Table, Tone, panel, shell::heading, table::Column, tag},
    request::Page,
    scope::Tx,
};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;
use values::{id::PersonId, phone::Phone, voen::Voen};

/// From this share of faulty pieces on, in hundredths, a supplier is marked; below so many pieces no share says anything.
const MANY_FAULTS: i64 = 8;
const ENOUGH_PIECES: i64 = 50;

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    show(&app, &page, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, page: &Page, form: &Posted) -> Result<String, Stop> {
    let mut read = form.reader();
    let voen = read.require::<Voen>("voen", "procurement-error-voen");
    let name = read.required("name");
    let phone = read.require::<Phone>("phone", "procurement-error-phone");
    let (voen, phone) = read.finish(voen.zip(phone))?;
    let supplier = Supplier {
        supplier_id: Uuid::now_v7(),
        voen: voen.to_string(),
        name,
        phone: phone.to_string(),
        added_at: tx.now(),
        added_by: page.officer()?.0,
    };
    // Suppliers belong to no office: only the program itself writes them.
    tx.widen().await?;
    if store::insert_suppliers(tx, std::slice::from_ref(&supplier)).await? == 0 {
        return Err(Stop::refused(&Refusal::KnownSupplier));
    }
    tx.note(SUPPLIER_ADDED, PersonId(Uuid::nil()), &json!({ "supplier": supplier.supplier_id, "voen": supplier.voen }), None)?;
    Ok("/suppliers".to_owned())
}

async fn show(app: &App, page: &Page, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let suppliers = store::suppliers(&mut tx).await?;
    let records = store::records(&mut tx).await?;
    let view = json!({ "suppliers": suppliers, "records": records });
    let by_id: HashMap<Uuid, Record> = records.into_iter().map(|record| (record.supplier_id, record)).collect();
    let title = page.t("procurement-suppliers");
    let body = html! {
        (heading("", &title))
        @if suppliers.is_empty() { p class="govuk-body" { (page.t("procurement-suppliers-none")) } }
        @else { (table(page, &suppliers, &by_id)) }
        @if page.may(&ORDER) {
            (panel::panel(&page.t("procurement-supplier-new"), draw::form(page, "/suppliers", None,
                &page.t("procurement-supplier-add"), html! {
                    (draw::input(page, form, &errors, "voen", "procurement-voen").hint("procurement-voen-hint"))
                    (draw::input(page, form, &errors, "name", "procurement-supplier-name"))
                    (draw::input(page, form, &errors, "phone", "procurement-phone").phone())
                })))
        }
    };
    page.show_form(&title, &view, &errors, body)
}

fn table(page: &Page, suppliers: &[Supplier], records: &HashMap<Uuid, Record>) -> Markup {
    let lang = page.lang;
    let rows = suppliers.iter().map(|supplier| {
        let record = records.get(&supplier.supplier_id);
        let of = |what: fn(&Record) -> i64| record.map_or(0, what);
        let (pieces, faulty) = (of(|r| r.pieces), of(|r| r.faulty));
        let share = (pieces > 0).then(|| faulty as f64 * 100.0 / pieces as f64);
        vec![
            html! { (supplier.name) },
            html! { (supplier.voen) },
            html! { a class="govuk-link" href=(format!("tel:{}", supplier.phone)) { (supplier.phone) } },
            html! { (lang.number(of(|r| r.orders))) },
            html! { (lang.number(of(|r| r.late))) },
            html! { (lang.number(pieces)) },
            html! {
                @if let Some(share) = share { (lang.decimal(share, 1)) " %" } @else { "–" }
                @if pieces >= ENOUGH_PIECES && faulty * 100 > pieces * MANY_FAULTS {
                    " " (tag(Tone::Bad, &page.t("procurement-many-faults")))
                }
            },
        ]
    });
    let table = Table::new(&page.lang, "suppliers", page.t("procurement-suppliers"))
        .quiet_caption()
        .column(Column::new(page.t("procurement-supplier-name")))
        .column(Column::short(page.t("procurement-voen")))
        .column(Column::short(page.t("procurement-phone")))
        .column(Column::numeric(page.t("procurement-orders")))
        .column(Column::numeric(page.t("procurement-late")))
        .column(Column::numeric(page.t("procurement-pieces")))
        .column(Column::numeric(page.t("procurement-faulty")))
        .rows(rows);
    html! { (table) }
}
