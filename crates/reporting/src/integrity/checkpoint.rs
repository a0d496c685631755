//! `POST /integrity/checkpoints` takes a checkpoint; `GET /integrity/checkpoints/{id}` gives it as the file that
//! `dayaq verify --against` reads.

use super::{TAKEN, store};
use anyhow::Context;
use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use platform::{
    answer::{Answer, Fault},
    app::App,
    form::Posted,
    journal::{export::checkpoint, file::Checkpoint},
    keys::hex,
    request::Page,
};
use serde_json::json;
use uuid::Uuid;
use values::id::PersonId;

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    tx.widen().await?;
    let taken = checkpoint(&mut tx).await?;
    tx.note(TAKEN, PersonId(Uuid::nil()), &json!({ "root": taken.root }), None)?;
    form.done(tx, &page, "/integrity").await
}

pub(super) async fn get(State(app): State<App>, Path(id): Path<Uuid>) -> Answer {
    let mut tx = app.system().await?;
    let taken = store::one(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let file = Checkpoint {
        made_at: taken.made_at,
        heads: serde_json::from_str(&taken.heads).context("reading a checkpoint")?,
        root: hex(&taken.root),
        signature: hex(&taken.signature),
        public_key: hex(&app.keys().public()),
    };
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"checkpoint-{id}.json\"")),
    ];
    Ok((headers, serde_json::to_string(&file)?).into_response())
}
