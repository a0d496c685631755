//! The parts of the work queue about awards, role by role. Each is a statement, with what is to be done of what it finds, and
//! where.

use super::{scoring, sitting};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::{
    message::Message,
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Queue, QueueItem, QueuePart},
};
use preparation::commission::code_of;
use registry::{
    people,
    programme::{self, Key, Term, keys},
};
use sqlx::FromRow;
use uuid::Uuid;

/// The parts of every role.
pub(super) fn parts() -> Vec<QueuePart> {
    vec![
        QueuePart { roles: &[Role::Officer], list: |tx, page, limit| Box::pin(TO_CHECK.list(tx, page, limit)) },
        QueuePart { roles: &[Role::Officer], list: |tx, page, limit| Box::pin(TO_DRAFT.list(tx, page, limit)) },
        QueuePart { roles: &[Role::Officer], list: |tx, page, limit| Box::pin(TO_ACCOUNT.list(tx, page, limit)) },
        QueuePart { roles: &[Role::Adviser], list: |tx, page, limit| Box::pin(TO_HELP.list(tx, page, limit)) },
        QueuePart { roles: &[Role::OfficeHead], list: |tx, page, limit| Box::pin(TO_SIGN.list(tx, page, limit)) },
        QueuePart { roles: &[Role::OfficeHead], list: |tx, page, limit| Box::pin(TO_CLOSE.list(tx, page, limit)) },
        QueuePart { roles: &[Role::Procurement], list: |tx, page, limit| Box::pin(TO_ORDER.list(tx, page, limit)) },
        QueuePart { roles: &[Role::Storekeeper], list: |tx, page, limit| Box::pin(TO_DELIVER.list(tx, page, limit)) },
        QueuePart { roles: &[Role::Manager, Role::Finance], list: |tx, page, limit| Box::pin(TO_APPROVE.list(tx, page, limit)) },
        QueuePart {
            roles: &[Role::Secretary],
            list: |tx, page, limit| Box::pin(scoring::waiting::UNASSIGNED.list(tx, page, limit)),
        },
        QueuePart {
            roles: &[Role::Evaluator],
            list: |tx, page, limit| Box::pin(scoring::waiting::TO_SCORE.list(tx, page, limit)),
        },
        QueuePart {
            roles: &[Role::Secretary],
            list: |tx, page, limit| Box::pin(sitting::waiting::TO_CALL.list(tx, page, limit)),
        },
        QueuePart {
            roles: &[Role::Secretary],
            list: |tx, page, limit| Box::pin(sitting::waiting::TO_CLOSE.list(tx, page, limit)),
        },
        QueuePart { roles: &[Role::Member], list: |tx, page, limit| Box::pin(sitting::waiting::TO_VOTE.list(tx, page, limit)) },
    ]
}

/// Work of one kind that waits.
pub(super) struct Waiting {
    /// Selects `id`, `since` and `total`; `number` and `name` of what it is about, without either its blind code; `due`, if no
    /// term says it. `$1` is how many are asked for.
    pub sql: &'static str,
    pub asks: Asks,
    /// The message key of what is to be done.
    pub task: &'static str,
    /// The page on which it is done, with `{id}` to be filled in.
    pub path: &'static str,
    /// The time within which it is to be done.
    pub term: Option<&'static Key<Term>>,
}

/// What a statement asks for beside the limit, as `$2`.
pub(super) enum Asks {
    Nothing,
    /// The acting officer.
    Officer,
    Today,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    #[sqlx(default)]
    number: String,
    #[sqlx(default)]
    name: Option<String>,
    since: NaiveDate,
    #[sqlx(default)]
    due: Option<NaiveDate>,
    total: i64,
}

impl Waiting {
    /// What waits in scope, the longest first.
    pub async fn list(&self, tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
        let programme = programme::current(&page.app)?;
        let officer = tx.who().officer.0;
        let query = sqlx::query_as(self.sql).bind(limit);
        let query = match self.asks {
            Asks::Nothing => query,
            Asks::Officer => query.bind(officer),
            Asks::Today => query.bind(page.today),
        };
        let rows: Vec<Row> = query.fetch_all(tx.conn()).await.with_context(|| format!("finding work: {}", self.task))?;
        let total = rows.first().map_or(0, |row| row.total);
        let names = page.may(&people::READ);
        let items: Vec<QueueItem> = rows
            .into_iter()
            .map(|row| QueueItem {
                task: Message::new(self.task),
                link: self.path.replace("{id}", &row.id.to_string()),
                since: row.since,
                due: self.term.map(|term| programme.due(term, row.since)).or(row.due),
                about: row.about(names),
            })
            .collect();
        let overdue = items.iter().filter(|item| item.due.is_some_and(|due| due < page.today)).count();
        Ok(Queue { items, total, overdue: i64::try_from(overdue).unwrap_or(0) })
    }
}

impl Row {
    fn about(self, names: bool) -> String {
        match self.name.filter(|_| names) {
            Some(name) => name,
            None if self.number.is_empty() => code_of(self.id),
            None => self.number,
        }
    }
}

/// Applications to check: never by whoever lodged them.
static TO_CHECK: Waiting = Waiting {
    sql: TO_CHECK_SQL,
    asks: Asks::Officer,
    task: "growth-check",
    path: "/awards/{id}/check",
    term: Some(&keys::AWARD_CHECK_TERM),
};

const TO_CHECK_SQL: &str = "
    select a.award_id as id, a.number, nullif(concat_ws(' ', p.surname, p.given_name), '') as name, a.lodged_at::date as since,
        count(*) over () as total
    from award a
    left join person p using (person_id)
    where a.state = 1
    and a.lodged_by <> $2
    order by a.lodged_at
    limit $1";

/// Awards without a contract.
static TO_DRAFT: Waiting = Waiting {
    sql: TO_DRAFT_SQL,
    asks: Asks::Nothing,
    task: "growth-contract-draft",
    path: "/awards/{id}/contract",
    term: Some(&keys::SIGNING_TERM),
};

const TO_DRAFT_SQL: &str = "
    select a.award_id as id, a.number, nullif(concat_ws(' ', p.surname, p.given_name), '') as name, a.decided_on as since,
        count(*) over () as total
    from award a
    left join person p using (person_id)
    where a.state = 4
    and not exists (select from award_contract c where c.person_id = a.person_id and c.award_id = a.award_id)
    order by a.decided_on
    limit $1";

/// Delivered awards of which nobody has said yet what became of them.
static TO_ACCOUNT: Waiting = Waiting {
    sql: TO_ACCOUNT_SQL,
    asks: Asks::Nothing,
    task: "growth-account-write",
    path: "/awards/{id}/account",
    term: Some(&keys::AWARD_ACCOUNT_TERM),
};

const TO_ACCOUNT_SQL: &str = "
    select a.award_id as id, a.number, nullif(concat_ws(' ', p.surname, p.given_name), '') as name, a.delivered_on as since,
        count(*) over () as total
    from award a
    left join person p using (person_id)
    where a.state = 6
    order by a.delivered_on
    limit $1";

/// Applications with which the acting adviser is to help.
static TO_HELP: Waiting = Waiting {
    sql: TO_HELP_SQL,
    asks: Asks::Officer,
    task: "growth-help",
    path: "/awards/{id}/help",
    term: Some(&keys::AWARD_CHECK_TERM),
};

const TO_HELP_SQL: &str = "
    select a.award_id as id, a.number, nullif(concat_ws(' ', p.surname, p.given_name), '') as name, a.lodged_at::date as since,
        count(*) over () as total
    from award a
    left join person p using (person_id)
    where a.state in (1, 2)
    and a.adviser_id = $2
    and not exists (select from award_help h where h.person_id = a.person_id and h.award_id = a.award_id)
    order by a.lodged_at
    limit $1";

/// Contracts to sign.
static TO_SIGN: Waiting = Waiting {
    sql: TO_SIGN_SQL,
    asks: Asks::Nothing,
    task: "growth-contract-sign",
    path: "/awards/{id}/signature",
    term: Some(&keys::SIGNING_TERM),
};

const TO_SIGN_SQL: &str = "
    select a.award_id as id, a.number, nullif(concat_ws(' ', p.surname, p.given_name), '') as name, a.decided_on as since,
        count(*) over () as total
    from award a
    join award_contract c using (person_id, award_id)
    left join person p using (person_id)
    where a.state = 4
    and c.signed_on is null
    order by a.decided_on
    limit $1";

/// Awards of which the contract is over.
static TO_CLOSE: Waiting = Waiting {
    sql: TO_CLOSE_SQL,
    asks: Asks::Today,
    task: "growth-close",
    path: "/awards/{id}/closure",
    term: Some(&keys::OWNERSHIP_SETTLED_AFTER),
};

const TO_CLOSE_SQL: &str = "
    select a.award_id as id, a.number, nullif(concat_ws(' ', p.surname, p.given_name), '') as name, c.ends_on as since,
        count(*) over () as total
    from award a
    join award_contract c using (person_id, award_id)
    left join person p using (person_id)
    where a.state = 7
    and c.ends_on <= $2
    order by c.ends_on
    limit $1";

/// Awards for which nothing is on order.
static TO_ORDER: Waiting = Waiting {
    sql: TO_ORDER_SQL,
    asks: Asks::Nothing,
    task: "growth-order",
    path: "/awards/{id}/order",
    term: Some(&keys::DELIVERY_TERM),
};

const TO_ORDER_SQL: &str = "
    select a.award_id as id, a.number, nullif(concat_ws(' ', p.surname, p.given_name), '') as name, c.signed_on as since,
        count(*) over () as total
    from award a
    join award_contract c using (person_id, award_id)
    left join person p using (person_id)
    where a.state = 5
    and not exists (select from order_line l
        join supply_order o using (order_id)
        where l.person_id = a.person_id
        and l.award_id = a.award_id
        and o.refused_at is null)
    order by c.signed_on
    limit $1";

/// Awards of which something lies in the store.
static TO_DELIVER: Waiting = Waiting {
    sql: TO_DELIVER_SQL,
    asks: Asks::Nothing,
    task: "growth-deliver",
    path: "/awards/{id}/delivery",
    term: Some(&keys::REPLACEMENT_TERM),
};

const TO_DELIVER_SQL: &str = "
    select a.award_id as id, a.number, nullif(concat_ws(' ', p.surname, p.given_name), '') as name, min(s.received_at)::date as since,
        count(*) over () as total
    from award a
    join asset s using (person_id, award_id)
    left join person p using (person_id)
    where a.state in (5, 6, 7)
    and s.state = 1
    group by a.award_id, a.number, p.surname, p.given_name
    order by min(s.received_at)
    limit $1";

/// Rounds that wait for a second person.
static TO_APPROVE: Waiting = Waiting {
    sql: TO_APPROVE_SQL,
    asks: Asks::Officer,
    task: "growth-round-decide",
    path: "/award-rounds/{id}/approval",
    term: None,
};

const TO_APPROVE_SQL: &str = "
    select r.round_id as id, concat_ws(' · ', r.number, r.title) as number, r.proposed_at::date as since, count(*) over () as total
    from award_round r
    where r.decided_at is null
    and r.proposed_by <> $2
    order by r.proposed_at
    limit $1";
