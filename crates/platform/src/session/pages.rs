//! The pages of signing in and out, and of choosing a language.

use super::{COOKIE, KNOWN, NotBegun, begin, check, end, kept, known_mark, remember_language, roles_of};
use crate::{
    answer::{Answer, Fault},
    app::App,
    draw,
    form::Posted,
    language::Lang,
    message::{Errors, Message},
    page::{form::hidden, notice::inset},
    request::{Page, cookie, is_loopback},
    role::{Permission, Role},
    route::{Route, Sample},
    slice::Slice,
};
use anyhow::Context;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::OfficerId;

/// The most characters of a login.
const LONGEST_LOGIN: usize = 100;

/// Signing in and out.
pub fn slice() -> Slice {
    Slice {
        name: "session",
        routes: vec![
            Route::page("/sign-in", Permission::PUBLIC, get),
            Route::form("/sign-in", Permission::PUBLIC, post)
                .sample(Sample::NONE.fields(&[("login", "nobody"), ("password", "not the password of anybody")])),
            Route::form("/sign-out", Permission::SIGNED_IN, sign_out),
            Route::form("/demo-sign-in", Permission::PUBLIC, as_cast)
                .sample(Sample::find("select officer_id as card from officer where demo_card = 1").fields(&[("card", "{card}")])),
            Route::file("/language/{code}", Permission::PUBLIC, language).sample(Sample::find("select 'en' as code")),
        ],
        ..Slice::default()
    }
}

/// A card of the cast: one click signs in as this person.
#[derive(FromRow, Serialize)]
struct Card {
    officer_id: Uuid,
    name: String,
    role: i16,
    name_az: String,
    name_en: String,
    name_ru: String,
}

const CAST: &str = "
    select o.officer_id, o.name, r.role, f.name_az, f.name_en, f.name_ru
    from officer o
    join officer_role r using (officer_id)
    join office f on f.office = r.home_office
    where o.demo_card is not null
    order by o.demo_card, r.role";

#[derive(Serialize)]
struct View {
    cast: Vec<Card>,
}

/// Where somebody wanted to go before they were asked to sign in.
#[derive(Deserialize)]
struct To {
    #[serde(default)]
    to: String,
}

/// `GET /sign-in`
async fn get(State(app): State<App>, page: Page, Query(To { to }): Query<To>) -> Answer {
    show(&app, &page, &Posted::of([("to", to)]), Errors::none()).await
}

/// `POST /sign-in`: login and password begin a session.
async fn post(State(app): State<App>, page: Page, headers: HeaderMap, form: Posted) -> Answer {
    let mut read = form.reader();
    let (login, password) = (read.line("login", LONGEST_LOGIN), read.required("password"));
    let (login, password) = match read.finish(Some((login, password))) {
        Ok(input) => input,
        Err(errors) => return show(&app, &page, &form, errors).await,
    };
    let known = cookie(&headers, KNOWN).unwrap_or_default();
    match check(&app, &login, &password, known).await? {
        Ok(officer) => {
            let mut response = sign_in(&page, officer, None, &form).await?;
            set_cookie(&mut response, KNOWN, &known_mark(&app, &login), 365 * 24 * 3600);
            Ok(response)
        }
        Err(NotBegun::Wrong) => show(&app, &page, &form, Errors::at("login", Message::new("session-error-wrong"))).await,
        Err(NotBegun::Wait) => show(&app, &page, &form, Errors::at("login", Message::new("session-error-wait"))).await,
    }
}

/// `POST /demo-sign-in`: one click, in a database of invented people only, over loopback only.
async fn as_cast(State(app): State<App>, page: Page, headers: HeaderMap, form: Posted) -> Answer {
    if !app.demo() || !is_loopback(&headers) {
        return Err(Fault::NotFound);
    }
    let Ok(officer) = form.value("card").parse::<OfficerId>() else { return Err(Fault::NotFound) };
    let role = form.value("role").parse().ok().and_then(Role::from_number);
    let mut tx = app.system().await?;
    let card: Option<(Uuid,)> = sqlx::query_as("select officer_id from officer where officer_id = $1 and demo_card is not null")
        .bind(officer.0)
        .fetch_optional(tx.conn())
        .await
        .context("finding a card of the cast")?;
    if card.is_none() {
        return Err(Fault::NotFound);
    }
    sign_in(&page, officer, role, &form).await
}

/// `POST /sign-out`
async fn sign_out(State(app): State<App>, page: Page, headers: HeaderMap, _: Posted) -> Answer {
    let mut tx = app.open(crate::scope::Scope::System, page.who()?.clone()).await?;
    if let Some(token) = cookie(&headers, COOKIE) {
        end(&mut tx, token).await?;
    }
    tx.commit().await?;
    let mut response = Redirect::to("/sign-in").into_response();
    set_cookie(&mut response, COOKIE, "", 0);
    Ok(response)
}

#[derive(Deserialize)]
struct Back {
    back: Option<String>,
}

/// `GET /language/{code}`: another language, then back to where the person was.
async fn language(Path(code): Path<String>, Query(Back { back }): Query<Back>) -> Answer {
    let lang = Lang::from_code(&code).ok_or(Fault::NotFound)?;
    let mut response = Redirect::to(within(back.as_deref().unwrap_or_default())).into_response();
    remember_language(&mut response, lang);
    Ok(response)
}

/// A path of this program; its first page when the text is none, so that nobody is led elsewhere.
fn within(path: &str) -> &str {
    let is_ours = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\n', '\r', '\t']);
    if is_ours { path } else { "/" }
}

async fn sign_in(page: &Page, officer: OfficerId, wished: Option<Role>, form: &Posted) -> Answer {
    let app = &page.app;
    let roles = roles_of(app, officer).await?;
    let role = wished.filter(|role| roles.contains(role)).or(roles.first().copied()).ok_or(Fault::Forbidden)?;
    let token = begin(app, officer, role).await?;
    let mut response = match kept::open(app, form, officer) {
        Some(kept) => kept::offer(page, &token, &kept).await?,
        None => Redirect::to(within(form.value("to"))).into_response(),
    };
    set_cookie(&mut response, COOKIE, &token, 10 * 3600);
    Ok(response)
}

fn set_cookie(response: &mut Response, name: &str, value: &str, seconds: u32) {
    let value = format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

pub(super) async fn show(app: &App, page: &Page, form: &Posted, errors: Errors) -> Answer {
    let cast: Vec<Card> = match app.demo() {
        true => sqlx::query_as(CAST).fetch_all(app.system().await?.conn()).await.context("finding the cast")?,
        false => Vec::new(),
    };
    let view = View { cast };
    let title = page.t("session-title");
    page.show_form(&title, &view, &errors, draw_form(page, &view, form, &errors))
}

fn draw_form(page: &Page, view: &View, form: &Posted, errors: &Errors) -> Markup {
    let lang = page.lang;
    let typed = form.value(kept::FIELD);
    let to = html! {
        @if within(form.value("to")) != "/" { (hidden("to", form.value("to"))) }
        @if !typed.is_empty() { (hidden(kept::FIELD, typed)) }
    };
    html! {
        h1 class="govuk-heading-l" { (page.t("session-title")) }
        @if !typed.is_empty() { (inset(html! { p class="govuk-body" { (page.t("session-kept")) } })) }
        @if !view.cast.is_empty() {
            h2 class="govuk-heading-m" { (page.t("session-cast")) }
            p class="govuk-body" { (page.t("session-cast-hint")) }
            ul class="dayaq-cast" {
                @for card in &view.cast {
                    li {
                        form method="post" action="/demo-sign-in" {
                            (draw::hidden(page, None))
                            (to)
                            input type="hidden" name="card" value=(card.officer_id);
                            input type="hidden" name="role" value=(card.role);
                            button class="dayaq-cast__card" type="submit" {
                                strong { (card.name) }
                                @if let Some(role) = Role::from_number(card.role) { span { (page.t(&format!("role-{}", role.code().replace('_', "-")))) } }
                                span class="dayaq-cast__office" { (lang.pick(&card.name_az, &card.name_en, &card.name_ru)) }
                            }
                        }
                    }
                }
            }
            h2 class="govuk-heading-m" { (page.t("session-password-heading")) }
        }
        (draw::form(page, "/sign-in", None, &page.t("session-submit"), html! {
            (to)
            (draw::input(page, form, errors, "login", "session-login").autocomplete("username"))
            (draw::input(page, form, errors, "password", "session-password").secret())
        }))
    }
}
