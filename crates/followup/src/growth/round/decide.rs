//! `GET` and `POST /award-rounds/{round}/approval`: a second person lets the money be set aside, or sends the round back.

use super::{
    DECIDED, link,
    show::summary,
    store::{self, Round},
};
use crate::{growth::rules::Refusal, monitoring::second};
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
use serde_json::json;
use uuid::Uuid;
use values::id::PersonId;

pub(super) async fn get(State(app): State<App>, page: Page, Path(round): Path<Uuid>) -> Answer {
    show(&app, &page, round, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(round): Path<Uuid>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, round, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, round, &form, stop.errors()?).await
        }
    }
}

/// Why the acting officer may not decide it.
fn refused(page: &Page, round: &Round) -> Option<Refusal> {
    match page.officer() {
        _ if round.decided_at.is_some() => Some(Refusal::NotNow),
        Ok(officer) if officer.0 == round.proposed_by => Some(Refusal::SecondPerson),
        _ => None,
    }
}

async fn act(tx: &mut Tx, page: &Page, id: Uuid, form: &Posted) -> Result<String, Stop> {
    let round = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if let Some(refusal) = refused(page, &round) {
        return Err(Stop::refused(&refusal));
    }
    let said = second::read(form.reader())?;
    let decided = Round {
        decided_at: Some(tx.now()),
        decided_by: Some(page.officer()?.0),
        approved: Some(said.approved),
        note: said.note,
        ..round
    };
    store::decide(tx, &decided).await?;
    let facts = json!({ "round": id, "approved": said.approved, "budget": decided.budget });
    tx.note(DECIDED, PersonId(Uuid::nil()), &facts, decided.note.as_deref())?;
    Ok(link(id))
}

async fn show(app: &App, page: &Page, id: Uuid, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let round = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let title = page.t("growth-round-decide");
    let body = html! {
        (heading(&round.number, &title))
        (summary(page, &round))
        @match refused(page, &round) {
            Some(refusal) => p class="govuk-body" { (refusal.message().text(page.lang)) },
            None => (draw::form(page, &format!("{}/approval", link(id)), None, &page.t("monitoring-second-submit"),
                second::fields(page, form, &errors))),
        }
    };
    page.show_form(&title, &json!({ "round": round }), &errors, body)
}
