//! `GET /cases/{case}`: a case as it stands, or as it stood on a day; what comes next; all that has happened.

use super::{
    Event, Facts, acts, fold, heading, law,
    open_steps::{self, OpenStep},
    path,
    store::{self, Loaded},
    timeline,
};
use crate::programme;
use anyhow::Context;
use axum::extract::{Path, Query, State};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    clock,
    page::{notice, panel, shell},
    request::Page,
    slice::{Place, Subject},
};
use serde::{Deserialize, Serialize};
use values::id::CaseId;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// Events effective up to this day.
    #[serde(default)]
    as_of: String,
    /// Only what was recorded by the end of this day.
    #[serde(default)]
    known_on: String,
}

#[derive(Serialize)]
struct View<'v> {
    case: &'v store::CaseFile,
    /// None on a day before the case began.
    stage: Option<&'static str>,
    as_of: Option<NaiveDate>,
    known_on: Option<NaiveDate>,
    next: &'v [OpenStep],
    events: Vec<Told<'v>>,
}

#[derive(Serialize)]
struct Told<'v> {
    entry: values::id::EntryId,
    effective_on: NaiveDate,
    recorded_at: DateTime<Utc>,
    facts: &'v Facts,
    reason: Option<&'v str>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.read(&page).await?;
    let law = law(&app)?;
    let mut loaded = store::load(&mut tx, &law, case).await?;
    let (as_of, known_on) = (day(&asked.as_of)?, day(&asked.known_on)?);
    if as_of.is_some() || known_on.is_some() {
        let until = as_of.unwrap_or(page.today);
        let known = known_on.map(|day| clock::from_local(day.and_time(NaiveTime::MIN)) + chrono::TimeDelta::days(1));
        let terms = law.terms_on(loaded.file.opened_on);
        let state = fold::as_of(&loaded.events, until, known, terms).map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
        loaded.events.retain(|event| event.effective_on <= until && known.is_none_or(|known| event.recorded_at < known));
        match state {
            Some(state) => loaded.state = state,
            None => return not_begun(&page, &loaded.file, &asked, as_of, known_on),
        }
    }
    let is_past = as_of.is_some() || known_on.is_some();
    let subject = Subject { person: loaded.state.person, case: Some(case) };
    let steps = match open_steps::plain(&page, &law, &loaded) {
        steps if is_past => steps,
        steps => open_steps::under_way(&mut tx, &page, steps, subject).await?,
    };
    let mut parts = Vec::new();
    // The panels tell of today.
    for panel in app.panels().iter().filter(|panel| panel.place == Place::Case && !is_past) {
        if let Some(part) = (panel.draw)(&mut tx, &page, subject).await.context("drawing a panel of a case")? {
            parts.push((panel.key, part));
        }
    }
    let acts = match is_past {
        true => None,
        false => acts::draw(&mut tx, &page, &*programme::current(&app)?, &law, &loaded).await?,
    };
    let head = heading::draw(&mut tx, &page, &loaded).await?;
    let history = timeline::draw(&mut tx, &page, case, &loaded.events).await?;
    let view = view(&loaded, &steps, as_of, known_on);
    let title = loaded.file.receipt.clone();
    let body = html! {
        (head)
        h1 class="govuk-visually-hidden" { (page.lang.with("case-title", &[("receipt", title.as_str().into())])) }
        @if is_past { (past(&page, as_of, known_on)) }
        (path::draw(&page, &loaded.state))
        (panel::panel(&page.t("case-next"), open_steps::draw(&page, &loaded, &steps)))
        @if let Some(acts) = acts { (panel::panel(&page.t("case-acts"), acts)) }
        @for (key, part) in &parts { (panel::panel(&page.t(key), html! { (part) })) }
        (panel::panel(&page.t("case-history"), history))
        (look_back(&page, case, &asked))
    };
    page.show(&title, &view, body)
}

fn day(text: &str) -> Result<Option<NaiveDate>, Fault> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Fault::BadRequest("form-error-date")),
    }
}

fn view<'v>(loaded: &'v Loaded, steps: &'v [OpenStep], as_of: Option<NaiveDate>, known_on: Option<NaiveDate>) -> View<'v> {
    let told = |event: &'v Event| Told {
        entry: event.entry,
        effective_on: event.effective_on,
        recorded_at: event.recorded_at,
        facts: &event.facts,
        reason: event.reason.as_deref(),
    };
    View {
        case: &loaded.file,
        stage: Some(loaded.state.stage.code()),
        as_of,
        known_on,
        next: steps,
        events: loaded.events.iter().map(told).collect(),
    }
}

fn past(page: &Page, as_of: Option<NaiveDate>, known_on: Option<NaiveDate>) -> Markup {
    let date = |day: Option<NaiveDate>| page.lang.date(day.unwrap_or(page.today));
    let words = page.lang.with("case-as-of", &[("date", date(as_of).into()), ("known", date(known_on).into())]);
    notice::inset(html! { p class="govuk-body" { (words) } })
}

/// The page of a day on which nothing of the case had happened, or was known.
fn not_begun(
    page: &Page,
    file: &store::CaseFile,
    asked: &Asked,
    as_of: Option<NaiveDate>,
    known_on: Option<NaiveDate>,
) -> Answer {
    let view = View { case: file, stage: None, as_of, known_on, next: &[], events: Vec::new() };
    let title = page.lang.with("case-title", &[("receipt", file.receipt.as_str().into())]);
    let opened = page.lang.with("case-not-begun", &[("date", page.lang.date(file.opened_on).into())]);
    let body = html! {
        (shell::heading("", &title))
        (past(page, as_of, known_on))
        p class="govuk-body" { (opened) }
        p class="govuk-body" { a class="govuk-link" href=(heading::link(CaseId(file.case_id))) { (page.t("case-today")) } }
        (look_back(page, CaseId(file.case_id), asked))
    };
    page.show(&title, &view, body)
}

/// The form that asks for the case as it stood on another day.
fn look_back(page: &Page, case: CaseId, asked: &Asked) -> Markup {
    notice::details(
        &page.t("case-look-back"),
        html! {
            form method="get" action=(heading::link(case)) {
                @for (name, value) in [("as_of", &asked.as_of), ("known_on", &asked.known_on)] {
                    div class="govuk-form-group" {
                        label class="govuk-label" for=(name) { (page.t(&format!("case-look-back-{}", name.replace('_', "-")))) }
                        input class="govuk-input govuk-input--width-10" type="date" id=(name) name=(name) value=(value);
                    }
                }
                button class="govuk-button govuk-button--secondary" type="submit" { (page.t("case-look-back-go")) }
            }
        },
    )
}
