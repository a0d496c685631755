//! The storekeeper's part of the work queue: goods to receive, people whose equipment lies ready, pieces to replace.

use super::piece_link;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::{
    message::Message,
    request::Page,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use registry::programme::{self, keys};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{AssetId, CaseId};

#[derive(FromRow)]
struct Expected {
    order_id: Uuid,
    number: String,
    since: NaiveDate,
    due_on: NaiveDate,
}

const EXPECTED: &str = "
    select order_id, number, approved_at::date as since, due_on
    from supply_order
    where approved_at is not null
    and complete_on is null
    order by due_on
    limit 500";

#[derive(FromRow)]
struct Ready {
    case_id: Uuid,
    name: String,
    since: NaiveDate,
    due: Option<NaiveDate>,
}

const READY: &str = "
    select a.case_id, coalesce(nullif(concat_ws(' ', min(p.surname), min(p.given_name)), ''), min(f.receipt)) as name, min(a.received_at)::date as since,
        min(f.next_due) as due
    from asset a
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    where a.state = 1
    and a.award_id is null
    and f.stage between 20 and 25
    and not exists (select from case_step s where s.person_id = a.person_id and s.case_id = a.case_id and s.duty = 21)
    group by a.person_id, a.case_id
    order by min(f.next_due), a.case_id
    limit 500";

#[derive(FromRow)]
struct Broken {
    case_id: Uuid,
    asset_id: Uuid,
    name: String,
    since: NaiveDate,
}

const BROKEN: &str = "
    select a.case_id, a.asset_id, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as name, coalesce(a.fault_on, a.received_at::date) as since
    from asset a
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    where a.state in (4, 9)
    and f.stage between 20 and 25
    and not exists (select from asset r where r.person_id = a.person_id and r.replaces = a.asset_id)
    order by since
    limit 500";

pub(super) async fn list(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let programme = programme::current(&page.app)?;
    let expected: Vec<Expected> = sqlx::query_as(EXPECTED).fetch_all(tx.conn()).await.context("finding goods to receive")?;
    let ready: Vec<Ready> = sqlx::query_as(READY).fetch_all(tx.conn()).await.context("finding goods to hand over")?;
    let broken: Vec<Broken> = sqlx::query_as(BROKEN).fetch_all(tx.conn()).await.context("finding pieces to replace")?;
    let expected = expected.into_iter().map(|order| QueueItem {
        task: Message::new("asset-queue-receive"),
        about: order.number,
        link: format!("/orders/{}/delivery", order.order_id),
        since: order.since,
        due: Some(order.due_on),
    });
    let ready = ready.into_iter().map(|one| QueueItem {
        task: Message::new("case-duty-hand-over"),
        about: one.name,
        link: format!("/cases/{}/handover", one.case_id),
        since: one.since,
        due: one.due,
    });
    let broken = broken.into_iter().map(|one| QueueItem {
        task: Message::new("asset-queue-replace"),
        about: one.name,
        link: piece_link(CaseId(one.case_id), AssetId(one.asset_id), "replacement"),
        since: one.since,
        due: Some(programme.due(&keys::REPLACEMENT_TERM, one.since)),
    });
    let mut items: Vec<QueueItem> = expected.chain(ready).chain(broken).collect();
    items.sort_by_key(|item| (item.due.unwrap_or(NaiveDate::MAX), item.since));
    let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let overdue = items.iter().filter(|item| item.due.is_some_and(|due| due < page.today)).count();
    items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(Queue { items, total, overdue: i64::try_from(overdue).unwrap_or(i64::MAX) })
}
