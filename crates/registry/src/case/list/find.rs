//! The list of cases in the database: one page of it and how many there are. Both are read from indexes that hold every
//! column that the list is filtered by.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::{FromRow, Postgres, postgres::PgArguments, query::QueryAs};
use uuid::Uuid;

/// What is asked of the list.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Filter {
    /// The beginning of a receipt number.
    pub receipt: Option<String>,
    pub office: Option<i32>,
    pub stage: Option<i16>,
    pub direction: Option<String>,
    pub phase: Option<String>,
    pub open: Option<bool>,
}

/// A case in the list.
#[derive(Clone, Debug, FromRow, Serialize)]
pub(super) struct Line {
    pub case_id: Uuid,
    pub person_id: Uuid,
    /// For those who may see people.
    pub name: Option<String>,
    pub office: i32,
    pub phase: String,
    pub receipt: String,
    pub stage: i16,
    pub direction: String,
    pub next_due: Option<NaiveDate>,
    pub suspended: bool,
    pub opened_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
}

/// Counts of long lists of cases.
pub type Counts = crate::counts::Counts<Filter>;

/// From this many on, a count may be some seconds old.
const MANY: i64 = 2_500;

/// One page of the cases that a filter lets through, and how many there are in all; with names where they may be seen.
pub(super) async fn list(
    tx: &mut Tx,
    filter: &Filter,
    counts: Option<&Counts>,
    named: bool,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Line>, i64)> {
    let count = match counts.and_then(|counts| counts.recent(tx, filter)) {
        Some(count) => count,
        None => count(tx, filter, counts).await?,
    };
    let query = bind(sqlx::query_as(LIST), filter).bind(limit).bind(offset).bind(named).persistent(false);
    Ok((query.fetch_all(tx.conn()).await.context("listing cases")?, count))
}

async fn count(tx: &mut Tx, filter: &Filter, counts: Option<&Counts>) -> Result<i64> {
    let query: QueryAs<'_, Postgres, (i64,), PgArguments> = bind(sqlx::query_as(COUNT), filter).persistent(false);
    let (count,) = query.fetch_one(tx.conn()).await.context("counting cases")?;
    if let Some(counts) = counts.filter(|_| count >= MANY) {
        counts.keep(tx, filter.clone(), count);
    }
    Ok(count)
}

/// Planned anew for its values each time (not persistent), so that what is not asked costs nothing.
fn bind<'q, R>(query: QueryAs<'q, Postgres, R, PgArguments>, filter: &Filter) -> QueryAs<'q, Postgres, R, PgArguments> {
    query
        .bind(filter.receipt.clone())
        .bind(filter.receipt.as_ref().map(|begins| format!("{begins}\u{10FFFF}")))
        .bind(filter.office)
        .bind(filter.stage)
        .bind(filter.direction.clone())
        .bind(filter.phase.clone())
        .bind(filter.open)
}

const COUNT: &str = r#"
    select count(*)
    from case_file f
    where ($1::text is null or (f.receipt collate "C" >= $1 and f.receipt collate "C" < $2::text))
    and ($3::int is null or f.office = $3)
    and ($4::smallint is null or f.stage = $4)
    and ($5::text is null or f.direction = $5)
    and ($6::text is null or f.phase = $6)
    and ($7::boolean is null or (f.closed_on is null) = $7)"#;

const LIST: &str = r#"
    with walked as materialized (
        select f.person_id, f.case_id, f.opened_on
        from case_file f
        where ($1::text is null or (f.receipt collate "C" >= $1 and f.receipt collate "C" < $2::text))
        and ($3::int is null or f.office = $3)
        and ($4::smallint is null or f.stage = $4)
        and ($5::text is null or f.direction = $5)
        and ($6::text is null or f.phase = $6)
        and ($7::boolean is null or (f.closed_on is null) = $7)
        order by f.opened_on desc, f.case_id desc
        limit $8
        offset $9)
    select f.case_id, f.person_id, f.office, f.phase, f.receipt, f.stage, f.direction, f.next_due, f.suspended,
        f.opened_on, f.closed_on, case when $10 then concat_ws(' ', p.surname, p.given_name) end as name
    from walked w
    join case_file f using (person_id, case_id)
    left join person p on p.person_id = w.person_id and $10
    order by w.opened_on desc, w.case_id desc"#;
