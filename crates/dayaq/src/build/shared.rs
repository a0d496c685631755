//! The rows of the slices: those that cases refer to come before the cases, those of cases come after.

use super::{Progress, business_plan, commission, contract, grievance, growth, monitoring, provision, screening};
use crate::demo::{
    programme::Simulated,
    rows::{eligibility, intake, ranking, training},
};
use anyhow::{Context, Result};
use platform::app::App;
use preparation::training::store as training_store;
use rayon::prelude::*;
use registry::{
    intake::store as intake_store,
    programme::{self, Step},
};
use selection::{
    eligibility::{ruleset::RuleSet, store as eligibility_store},
    ranking::store as ranking_store,
};

/// Cases in one transaction.
pub(super) const BATCH: usize = 8_000;

/// Cohorts, sittings, suppliers, orders: shared work that belongs to no one case.
pub(super) async fn write_before(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    progress.begin("cohorts", made.cohorts.len());
    let numbers: Vec<u32> = (0u32..).take(made.cohorts.len()).collect();
    for batch in numbers.chunks(BATCH) {
        let (cohorts, sessions): (Vec<_>, Vec<_>) = batch.iter().map(|number| training::cohort(made, *number)).unzip();
        let mut tx = app.system().await?;
        training_store::insert(&mut tx, &cohorts).await?;
        training_store::insert_sessions(&mut tx, &sessions.concat()).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    commission::write_before(app, made).await.context("writing sittings")?;
    provision::write_before(app, made).await.context("writing orders")
}

/// What the slices keep about each case up to the end of its training.
pub(super) async fn write_admission(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    apply(app, made, progress).await.context("writing applications")?;
    decide(app, made, progress).await.context("writing decisions on eligibility")?;
    rank(app, made, progress).await.context("writing rankings")?;
    train(app, made, progress).await.context("writing training")
}

/// What they keep from the plan on.
pub(super) async fn write_business(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    business_plan::write(app, made, progress).await.context("writing plans")?;
    screening::write(app, made, progress).await.context("writing screenings")?;
    commission::write(app, made, progress).await.context("writing what commissions did")?;
    contract::write(app, made, progress).await.context("writing contracts")?;
    monitoring::write(app, made, progress).await.context("writing visits")?;
    provision::write(app, made, progress).await.context("writing equipment")?;
    grievance::write(app, made, progress).await.context("writing grievances")?;
    growth::write(app, made).await.context("writing awards")
}

async fn apply(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("applications", all.len());
    for batch in all.chunks(BATCH) {
        let rows: Vec<_> = batch.iter().map(|case| intake::application(made, *case)).collect();
        let mut tx = app.system().await?;
        intake_store::insert(&mut tx, &rows).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}

/// Decisions by the programme's rules, papers asked for, readiness.
async fn decide(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let in_force = programme::current(app)?;
    let mut rules = Vec::new();
    for from in eligibility::turning_points(&in_force) {
        let set = RuleSet::of(&in_force, Step::Eligibility, from);
        let mut tx = app.system().await?;
        let version = eligibility_store::rule_version(&mut tx, &set, in_force.version, from).await?;
        tx.commit().await?;
        rules.push((from, set, version));
    }
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("decisions", all.len());
    for batch in all.chunks(BATCH) {
        let decided: Vec<_> = batch.par_iter().map(|case| eligibility::decision(made, &rules, *case)).collect::<Result<_>>()?;
        let decided: Vec<_> = decided.into_iter().flatten().collect();
        let papers: Vec<_> = batch.iter().filter_map(|case| eligibility::papers(made, *case)).collect();
        let readiness: Vec<_> = batch.iter().filter_map(|case| eligibility::readiness(made, *case)).collect();
        let mut tx = app.system().await?;
        eligibility_store::insert(&mut tx, &decided).await?;
        eligibility_store::insert_papers(&mut tx, &papers).await?;
        eligibility_store::insert_readiness(&mut tx, &readiness).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}

/// Runs with the inputs of every candidate, and the answers to offers.
async fn rank(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    /// Runs in one transaction.
    const RUNS: usize = 40;
    let runs: Vec<u32> = (0u32..).take(made.runs.len()).collect();
    progress.begin("rankings", runs.len());
    for batch in runs.chunks(RUNS) {
        let rows: Vec<_> = batch.par_iter().map(|number| ranking::run(made, *number)).collect::<Result<_>>()?;
        let (runs, candidates): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let mut tx = app.system().await?;
        ranking_store::insert(&mut tx, &runs, &candidates.concat()).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    for batch in all.chunks(BATCH) {
        let answers: Vec<_> = batch.iter().filter_map(|case| ranking::answer(made, *case)).collect();
        let mut tx = app.system().await?;
        ranking_store::insert_answers(&mut tx, &answers).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn train(app: &App, made: &Simulated, progress: &Progress) -> Result<()> {
    let all: Vec<u32> = (0u32..).take(made.histories.len()).collect();
    progress.begin("training", all.len());
    for batch in all.chunks(BATCH) {
        let mut rows = training::Rows::default();
        batch.iter().for_each(|case| training::add(made, *case, &mut rows));
        let mut tx = app.system().await?;
        training_store::insert_enrolments(&mut tx, &rows.enrolments).await?;
        training_store::attend(&mut tx, &rows.attended).await?;
        training_store::certify(&mut tx, &rows.certificates).await?;
        tx.commit().await?;
        progress.advance(batch.len());
    }
    Ok(())
}
