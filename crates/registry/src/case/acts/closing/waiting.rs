//! Closings that wait for the head of the office.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use platform::{
    clock,
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
    proposed_at: DateTime<Utc>,
    total: i64,
}

const WAITING: &str = "
    select c.case_id, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as about, c.proposed_at,
        count(*) over () as total
    from closing_proposal c
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    where c.decided_at is null
    and f.closed_on is null
    order by c.proposed_at
    limit $1";

pub(in crate::case::acts) async fn waiting(tx: &mut Tx, _: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> = sqlx::query_as(WAITING).bind(limit).fetch_all(tx.conn()).await.context("finding closings to approve")?;
    let total = rows.first().map_or(0, |row| row.total);
    let item = |row: Row| QueueItem {
        task: Message::new("case-duty-approve-closing"),
        about: row.about,
        link: format!("{}/decision", super::link(CaseId(row.case_id))),
        since: clock::local(row.proposed_at).date(),
        due: None,
    };
    Ok(Queue { items: rows.into_iter().map(item).collect(), total, overdue: 0 })
}
