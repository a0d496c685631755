//! What was typed into a form whose session had ended. It goes back to the browser sealed, beside the sign-in, and from there
//! into the form again: the program itself keeps nothing.

use super::{COOKIE, acting, pages};
use crate::{
    answer::Answer,
    app::App,
    clock::machine_now,
    form::{
        MOST_BYTES, Posted,
        again::{self, Why},
    },
    keys::sha256,
    message::Errors,
    request::{Page, Wants, comes_from_here, cookie},
    role::Permission,
};
use anyhow::Context;
use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Redirect},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;
use values::id::OfficerId;

/// The hidden field of the sign-in that carries it.
pub(super) const FIELD: &str = "kept";

/// Whoever comes back later than this fills the form in anew.
const LASTS: TimeDelta = TimeDelta::hours(12);

/// The most that is kept, in bytes before sealing: sealed it must still fit into a form.
const MOST: usize = MOST_BYTES / 2;

#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    path: String,
    fields: Vec<(String, String)>,
    /// Whose session it was, if the browser still says so.
    officer: Option<Uuid>,
    at: DateTime<Utc>,
}

/// Whether somebody signed out sends a form of ours. Only what surely comes from a page of this program is kept: nobody is
/// made to go on with a form that another site filled in.
pub(crate) fn is_typed_signed_out(page: &Page, permission: &Permission, request: &Request) -> bool {
    let headers = request.headers();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    request.method() == Method::POST
        && page.wants == Wants::Html
        && page.acting.is_none()
        && !permission.roles.is_empty()
        && kind.starts_with("application/x-www-form-urlencoded")
        && comes_from_here(headers)
}

/// The sign-in (401) with what was typed.
pub(crate) async fn ask(page: &Page, headers: &HeaderMap, body: &[u8]) -> Answer {
    let fields: Option<Vec<(String, String)>> = serde_html_form::from_bytes(body).ok();
    let Some(fields) = fields.filter(|_| body.len() <= MOST) else { return Ok(Redirect::to("/sign-in").into_response()) };
    let path = page.address();
    let fields = fields.into_iter().filter(|(name, _)| again::is_kept(name)).collect();
    let kept = Kept { path, fields, officer: former(&page.app, headers).await?, at: machine_now() };
    let sealed = page.app.keys().seal(&serde_json::to_string(&kept)?)?;
    let mut response = pages::show(&page.app, page, &Posted::of([(FIELD, sealed)]), Errors::none()).await?;
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(response)
}

const FORMER: &str = "
    select officer_id
    from session
    where token_hash = $1";

/// Whose the session was that has ended.
async fn former(app: &App, headers: &HeaderMap) -> anyhow::Result<Option<Uuid>> {
    let Some(token) = cookie(headers, COOKIE) else { return Ok(None) };
    let mut tx = app.system().await?;
    let found: Option<(Uuid,)> = sqlx::query_as(FORMER)
        .bind(&sha256(token.as_bytes())[..])
        .fetch_optional(tx.conn())
        .await
        .context("finding whose a session was")?;
    Ok(found.map(|(officer,)| officer))
}

/// What the sign-in carried, if it is of this program, of late, and not somebody else's.
pub(super) fn open(app: &App, form: &Posted, officer: OfficerId) -> Option<Kept> {
    let plain = app.keys().open(form.value(FIELD)).ok()?;
    let kept: Kept = serde_json::from_str(&plain).ok()?;
    let is_theirs = kept.officer.is_none_or(|former| former == officer.0);
    (is_theirs && machine_now() - kept.at < LASTS).then_some(kept)
}

/// After signing in: the page that opens the form again.
pub(super) async fn offer(page: &Page, token: &str, kept: &Kept) -> Answer {
    let acting = acting(&page.app, token, page.lang, machine_now()).await?.context("a session that has just begun")?;
    let page = Page { acting: Some(Arc::new(acting)), ..page.clone() };
    let fields = kept.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Ok(again::page(&page, &Why::SignedIn, &kept.path, fields).into_response())
}
