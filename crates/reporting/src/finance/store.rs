//! Sums over cases, by whose money pays for them.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;

/// One funding source in one phase.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Line {
    pub phase: String,
    pub funding: String,
    /// Cases whose plan was approved, whose contract was signed, who received the equipment.
    pub approved: i64,
    pub contracted: i64,
    pub equipped: i64,
    /// Value of what was handed over, in qəpik.
    pub handed_over: i64,
}

const LINES: &str = "
    select phase, funding,
        count(*) filter (where approved_on <= $1) as approved,
        count(*) filter (where contracted_on <= $1) as contracted,
        count(*) filter (where received_on <= $1) as equipped,
        coalesce(sum(received_value) filter (where received_on <= $1), 0)::bigint as handed_over
    from case_milestone
    group by phase, funding
    order by phase, funding";

/// Every funding source with cases in scope, as of a day.
pub async fn lines(tx: &mut Tx, as_of: NaiveDate) -> Result<Vec<Line>> {
    sqlx::query_as(LINES).bind(as_of).fetch_all(tx.conn()).await.context("adding up what was handed over")
}

/// One calendar year.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Year {
    pub year: i32,
    pub equipped: i64,
    /// In qəpik.
    pub handed_over: i64,
}

const YEARS: &str = "
    select extract(year from received_on)::int as year, count(*) as equipped,
        coalesce(sum(received_value), 0)::bigint as handed_over
    from case_milestone
    where received_on <= $1
    group by 1
    order by 1";

/// The years in which something was handed over.
pub async fn years(tx: &mut Tx, as_of: NaiveDate) -> Result<Vec<Year>> {
    sqlx::query_as(YEARS).bind(as_of).fetch_all(tx.conn()).await.context("adding up years")
}
