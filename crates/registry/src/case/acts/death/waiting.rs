//! Equipment that returns after a death: the storekeeper's part of the work queue.

use super::store::Settlement;
use crate::case::Stage;
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
use values::id::{CaseId, PersonId};

#[derive(FromRow)]
struct Row {
    person_id: Uuid,
    case_id: Uuid,
    about: String,
    settled_on: NaiveDate,
    total: i64,
}

const WAITING: &str = "
    select d.person_id, d.case_id, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as about,
        d.settled_on, count(*) over () as total
    from death d
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    where d.settlement = $1
    and f.closed_on is null
    and f.stage <> $2
    order by d.settled_on
    limit $3";

pub(in crate::case::acts) async fn waiting(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let rows: Vec<Row> = sqlx::query_as(WAITING)
        .bind(Settlement::Returns as i16)
        .bind(Stage::Recovered as i16)
        .bind(limit)
        .fetch_all(tx.conn())
        .await
        .context("finding equipment that returns after a death")?;
    let total = rows.first().map_or(0, |row| row.total);
    let item = |row: Row| QueueItem {
        task: Message::new("case-duty-recover"),
        about: row.about,
        link: page.app.duty_link(crate::case::Duty::Recover as i16, PersonId(row.person_id), CaseId(row.case_id)),
        since: row.settled_on,
        due: None,
    };
    Ok(Queue { items: rows.into_iter().map(item).collect(), total, overdue: 0 })
}
