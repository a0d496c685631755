//! `POST /releases`: a report as of a day is frozen and waits for its approval.

use super::{PROPOSED, link, list, store};
use crate::results::{self, Known};
use axum::extract::State;
use platform::{
    answer::{Answer, Stop},
    app::App,
    form::Posted,
    message::Message,
    request::Page,
    scope::Tx,
};
use registry::{case, programme};
use serde_json::json;
use uuid::Uuid;
use values::id::PersonId;

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            list::show(&app, &page, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, form: &Posted) -> Result<String, Stop> {
    let mut read = form.reader();
    let as_of = read.date("as_of");
    if as_of.is_some_and(|day| day >= page.today) {
        read.wrong("as_of", Message::new("release-error-day"));
    }
    let as_of = read.finish(as_of)?;
    // The whole country's figures, whatever the proposer reaches.
    tx.widen().await?;
    let known = Known { as_of, known_on: None };
    let report = results::report(&mut *tx, &programme::current(app)?.programme, &*case::law(app)?, known).await?;
    let release = store::Release {
        release_id: Uuid::now_v7(),
        as_of,
        known_on: report.known_on,
        report: serde_json::to_string(&report)?,
        proposed_at: tx.now(),
        proposed_by: page.officer()?.0,
        approved_at: None,
        approved_by: None,
    };
    store::insert(tx, &release).await?;
    let digest = platform::keys::hex(&platform::keys::sha256(release.report.as_bytes()));
    tx.note(PROPOSED, PersonId(Uuid::nil()), &json!({ "release": release.release_id, "as_of": as_of, "digest": digest }), None)?;
    Ok(link(release.release_id))
}
