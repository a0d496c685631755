//! The request as handlers see it: who acts, in which language, whether a page or its data is wanted.

use crate::{
    answer::{Answer, Drawn, Fault},
    app::App,
    clock::machine_now,
    draw, form,
    language::Lang,
    message::Errors,
    role::Permission,
    scope::Who,
    session::{self, kept},
};
use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, Method, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use maud::Markup;
use serde::Serialize;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use values::id::{OfficeId, OfficerId};

/// The request in hand: who acts, in which language, what is wanted.
#[derive(Clone)]
pub struct Page {
    pub lang: Lang,
    pub wants: Wants,
    /// The path as asked, without `/api` and without the query.
    pub path: String,
    /// The query string, without the question mark.
    pub query: String,
    /// Today by the programme's clock.
    pub today: NaiveDate,
    /// Who is signed in.
    pub acting: Option<Arc<Acting>>,
    /// The labels of the fields drawn so far, by name: the summary above a form says which field is meant.
    pub(crate) labels: Arc<Mutex<HashMap<String, String>>>,
    pub app: App,
}

/// Whether a page or its data is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wants {
    Html,
    Json,
}

/// A signed-in officer in the role of the moment.
#[derive(Clone, Debug)]
pub struct Acting {
    pub who: Who,
    pub name: String,
    /// The home office's name in the language of the request.
    pub office_name: String,
    /// The token that every form must carry.
    pub csrf: String,
}

impl Page {
    /// Who acts; only a public route can be without.
    pub fn who(&self) -> Result<&Who, Fault> {
        self.acting.as_ref().map(|acting| &acting.who).ok_or(Fault::Forbidden)
    }

    /// The acting officer's account.
    pub fn officer(&self) -> Result<OfficerId, Fault> {
        Ok(self.who()?.officer)
    }

    /// The acting officer's home office.
    pub fn office(&self) -> Result<OfficeId, Fault> {
        Ok(self.who()?.office)
    }

    /// Whether whoever acts may do this: for showing or hiding a link; the route decides.
    pub fn may(&self, permission: &Permission) -> bool {
        self.acting.as_ref().is_some_and(|acting| permission.allows(acting.who.role))
    }

    /// The address that was asked for, with its query.
    pub(crate) fn address(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// The words under a key in the reader's language.
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// A page, or its view as JSON.
    pub fn show<V: Serialize>(&self, title: &str, view: &V, body: Markup) -> Answer {
        match self.wants {
            Wants::Json => Ok(axum::Json(view).into_response()),
            Wants::Html => Ok(draw::page(self, title, None, false, body).into_response()),
        }
    }

    /// A page whose main part is a form ([`crate::draw::FORM`]): shown first, or again with what is wrong (422), or in
    /// another language. Its fields keep what was typed.
    pub fn show_form<V: Serialize>(&self, title: &str, view: &V, errors: &Errors, body: Markup) -> Answer {
        let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        match self.wants {
            Wants::Json if errors.is_empty() => Ok(axum::Json(view).into_response()),
            Wants::Json => Ok(problem(self.lang, status, "fault-refused", errors)),
            Wants::Html => {
                let summary = draw::errors(self, errors);
                let body = maud::html! { (summary) (body) };
                Ok((status, draw::page(self, title, Some(draw::FORM), !errors.is_empty(), body)).into_response())
            }
        }
    }
}

/// A problem as JSON (RFC 9457).
fn problem(lang: Lang, status: StatusCode, key: &str, errors: &Errors) -> Response {
    let list: Vec<_> = errors
        .list
        .iter()
        .map(|e| serde_json::json!({ "field": e.field, "key": e.message.key, "detail": e.message.text(lang) }))
        .collect();
    let body = serde_json::json!({
        "type": format!("urn:dayaq:{key}"), "title": lang.t(key), "status": status.as_u16(), "errors": list
    });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

impl FromRequestParts<App> for Page {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fault> {
        parts.extensions.get::<Page>().cloned().ok_or_else(|| Fault::Broken(anyhow::anyhow!("a route without its guard")))
    }
}

/// What stands before every route: finds who acts, checks the permission, draws the page of a fault.
pub async fn guard(app: App, permission: Permission, request: Request, next: Next) -> Response {
    // The request itself can't be held across an await, since its body can't be shared.
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let mut page = match understand(&app, &headers, &uri).await {
        Ok(page) => page,
        Err(error) => return Fault::Broken(error).into_response(),
    };
    let lang = page.lang;
    let response = match admit(&page, &permission, &request) {
        Err(_) if kept::is_typed_signed_out(&page, &permission, &request) => sign_in_first(&mut page, request).await,
        Err(refused) => *refused,
        Ok(()) if has_a_nul(&uri) => Fault::NotFound.into_response(),
        Ok(()) => proceed(&mut page, request, next).await,
    };
    let mut response = finish(&page, response);
    if page.lang != lang {
        session::remember_language(&mut response, page.lang);
    }
    response
}

/// No name, number or day holds the sign NUL, and the database takes no text with it.
fn has_a_nul(uri: &Uri) -> bool {
    uri.path_and_query().is_some_and(|asked| asked.as_str().contains("%00"))
}

async fn proceed(page: &mut Page, request: Request, next: Next) -> Response {
    let mut request = match request.method() {
        &Method::POST => match take_in(page, request).await {
            Ok(request) => request,
            Err(fault) => return fault.into_response(),
        },
        _ => request,
    };
    request.extensions_mut().insert(page.clone());
    next.run(request).await
}

/// Whoever typed something while their session ended signs in, and nothing of it is lost.
async fn sign_in_first(page: &mut Page, request: Request) -> Response {
    let headers = request.headers().clone();
    let asked = match take_in(page, request).await {
        Ok(request) => match axum::body::to_bytes(request.into_body(), form::MOST_BYTES).await {
            Ok(body) => kept::ask(page, &headers, &body).await,
            Err(_) => Err(Fault::BadRequest("form-error-too-large")),
        },
        Err(fault) => Err(fault),
    };
    asked.unwrap_or_else(IntoResponse::into_response)
}

async fn understand(app: &App, headers: &HeaderMap, uri: &Uri) -> anyhow::Result<Page> {
    let full = uri.path();
    let (wants, path) = match full.strip_prefix("/api") {
        Some(path) if path.starts_with('/') => (Wants::Json, path),
        _ => (Wants::Html, full),
    };
    let lang = cookie(headers, "dayaq-language").and_then(Lang::from_code).unwrap_or_default();
    let acting = match cookie(headers, session::COOKIE) {
        Some(token) => session::acting(app, token, lang, machine_now()).await?.map(Arc::new),
        None => None,
    };
    Ok(Page {
        lang,
        wants,
        path: path.to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        today: app.today(),
        acting,
        labels: Arc::default(),
        app: app.clone(),
    })
}

fn admit(page: &Page, permission: &Permission, request: &Request) -> Result<(), Box<Response>> {
    if request.method() == Method::POST && !same_origin(request.headers()) {
        return Err(Box::new(Fault::Forbidden.into_response()));
    }
    if permission.roles.is_empty() {
        return Ok(());
    }
    match &page.acting {
        Some(acting) if permission.allows(acting.who.role) => Ok(()),
        Some(_) => Err(Box::new(Fault::Forbidden.into_response())),
        None if page.wants == Wants::Html && request.method() == Method::GET => {
            Err(Box::new(Redirect::to(&format!("/sign-in?to={}", draw::encode(&page.path))).into_response()))
        }
        None if page.wants == Wants::Html => Err(Box::new(Redirect::to("/sign-in").into_response())),
        None => Err(Box::new(problem(page.lang, StatusCode::UNAUTHORIZED, "fault-signed-out", &Errors::none()))),
    }
}

/// A browser says where a form comes from; a form from elsewhere is refused.
fn same_origin(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    match headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()) {
        None => true,
        Some(origin) => origin.split_once("://").map(|(_, rest)| rest) == host,
    }
}

/// Whether a browser says that a form comes from a page of this program; [`same_origin`] also lets pass who says nothing.
pub(crate) fn comes_from_here(headers: &HeaderMap) -> bool {
    let says = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
    says && site.is_none_or(|site| site == "same-origin") && same_origin(headers)
}

/// Whether the program is asked over loopback: what a demo offers to everybody, it offers only there.
pub fn is_loopback(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// Takes the body in, and the language that a language button asks for with it: the form is posted as it stands.
async fn take_in(page: &mut Page, request: Request) -> Result<Request, Fault> {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, form::MOST_BYTES).await else {
        return Err(Fault::BadRequest("form-error-too-large"));
    };
    let wished = std::str::from_utf8(&bytes)
        .ok()
        .and_then(|text| text.split('&').find_map(|pair| pair.strip_prefix("_language=")))
        .and_then(Lang::from_code);
    if let Some(lang) = wished {
        page.lang = lang;
    }
    Ok(Request::from_parts(parts, bytes.into()))
}

fn finish(page: &Page, response: Response) -> Response {
    let response = if is_unread(&response) { Fault::NotFound.into_response() } else { response };
    let mut response = match response.extensions().get::<Drawn>().copied() {
        None => response,
        Some(Drawn(key)) => {
            let status = response.status();
            match page.wants {
                Wants::Json => problem(page.lang, status, key, &Errors::none()),
                Wants::Html => (status, draw::fault(page, key)).into_response(),
            }
        }
    };
    let headers = response.headers_mut();
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    }
    response
}

/// Whether no handler could read the address: an id, a number or a word in it is none. Such an address leads nowhere.
fn is_unread(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    response.status() == StatusCode::BAD_REQUEST
        && kind.starts_with("text/plain")
        && response.extensions().get::<Drawn>().is_none()
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}
