//! The parts of the work queue about awards, role by role.

use super::link;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::{
    message::Message,
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Queue, QueueItem, QueuePart},
};
use registry::{
    people,
    programme::{self, Key, Term, keys},
};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::AwardId;

use super::{scoring, sitting};

/// The parts of every role.
pub(super) fn parts() -> Vec<QueuePart> {
    vec![
        QueuePart { roles: &[Role::Officer], list: |tx, page, limit| Box::pin(to_check(tx, page, limit)) },
        QueuePart { roles: &[Role::Officer], list: |tx, page, limit| Box::pin(to_draft(tx, page, limit)) },
        QueuePart { roles: &[Role::Officer], list: |tx, page, limit| Box::pin(to_account(tx, page, limit)) },
        QueuePart { roles: &[Role::Adviser], list: |tx, page, limit| Box::pin(to_help(tx, page, limit)) },
        QueuePart { roles: &[Role::OfficeHead], list: |tx, page, limit| Box::pin(to_sign(tx, page, limit)) },
        QueuePart { roles: &[Role::OfficeHead], list: |tx, page, limit| Box::pin(to_close(tx, page, limit)) },
        QueuePart { roles: &[Role::Procurement], list: |tx, page, limit| Box::pin(to_order(tx, page, limit)) },
        QueuePart { roles: &[Role::Storekeeper], list: |tx, page, limit| Box::pin(to_deliver(tx, page, limit)) },
        QueuePart { roles: &[Role::Manager, Role::Finance], list: |tx, page, limit| Box::pin(to_approve(tx, page, limit)) },
        QueuePart { roles: &[Role::Secretary], list: |tx, page, limit| Box::pin(scoring::waiting::unassigned(tx, page, limit)) },
        QueuePart { roles: &[Role::Evaluator], list: |tx, page, limit| Box::pin(scoring::waiting::to_score(tx, page, limit)) },
        QueuePart { roles: &[Role::Secretary], list: |tx, page, limit| Box::pin(sitting::waiting::to_call(tx, page, limit)) },
        QueuePart { roles: &[Role::Secretary], list: |tx, page, limit| Box::pin(sitting::waiting::to_close(tx, page, limit)) },
        QueuePart { roles: &[Role::Member], list: |tx, page, limit| Box::pin(sitting::waiting::to_vote(tx, page, limit)) },
    ]
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    number: String,
    name: String,
    since: NaiveDate,
    total: i64,
}

const TO_CHECK: &str = "
    select a.award_id as id, a.number, concat_ws(' ', p.surname, p.given_name) as name, a.lodged_at::date as since,
        count(*) over () as total
    from award a
    join person p using (person_id)
    where a.state = 1
    and a.lodged_by <> $2
    order by a.lodged_at
    limit $1";

async fn to_check(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let officer = tx.who().officer.0;
    let rows: Vec<Row> =
        sqlx::query_as(TO_CHECK).bind(limit).bind(officer).fetch_all(tx.conn()).await.context("finding awards to check")?;
    queue(page, rows, "growth-check", "check", &keys::AWARD_CHECK_TERM)
}

const TO_DRAFT: &str = "
    select a.award_id as id, a.number, concat_ws(' ', p.surname, p.given_name) as name, a.decided_on as since,
        count(*) over () as total
    from award a
    join person p using (person_id)
    where a.state = 4
    and not exists (select from award_contract c where c.person_id = a.person_id and c.award_id = a.award_id)
    order by a.decided_on
    limit $1";

async fn to_draft(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows = sqlx::query_as(TO_DRAFT).bind(limit).fetch_all(tx.conn()).await.context("finding awards without a contract")?;
    queue(page, rows, "growth-contract-draft", "contract", &keys::SIGNING_TERM)
}

const TO_SIGN: &str = "
    select a.award_id as id, a.number, concat_ws(' ', p.surname, p.given_name) as name, a.decided_on as since,
        count(*) over () as total
    from award a
    join award_contract c using (person_id, award_id)
    join person p using (person_id)
    where a.state = 4
    and c.signed_on is null
    order by a.decided_on
    limit $1";

async fn to_sign(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows = sqlx::query_as(TO_SIGN).bind(limit).fetch_all(tx.conn()).await.context("finding awards to sign")?;
    queue(page, rows, "growth-contract-sign", "signature", &keys::SIGNING_TERM)
}

const TO_ORDER: &str = "
    select a.award_id as id, a.number, concat_ws(' ', p.surname, p.given_name) as name, c.signed_on as since,
        count(*) over () as total
    from award a
    join award_contract c using (person_id, award_id)
    join person p using (person_id)
    where a.state = 5
    and not exists (select from order_line l
        join supply_order o using (order_id)
        where l.person_id = a.person_id
        and l.award_id = a.award_id
        and o.refused_at is null)
    order by c.signed_on
    limit $1";

async fn to_order(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows = sqlx::query_as(TO_ORDER).bind(limit).fetch_all(tx.conn()).await.context("finding awards to order for")?;
    queue(page, rows, "growth-order", "order", &keys::DELIVERY_TERM)
}

const TO_DELIVER: &str = "
    select a.award_id as id, a.number, concat_ws(' ', p.surname, p.given_name) as name, min(s.received_at)::date as since,
        count(*) over () as total
    from award a
    join asset s using (person_id, award_id)
    join person p using (person_id)
    where a.state in (5, 6, 7)
    and s.state = 1
    group by a.award_id, a.number, p.surname, p.given_name
    order by min(s.received_at)
    limit $1";

async fn to_deliver(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows = sqlx::query_as(TO_DELIVER).bind(limit).fetch_all(tx.conn()).await.context("finding awards to hand over")?;
    queue(page, rows, "growth-deliver", "delivery", &keys::REPLACEMENT_TERM)
}

const TO_ACCOUNT: &str = "
    select a.award_id as id, a.number, concat_ws(' ', p.surname, p.given_name) as name, a.delivered_on as since,
        count(*) over () as total
    from award a
    join person p using (person_id)
    where a.state = 6
    order by a.delivered_on
    limit $1";

async fn to_account(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows = sqlx::query_as(TO_ACCOUNT).bind(limit).fetch_all(tx.conn()).await.context("finding awards to account for")?;
    queue(page, rows, "growth-account-write", "account", &keys::AWARD_ACCOUNT_TERM)
}

const TO_CLOSE: &str = "
    select a.award_id as id, a.number, concat_ws(' ', p.surname, p.given_name) as name, c.ends_on as since,
        count(*) over () as total
    from award a
    join award_contract c using (person_id, award_id)
    join person p using (person_id)
    where a.state = 7
    and c.ends_on <= $2
    order by c.ends_on
    limit $1";

async fn to_close(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> =
        sqlx::query_as(TO_CLOSE).bind(limit).bind(page.today).fetch_all(tx.conn()).await.context("finding awards to close")?;
    queue(page, rows, "growth-close", "closure", &keys::OWNERSHIP_SETTLED_AFTER)
}

const TO_HELP: &str = "
    select a.award_id as id, a.number, concat_ws(' ', p.surname, p.given_name) as name, a.lodged_at::date as since,
        count(*) over () as total
    from award a
    join person p using (person_id)
    where a.state in (1, 2)
    and a.adviser_id = $2
    and not exists (select from award_help h where h.person_id = a.person_id and h.award_id = a.award_id)
    order by a.lodged_at
    limit $1";

async fn to_help(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let officer = tx.who().officer.0;
    let rows: Vec<Row> =
        sqlx::query_as(TO_HELP).bind(limit).bind(officer).fetch_all(tx.conn()).await.context("finding awards to help with")?;
    queue(page, rows, "growth-help", "help", &keys::AWARD_CHECK_TERM)
}

const TO_APPROVE: &str = "
    select r.round_id as id, r.number, r.title as name, r.proposed_at::date as since, count(*) over () as total
    from award_round r
    where r.decided_at is null
    and r.proposed_by <> $2
    order by r.proposed_at
    limit $1";

async fn to_approve(tx: &mut Tx, _: &Page, limit: i64) -> Result<Queue> {
    let officer = tx.who().officer.0;
    let rows: Vec<Row> =
        sqlx::query_as(TO_APPROVE).bind(limit).bind(officer).fetch_all(tx.conn()).await.context("finding rounds to approve")?;
    let total = rows.first().map_or(0, |row| row.total);
    let item = |row: Row| QueueItem {
        task: Message::new("growth-round-decide"),
        about: format!("{} · {}", row.number, row.name),
        link: format!("/award-rounds/{}/approval", row.id),
        since: row.since,
        due: None,
    };
    Ok(Queue { items: rows.into_iter().map(item).collect(), total, overdue: 0 })
}

fn queue(page: &Page, rows: Vec<Row>, task: &'static str, noun: &str, term: &Key<Term>) -> Result<Queue> {
    let programme = programme::current(&page.app)?;
    let names = page.may(&people::READ);
    let total = rows.first().map_or(0, |row| row.total);
    let items: Vec<QueueItem> = rows
        .into_iter()
        .map(|row| QueueItem {
            task: Message::new(task),
            about: if names { row.name } else { row.number },
            link: format!("{}/{noun}", link(AwardId(row.id))),
            since: row.since,
            due: Some(programme.due(term, row.since)),
        })
        .collect();
    let overdue = items.iter().filter(|item| item.due.is_some_and(|due| due < page.today)).count();
    Ok(Queue { items, total, overdue: i64::try_from(overdue).unwrap_or(0) })
}
