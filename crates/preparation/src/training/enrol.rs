//! `POST /cohorts/{cohort}/enrolments`: somebody who accepted the offer gets a seat, and the course begins for them.

use super::{
    ENROLLED, link, show,
    store::{self, Cohort, Enrolment},
};
use anyhow::Context;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    form::Posted,
    message::{Explain, Message},
    request::Page,
    scope::Tx,
};
use registry::case::{self, Facts, Happening, Law, Loaded, RepeatCause};
use serde_json::json;
use values::id::{CaseId, CohortId};

/// Why nobody more is seated.
pub enum Refusal {
    Full { seats: i16 },
    Closed,
    OtherOffice,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Refusal::Full { seats } => Message::new("training-refusal-full").arg("seats", *seats),
            Refusal::Closed => Message::new("training-refusal-closed"),
            Refusal::OtherOffice => Message::new("training-refusal-office"),
        }
    }
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(cohort): Path<CohortId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, cohort, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show::with_errors(&app, &page, cohort, &form, stop.errors()?).await
        }
    }
}

const TAKE: &str = "
    update cohort
    set taken = taken + 1
    where cohort_id = $1";

async fn act(tx: &mut Tx, app: &App, page: &Page, id: CohortId, form: &Posted) -> Result<String, Stop> {
    let mut read = form.reader();
    let case = read.require::<CaseId>("case", "form-error-choice");
    let repeat = RepeatCause::from_code(&read.text("repeat"));
    let case = read.finish(case)?;
    let mut cohort = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    let law = case::law(app)?;
    let mut loaded = case::store::lock(tx, &law, case).await?;
    seat(tx, &law, &mut cohort, &mut loaded, repeat, page.today).await?;
    Ok(link(id))
}

/// Gives a seat of a locked cohort to a locked case.
pub(super) async fn seat(
    tx: &mut Tx,
    law: &Law,
    cohort: &mut Cohort,
    loaded: &mut Loaded,
    repeat: Option<RepeatCause>,
    today: NaiveDate,
) -> Result<(), Stop> {
    if cohort.closed_on.is_some() {
        return Err(Stop::refused(&Refusal::Closed));
    }
    if cohort.taken >= cohort.seats {
        return Err(Stop::refused(&Refusal::Full { seats: cohort.seats }));
    }
    if loaded.file.office != cohort.office {
        return Err(Stop::refused(&Refusal::OtherOffice));
    }
    sqlx::query(TAKE).bind(cohort.cohort_id).execute(tx.conn()).await.context("taking a seat")?;
    cohort.taken += 1;
    let on = cohort.starts_on.min(today).max(loaded.state.stage_since);
    let started = Happening::on(on, Facts::TrainingStarted { cohort: cohort.id(), repeat });
    case::store::append(tx, law, loaded, vec![started]).await?;
    let row = Enrolment {
        person_id: loaded.file.person_id,
        case_id: loaded.file.case_id,
        cohort_id: cohort.cohort_id,
        office: cohort.office,
        enrolled_on: today,
        attended_minutes: 0,
        test_before: None,
        test_after: None,
        result: None,
        result_on: None,
    };
    store::insert_enrolments(tx, &[row]).await?;
    tx.note(ENROLLED, loaded.state.person, &json!({ "cohort": cohort.id(), "case": loaded.file.case_id }), None)?;
    Ok(())
}
