//! `GET` and `POST /cases/{case}/breach/explanation`: what the person says to the notice, and when they were heard.

use super::{
    EXPLAINED, Refusal, link,
    store::{self, Breach},
};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::{Errors, Explain},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::case::{self, heading as case_heading};
use serde_json::json;
use values::id::CaseId;

pub(in crate::monitoring) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, &Posted::empty(), Errors::none()).await
}

pub(in crate::monitoring) async fn post(State(app): State<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let loaded = case::store::load_for(tx, &*case::law(app)?, case, form).await?;
    let open = store::open(tx, loaded.state.person, case).await?;
    let breach = open.ok_or_else(|| Stop::refused(&Refusal::NoneOpen))?;
    let (explanation, heard_on) = read(form.reader(), page, &breach)?;
    let breach = Breach { explanation: Some(explanation), explained_on: Some(page.today), heard_on: Some(heard_on), ..breach };
    store::explain(tx, &breach).await?;
    let facts = json!({ "case": case, "breach": breach.breach_id, "heard_on": heard_on });
    tx.note(EXPLAINED, loaded.state.person, &facts, None)?;
    Ok(link(case))
}

fn read(mut read: Reader<'_>, page: &Page, breach: &Breach) -> Result<(String, NaiveDate), Errors> {
    let explanation = read.required("explanation");
    let heard_on = read.date("heard_on");
    if heard_on.is_some_and(|day| day > page.today || day < breach.noticed_on) {
        read.wrong("heard_on", Refusal::HeardWrong.message());
    }
    read.finish(heard_on.map(|heard_on| (explanation, heard_on)))
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let breach = store::open(&mut tx, loaded.state.person, case).await?;
    let view = json!({ "case": loaded.file, "breach": breach });
    let body = html! {
        (head)
        (heading(&page.t("monitoring-breach"), &page.t("monitoring-breach-explain")))
        @if breach.is_some() {
            (draw::form(page, &format!("{}/explanation", link(case)), Some(loaded.file.version), &page.t("monitoring-breach-explain-submit"), html! {
                (draw::area(page, form, &errors, "explanation", "monitoring-breach-explanation", 5).hint("monitoring-breach-explanation-hint"))
                (draw::date(page, form, &errors, "heard_on", "monitoring-breach-heard"))
            }))
        } @else {
            p class="govuk-body" { (Refusal::NoneOpen.message().text(page.lang)) }
        }
    };
    page.show_form(&page.t("monitoring-breach-explain"), &view, &errors, body)
}
