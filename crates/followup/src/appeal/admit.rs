//! `GET` and `POST /appeals/{appeal}/admission`: a late appeal is let through with a reason, or found too late.

use super::{
    ADMITTED, link,
    rules::Refusal,
    show,
    store::{self, Appeal},
};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, AppealOutcome, Facts, Happening, action::LEAST_REASON, heading as case_heading},
    programme::{self, keys as terms},
};
use serde_json::json;
use values::id::AppealId;

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<AppealId>) -> Answer {
    show_form(&app, &page, id, &Posted::empty(), &Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<AppealId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show_form(&app, &page, id, &form, &stop.errors()?).await
        }
    }
}

/// Whether an appeal waits for a word on whether it is heard.
fn may(appeal: &Appeal) -> Result<(), Refusal> {
    match (appeal.outcome, appeal.admitted_on) {
        (Some(_), _) => Err(Refusal::Decided),
        (None, Some(_)) => Err(Refusal::Admitted),
        (None, None) => Ok(()),
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: AppealId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let found = store::find(tx, id).await?.ok_or(Fault::NotFound)?;
    let mut loaded = case::store::load_for(tx, &law, found.case(), form).await?;
    // Read again under the case's lock: somebody may have been quicker.
    let mut appeal = store::find(tx, id).await?.ok_or(Fault::NotFound)?;
    may(&appeal).map_err(|refusal| Stop::refused(&refusal))?;
    let mut read = form.reader();
    let admitted = read.choice("admission", &["admit", "late"]) == "admit";
    let reason = read.reason("reason", LEAST_REASON);
    let reason = read.finish(Some(reason))?;
    let officer = page.officer()?.0;
    if admitted {
        appeal.admitted_on = Some(page.today);
        appeal.admitted_by = Some(officer);
        appeal.admission_reason = Some(reason.clone());
        appeal.due_on = programme.due(&terms::APPEAL_DECISION_TERM, page.today);
        tx.note(ADMITTED, appeal.person(), &json!({ "appeal": id, "case": appeal.case_id }), Some(&reason))?;
    } else {
        let facts = Facts::AppealDecided { appeal: id, outcome: AppealOutcome::Late };
        case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts).because(&reason)]).await?;
        appeal.outcome = Some(AppealOutcome::Late as i16);
        appeal.decided_on = Some(page.today);
        appeal.decided_at = Some(tx.now());
        appeal.decided_by = Some(officer);
        appeal.reason = Some(reason);
    }
    store::save(tx, &appeal).await?;
    Ok(link(id))
}

async fn show_form(app: &App, page: &Page, id: AppealId, form: &Posted, errors: &Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let appeal = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, appeal.case()).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let summary = show::summary(&mut tx, page, &appeal).await?;
    let refused = may(&appeal).err();
    let choices = ["admit", "late"].map(|code| (code.to_owned(), page.t(&format!("appeal-admission-{code}")))).to_vec();
    let title = page.t("appeal-admission");
    let body = html! {
        (head)
        (heading(&page.t("appeal-title"), &title))
        (summary)
        @match &refused {
            Some(refusal) => p class="govuk-body" { (refusal.message().text(page.lang)) },
            None => (draw::form(page, &format!("{}/admission", link(id)), Some(loaded.file.version), &page.t("appeal-admission-submit"), html! {
                (draw::radios(page, form, errors, "admission", "appeal-admission-question", choices))
                (draw::area(page, form, errors, "reason", "case-reason", 3).hint("case-reason-hint"))
            })),
        }
    };
    page.show_form(&title, &json!({ "appeal": appeal }), errors, body)
}
