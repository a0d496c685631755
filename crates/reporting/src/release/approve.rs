//! `POST /releases/{release}/approval`: a second person lets the figures out.

use super::{APPROVED, link, show, store};
use axum::extract::{Path, State};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    form::Posted,
    message::{Errors, Message},
    request::Page,
    scope::Tx,
};
use serde_json::json;
use uuid::Uuid;
use values::id::PersonId;

pub(super) async fn post(State(app): State<App>, page: Page, Path(release): Path<Uuid>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, release).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show::show(&app, &page, release, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, page: &Page, release: Uuid) -> Result<String, Stop> {
    let found = store::one(tx, release).await?.ok_or(Fault::NotFound)?;
    tx.widen().await?;
    if !store::approve(tx, release, page.officer()?.0).await? {
        let key = if found.approved_at.is_some() { "release-error-approved" } else { "release-error-same-person" };
        let mut errors = Errors::none();
        errors.add_whole(Message::new(key));
        return Err(errors.into());
    }
    tx.note(APPROVED, PersonId(Uuid::nil()), &json!({ "release": release }), None)?;
    Ok(link(release))
}
