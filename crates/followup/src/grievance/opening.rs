//! `GET` and `POST /grievances/{grievance}/opening`: what is covered is opened with a reason. Each opening is in the journal
//! and lasts a quarter of an hour for whoever opened.

use super::{
    OPENED, link, show,
    store::{self, Grievance},
};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use chrono::TimeDelta;
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::programme;
use serde_json::json;
use values::id::GrievanceId;

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<GrievanceId>) -> Answer {
    ask(&app, &page, id, &Posted::empty(), &Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<GrievanceId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    let grievance = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    match open(&mut tx, &grievance, &form) {
        Ok(()) => form.done(tx, &page, link(id)).await,
        Err(stop) => {
            drop(tx);
            ask(&app, &page, id, &form, &stop.errors()?).await
        }
    }
}

fn open(tx: &mut Tx, grievance: &Grievance, form: &Posted) -> Result<(), Stop> {
    let mut read = form.reader();
    let reason = read.reason("reason", 5);
    let reason = read.finish(Some(reason))?;
    let facts = json!({ "grievance": grievance.grievance_id, "number": grievance.number });
    tx.note(OPENED, grievance.told_of(), &facts, Some(&reason))?;
    Ok(())
}

const OPEN: &str = "
    select exists (
        select from journal
        where recorded_at > $1
        and officer_id = $2
        and kind = $3
        and payload::jsonb -> 'facts' ->> 'grievance' = $4)";

/// Whether the reader opened it in the last quarter of an hour.
pub(super) async fn is_open(tx: &mut Tx, grievance: &Grievance) -> Result<bool> {
    let since = tx.now() - TimeDelta::minutes(15);
    let officer = tx.who().officer;
    let query = sqlx::query_as(OPEN).bind(since).bind(officer.0).bind(OPENED.number).bind(grievance.grievance_id.to_string());
    let (is_open,): (bool,) = query.fetch_one(tx.conn()).await.context("asking whether a grievance is open")?;
    Ok(is_open)
}

async fn ask(app: &App, page: &Page, id: GrievanceId, form: &Posted, errors: &Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let grievance = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = show::head(&mut tx, page, &programme, &grievance).await?;
    let title = page.t("grievance-opening");
    let body = html! {
        (head)
        (heading(&grievance.number, &title))
        p class="govuk-body" { (page.t("grievance-opening-hint")) }
        (draw::form(page, &format!("{}/opening", link(id)), None, &page.t("grievance-opening-submit"), html! {
            (draw::area(page, form, errors, "reason", "case-reason", 2).hint("grievance-opening-reason"))
        }))
    };
    page.show_form(&title, &json!({ "grievance": id }), errors, body)
}
