//! `GET /seats/new` and `POST /seats`: somebody who opens cohorts has the free seats of an office proposed for those who
//! wait. The proposal gives nobody a seat until a second person confirms it.

use super::{
    PROPOSED,
    gather::{self, Gathered},
    link,
    refusal::Refusal,
    rules,
    store::{self, NewRun},
};
use anyhow::Context;
use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{Column, SummaryRow, Table, notice, shell::heading, summary_list},
    request::Page,
    scope::Tx,
};
use registry::programme::{self, Programme};
use selection::ranking::lot::seed_of;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use values::id::{OfficeId, PersonId, SeatRunId};

#[derive(Deserialize, Default)]
pub(super) struct Choice {
    #[serde(default)]
    office: String,
}

#[derive(Serialize)]
struct View {
    waiting: usize,
    terms: super::types::Terms,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Choice>) -> Answer {
    show(&app, &page, &Posted::of([("office", asked.office)]), &Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, &form, &stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, form: &Posted) -> Result<String, Stop> {
    let offices = offices(page);
    let codes: Vec<String> = offices.iter().map(OfficeId::to_string).collect();
    let mut read = form.reader();
    let code = read.choice("office", &codes.iter().map(String::as_str).collect::<Vec<_>>());
    let office = offices.into_iter().find(|office| office.to_string() == code);
    let office = read.finish(office)?;
    let programme = programme::current(app)?;
    Ok(link(propose_at(tx, &programme, office).await?))
}

/// Proposes who gets the free seats of an office.
pub async fn propose_at(tx: &mut Tx, programme: &Programme, office: OfficeId) -> Result<SeatRunId, Stop> {
    if store::is_open_at(tx, office).await? {
        return Err(Stop::refused(&Refusal::Open));
    }
    let today = tx.today();
    let Gathered { terms, candidates, people } = gather::gather(tx, programme, office, today).await?;
    if terms.rooms.is_empty() {
        return Err(Stop::refused(&Refusal::NoRoom));
    }
    if candidates.is_empty() {
        return Err(Stop::refused(&Refusal::NobodyWaits));
    }
    let seed = seed_of(today, &[office]);
    let made = {
        let (terms, candidates, seed) = (terms.clone(), candidates.clone(), seed.clone());
        tokio::task::spawn_blocking(move || rules::propose(&terms, &candidates, &seed)).await.context("filling seats")??
    };
    let digest = rules::digest(&terms, &candidates, &made.placed)?;
    let run = SeatRunId::new();
    let new = NewRun {
        run,
        office,
        seed: &seed,
        terms: &terms,
        people: &people,
        candidates: &candidates,
        placed: &made.placed,
        value: made.value,
        bound: made.bound,
        digest,
    };
    store::insert(tx, &new).await?;
    let facts = json!({
        "run": run, "office": office, "seed": seed, "candidates": candidates.len(), "value": made.value,
        "digest": platform::keys::hex(&digest),
    });
    tx.note(PROPOSED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(run)
}

/// The offices whose seats whoever acts may fill, their own first.
fn offices(page: &Page) -> Vec<OfficeId> {
    let Ok(who) = page.who() else { return Vec::new() };
    let mut offices: Vec<OfficeId> = who.offices.iter().copied().filter(|office| *office != OfficeId::CENTRE).collect();
    offices.sort_by_key(|office| *office != who.office);
    offices
}

/// The name of an office.
pub(super) fn office_name(page: &Page, programme: &Programme, office: OfficeId) -> String {
    programme.office(office).map_or_else(|| office.to_string(), |office| office.name.text(page.lang).to_owned())
}

async fn show(app: &App, page: &Page, form: &Posted, errors: &Errors) -> Answer {
    let programme = programme::current(app)?;
    let offices = offices(page);
    let chosen = offices.iter().find(|office| office.to_string() == form.value("office")).or(offices.first()).copied();
    let chosen = chosen.unwrap_or(OfficeId::CENTRE);
    let mut tx = app.read(page).await?;
    let gathered = gather::gather(&mut tx, &programme, chosen, page.today).await?;
    let view = View { waiting: gathered.candidates.len(), terms: gathered.terms };
    let title = page.t("seats-new");
    let form = Posted::of([("office", chosen.to_string())]);
    let body = html! {
        (heading("", &title))
        p class="govuk-body" { (page.t("seats-new-hint")) }
        (draw_view(page, &programme, chosen, &view))
        (draw::form(page, "/seats", None, &page.t("seats-new-submit"), draw_office(page, &programme, &offices, &form, errors)))
    };
    page.show_form(&title, &view, errors, body)
}

fn draw_office(page: &Page, programme: &Programme, offices: &[OfficeId], form: &Posted, errors: &Errors) -> Markup {
    let options = offices.iter().map(|office| (office.to_string(), office_name(page, programme, *office))).collect();
    match offices {
        [only] => platform::page::form::hidden("office", &only.to_string()),
        _ => html! { (draw::select(page, form, errors, "office", "seats-office", options)) },
    }
}

fn draw_view(page: &Page, programme: &Programme, office: OfficeId, view: &View) -> Markup {
    let lang = page.lang;
    let free: u32 = view.terms.rooms.iter().map(|room| room.free).sum();
    html! {
        (summary_list(&[
            SummaryRow::text(page.t("seats-office"), &office_name(page, programme, office)),
            SummaryRow::text(page.t("seats-waiting"), &lang.number(i64::try_from(view.waiting).unwrap_or(i64::MAX))),
            SummaryRow::text(page.t("seats-free"), &lang.number(free.into())),
        ]))
        @if view.terms.rooms.is_empty() {
            (notice::inset(html! { p class="govuk-body" { (page.t("seats-no-room")) } }))
        } @else {
            (draw_rooms(page, &view.terms.rooms))
        }
    }
}

fn draw_rooms(page: &Page, rooms: &[super::types::Room]) -> Markup {
    let lang = page.lang;
    let row = |room: &super::types::Room| {
        vec![
            html! { a class="govuk-link" href=(crate::training::link(room.cohort)) { (room.number) } },
            html! { (lang.date(room.starts_on)) },
            html! { (lang.number(room.free.into())) },
        ]
    };
    html! {
        (Table::new(&page.lang, "rooms", page.t("seats-rooms"))
            .column(Column::new(page.t("training-number")))
            .column(Column::new(page.t("training-starts-on")))
            .column(Column::numeric(page.t("seats-free")))
            .rows(rooms.iter().map(row)))
    }
}
