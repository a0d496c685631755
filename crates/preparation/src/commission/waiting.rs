//! What waits in the work queue: screened plans for an evaluator, sittings for their votes and for their end.

use super::link;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::{
    clock::local,
    message::Message,
    request::Page,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use registry::case::Stage;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::SittingId;

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

#[derive(FromRow)]
struct Called {
    sitting_id: Uuid,
    number: String,
    sits_on: NaiveDate,
    called_at: DateTime<Utc>,
    total: i64,
    overdue: i64,
}

/// A member reads only the plans assigned to them, and only their own votes.
const TO_VOTE: &str = "
    select s.sitting_id, s.number, s.sits_on, s.called_at, count(*) over () as total,
        count(*) filter (where s.sits_on < $3) over () as overdue
    from sitting s
    join sitting_member m using (sitting_id)
    where m.officer_id = $2
    and s.closed_at is null
    and exists (select from agenda_item i
        where i.sitting_id = s.sitting_id
        and not exists (select from vote v
            where v.sitting_id = i.sitting_id
            and v.plan_id = i.plan_id
            and v.officer_id = m.officer_id))
    order by s.sits_on, s.number
    limit $1";

/// Sittings at which a member has still to vote.
pub(super) async fn to_vote(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let own = tx.who().officer;
    let called: Vec<Called> = sqlx::query_as(TO_VOTE)
        .bind(limit)
        .bind(own.0)
        .bind(page.today)
        .fetch_all(tx.conn())
        .await
        .context("finding sittings to vote at")?;
    Ok(queue(called, "commission-queue-vote", "votes"))
}

const TO_CLOSE: &str = "
    select s.sitting_id, s.number, s.sits_on, s.called_at, count(*) over () as total,
        count(*) filter (where s.sits_on < $2) over () as overdue
    from sitting s
    where s.closed_at is null
    order by s.sits_on, s.number
    limit $1";

/// Sittings that are called and not closed.
pub(super) async fn to_close(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let called: Vec<Called> =
        sqlx::query_as(TO_CLOSE).bind(limit).bind(page.today).fetch_all(tx.conn()).await.context("finding sittings to close")?;
    Ok(queue(called, "commission-queue-close", "closure"))
}

fn queue(called: Vec<Called>, task: &'static str, verb: &str) -> Queue {
    let (total, overdue) = called.first().map_or((0, 0), |first| (first.total, first.overdue));
    let item = |sitting: Called| QueueItem {
        task: Message::new(task),
        about: sitting.number,
        link: format!("{}/{verb}", link(SittingId(sitting.sitting_id))),
        since: local(sitting.called_at).date(),
        due: Some(sitting.sits_on),
    };
    Queue { items: called.into_iter().map(item).collect(), total, overdue }
}
