//! `GET /orders/new` and `POST /orders`: the signed contracts of an office become one order to one supplier.

use super::{
    PLACED, link,
    list::office_name,
    rules::{self, Asked, Refusal},
    store::{self, Line, Order, Waiting},
};
use crate::contract;
use axum::extract::{Query, State};
use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::{Errors, Message},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty},
    programme::{self, InForce},
};
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use values::{
    Money,
    id::{CaseId, OrderId, PersonId, PlanId},
};

/// The most contracts in one order.
const MOST: usize = 50;

/// For which office, or for which case's office.
#[derive(Deserialize, Default)]
pub(super) struct Asking {
    office: Option<i32>,
    case: Option<CaseId>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asking): Query<Asking>) -> Answer {
    show(&app, &page, asking, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            let asking = Asking { office: form.value("office").parse().ok(), case: None };
            show(&app, &page, asking, &form, stop.errors()?).await
        }
    }
}

/// What the form says.
struct Input {
    office: i32,
    supplier: Uuid,
    due_on: NaiveDate,
    cases: BTreeSet<Uuid>,
    /// By item, where the supplier named a price of its own.
    prices: BTreeMap<String, Money>,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let suppliers = store::suppliers(tx).await?;
    let input = read(form, &programme, page, &suppliers)?;
    let nth = store::placed(tx, input.office, page.today.year()).await? + 1;
    // Locked first, so that no two orders take the same contract.
    let cases: Vec<CaseId> = input.cases.iter().map(|case| CaseId(*case)).collect();
    let loaded = case::bulk::lock_many(tx, &*case::law(app)?, &cases).await?;
    let waiting: Vec<Waiting> =
        store::waiting(tx, input.office).await?.into_iter().filter(|one| input.cases.contains(&one.case_id)).collect();
    if waiting.len() != cases.len() {
        return Err(Stop::refused(&Refusal::NotWaiting));
    }
    for loaded in &loaded {
        case::store::claim(tx, &loaded.file, Duty::Order).await?;
    }
    let id = OrderId::new();
    let lines = lines(tx, id, &waiting, &input).await?;
    let order = Order {
        order_id: id.0,
        office: input.office,
        number: rules::number(page.today.year(), input.office, nth),
        supplier_id: input.supplier,
        total: lines.iter().map(|line| line.unit_price * i64::from(line.quantity)).sum(),
        placed_at: tx.now(),
        placed_by: page.officer()?.0,
        approved_at: None,
        approved_by: None,
        refused_at: None,
        refused_by: None,
        refusal: None,
        due_on: input.due_on,
        arrived_on: None,
        complete_on: None,
    };
    store::insert_orders(tx, std::slice::from_ref(&order)).await?;
    store::insert_lines(tx, &lines).await?;
    let facts =
        json!({ "order": id, "number": order.number, "supplier": order.supplier_id, "total": order.total, "cases": cases });
    tx.note(PLACED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(link(id))
}

/// The lines of the order at the supplier's prices, each contract within what it gives.
async fn lines(tx: &mut Tx, order: OrderId, waiting: &[Waiting], input: &Input) -> Result<Vec<Line>, Stop> {
    let mut lines = Vec::new();
    for one in waiting {
        let asked = contract::store::lines(tx, PersonId(one.person_id), PlanId(one.plan_id)).await?;
        let asked: Vec<Asked> =
            asked.into_iter().map(|l| Asked { item: l.item, quantity: l.quantity, unit_price: l.unit_price }).collect();
        let priced = rules::priced(&asked, &input.prices, &one.number, Money::from_qepik(one.amount))
            .map_err(|refusal| Stop::refused(&refusal))?;
        lines.extend(priced.into_iter().zip(1i16..).map(|(asked, line)| Line {
            person_id: one.person_id,
            order_id: order.0,
            line,
            case_id: one.case_id,
            contract_id: one.contract_id,
            office: one.office,
            item: asked.item,
            quantity: asked.quantity,
            unit_price: asked.unit_price,
            received: 0,
            award_id: None,
        }));
    }
    Ok(lines)
}

fn read(form: &Posted, programme: &InForce, page: &Page, suppliers: &[store::Supplier]) -> Result<Input, Errors> {
    let mut read: Reader<'_> = form.reader();
    let office = read.require::<i32>("office", "form-error-choice");
    let known: Vec<String> = suppliers.iter().map(|supplier| supplier.supplier_id.to_string()).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let supplier = read.choice("supplier", &known).parse::<Uuid>().ok();
    let due_on = read.date("due_on");
    if due_on.is_some_and(|due| due < page.today) {
        read.wrong("due_on", Message::new("procurement-error-past"));
    }
    let cases: BTreeSet<Uuid> = read.many("case").iter().filter_map(|case| case.parse().ok()).collect();
    if cases.is_empty() {
        read.wrong("case", Message::new("procurement-refusal-no-contracts"));
    }
    if cases.len() > MOST {
        read.wrong("case", Message::new("procurement-error-too-many").arg("most", MOST));
    }
    let mut prices = BTreeMap::new();
    for (name, value) in form.fields().filter(|(_, value)| !value.trim().is_empty()) {
        let Some(item) = name.strip_prefix("price-") else { continue };
        match value.trim().parse::<Money>() {
            Ok(price) if price.qepik() <= 0 => read.wrong(name, Message::new("form-error-money")),
            Ok(price) if !rules::within_ceiling(programme, item, price, page.today) => {
                read.wrong(name, Message::new("procurement-error-ceiling"));
            }
            Ok(price) => _ = prices.insert(item.to_owned(), price),
            Err(_) => read.wrong(name, Message::new("form-error-money")),
        }
    }
    let input =
        office.zip(supplier).zip(due_on).map(|((office, supplier), due_on)| Input { office, supplier, due_on, cases, prices });
    read.finish(input)
}

async fn show(app: &App, page: &Page, asking: Asking, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let of_case = match asking.case {
        Some(case) => case::store::find(&mut tx, case).await?.map(|file| file.office),
        None => None,
    };
    let offices = store::waiting_offices(&mut tx).await?;
    let office = asking.office.or(of_case).or(offices.first().map(|first| first.office));
    let waiting = match office {
        Some(office) => store::waiting(&mut tx, office).await?,
        None => Vec::new(),
    };
    let suppliers = store::suppliers(&mut tx).await?;
    let mut items: BTreeMap<String, i64> = BTreeMap::new();
    for one in &waiting {
        for line in contract::store::lines(&mut tx, PersonId(one.person_id), PlanId(one.plan_id)).await? {
            *items.entry(line.item).or_default() += i64::from(line.quantity);
        }
    }
    let name = office.map(|office| office_name(&programme, page, office)).unwrap_or_default();
    let title = page.t("procurement-place");
    let view = json!({ "office": office, "waiting": waiting, "suppliers": suppliers, "items": items });
    let body = html! {
        (heading(&name, &title))
        @match office.filter(|_| !waiting.is_empty()) {
            None => p class="govuk-body" { (page.t("procurement-place-none")) },
            Some(office) => {
                @let typed = chosen(form, &waiting, asking.case);
                (draw::form(page, "/orders", None, &page.t("procurement-place-submit"),
                    fields(page, &programme, &Choices { office, waiting: &waiting, suppliers: &suppliers, items: &items }, &typed, &errors)))
            }
        }
    };
    page.show_form(&title, &view, &errors, body)
}

/// What the form offers.
struct Choices<'a> {
    office: i32,
    waiting: &'a [Waiting],
    suppliers: &'a [store::Supplier],
    items: &'a BTreeMap<String, i64>,
}

/// What was typed; on a fresh form the oldest contracts are ticked, or the one that was asked for.
fn chosen(form: &Posted, waiting: &[Waiting], case: Option<CaseId>) -> Posted {
    if form.fields().next().is_some() {
        return form.clone();
    }
    let ticked = waiting.iter().filter(|one| case.is_none_or(|case| case.0 == one.case_id)).take(MOST);
    Posted::of(ticked.map(|one| ("case", one.case_id.to_string())))
}

fn fields(page: &Page, programme: &InForce, choices: &Choices<'_>, form: &Posted, errors: &Errors) -> Markup {
    let lang = page.lang;
    let contracts = choices.waiting.iter().map(|one| {
        let direction = programme.direction(&one.direction).map_or(one.direction.as_str(), |d| d.name.text(lang));
        let words = format!("{} · {} · {direction} · {}", one.number, one.name, lang.money(Money::from_qepik(one.amount)));
        (one.case_id.to_string(), words)
    });
    let suppliers = choices.suppliers.iter().map(|s| (s.supplier_id.to_string(), s.name.clone())).collect();
    let prices: Vec<(String, String)> = choices
        .items
        .iter()
        .map(|(code, pieces)| {
            let item = programme.item(code, page.today);
            let name = item.map_or(code.as_str(), |item| item.name.text(lang));
            let most = item.map(|item| lang.money(item.ceiling_price)).unwrap_or_default();
            let args = [("item", name.into()), ("pieces", (*pieces).into()), ("most", most.into())];
            (format!("price-{code}"), lang.with("procurement-price-of", &args))
        })
        .collect();
    html! {
        (platform::page::form::hidden("office", &choices.office.to_string()))
        (draw::select(page, form, errors, "supplier", "procurement-supplier", suppliers))
        (draw::date(page, form, errors, "due_on", "procurement-due"))
        (draw::boxes(page, form, errors, "case", "procurement-contracts", contracts.collect()).compact())
        details class="govuk-details" {
            summary class="govuk-details__summary" { span class="govuk-details__summary-text" { (page.t("procurement-prices")) } }
            div class="govuk-details__text" {
                p class="govuk-hint" { (page.t("procurement-prices-hint")) }
                @for (name, label) in &prices { (draw::money(page, form, errors, name, "").labelled(label.clone())) }
            }
        }
    }
}
