//! `GET` and `POST /cases/{case}/certificate/withdrawal`: a completion of the course that was recorded by mistake is declared
//! void by somebody who does not teach. The certificate verifies no more, and the person is in the course again: the trainer
//! writes the result anew. What others have built on it stands in the way, and is said.

use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain, Message},
    page::shell,
    request::Page,
    scope::Tx,
};
use registry::case::{
    self, CaseState, Event, Facts, Happening, Loaded,
    action::{closed, read_reason, reason_field},
    acts::correction::{differences, foresee, told},
    correction, heading,
};
use serde_json::json;
use uuid::Uuid;
use values::id::CaseId;

/// Somebody who has not gone on from the course.
pub(super) const TRAINED: &str = "
    select c.case_id as case, c.office
    from certificate c
    join case_file f using (person_id, case_id)
    where f.stage = 9
    and not f.suspended
    limit 1";

/// The page on which the certificate of a case is withdrawn.
pub(super) fn link(case: CaseId) -> String {
    format!("/cases/{case}/certificate/withdrawal")
}

/// Why nothing is withdrawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Refusal {
    /// No certificate of the case is valid: none was given, or it was withdrawn before.
    NoneValid,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Self::NoneValid => Message::new("training-withdraw-refusal-none"),
        }
    }
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, &form).await {
        Ok(()) => form.done(tx, &page, heading::link(case)).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<(), Stop> {
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    let mut read = form.reader();
    let reason = read_reason(&mut read);
    let reason = read.finish(Some(reason))?;
    let completed = completion(&loaded).ok_or_else(|| Stop::refused(&Refusal::NoneValid))?;
    let void = void(page, &completed, &reason);
    case::store::append(tx, &law, &mut loaded, vec![void]).await?;
    reopen(tx, &loaded).await?;
    Ok(())
}

/// The completion that stands, as it was recorded.
fn completion(loaded: &Loaded) -> Option<Event> {
    let standing = correction::standing(&loaded.events);
    let completed = standing.iter().rfind(|event| matches!(event.facts, Facts::TrainingCompleted { .. }));
    completed.map(|event| event.clone().into_owned())
}

fn void(page: &Page, completed: &Event, reason: &str) -> Happening {
    Happening::on(page.today, Facts::Corrected { entry: completed.entry, replacement: None }).because(reason)
}

const NO_RESULT: &str = "
    update enrolment
    set result = null, result_on = null
    where person_id = $1
    and case_id = $2
    and result = 1
    returning cohort_id";

const REOPEN: &str = "
    update cohort
    set closed_on = null
    where cohort_id = any ($1)";

/// The seat has no result any more. Unless the case has ended, its cohort is open again, whichever office keeps it.
async fn reopen(tx: &mut Tx, loaded: &Loaded) -> Result<()> {
    let file = &loaded.file;
    let cohorts: Vec<Uuid> = sqlx::query_scalar(NO_RESULT)
        .bind(file.person_id)
        .bind(file.case_id)
        .fetch_all(tx.conn())
        .await
        .context("taking a result back")?;
    if is_in_course(&loaded.state) {
        let open = async |tx: &mut Tx| sqlx::query(REOPEN).bind(cohorts).execute(tx.conn()).await.context("reopening a cohort");
        tx.wide(open).await?;
    }
    Ok(())
}

/// Whether a result of the course can still be recorded.
fn is_in_course(state: &CaseState) -> bool {
    state.cohort.is_some() && state.closed.is_none() && state.milestones.deceased_on.is_none()
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let law = case::law(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &law, case).await?;
    let head = heading::draw(&mut tx, page, &loaded).await?;
    let completed = completion(&loaded);
    let title = page.t("training-withdraw");
    let body = match &completed {
        None => closed(page, &Refusal::NoneValid, case),
        Some(completed) => {
            // What would become of the case does not hang on the words of the reason.
            let foreseen = foresee(&tx, &law, &loaded, &void(page, completed, "…"));
            let told = told(&mut tx, page, &loaded, completed).await?;
            html! {
                (told)
                @match &foreseen {
                    Err(refusal) => (closed(page, refusal, case)),
                    Ok(after) => {
                        p class="govuk-body" { (page.t("training-withdraw-hint")) }
                        (differences(page, &loaded.state, after))
                        (draw::form(page, &link(case), Some(loaded.file.version), &page.t("training-withdraw-submit"),
                            reason_field(page, form, &errors)))
                    }
                }
            }
        }
    };
    let view = json!({ "case": loaded.file, "completed": completed.map(|event| event.facts) });
    page.show_form(&title, &view, &errors, html! { (head) (shell::heading("", &title)) (body) })
}
