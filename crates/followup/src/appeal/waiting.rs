//! The managers' part of the work queue: late appeals that wait for a word on whether they are heard. Those that are heard
//! stand in the queue of cases.

use super::link;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::{
    message::Message,
    request::Page,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::AppealId;

#[derive(FromRow)]
struct Row {
    appeal_id: Uuid,
    about: String,
    lodged_on: NaiveDate,
    due_on: NaiveDate,
    total: i64,
    late: i64,
}

const WAITING: &str = "
    select a.appeal_id, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as about, a.lodged_on, a.due_on,
        count(*) over () as total, count(*) filter (where a.due_on < $2) over () as late
    from appeal a
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    where a.outcome is null
    and a.admitted_on is null
    order by a.lodged_on
    limit $1";

pub(super) async fn to_admit(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> =
        sqlx::query_as(WAITING).bind(limit).bind(page.today).fetch_all(tx.conn()).await.context("finding late appeals")?;
    let (total, overdue) = rows.first().map_or((0, 0), |row| (row.total, row.late));
    let item = |row: Row| QueueItem {
        task: Message::new("appeal-task-admit"),
        about: row.about,
        link: format!("{}/admission", link(AppealId(row.appeal_id))),
        since: row.lodged_on,
        due: Some(row.due_on),
    };
    Ok(Queue { items: rows.into_iter().map(item).collect(), total, overdue })
}
