//! `POST /seats/{run}/confirmation`: a second person confirms, and everybody proposed who still waits gets the seat, each
//! checked as if they were enrolled alone. `POST /seats/{run}/return`: the proposal goes back with a reason.

use super::{
    CONFIRMED, RETURNED, link,
    refusal::Refusal,
    show,
    store::{self, Run},
    types::{Outcome, PassedOver},
};
use crate::training::{enrol, store as cohorts};
use axum::extract::{Path, State};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    form::Posted,
    request::Page,
    scope::Tx,
};
use registry::case::{self, Kind, Loaded, Stage, bulk};
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;
use values::id::{CaseId, CohortId, PersonId, SeatRunId};

pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<SeatRunId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show::show(&app, &page, id, &form, stop.errors()?).await
        }
    }
}

pub(super) async fn post_return(State(app): State<App>, page: Page, Path(id): Path<SeatRunId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match send_back(&mut tx, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show::show(&app, &page, id, &form, stop.errors()?).await
        }
    }
}

async fn open_run(tx: &mut Tx, id: SeatRunId) -> Result<Run, Stop> {
    let run = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if !run.is_open() {
        return Err(Stop::refused(&Refusal::Settled));
    }
    if run.proposed_by == tx.who().officer.0 {
        return Err(Stop::refused(&Refusal::OwnProposal));
    }
    Ok(run)
}

async fn send_back(tx: &mut Tx, id: SeatRunId, form: &Posted) -> Result<String, Stop> {
    let mut read = form.reader();
    let reason = read.reason("reason", case::action::LEAST_REASON);
    let reason = read.finish(Some(reason))?;
    open_run(tx, id).await?;
    store::mark_returned(tx, id, &reason).await?;
    tx.note(RETURNED, PersonId(Uuid::nil()), &json!({ "run": id }), Some(&reason))?;
    Ok(link(id))
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: SeatRunId, form: &Posted) -> Result<String, Stop> {
    form.reader().finish(Some(()))?;
    let law = case::law(app)?;
    let run = open_run(tx, id).await?;
    let seats = proposed(tx, id).await?;
    // Cohorts before cases, each in order, as whoever enrols one person does: nobody waits for each other.
    let mut rooms: BTreeMap<CohortId, cohorts::Cohort> = BTreeMap::new();
    let mut wanted: Vec<CohortId> = seats.iter().map(|(_, cohort)| *cohort).collect();
    wanted.sort_unstable();
    wanted.dedup();
    for cohort in wanted {
        rooms.extend(cohorts::lock(tx, cohort).await?.map(|row| (cohort, row)));
    }
    let cases: Vec<CaseId> = seats.iter().map(|(case, _)| *case).collect();
    // A case may have gone to another office since; the confirmer learns that it moved, and nothing more.
    let loaded = tx.wide(async |tx| Ok(bulk::lock_many(tx, &law, &cases).await)).await??;
    let mut loaded: BTreeMap<CaseId, Loaded> = loaded.into_iter().map(|loaded| (loaded.file.case(), loaded)).collect();
    let mut outcomes = Vec::with_capacity(seats.len());
    for (case, cohort) in seats {
        let (Some(loaded), Some(room)) = (loaded.get_mut(&case), rooms.get_mut(&cohort)) else { continue };
        let passed = passed_over(run.office, loaded, room);
        if passed.is_none() {
            enrol::seat(tx, &law, room, loaded, None, page.today).await?;
        }
        outcomes.push((case, passed));
    }
    let given = outcomes.iter().filter(|(_, passed)| passed.is_none()).count();
    if given == 0 {
        return Err(Stop::refused(&Refusal::NobodyLeft));
    }
    store::settle(tx, id, &outcomes).await?;
    store::mark_confirmed(tx, id).await?;
    let facts = json!({
        "run": id, "digest": platform::keys::hex(&run.digest), "seated": given, "passed_over": outcomes.len() - given,
    });
    tx.note(CONFIRMED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(link(id))
}

/// Cases with the cohorts proposed for them, in the order of the cases.
async fn proposed(tx: &mut Tx, id: SeatRunId) -> anyhow::Result<Vec<(CaseId, CohortId)>> {
    // The list as a whole is the confirmer's, also what has left the office since.
    let kept = tx.wide(async |tx| store::kept(tx, id).await).await?;
    let mut seats = Vec::new();
    for kept in kept {
        if let Outcome::Seat { cohort, .. } = kept.placed()?.outcome {
            seats.push((CaseId(kept.case_id), cohort));
        }
    }
    Ok(seats)
}

/// Why somebody proposed gets no seat after all.
fn passed_over(office: i32, loaded: &Loaded, room: &cohorts::Cohort) -> Option<PassedOver> {
    let state = &loaded.state;
    if loaded.file.office != office {
        return Some(PassedOver::Moved);
    }
    if state.stage != Stage::Enrolled || state.is_deceased() || loaded.file.closed_on.is_some() {
        return Some(PassedOver::NotWaiting);
    }
    if state.suspension.is_some() || state.holds.iter().any(|hold| hold.blocks.has(Kind::TrainingStarted)) {
        return Some(PassedOver::Held);
    }
    (room.closed_on.is_some() || room.taken >= room.seats).then_some(PassedOver::NoRoom)
}
