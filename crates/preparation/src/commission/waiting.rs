//! The secretary's part of the work queue: screened plans that wait for an evaluator.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::{
    message::Message,
    request::Page,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use registry::case::Stage;
use sqlx::FromRow;
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    case_id: Uuid,
    receipt: String,
    since: NaiveDate,
    due: Option<NaiveDate>,
    total: i64,
    overdue: i64,
}

/// A plan waits for an evaluator when nobody who has it has still to seal: too few have it, or two quarrel.
const WAITING: &str = "
    select f.case_id, f.receipt, coalesce(f.next_since, f.opened_on) as since, f.next_due as due,
        count(*) over () as total, count(*) filter (where f.next_due < $2) over () as overdue
    from case_file f
    where f.stage = $3
    and f.closed_on is null
    and not exists (select from plan_score s
        join business_plan p using (person_id, plan_id)
        where s.case_id = f.case_id
        and s.recused_at is null
        and s.sealed_at is null
        and p.version = (select max(version) from business_plan q where q.case_id = f.case_id and q.submitted_at is not null))
    order by f.next_due
    limit $1";

pub(super) async fn list(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> = sqlx::query_as(WAITING)
        .bind(limit)
        .bind(page.today)
        .bind(Stage::Screened as i16)
        .fetch_all(tx.conn())
        .await
        .context("finding plans without evaluators")?;
    let (total, overdue) = rows.first().map_or((0, 0), |row| (row.total, row.overdue));
    let item = |row: Row| QueueItem {
        task: Message::new("commission-queue-assign"),
        about: row.receipt,
        link: format!("/cases/{}/evaluators", row.case_id),
        since: row.since,
        due: row.due,
    };
    Ok(Queue { items: rows.into_iter().map(item).collect(), total, overdue })
}
