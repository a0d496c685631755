//! The head's part of the work queue: contracts that were drawn up and wait for the signature.

use super::link;
use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use platform::{
    message::Message,
    request::Page,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use registry::case::Stage;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::CaseId;

#[derive(FromRow)]
struct Row {
    case_id: Uuid,
    about: String,
    drafted_at: DateTime<Utc>,
    due: Option<chrono::NaiveDate>,
    total: i64,
    overdue: i64,
}

const WAITING: &str = "
    select c.case_id, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as about, c.drafted_at, f.next_due as due,
        count(*) over () as total, count(*) filter (where f.next_due < $2) over () as overdue
    from contract c
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    where c.signed_on is null
    and f.stage = $3
    order by f.next_due, c.drafted_at
    limit $1";

pub(super) async fn list(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> = sqlx::query_as(WAITING)
        .bind(limit)
        .bind(page.today)
        .bind(Stage::Approved as i16)
        .fetch_all(tx.conn())
        .await
        .context("finding contracts to sign")?;
    let (total, overdue) = rows.first().map_or((0, 0), |row| (row.total, row.overdue));
    let items = rows
        .into_iter()
        .map(|row| QueueItem {
            task: Message::new("contract-queue-sign"),
            about: row.about,
            link: format!("{}/signature", link(CaseId(row.case_id))),
            since: row.drafted_at.date_naive(),
            due: row.due,
        })
        .collect();
    Ok(Queue { items, total, overdue })
}
