//! What ends by itself: a refusal when the time to appeal is over, an application whose papers never came, an approval
//! without a contract. Offers lapse in the slice of rankings, which calls up the next of the reserve.

use super::{
    CloseReason, Duty, Facts, Happening, Law, Stage, Terms,
    acts::transfer,
    closing, law,
    next::{NextStep, next_steps},
    state::CaseState,
    store,
};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::app::App;
use uuid::Uuid;
use values::{WorkingDays, id::CaseId};

/// The reason for which a case closes by itself on a day, if it does.
pub fn by_itself(state: &CaseState, terms: &Terms, days: &WorkingDays, on: NaiveDate) -> Option<CloseReason> {
    let over = |step: &NextStep| step.due.is_some_and(|due| on > due);
    next_steps(state, terms, days).iter().find_map(|step| match (step.duty, state.stage) {
        (Duty::ProposeClosing, stage) if on >= step.since => closing::reason_of(stage),
        (Duty::SubmitPlan, Stage::PlanStopped) if over(step) => Some(CloseReason::PlanStopped),
        (Duty::CollectPapers, Stage::Incomplete) if over(step) => Some(CloseReason::NoAnswer),
        (Duty::PrepareContract, Stage::Approved) if over(step) => Some(CloseReason::ContractLapsed),
        _ => None,
    })
}

const DUE: &str = "
    select s.case_id
    from case_step s
    join case_file f using (person_id, case_id)
    where f.closed_on is null
    and (s.duty = 33 and s.since <= $1 and f.stage = any ($2)
        or s.duty = 10 and s.due < $1 and f.stage = 13
        or s.duty = 2 and s.due < $1 and f.stage = 2
        or s.duty = 17 and s.due < $1 and f.stage = 16)
    order by s.case_id";

/// Closes what is due, each case in a transaction of its own, and lets go of requests for a transfer whose case has ended.
pub(super) async fn run(app: &App) -> Result<u64> {
    let today = app.today();
    let ending: Vec<i16> =
        Stage::ALL.iter().filter(|stage| closing::reason_of(**stage).is_some()).map(|stage| stage.number()).collect();
    let mut tx = app.system().await?;
    let due: Vec<(Uuid,)> =
        sqlx::query_as(DUE).bind(today).bind(ending).fetch_all(tx.conn()).await.context("finding what ends by itself")?;
    drop(tx);
    let mut closed = 0;
    for (case,) in due {
        closed += u64::from(close(app, CaseId(case), today).await?);
    }
    let mut tx = app.system().await?;
    let let_go = transfer::store::let_go(&mut tx, today).await?;
    tx.commit().await?;
    Ok(closed + let_go)
}

/// A case that is held up (by an appeal, by a hold) waits for another day.
async fn close(app: &App, case: CaseId, today: NaiveDate) -> Result<bool> {
    let law: &Law = &*law(app)?;
    let mut tx = app.system().await?;
    let mut loaded = match store::lock(&mut tx, law, case).await {
        Ok(loaded) => loaded,
        Err(stop) => return stop.refusal().map(|_| false),
    };
    let terms = law.terms_on(loaded.file.opened_on);
    let Some(reason) = by_itself(&loaded.state, terms, &law.days, today) else { return Ok(false) };
    let facts = Facts::CaseClosed { reason, proposed_by: None, continued_by: None };
    match store::append(&mut tx, law, &mut loaded, vec![Happening::on(today, facts)]).await {
        Ok(()) => tx.commit().await.map(|()| true),
        Err(stop) => stop.refusal().map(|_| false),
    }
}
