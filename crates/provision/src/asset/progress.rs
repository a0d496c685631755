//! What lies in the store for a case: its equipment is there, and is to be handed over.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use platform::{
    clock::local,
    request::Page,
    scope::Tx,
    slice::{Step, Subject},
};
use registry::case::Duty;

const IN_STORE: &str = "
    select min(received_at)
    from asset
    where person_id = $1
    and case_id = $2
    and award_id is null
    and state = 1";

/// Nobody has to order what has come.
pub(super) async fn of_order(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Step>> {
    let Some(case) = subject.case else { return Ok(None) };
    let (came,): (Option<DateTime<Utc>>,) = sqlx::query_as(IN_STORE)
        .bind(subject.person.0)
        .bind(case.0)
        .fetch_one(tx.conn())
        .await
        .context("finding what lies in the store for a case")?;
    Ok(came.map(|came| Step {
        task: Duty::HandOver.message(),
        role: Duty::HandOver.role(),
        link: page.app.duty_link(Duty::HandOver as i16, subject.person, case),
        since: local(came).date(),
        due: None,
    }))
}
