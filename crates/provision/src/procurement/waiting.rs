//! Procurement's part of the work queue: offices whose contracts wait for an order, and colleagues' orders to decide.

use super::{link, list::office_name};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::{
    message::Message,
    request::Page,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use registry::programme;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::OrderId;

#[derive(FromRow)]
struct Undecided {
    order_id: Uuid,
    number: String,
    placed_at: DateTime<Utc>,
    total: i64,
}

const UNDECIDED: &str = "
    select order_id, number, placed_at, count(*) over () as total
    from supply_order
    where approved_at is null
    and refused_at is null
    and placed_by <> $2
    order by placed_at
    limit $1";

#[derive(FromRow)]
struct Office {
    office: i32,
    contracts: i64,
    oldest: NaiveDate,
    due: Option<NaiveDate>,
}

const OFFICES: &str = "
    select f.office, count(*) as contracts, coalesce(min(f.next_since), $1) as oldest, min(f.next_due) as due
    from case_file f
    where f.stage = 20
    and f.closed_on is null
    and not exists (select from order_line l
        join supply_order o using (order_id)
        where l.person_id = f.person_id
        and l.case_id = f.case_id
        and o.refused_at is null)
    group by f.office
    order by min(f.next_due), f.office";

pub(super) async fn list(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let undecided: Vec<Undecided> = sqlx::query_as(UNDECIDED)
        .bind(limit)
        .bind(page.officer().map(|officer| officer.0).unwrap_or_default())
        .fetch_all(tx.conn())
        .await
        .context("finding orders to decide")?;
    let offices: Vec<Office> =
        sqlx::query_as(OFFICES).bind(page.today).fetch_all(tx.conn()).await.context("finding offices to order for")?;
    let programme = programme::current(&page.app)?;
    let total = undecided.first().map_or(0, |first| first.total) + i64::try_from(offices.len()).unwrap_or(i64::MAX);
    let overdue = offices.iter().filter(|office| office.due.is_some_and(|due| due < page.today)).count();
    let decide = undecided.into_iter().map(|order| QueueItem {
        task: Message::new("procurement-queue-decide"),
        about: order.number,
        link: link(OrderId(order.order_id)),
        since: order.placed_at.date_naive(),
        due: None,
    });
    let place = offices.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).map(|office| QueueItem {
        task: Message::new("procurement-queue-place").arg("contracts", office.contracts),
        about: office_name(&programme, page, office.office),
        link: format!("/orders/new?office={}", office.office),
        since: office.oldest,
        due: office.due,
    });
    Ok(Queue { items: place.chain(decide).collect(), total, overdue: i64::try_from(overdue).unwrap_or(i64::MAX) })
}
