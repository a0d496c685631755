//! Work that waits in ranking: lists to approve, and pools for which a list may be proposed.

use super::reserve;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::{
    clock,
    message::Message,
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Queue, QueueItem, QueuePart},
};
use registry::{case::Stage, programme};
use uuid::Uuid;
use values::id::{OfficeId, RunId};

pub(super) fn parts() -> Vec<QueuePart> {
    vec![
        QueuePart { roles: &[Role::OfficeHead, Role::Manager], list: |tx, page, limit| Box::pin(to_approve(tx, page, limit)) },
        QueuePart { roles: &[Role::Officer], list: |tx, page, _| Box::pin(to_propose(tx, page)) },
        QueuePart { roles: &[Role::Officer], list: |tx, page, _| Box::pin(to_call(tx, page)) },
    ]
}

const TO_APPROVE: &str = "
    select run_id, offices, proposed_at
    from ranking_run
    where approved_at is null
    and returned_at is null
    and proposed_by <> $1
    order by proposed_at";

async fn to_approve(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let programme = programme::current(&page.app)?;
    let officer = tx.who().officer;
    let rows: Vec<(Uuid, Vec<i32>, DateTime<Utc>)> =
        sqlx::query_as(TO_APPROVE).bind(officer.0).fetch_all(tx.conn()).await.context("finding lists to approve")?;
    let total = i64::try_from(rows.len())?;
    let item = |(run, offices, at): (Uuid, Vec<i32>, DateTime<Utc>)| {
        let name = match offices[..] {
            [only] => programme.office(OfficeId(only)).map(|office| office.name.text(page.lang).to_owned()),
            _ => Some(page.lang.with("ranking-offices", &[("count", offices.len().into())])),
        };
        QueueItem {
            task: Message::new("case-duty-approve-ranking"),
            about: name.unwrap_or_default(),
            link: super::show::link(RunId(run)),
            since: clock::local(at).date(),
            due: None,
        }
    };
    Ok(Queue { items: rows.into_iter().take(usize::try_from(limit)?).map(item).collect(), total, overdue: 0 })
}

const TO_PROPOSE: &str = "
    select f.office, count(*), min(f.opened_on)
    from case_file f
    where f.stage = $1
    and not f.suspended
    and not exists (
        select from ranking_run r
        where r.approved_at is null
        and r.returned_at is null
        and f.office = any (r.offices))
    group by f.office
    order by f.office";

async fn to_propose(tx: &mut Tx, page: &Page) -> Result<Queue> {
    let rows: Vec<(i32, i64, NaiveDate)> = sqlx::query_as(TO_PROPOSE)
        .bind(Stage::Eligible as i16)
        .fetch_all(tx.conn())
        .await
        .context("finding pools without a list")?;
    let total = i64::try_from(rows.len())?;
    let item = |(office, count, since): (i32, i64, NaiveDate)| QueueItem {
        task: Message::new("case-duty-propose-ranking"),
        about: page.lang.with("ranking-queue-waiting", &[("count", count.into())]),
        link: format!("/rankings/new?pool=office-{office}"),
        since,
        due: None,
    };
    Ok(Queue { items: rows.into_iter().map(item).collect(), total, overdue: 0 })
}

/// Places that nobody holds, with a reserve that could take them.
async fn to_call(tx: &mut Tx, page: &Page) -> Result<Queue> {
    let programme = programme::current(&page.app)?;
    let vacant = reserve::vacancies(tx, &programme, page.today).await?;
    let total = i64::try_from(vacant.len())?;
    let item = |row: reserve::Vacancy| QueueItem {
        task: Message::new("ranking-queue-call"),
        about: page.lang.with("ranking-queue-vacant", &[("count", row.vacant.into()), ("waiting", row.waiting.into())]),
        link: format!("{}?list=reserve", super::show::link(RunId(row.run_id))),
        since: row.since.unwrap_or(page.today),
        due: None,
    };
    Ok(Queue { items: vacant.into_iter().map(item).collect(), total, overdue: 0 })
}
