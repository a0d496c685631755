//! The specialist's part of the work queue: screenings that officers filled in.

use super::link;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
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
    screened_at: DateTime<Utc>,
    due: Option<NaiveDate>,
    total: i64,
    overdue: i64,
}

const WAITING: &str = "
    select s.case_id, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as about, s.screened_at, f.next_due as due,
        count(*) over () as total, count(*) filter (where f.next_due < $2) over () as overdue
    from screening s
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    where s.decided_at is null
    and f.stage = 12
    order by f.next_due, s.screened_at
    limit $1";

pub(super) async fn list(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> = sqlx::query_as(WAITING)
        .bind(limit)
        .bind(page.today)
        .fetch_all(tx.conn())
        .await
        .context("finding screenings to decide")?;
    let (total, overdue) = rows.first().map_or((0, 0), |row| (row.total, row.overdue));
    let item = |row: Row| QueueItem {
        task: Message::new("screening-queue-decide"),
        about: row.about,
        link: format!("{}/decision", link(CaseId(row.case_id))),
        since: row.screened_at.date_naive(),
        due: row.due,
    };
    Ok(Queue { items: rows.into_iter().map(item).collect(), total, overdue })
}
