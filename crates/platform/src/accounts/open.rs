//! `GET /accounts/new` and `POST /accounts`: an account for one natural person, with a role at an office.

use super::{OPENED, rules, store};
use crate::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain, Message},
    page::shell::heading,
    request::Page,
    role::{Reach, Role},
    scope::{Scope, Tx},
    session::hash_password,
};
use anyhow::Context;
use axum::extract::State;
use maud::{Markup, html};
use serde_json::json;
use uuid::Uuid;
use values::id::{OfficerId, PersonId};

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    show(&app, &page, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.open(Scope::System, page.who()?.clone()).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, form: &Posted) -> Result<String, Stop> {
    let offices = store::offices(tx).await?;
    let mut read = form.reader();
    let name = read.line("name", 200);
    let login = read.line("login", 100);
    if !login.is_empty() && !login.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-_".contains(letter)) {
        read.wrong("login", Message::new("accounts-error-login"));
    }
    let password = read.required("password");
    if !password.is_empty()
        && let Err(refusal) = rules::password(&password, &login, &name)
    {
        read.wrong("password", refusal.message());
    }
    let wished = read.required("role");
    let role = Role::ALL.iter().copied().find(|role| role.code() == wished);
    let office = read.require::<i32>("office", "form-error-choice").filter(|id| offices.iter().any(|o| o.office == *id));
    let (role, home) = read.finish(role.zip(office))?;
    let reach: Vec<i32> = match role.reach() {
        Reach::Nation => offices.iter().map(|office| office.office).collect(),
        Reach::Offices | Reach::Assigned => vec![home],
    };
    let hash = tokio::task::spawn_blocking(move || hash_password(&password)).await.context("hashing a password")??;
    let id = OfficerId::new();
    let new = store::New { id, login: &login, name: &name, hash: &hash, role, home, offices: &reach };
    if !store::open(tx, &new).await? {
        return Err(Errors::at("login", Message::new("accounts-error-taken")).into());
    }
    tx.note(OPENED, PersonId(Uuid::nil()), &json!({ "officer": id, "role": role, "office": home }), None)?;
    Ok("/accounts".to_owned())
}

async fn show(app: &App, page: &Page, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.system().await.map_err(Fault::Broken)?;
    let offices = store::offices(&mut tx).await?;
    let title = page.t("accounts-open");
    let body = draw_form(page, form, &errors, &offices);
    page.show_form(&title, &json!({ "offices": offices }), &errors, body)
}

fn draw_form(page: &Page, form: &Posted, errors: &Errors, offices: &[store::Office]) -> Markup {
    let roles = Role::ALL
        .iter()
        .map(|role| (role.code().to_owned(), page.t(&format!("role-{}", role.code().replace('_', "-")))))
        .collect();
    let offices =
        offices.iter().map(|o| (o.office.to_string(), page.lang.pick(&o.name_az, &o.name_en, &o.name_ru).to_owned())).collect();
    html! {
        (heading("", &page.t("accounts-open")))
        (draw::form(page, "/accounts", None, &page.t("accounts-open-submit"), html! {
            (draw::input(page, form, errors, "name", "accounts-name").hint("accounts-name-hint"))
            (draw::input(page, form, errors, "login", "session-login").hint("accounts-login-hint"))
            (draw::input(page, form, errors, "password", "session-password").secret().hint("accounts-password-hint"))
            (draw::select(page, form, errors, "role", "accounts-role", roles))
            (draw::select(page, form, errors, "office", "accounts-home", offices))
        }))
    }
}
