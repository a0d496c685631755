//! Offers to which nobody answered in time: they lapse by themselves, each in a transaction of its own.

use super::offer;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::app::App;
use registry::{
    case::{self, Duty},
    programme,
};
use uuid::Uuid;
use values::id::CaseId;

const OVERDUE: &str = "
    select case_id
    from case_step
    where role = $1
    and duty = $2
    and due < $3
    order by due, case_id";

pub(super) async fn run(app: &App) -> Result<u64> {
    let today = app.today();
    let mut tx = app.system().await?;
    let overdue: Vec<(Uuid,)> = sqlx::query_as(OVERDUE)
        .bind(Duty::RecordAnswer.role() as i16)
        .bind(Duty::RecordAnswer as i16)
        .bind(today)
        .fetch_all(tx.conn())
        .await
        .context("finding offers whose time is over")?;
    drop(tx);
    let mut lapsed = 0;
    for (case,) in overdue {
        lapsed += u64::from(lapse(app, CaseId(case), today).await?);
    }
    Ok(lapsed)
}

/// An offer that is held up (by an appeal, by a hold) waits for another day.
async fn lapse(app: &App, case: CaseId, today: NaiveDate) -> Result<bool> {
    let mut tx = app.system().await?;
    match offer::lapse(&mut tx, &*case::law(app)?, &*programme::current(app)?, case, today).await {
        Ok(true) => tx.commit().await.map(|()| true),
        Ok(false) => Ok(false),
        Err(stop) => stop.refusal().map(|_| false),
    }
}
