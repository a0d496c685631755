//! Reads the body of a request: a form's fields, or the same as JSON.

use super::{
    Posted,
    again::{self, Why},
};
use crate::{
    answer::Fault,
    app::App,
    request::{Page, comes_from_here},
};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

/// The most that a form may bring, in bytes. Every field of the longest form may be full, each sign as six bytes of an
/// address (`%C9%99`).
pub const MOST_BYTES: usize = 2 << 20;

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let Some(page) = request.extensions().get::<Page>().cloned() else { return Err(Fault::Forbidden.into_response()) };
        let posted = read(request, app).await.map_err(IntoResponse::into_response)?;
        let Some(acting) = &page.acting else { return Ok(posted) };
        let token = headers.get("x-csrf-token").and_then(|token| token.to_str().ok());
        if token.unwrap_or_else(|| posted.value("_csrf")) == acting.csrf {
            return Ok(posted);
        }
        if !comes_from_here(&headers) {
            return Err(Fault::BadRequest("form-error-expired").into_response());
        }
        // It was opened before they signed in anew, in another window perhaps.
        let shown = again::page(&page, &Why::EarlierSession, &page.address(), posted.fields());
        Err((StatusCode::CONFLICT, shown).into_response())
    }
}

async fn read(request: Request, app: &App) -> Result<Posted, Fault> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let json = kind.is_some_and(|kind| kind.starts_with("application/json"));
    let body = Bytes::from_request(request, app).await.map_err(|_| Fault::BadRequest("form-error-too-large"))?;
    let fields = if json { from_json(&body) } else { serde_html_form::from_bytes(&body).ok() };
    let fields = fields.ok_or(Fault::BadRequest("form-error-unreadable"))?;
    Ok(Posted { fields: fields.into_iter().map(|(name, value)| (printable(name), printable(value))).collect() })
}

/// A text without the signs that nobody types and that come along when a text is pasted: no column, letter or list can
/// hold them.
fn printable(text: String) -> String {
    let is_stray = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t');
    if text.contains(is_stray) { text.replace(is_stray, "") } else { text }
}

fn from_json(body: &[u8]) -> Option<Vec<(String, String)>> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).ok()?;
    let mut fields = Vec::with_capacity(object.len());
    for (name, value) in object {
        let values = match value {
            serde_json::Value::Array(values) => values,
            other => vec![other],
        };
        for value in values {
            let text = match value {
                serde_json::Value::Null => continue,
                serde_json::Value::String(text) => text,
                serde_json::Value::Bool(flag) => {
                    if flag {
                        "true".to_owned()
                    } else {
                        continue;
                    }
                }
                serde_json::Value::Number(number) => number.to_string(),
                _ => return None,
            };
            fields.push((name.clone(), text));
        }
    }
    Some(fields)
}
