//! How far the order of a case's equipment is: it waits for a second person, or for the supplier.

use super::link;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::{
    clock::local,
    message::Message,
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Step, Subject},
};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::OrderId;

#[derive(FromRow)]
struct Placed {
    order_id: Uuid,
    number: String,
    placed_at: DateTime<Utc>,
    approved_at: Option<DateTime<Utc>>,
    due_on: NaiveDate,
}

const PLACED: &str = "
    select distinct o.order_id, o.number, o.placed_at, o.approved_at, o.due_on
    from order_line l
    join supply_order o using (order_id)
    where l.person_id = $1
    and l.case_id = $2
    and l.award_id is null
    and l.received < l.quantity
    and o.refused_at is null
    order by o.placed_at desc
    limit 1";

/// The latest order for a case of which something is still to come.
pub(crate) async fn of_order(tx: &mut Tx, _: &Page, subject: Subject) -> Result<Option<Step>> {
    let Some(case) = subject.case else { return Ok(None) };
    let placed: Option<Placed> = sqlx::query_as(PLACED)
        .bind(subject.person.0)
        .bind(case.0)
        .fetch_optional(tx.conn())
        .await
        .context("finding the order of a case")?;
    Ok(placed.map(|order| {
        let told = |key: &'static str| Message::new(key).arg("number", order.number.clone());
        let to = link(OrderId(order.order_id));
        match order.approved_at {
            None => Step {
                task: told("procurement-step-undecided"),
                role: Role::Procurement,
                link: to,
                since: local(order.placed_at).date(),
                due: None,
            },
            Some(approved_at) => Step {
                task: told("procurement-step-expected"),
                role: Role::Storekeeper,
                link: format!("{to}/delivery"),
                since: local(approved_at).date(),
                due: Some(order.due_on),
            },
        }
    }))
}
