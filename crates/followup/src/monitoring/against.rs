//! The approved plan beside what visits find: what the plan said of the month, and how far the sales are from it.

use anyhow::Result;
use chrono::{Datelike, NaiveDate};
use platform::scope::Tx;
use preparation::business_plan::{rules::reckon, store as plans};
use registry::{case::CaseState, programme::Programme};
use serde::Serialize;

/// What the plan said of a month of the business.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Planned {
    /// Month of the business, from 1.
    pub month: u32,
    /// In qəpik.
    pub sales: i64,
}

/// What the approved plan said of the month before a day; nothing before the start or without a plan.
pub(super) async fn planned(tx: &mut Tx, programme: &Programme, state: &CaseState, on: NaiveDate) -> Result<Option<Planned>> {
    let (Some(plan), Some(started)) = (state.plan, state.milestones.started_on) else { return Ok(None) };
    let Some(plan) = plans::find(tx, plan).await? else { return Ok(None) };
    let day = plan.submitted_at.unwrap_or(plan.begun_at).date_naive();
    let sales: Vec<i64> = reckon(programme, &plan.sheet()?, day).months.iter().map(|month| month.sales).collect();
    Ok(of_month(&sales, started, on))
}

/// The month of the plan that ended by a day; after the last one the plan's last month goes on.
pub(super) fn of_month(sales: &[i64], started: NaiveDate, on: NaiveDate) -> Option<Planned> {
    let whole = (on.year() - started.year()) * 12 + on.month() as i32 - started.month() as i32;
    let past = whole - i32::from(on.day() < started.day());
    let month = u32::try_from(past).ok()?.max(1);
    let index = (month as usize).min(sales.len()).checked_sub(1)?;
    let sales = *sales.get(index)?;
    (sales > 0).then_some(Planned { month, sales })
}

/// Sales as per cent of what the plan said.
pub(super) fn share(planned: Planned, sales: i64) -> i64 {
    sales * 100 / planned.sales
}
