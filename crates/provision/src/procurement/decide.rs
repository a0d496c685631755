//! `POST /orders/{order}/approval` and `/refusal`: a second procurement officer decides an order.

use super::{
    APPROVED, REFUSED, link,
    rules::Refusal,
    show,
    store::{self, Order},
};
use axum::extract::{Path, State};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    form::Posted,
    request::Page,
    scope::Tx,
};
use serde_json::json;
use uuid::Uuid;
use values::id::{OrderId, PersonId};

/// A refusal says why in at least so many letters.
const LEAST_REASON: usize = 10;

pub(super) async fn approve(State(app): State<App>, page: Page, Path(id): Path<OrderId>, form: Posted) -> Answer {
    decide(app, page, id, form, true).await
}

pub(super) async fn refuse(State(app): State<App>, page: Page, Path(id): Path<OrderId>, form: Posted) -> Answer {
    decide(app, page, id, form, false).await
}

async fn decide(app: App, page: Page, id: OrderId, form: Posted, approves: bool) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, id, &form, approves).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show::show(&app, &page, id, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, page: &Page, id: OrderId, form: &Posted, approves: bool) -> Result<String, Stop> {
    let order = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    let officer = page.officer()?.0;
    if order.is_decided() {
        return Err(Stop::refused(&Refusal::Decided));
    }
    if order.placed_by == officer {
        return Err(Stop::refused(&Refusal::OwnOrder));
    }
    let mut read = form.reader();
    let why = (!approves).then(|| read.reason("why", LEAST_REASON));
    let why = read.finish(Some(why))?;
    let (at, by) = (Some(tx.now()), Some(officer));
    let decided = match approves {
        true => Order { approved_at: at, approved_by: by, ..order },
        false => Order { refused_at: at, refused_by: by, refusal: why.clone(), ..order },
    };
    store::decide(tx, &decided).await?;
    let kind = if approves { APPROVED } else { REFUSED };
    let facts = json!({ "order": id, "number": decided.number, "total": decided.total });
    tx.note(kind, PersonId(Uuid::nil()), &facts, why.as_deref())?;
    Ok(link(id))
}
