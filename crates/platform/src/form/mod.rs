//! What a form brought: its fields as typed; the answer to it, once; and a reader that turns them into values.

pub(crate) mod again;
mod body;
mod reader;

pub use self::{
    body::MOST_BYTES,
    reader::{MOST_SIGNS, Reader},
};

use self::again::Why;
use crate::{
    answer::{Answer, Fault},
    clock::machine_now,
    keys::Keys,
    request::{Page, Wants},
    scope::Tx,
};
use anyhow::Context;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;
use values::id::FormId;

/// The fields of a form, as typed. Names may repeat.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Posted {
    fields: Vec<(String, String)>,
}

impl Posted {
    /// Fields made by hand: the values with which a form is shown for the first time.
    pub fn of(fields: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        Self { fields: fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
    }

    /// An empty form.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The first value of a field, trimmed; empty when it is absent.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field that repeats.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, value)| field == name && !value.trim().is_empty()).map(|(_, v)| v.trim())
    }

    /// All fields.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The version of the record that the form was filled in on.
    pub fn version(&self) -> i32 {
        self.value("_version").parse().unwrap_or(0)
    }

    /// Whether the person only asked for another language: the form is to be shown again, unjudged.
    pub fn only_redraws(&self) -> bool {
        !self.value("_language").is_empty()
    }

    /// Starts reading.
    pub fn reader(&self) -> Reader<'_> {
        Reader::of(self)
    }

    /// Claims the form for this transaction. A form answered before gives its first answer instead of acting again; a
    /// twin that is still under way waits for it. One that brings something else than it did then (it was filled in again
    /// after going back) is neither lost nor taken for the first: it can be opened again with what was typed.
    pub async fn first_answer(&self, tx: &mut Tx, page: &Page) -> Result<Option<Response>, Fault> {
        if self.only_redraws() {
            return Ok(None);
        }
        let Some(id) = self.id() else { return Ok(None) };
        let content = self.content(&tx.keys(), page);
        let claimed = sqlx::query(CLAIM)
            .bind(id.0)
            .bind(tx.who().officer.0)
            .bind(&page.path)
            .bind(machine_now())
            .bind(&content)
            .execute(tx.conn())
            .await
            .context("claiming a form")?;
        if claimed.rows_affected() == 1 {
            return Ok(None);
        }
        let first: Option<(Option<String>, Vec<u8>)> =
            sqlx::query_as(FIRST).bind(id.0).fetch_optional(tx.conn()).await.context("finding a form's first answer")?;
        match first {
            Some((Some(location), before)) if before == content => Ok(Some(see_other(page, &location))),
            Some((Some(location), _)) if page.wants == Wants::Html => {
                let why = Why::SentBefore(location);
                let shown = again::page(page, &why, &page.address(), self.fields());
                Ok(Some((StatusCode::CONFLICT, shown).into_response()))
            }
            _ => Err(Fault::Conflict),
        }
    }

    /// What the form brings and where, as a keyed hash: nobody who reads the table finds out by trying what was typed.
    fn content(&self, keys: &Keys, page: &Page) -> Vec<u8> {
        let typed: Vec<_> = self.fields().filter(|(name, _)| !again::is_anew(name)).collect();
        keys.lookup("form", &serde_json::json!([page.address(), typed]).to_string())
    }

    /// Keeps the answer with the form, commits, and sends the person on.
    pub async fn done(&self, mut tx: Tx, page: &Page, location: impl AsRef<str>) -> Answer {
        let location = location.as_ref();
        if self.only_redraws() {
            // A form without fields has nothing to read, and so nothing that would have stopped it before.
            return Ok(see_other(page, location));
        }
        if let Some(id) = self.id() {
            sqlx::query(ANSWERED).bind(id.0).bind(location).execute(tx.conn()).await.context("keeping a form's answer")?;
        }
        tx.commit().await?;
        Ok(see_other(page, location))
    }

    fn id(&self) -> Option<FormId> {
        self.value("_form").parse().ok()
    }
}

const CLAIM: &str = "
    insert into form_receipt (form_id, officer_id, path, answered_at, content)
    values ($1, $2, $3, $4, $5)
    on conflict (form_id) do nothing";

const FIRST: &str = "
    select location, content
    from form_receipt
    where form_id = $1";

const ANSWERED: &str = "
    update form_receipt
    set location = $2
    where form_id = $1";

fn see_other(page: &Page, location: &str) -> Response {
    match page.wants {
        Wants::Html => Redirect::to(location).into_response(),
        Wants::Json => (
            StatusCode::CREATED,
            [(header::LOCATION, format!("/api{location}"))],
            axum::Json(serde_json::json!({ "location": format!("/api{location}") })),
        )
            .into_response(),
    }
}

/// A fresh id for a form about to be shown.
pub fn new_form_id() -> Uuid {
    FormId::new().0
}
