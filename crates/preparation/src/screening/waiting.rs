//! The specialist's part of the work queue: screenings that officers filled in, and are no longer the officers' to do.

use super::link;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::{
    clock::local,
    message::Message,
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Queue, QueueItem, Step, Subject},
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

/// The cases whose form is filled in: the specialist comes next.
pub(super) const FILLED_IN: &str = "
    select s.case_id
    from screening s
    join case_file f using (person_id, case_id)
    where s.decided_at is null
    and f.stage = 12";

const OF_CASE: &str = "
    select s.screened_at
    from screening s
    where s.person_id = $1
    and s.case_id = $2
    and s.decided_at is null
    limit 1";

/// Nobody has to fill in a form that waits for its decision.
pub(super) async fn progress(tx: &mut Tx, _: &Page, subject: Subject) -> Result<Option<Step>> {
    let Some(case) = subject.case else { return Ok(None) };
    let filled_in: Option<(DateTime<Utc>,)> = sqlx::query_as(OF_CASE)
        .bind(subject.person.0)
        .bind(case.0)
        .fetch_optional(tx.conn())
        .await
        .context("finding a screening that waits for its decision")?;
    Ok(filled_in.map(|(at,)| Step {
        task: Message::new("screening-queue-decide"),
        role: Role::Environment,
        link: format!("{}/decision", link(case)),
        since: local(at).date(),
        due: None,
    }))
}
