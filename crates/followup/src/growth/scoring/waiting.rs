//! The secretary's and the evaluators' parts of the work queue: applications without evaluators, and those to score.

use super::link;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::{
    message::Message,
    request::Page,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use preparation::commission::code_of;
use registry::programme::{self, keys};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::AwardId;

#[derive(FromRow)]
struct Row {
    award_id: Uuid,
    number: String,
    since: NaiveDate,
    total: i64,
}

/// An application waits for an evaluator when nobody who has it has still to seal: too few have it, or two quarrel.
const UNASSIGNED: &str = "
    select a.award_id, a.number, a.checked_at::date as since, count(*) over () as total
    from award a
    where a.state = 2
    and not exists (select from award_score s
        where s.person_id = a.person_id
        and s.award_id = a.award_id
        and s.recused_at is null
        and s.sealed_at is null)
    order by a.checked_at
    limit $1";

/// Applications that wait for an evaluator.
pub(in crate::growth) async fn unassigned(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> =
        sqlx::query_as(UNASSIGNED).bind(limit).fetch_all(tx.conn()).await.context("finding awards without evaluators")?;
    queue(page, rows, "growth-queue-assign", |row| (row.number.clone(), format!("/awards/{}/evaluators", row.award_id)))
}

const TO_SCORE: &str = "
    select s.award_id, '' as number, s.assigned_at::date as since, count(*) over () as total
    from award_score s
    join award a using (person_id, award_id)
    where s.sealed_at is null
    and s.recused_at is null
    and s.officer_id = $2
    and a.state = 2
    order by s.assigned_at
    limit $1";

/// Applications that the acting evaluator has to score, by their codes.
pub(in crate::growth) async fn to_score(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let officer = tx.who().officer.0;
    let rows: Vec<Row> =
        sqlx::query_as(TO_SCORE).bind(limit).bind(officer).fetch_all(tx.conn()).await.context("finding awards to score")?;
    queue(page, rows, "growth-queue-score", |row| (code_of(row.award_id), link(AwardId(row.award_id))))
}

fn queue(page: &Page, rows: Vec<Row>, task: &'static str, of: impl Fn(&Row) -> (String, String)) -> Result<Queue> {
    let programme = programme::current(&page.app)?;
    let total = rows.first().map_or(0, |row| row.total);
    let items: Vec<QueueItem> = rows
        .iter()
        .map(|row| {
            let (about, link) = of(row);
            let due = Some(programme.due(&keys::SCORING_TERM, row.since));
            QueueItem { task: Message::new(task), about, link, since: row.since, due }
        })
        .collect();
    let overdue = items.iter().filter(|item| item.due.is_some_and(|due| due < page.today)).count();
    Ok(Queue { items, total, overdue: i64::try_from(overdue).unwrap_or(0) })
}
