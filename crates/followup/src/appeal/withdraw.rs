//! `GET` and `POST /appeals/{appeal}/withdrawal`: the person takes the appeal back.

use super::{link, rules::Refusal, show, store};
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
use registry::case::{self, AppealOutcome, Facts, Happening, action::LEAST_REASON, heading as case_heading};
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

async fn act(tx: &mut Tx, app: &App, page: &Page, id: AppealId, form: &Posted) -> Result<String, Stop> {
    let law = case::law(app)?;
    let found = store::find(tx, id).await?.ok_or(Fault::NotFound)?;
    let mut loaded = case::store::load_for(tx, &law, found.case(), form).await?;
    let mut appeal = store::find(tx, id).await?.ok_or(Fault::NotFound)?;
    if appeal.outcome.is_some() {
        return Err(Stop::refused(&Refusal::Decided));
    }
    let mut read = form.reader();
    let reason = read.reason("reason", LEAST_REASON);
    let reason = read.finish(Some(reason))?;
    let facts = Facts::AppealDecided { appeal: id, outcome: AppealOutcome::Withdrawn };
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts).because(&reason)]).await?;
    appeal.outcome = Some(AppealOutcome::Withdrawn as i16);
    appeal.decided_on = Some(page.today);
    appeal.decided_at = Some(tx.now());
    appeal.decided_by = Some(page.officer()?.0);
    appeal.reason = Some(reason);
    store::save(tx, &appeal).await?;
    Ok(link(id))
}

async fn show_form(app: &App, page: &Page, id: AppealId, form: &Posted, errors: &Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let appeal = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, appeal.case()).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let summary = show::summary(&mut tx, page, &appeal).await?;
    let title = page.t("appeal-withdrawal");
    let body = html! {
        (head)
        (heading(&page.t("appeal-title"), &title))
        (summary)
        @if appeal.outcome.is_some() {
            p class="govuk-body" { (Refusal::Decided.message().text(page.lang)) }
        } @else {
            p class="govuk-body" { (page.t("appeal-withdrawal-hint")) }
            (draw::form(page, &format!("{}/withdrawal", link(id)), Some(loaded.file.version), &page.t("appeal-withdrawal-submit"), html! {
                (draw::area(page, form, errors, "reason", "case-reason", 3).hint("case-reason-hint"))
            }))
        }
    };
    page.show_form(&title, &json!({ "appeal": appeal }), errors, body)
}
