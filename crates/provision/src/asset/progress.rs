//! What lies in the store for a case: its equipment is there, and is to be handed over, or something else comes first.

use super::piece_link;
use crate::procurement;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::{
    clock::local,
    message::Message,
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Step, Subject},
};
use registry::{
    case::Duty,
    programme::{self, keys},
};
use uuid::Uuid;
use values::id::{AssetId, CaseId, PersonId};

const IN_STORE: &str = "
    select min(received_at)
    from asset
    where person_id = $1
    and case_id = $2
    and award_id is null
    and state = 1";

/// The cases whose handover is due while nothing of theirs lies in the store.
pub(super) const NOTHING_IN_STORE: &str = "
    select s.case_id
    from case_step s
    where s.duty = 21
    and not exists (
        select
        from asset a
        where a.person_id = s.person_id
        and a.case_id = s.case_id
        and a.award_id is null
        and a.state = 1)";

const TO_REPLACE: &str = "
    select a.asset_id, coalesce(a.fault_on, a.received_at::date) as since
    from asset a
    where a.person_id = $1
    and a.case_id = $2
    and a.award_id is null
    and a.state in (4, 9)
    and not exists (select from asset r where r.person_id = a.person_id and r.replaces = a.asset_id)
    order by since
    limit 1";

/// When the first of what lies in the store for a case came.
async fn in_store(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<DateTime<Utc>>> {
    let (came,): (Option<DateTime<Utc>>,) = sqlx::query_as(IN_STORE)
        .bind(person.0)
        .bind(case.0)
        .fetch_one(tx.conn())
        .await
        .context("finding what lies in the store for a case")?;
    Ok(came)
}

/// With nothing in the store nothing can be handed over: a piece is to be replaced first, or an order to come or to be placed.
pub(super) async fn of_handover(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Step>> {
    let Some(case) = subject.case else { return Ok(None) };
    if in_store(tx, subject.person, case).await?.is_some() {
        return Ok(None);
    }
    let broken: Option<(Uuid, NaiveDate)> = sqlx::query_as(TO_REPLACE)
        .bind(subject.person.0)
        .bind(case.0)
        .fetch_optional(tx.conn())
        .await
        .context("finding a piece of a case to replace")?;
    if let Some((asset, since)) = broken {
        return Ok(Some(Step {
            task: Message::new("asset-queue-replace"),
            role: Role::Storekeeper,
            link: piece_link(case, AssetId(asset), "replacement"),
            since,
            due: Some(programme::current(&page.app)?.due(&keys::REPLACEMENT_TERM, since)),
        }));
    }
    if let Some(step) = procurement::progress::of_order(tx, page, subject).await? {
        return Ok(Some(step));
    }
    Ok(Some(Step {
        task: Duty::Order.message(),
        role: Duty::Order.role(),
        link: page.app.duty_link(Duty::Order as i16, subject.person, case),
        since: page.today,
        due: None,
    }))
}

/// Nobody has to order what has come.
pub(super) async fn of_order(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Step>> {
    let Some(case) = subject.case else { return Ok(None) };
    let came = in_store(tx, subject.person, case).await?;
    Ok(came.map(|came| Step {
        task: Duty::HandOver.message(),
        role: Duty::HandOver.role(),
        link: page.app.duty_link(Duty::HandOver as i16, subject.person, case),
        since: local(came).date(),
        due: None,
    }))
}
