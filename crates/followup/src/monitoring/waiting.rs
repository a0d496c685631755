//! The monitor's part of the work queue: planned visits that are due soon or late.

use super::record_link;
use anyhow::{Context, Result};
use chrono::{DateTime, Days, NaiveDate, Utc};
use platform::{
    message::Message,
    request::Page,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::CaseId;

#[derive(FromRow)]
struct Row {
    case_id: Uuid,
    about: String,
    planned_at: DateTime<Utc>,
    due_on: NaiveDate,
}

const WAITING: &str = "
    select v.case_id, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as about, v.planned_at, v.due_on
    from (
        select person_id, case_id, planned_at, due_on
        from visit
        where made_at is null
        and due_on <= $1
        order by due_on
        limit $2) v
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    order by v.due_on";

const COUNT: &str = "
    select count(*), count(*) filter (where due_on < $2)
    from visit
    where made_at is null
    and due_on <= $1";

pub(super) async fn list(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    /// Days ahead that the queue looks.
    const AHEAD: u64 = 7;
    let until = page.today.checked_add_days(Days::new(AHEAD)).unwrap_or(page.today);
    let rows: Vec<Row> =
        sqlx::query_as(WAITING).bind(until).bind(limit).fetch_all(tx.conn()).await.context("finding visits to make")?;
    let (total, overdue): (i64, i64) =
        sqlx::query_as(COUNT).bind(until).bind(page.today).fetch_one(tx.conn()).await.context("counting visits to make")?;
    let item = |row: Row| QueueItem {
        task: Message::new("monitoring-queue-visit"),
        about: row.about,
        link: record_link(CaseId(row.case_id)),
        since: row.planned_at.date_naive(),
        due: Some(row.due_on),
    };
    Ok(Queue { items: rows.into_iter().map(item).collect(), total, overdue })
}
