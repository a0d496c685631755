//! The members' and the secretary's parts of the work queue: sittings to vote at, to close, to call.

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
use values::id::SittingId;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    about: String,
    since: NaiveDate,
    due: Option<NaiveDate>,
    total: i64,
}

const TO_VOTE: &str = "
    select s.sitting_id as id, s.number as about, s.called_at::date as since, s.sits_on as due, count(*) over () as total
    from award_sitting s
    join award_sitting_member m using (sitting_id)
    where s.closed_at is null
    and m.officer_id = $2
    and exists (select from award_item i
        where i.sitting_id = s.sitting_id
        and not exists (select from award_vote v
            where v.person_id = i.person_id
            and v.sitting_id = i.sitting_id
            and v.award_id = i.award_id
            and v.officer_id = $2))
    order by s.sits_on
    limit $1";

/// Open sittings at which the acting member has still to vote.
pub(in crate::growth) async fn to_vote(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let officer = tx.who().officer.0;
    let rows: Vec<Row> =
        sqlx::query_as(TO_VOTE).bind(limit).bind(officer).fetch_all(tx.conn()).await.context("finding sittings to vote at")?;
    Ok(queue(page, rows, "growth-queue-vote", |id| format!("{}/votes", link(SittingId(id)))))
}

const TO_CLOSE: &str = "
    select s.sitting_id as id, s.number as about, s.called_at::date as since, s.sits_on as due, count(*) over () as total
    from award_sitting s
    where s.closed_at is null
    order by s.sits_on
    limit $1";

/// Open sittings that the secretary has to close.
pub(in crate::growth) async fn to_close(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> = sqlx::query_as(TO_CLOSE).bind(limit).fetch_all(tx.conn()).await.context("finding sittings to close")?;
    Ok(queue(page, rows, "growth-queue-close-sitting", |id| format!("{}/closure", link(SittingId(id)))))
}

const TO_CALL: &str = "
    select r.round_id as id, r.number as about, min(a.scored_on) as since, null::date as due, count(*) over () as total
    from award_round r
    join award a using (round_id)
    where r.approved
    and (r.rolling or r.closes_on < $2)
    and a.state = 3
    and not exists (select from award_item i
        join award_sitting s using (sitting_id)
        where i.person_id = a.person_id
        and i.award_id = a.award_id
        and s.closed_at is null)
    group by r.round_id, r.number
    order by min(a.scored_on)
    limit $1";

/// Rounds with scored applications that no sitting has on its agenda.
pub(in crate::growth) async fn to_call(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> =
        sqlx::query_as(TO_CALL).bind(limit).bind(page.today).fetch_all(tx.conn()).await.context("finding rounds to decide")?;
    Ok(queue(page, rows, "growth-queue-call", |id| format!("/award-rounds/{id}/sittings/new")))
}

fn queue(page: &Page, rows: Vec<Row>, task: &'static str, to: impl Fn(Uuid) -> String) -> Queue {
    let total = rows.first().map_or(0, |row| row.total);
    let overdue = rows.iter().filter(|row| row.due.is_some_and(|due| due < page.today)).count();
    let items = rows
        .into_iter()
        .map(|row| QueueItem { task: Message::new(task), about: row.about, link: to(row.id), since: row.since, due: row.due })
        .collect();
    Queue { items, total, overdue: i64::try_from(overdue).unwrap_or(0) }
}
