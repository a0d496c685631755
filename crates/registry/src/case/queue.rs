//! The work queue of cases: every open step, to whoever's role it is, the most overdue first.

use super::{code::blind_code, duty::Duty};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::{
    message::Message,
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Queue, QueueItem, QueuePart},
};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, PersonId};

/// One part for roles that see people, one for those who must not. Procurement orders for many contracts at once, so its
/// slice says what waits.
pub(super) fn parts() -> Vec<QueuePart> {
    const BLIND: &[Role] = &[Role::Evaluator, Role::Member];
    const OPEN: &[Role] = &[
        Role::Officer,
        Role::Counsellor,
        Role::OfficeHead,
        Role::Trainer,
        Role::Environment,
        Role::Secretary,
        Role::Storekeeper,
        Role::Monitor,
        Role::Manager,
    ];
    vec![
        QueuePart { roles: OPEN, list: |tx, page, limit| Box::pin(waiting(tx, page, limit, NAMED)) },
        QueuePart { roles: BLIND, list: |tx, page, limit| Box::pin(waiting(tx, page, limit, UNNAMED)) },
    ]
}

#[derive(FromRow)]
struct Row {
    person_id: Uuid,
    case_id: Uuid,
    duty: i16,
    since: NaiveDate,
    due: Option<NaiveDate>,
    about: String,
}

// A request for a transfer is another office's to answer: it stands among that office's requests. A person who has moved
// to another office with a later case is told by the receipt number of this one.
const NAMED: &str = "
    select s.person_id, s.case_id, s.duty, s.since, s.due,
        coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), c.receipt) as about
    from (
        select person_id, case_id, duty, since, due
        from case_step
        where role = $1
        and since <= $2
        and duty <> 35
        and not exists (select from unnest($4::smallint[], $5::uuid[]) e (duty, case_id)
            where e.duty = case_step.duty and e.case_id = case_step.case_id)
        order by due, since
        limit $3) s
    join case_file c using (person_id, case_id)
    left join person p using (person_id)
    order by s.due, s.since";

const UNNAMED: &str = "
    select s.person_id, s.case_id, s.duty, s.since, s.due, '' as about
    from case_step s
    where s.role = $1
    and s.since <= $2
    and not exists (select from unnest($4::smallint[], $5::uuid[]) e (duty, case_id)
        where e.duty = s.duty and e.case_id = s.case_id)
    order by s.due, s.since
    limit $3";

const COUNT: &str = "
    select count(*), count(*) filter (where due < $2)
    from case_step
    where role = $1
    and since <= $2
    and duty <> 35
    and not exists (select from unnest($3::smallint[], $4::uuid[]) e (duty, case_id)
        where e.duty = case_step.duty and e.case_id = case_step.case_id)";

async fn waiting(tx: &mut Tx, page: &Page, limit: i64, sql: &'static str) -> Result<Queue> {
    let role = tx.who().role;
    let (duties, cases) = elsewhere(tx, page, role).await?;
    let rows: Vec<Row> = sqlx::query_as(sql)
        .bind(role as i16)
        .bind(page.today)
        .bind(limit)
        .bind(&duties)
        .bind(&cases)
        .fetch_all(tx.conn())
        .await
        .context("finding the open steps of cases")?;
    let (total, overdue): (i64, i64) = sqlx::query_as(COUNT)
        .bind(role as i16)
        .bind(page.today)
        .bind(&duties)
        .bind(&cases)
        .fetch_one(tx.conn())
        .await
        .context("counting open steps")?;
    let items = rows.into_iter().map(|row| item(page, row)).collect();
    Ok(Queue { items, total, overdue })
}

/// The open steps of a role, as duties and cases, on which somebody else comes first.
async fn elsewhere(tx: &mut Tx, page: &Page, role: Role) -> Result<(Vec<i16>, Vec<Uuid>)> {
    let mut found = (Vec::new(), Vec::new());
    let mine = |duty: i16| Duty::from_number(duty).is_some_and(|duty| duty.role() == role);
    for (duty, sql) in page.app.elsewhere().filter(|(duty, _)| mine(*duty)) {
        let cases: Vec<(Uuid,)> =
            sqlx::query_as(sql).fetch_all(tx.conn()).await.context("finding cases on which somebody else comes first")?;
        found.0.extend(cases.iter().map(|_| duty));
        found.1.extend(cases.into_iter().map(|(case,)| case));
    }
    Ok(found)
}

fn item(page: &Page, row: Row) -> QueueItem {
    let code = Duty::from_number(row.duty).map_or("unknown", |duty| duty.code()).replace('_', "-");
    // Whoever judges blind knows a case by its code alone.
    let about = if row.about.is_empty() { blind_code(row.case_id) } else { row.about };
    QueueItem {
        task: Message::new(format!("case-duty-{code}")),
        about,
        link: page.app.duty_link(row.duty, PersonId(row.person_id), CaseId(row.case_id)),
        since: row.since,
        due: row.due,
    }
}
