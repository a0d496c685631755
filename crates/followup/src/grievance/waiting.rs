//! The grievances' part of the work queue: overdue first, then the oldest.

use super::{link, rules, show::category, store::Grievance};
use anyhow::{Context, Result};
use platform::{
    message::Message,
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use registry::programme::{self, InForce};

const OPEN: &str = "
    select *
    from grievance
    where closed_on is null
    order by due_on, lodged_on";

/// Whatever is open and in scope: few at any time, so that whose turn it is can be asked of the rules.
async fn open(tx: &mut Tx) -> Result<Vec<Grievance>> {
    sqlx::query_as(OPEN).fetch_all(tx.conn()).await.context("finding open grievances")
}

/// What the grievance officer has to do: their own steps, and the word on the fifteenth day.
pub(super) async fn officer(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let programme = programme::current(&page.app)?;
    let open = open(tx).await?;
    let mine = open.iter().filter_map(|grievance| {
        let update = rules::update_waits(grievance, page.today);
        match rules::turn(grievance) == Role::Grievance {
            true => Some(item(page, &programme, grievance, rules::step(grievance).code())),
            false => {
                update.then(|| QueueItem { due: Some(grievance.update_due_on), ..item(page, &programme, grievance, "update") })
            }
        }
    });
    Ok(queue(page, mine.collect(), limit))
}

/// Grievances for which the reader's committee has to propose a solution.
pub(super) async fn committee(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let programme = programme::current(&page.app)?;
    let role = page.acting.as_ref().map(|acting| acting.who.role);
    let open = open(tx).await?;
    let mine = open.iter().filter(|grievance| Some(rules::turn(grievance)) == role);
    let items = mine.map(|grievance| item(page, &programme, grievance, rules::step(grievance).code())).collect();
    Ok(queue(page, items, limit))
}

fn item(page: &Page, programme: &InForce, grievance: &Grievance, task: &str) -> QueueItem {
    QueueItem {
        task: Message::new(format!("grievance-task-{task}")),
        about: format!("{}, {}", grievance.number, category(page, programme, &grievance.category)),
        link: link(grievance.id()),
        since: grievance.lodged_on,
        due: rules::due(grievance, programme),
    }
}

fn queue(page: &Page, mut items: Vec<QueueItem>, limit: i64) -> Queue {
    items.sort_by_key(|item| (item.due.is_none(), item.due, item.since));
    let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let late = items.iter().filter(|item| item.due.is_some_and(|due| due < page.today)).count();
    items.truncate(usize::try_from(limit).unwrap_or(0));
    Queue { items, total, overdue: i64::try_from(late).unwrap_or(0) }
}
