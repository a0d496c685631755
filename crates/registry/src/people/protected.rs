//! `GET` and `POST /people/{person}/protected`: protected fields are opened with a reason. Each opening is in the journal
//! and lasts a quarter of an hour for whoever opened.

use super::{
    REVEALED, link,
    reads::{self, GroupRow, Person},
    show::identity,
    types::Protected,
    words,
};
use crate::programme;
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use chrono::TimeDelta;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{SummaryRow, shell, summary_list},
    request::Page,
    scope::Tx,
};
use serde::Serialize;
use serde_json::{Value, json};
use values::id::PersonId;

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<PersonId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let person = reads::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    if !is_open(&mut tx, id).await? {
        return ask(&app, &page, &person, &Posted::empty(), &Errors::none());
    }
    let opened = Opened::of(&mut tx, &person).await?;
    let programme = programme::current(&app)?;
    let title = page.t("people-protected");
    let body = html! {
        (identity(&page, &programme, &person, html! {}))
        (shell::heading("", &title))
        p class="govuk-body" { (page.t("people-protected-open")) }
        (draw_opened(&page, &opened)?)
        p class="govuk-body" { a class="govuk-link" href=(link(id)) { (page.t("people-back")) } }
    };
    page.show(&title, &opened, body)
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<PersonId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    let person = reads::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    match open(&mut tx, &person, &form) {
        Ok(()) => form.done(tx, &page, format!("{}/protected", link(id))).await,
        Err(stop) => ask(&app, &page, &person, &form, &stop.errors()?),
    }
}

fn open(tx: &mut Tx, person: &Person, form: &Posted) -> Result<(), Stop> {
    let mut read = form.reader();
    let reason = read.reason("reason", 5);
    let reason = read.finish(Some(reason))?;
    tx.note(REVEALED, person.id(), &json!({}), Some(&reason))?;
    Ok(())
}

const OPENED: &str = "
    select exists (
        select from journal
        where person_id = $1
        and officer_id = $2
        and kind = $3
        and recorded_at > $4)";

async fn is_open(tx: &mut Tx, person: PersonId) -> Result<bool> {
    let since = tx.now() - TimeDelta::minutes(15);
    let officer = tx.who().officer;
    let query = sqlx::query_as(OPENED).bind(person.0).bind(officer.0).bind(REVEALED.number).bind(since);
    let (is_open,): (bool,) = query.fetch_one(tx.conn()).await.context("asking whether fields are open")?;
    Ok(is_open)
}

/// What the page shows when it is open.
#[derive(Serialize)]
struct Opened {
    protected: Protected,
    evidence: Vec<(String, String)>,
    household: Vec<(String, String, Option<String>)>,
}

impl Opened {
    async fn of(tx: &mut Tx, person: &Person) -> Result<Self> {
        let keys = tx.keys();
        let groups = reads::groups(tx, person.id()).await?;
        let members = reads::household(tx, person.id()).await?;
        let proof =
            |group: &GroupRow| Some(group.sealed.as_ref().map(|sealed| Ok((group.code.clone(), keys.open(sealed)?)))).flatten();
        Ok(Self {
            protected: person.protected(&keys)?,
            evidence: groups.iter().filter_map(proof).collect::<Result<_>>()?,
            household: members
                .iter()
                .map(|member| member.open(&keys).map(|open| (member.relation.clone(), open.name, open.fin)))
                .collect::<Result<_>>()?,
        })
    }
}

fn draw_opened(page: &Page, opened: &Opened) -> Result<Markup> {
    let mut rows = Vec::new();
    if let Value::Object(fields) = serde_json::to_value(&opened.protected)? {
        for (field, value) in &fields {
            rows.push(SummaryRow::text(words::name(page, field), &words::value(page, field, value)));
        }
    }
    for (code, evidence) in &opened.evidence {
        rows.push(SummaryRow::text(words::group(page, code), evidence));
    }
    for (relation, name, fin) in &opened.household {
        let fin = fin.as_ref().map(|fin| format!(", {fin}")).unwrap_or_default();
        rows.push(SummaryRow::text(super::codes::words(page.lang, "relation", relation), &format!("{name}{fin}")));
    }
    Ok(summary_list(&rows))
}

fn ask(app: &App, page: &Page, person: &Person, form: &Posted, errors: &Errors) -> Answer {
    let programme = programme::current(app)?;
    let title = page.t("people-reveal");
    let action = format!("{}/protected", link(person.id()));
    let body = html! {
        (identity(page, &programme, person, html! {}))
        (shell::heading("", &title))
        p class="govuk-body" { (page.t("people-reveal-hint")) }
        (draw::form(page, &action, None, &page.t("people-reveal-submit"), html! {
            (draw::area(page, form, errors, "reason", "people-reason", 2).hint("people-reason-hint"))
        }))
    };
    page.show_form(&title, &json!({ "person": person.person_id }), errors, body)
}
