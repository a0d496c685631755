//! `GET` and `POST /accounts/{officer}/closing`: an account is closed and its sessions end at once.

use super::{CLOSED, store};
use crate::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::shell::heading,
    request::Page,
    scope::{Scope, Tx},
};
use axum::extract::{Path, State};
use maud::html;
use serde_json::json;
use uuid::Uuid;
use values::id::{OfficerId, PersonId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(officer): Path<OfficerId>) -> Answer {
    show(&app, &page, officer, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(officer): Path<OfficerId>, form: Posted) -> Answer {
    let mut tx = app.open(Scope::System, page.who()?.clone()).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, officer, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, officer, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, page: &Page, officer: OfficerId, form: &Posted) -> Result<String, Stop> {
    let mut read = form.reader();
    let reason = read.reason("reason", 5);
    let reason = read.finish(Some(reason))?;
    if officer == page.officer()? {
        let mut errors = Errors::none();
        errors.add_whole(Message::new("accounts-error-own"));
        return Err(errors.into());
    }
    store::name_of(tx, officer).await?.ok_or(Fault::NotFound)?;
    store::close(tx, officer, page.today).await?;
    tx.note(CLOSED, PersonId(Uuid::nil()), &json!({ "officer": officer }), Some(&reason))?;
    Ok("/accounts".to_owned())
}

async fn show(app: &App, page: &Page, officer: OfficerId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.system().await.map_err(Fault::Broken)?;
    let name = store::name_of(&mut tx, officer).await?.ok_or(Fault::NotFound)?;
    let title = page.t("accounts-close");
    let body = html! {
        (heading(&name, &title))
        p class="govuk-body" { (page.t("accounts-close-hint")) }
        (draw::form(page, &format!("/accounts/{officer}/closing"), None, &page.t("accounts-close-submit"), html! {
            (draw::area(page, form, &errors, "reason", "accounts-reason", 3))
        }))
    };
    page.show_form(&title, &json!({ "officer": officer, "name": name }), &errors, body)
}
