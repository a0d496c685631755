//! `GET` and `POST /people/{person}/correction`: what is written about a person is put right, with a reason. The timeline
//! shows before and after.

use super::{
    CORRECTED,
    changes::{self, Correction},
    desk::{self, Told},
    form::{self, Judge, Sheet},
    link,
    reads::{self, Person},
    show::identity,
    types::NewPerson,
    words,
};
use crate::programme;
use anyhow::Result;
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::shell,
    request::Page,
    scope::Tx,
};
use serde_json::json;
use std::collections::BTreeSet;
use values::id::PersonId;

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<PersonId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let person = reads::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let typed = form::filled(&person.open(app.keys())?);
    show(&app, &page, &person, &typed, &Errors::none(), &Told::default())
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<PersonId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    let person = reads::lock(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let mut told = Told::default();
    match act(&mut tx, &app, &page, &person, &form, &mut told).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            let mut errors = stop.errors()?;
            drop(tx);
            told.tell(&app, &page, &form, &mut errors).await?;
            show(&app, &page, &person, &form, &errors, &told)
        }
    }
}

/// Corrects the person; `told` keeps who may be the same, for the page that asks about them.
async fn act(tx: &mut Tx, app: &App, page: &Page, person: &Person, form: &Posted, told: &mut Told) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let before = person.open(&tx.keys())?;
    let judge = Judge { programme: &programme, today: page.today, keeps_protected: true };
    let mut read = form.reader();
    let after = form::read_person(&mut read, &judge, before.clone());
    let reason = read.reason("reason", 5);
    let asks = is_somebody_else(&before, &after);
    if asks && desk::has_shown(form) {
        *told = desk::glance(tx, app, &after).await?;
    }
    let after = read.finish(Some(after))?;
    if form.version() != 0 && form.version() != person.version {
        return Err(stale(tx, page, person, form).await?.into());
    }
    if asks {
        *told = desk::ask(tx, app, &after).await?;
        if let Some(different) = told.answered(form, app.keys())? {
            different.note(tx, after.id)?;
        }
    }
    let correction = changes::correct(tx, &before, &after, person.version, &reason).await?;
    if correction.is_empty() {
        return Err(Errors::at("reason", Message::new("people-error-unchanged")).into());
    }
    Ok(link(person.id()))
}

/// Whether a correction touches what one person is told from another by.
fn is_somebody_else(before: &NewPerson, after: &NewPerson) -> bool {
    let of = |person: &NewPerson| {
        let protected = &person.protected;
        let names = [&person.surname, &person.given_name, &person.patronymic].map(String::clone);
        (names, person.birth_date, [&protected.fin, &protected.phone, &protected.document].map(Option::clone))
    };
    of(before) != of(after)
}

const SINCE: &str = "
    select payload
    from journal
    where person_id = $1
    and case_id is null
    and kind = $2
    order by recorded_at desc
    limit 50";

/// Somebody else was faster: both values of every field that they changed and that is typed otherwise here.
async fn stale(tx: &mut Tx, page: &Page, person: &Person, form: &Posted) -> Result<Errors> {
    let mut errors = Errors::none();
    errors.add_whole(Message::new("form-error-stale"));
    let entries: Vec<(Option<String>,)> =
        sqlx::query_as(SINCE).bind(person.person_id).bind(CORRECTED.number).fetch_all(tx.conn()).await?;
    let mut theirs = BTreeSet::new();
    for payload in entries.into_iter().filter_map(|(payload,)| payload) {
        let entry: serde_json::Value = serde_json::from_str(&payload)?;
        let correction: Correction = serde_json::from_value(entry["facts"].clone())?;
        if correction.version > form.version() {
            theirs.extend(correction.fields().map(str::to_owned));
        }
    }
    let now = form::filled(&person.open(&tx.keys())?);
    for field in theirs {
        let value = now.value(&field);
        if value != typed(form, &field) {
            // A protected value is not shown here; that it changed is.
            let words = if now.fields().any(|(name, _)| name == field) {
                words::value(page, &field, &value.into())
            } else {
                "•••••".to_owned()
            };
            errors.add(field, Message::new("people-error-now").arg("value", words));
        }
    }
    Ok(errors)
}

/// What was typed into a field, a date in one piece.
fn typed(form: &Posted, field: &str) -> String {
    let part = |suffix: &str| form.value(&format!("{field}-{suffix}")).parse::<u32>().unwrap_or(0);
    match (form.value(field), part("year")) {
        ("", 1..) => format!("{:04}-{:02}-{:02}", part("year"), part("month"), part("day")),
        (value, _) => value.to_owned(),
    }
}

fn show(app: &App, page: &Page, person: &Person, form: &Posted, errors: &Errors, told: &Told) -> Answer {
    let programme = programme::current(app)?;
    let title = page.t("people-correct");
    let action = format!("{}/correction", link(person.id()));
    let sheet = Sheet { page, programme: &programme, form, errors, corrects: true };
    let body = html! {
        (identity(page, &programme, person, html! {}))
        (shell::heading("", &title))
        (draw::form(page, &action, Some(person.version), &page.t("people-correct-submit"), html! {
            (desk::panel(page, &programme, told, form, errors)?)
            (form::sections(&sheet))
            (draw::area(page, form, errors, "reason", "people-reason", 2).hint("people-reason-hint"))
        }))
    };
    page.show_form(&title, &json!({ "person": person }), errors, body)
}
