//! `GET /cohorts/{cohort}`: a cohort with its members and sessions; and the training part of a case's page.

use super::{
    OPEN, TEACH, link, list,
    rules::{Mark, Outcome},
    standing,
    store::{self, Cohort, Member, Session},
    withdraw,
};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{SummaryRow, Table, button, button_link, buttons, panel, shell::heading, summary_list, table::Column},
    request::Page,
    scope::Tx,
    slice::{Panel, Place, Subject},
};
use registry::{
    case::{RepeatCause, Stage, acts::CORRECT, heading as case_heading},
    people::codes,
};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, CohortId, PersonId};

#[derive(Serialize)]
struct View {
    cohort: Cohort,
    sessions: Vec<Session>,
    members: Vec<Member>,
    /// Those who may be given a seat.
    waiting: Vec<Waiting>,
}

#[derive(FromRow, Serialize)]
struct Waiting {
    case_id: Uuid,
    name: String,
    stage: i16,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(cohort): Path<CohortId>) -> Answer {
    with_errors(&app, &page, cohort, &Posted::empty(), Errors::none()).await
}

/// The cohort's page; a seat that was refused says why.
pub(super) async fn with_errors(app: &App, page: &Page, id: CohortId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let cohort = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let sessions = store::sessions(&mut tx, id).await?;
    let members = store::members(&mut tx, id).await?;
    let waiting = waiting(&mut tx, &cohort).await?;
    let view = View { cohort, sessions, members, waiting };
    let title = view.cohort.number.clone();
    page.show_form(&title, &view, &errors, draw_cohort(page, &view, form, &errors))
}

const WAITING: &str = "
    select f.case_id, concat_ws(' ', p.surname, p.given_name, p.patronymic) as name, f.stage
    from case_file f
    join person p using (person_id)
    where f.office = $1
    and f.stage = any ($2)
    and f.closed_on is null
    order by p.sort_key
    limit 300";

async fn waiting(tx: &mut Tx, cohort: &Cohort) -> Result<Vec<Waiting>> {
    if cohort.closed_on.is_some() || cohort.taken >= cohort.seats {
        return Ok(Vec::new());
    }
    let stages = [Stage::Enrolled, Stage::Failed, Stage::DroppedOut].map(|stage| stage as i16);
    sqlx::query_as(WAITING)
        .bind(cohort.office)
        .bind(&stages[..])
        .fetch_all(tx.conn())
        .await
        .context("finding who waits for a seat")
}

fn draw_cohort(page: &Page, view: &View, form: &Posted, errors: &Errors) -> Markup {
    let (lang, cohort) = (page.lang, &view.cohort);
    let dates = format!("{} – {}", lang.date(cohort.starts_on), lang.date(cohort.ends_on));
    html! {
        (heading(&page.t("training-cohort"), &cohort.number))
        p { (list::state(page, cohort)) }
        (summary_list(&[
            SummaryRow::text(page.t("training-dates"), &dates),
            SummaryRow::text(page.t("training-venue"), &cohort.venue),
            SummaryRow::text(page.t("training-language"), &language(page, cohort)),
            SummaryRow::text(page.t("training-seats-taken"), &format!("{} / {}", cohort.taken, cohort.seats)),
        ]))
        (panel::panel(&page.t("training-sessions"), draw_sessions(page, view)))
        (panel::panel(&page.t("training-members"), draw_members(page, view)))
        @if cohort.closed_on.is_none() && page.may(&TEACH) && !view.members.is_empty() {
            (buttons(html! { (button_link(&page.t("training-results"), &format!("{}/results", link(cohort.id())))) }))
        }
        @if page.may(&OPEN) && !view.waiting.is_empty() { (panel::panel(&page.t("training-enrol"), draw_enrol(page, view, form, errors))) }
    }
}

/// The language of teaching in words.
fn language(page: &Page, cohort: &Cohort) -> String {
    cohort.language.as_ref().map_or_else(|| "—".to_owned(), |code| codes::words(page.lang, "language", code))
}

fn draw_sessions(page: &Page, view: &View) -> Markup {
    let lang = page.lang;
    let rows = view.sessions.iter().map(|session| {
        let to_mark = session.held_on <= page.today && view.cohort.closed_on.is_none() && page.may(&TEACH);
        let words = page.lang.with("training-session", &[("session", session.session.into())]);
        let href = format!("{}/sessions/{}", link(view.cohort.id()), session.session);
        vec![
            html! { @if to_mark { a class="govuk-link" href=(href) { (words) } } @else { (words) } },
            html! { (lang.date(session.held_on)) },
            html! { (lang.number(i64::from(session.minutes / 60))) },
            html! { @if let Some(day) = session.marked_on { (lang.date(day)) } @else { (page.t("training-not-marked")) } },
        ]
    });
    html! {
        (Table::new(&page.lang, "sessions", page.t("training-sessions"))
            .quiet_caption()
            .column(Column::new(page.t("training-session-number")))
            .column(Column::new(page.t("training-held-on")))
            .column(Column::numeric(page.t("training-hours")))
            .column(Column::new(page.t("training-marked-on")))
            .rows(rows))
    }
}

fn draw_members(page: &Page, view: &View) -> Markup {
    let points = |points: Option<i16>| points.map(|p| p.to_string()).unwrap_or_default();
    let rows = view.members.iter().map(|member| {
        vec![
            html! { a class="govuk-link" href=(case_heading::link(CaseId(member.case_id))) { (member.name) } },
            html! { (hours(page, member.attended_minutes)) },
            html! { (points(member.test_before)) },
            html! { (points(member.test_after)) },
            html! { @if let Some(outcome) = member.result.and_then(Outcome::from_number) { (page.t(&format!("training-outcome-{}", outcome.code()))) } },
        ]
    });
    html! {
        (Table::new(&page.lang, "members", page.t("training-members"))
            .quiet_caption()
            .column(Column::new(page.t("people-name")))
            .column(Column::numeric(page.t("training-hours")))
            .column(Column::numeric(page.t("training-test-before")))
            .column(Column::numeric(page.t("training-test-after")))
            .column(Column::new(page.t("training-outcome")))
            .rows(rows))
    }
}

/// Minutes as hours, with a digit after the comma where one is needed.
pub(super) fn hours(page: &Page, minutes: i16) -> String {
    page.lang.decimal(f64::from(minutes) / 60.0, i16::from(minutes % 60 != 0))
}

fn draw_enrol(page: &Page, view: &View, form: &Posted, errors: &Errors) -> Markup {
    let people = view.waiting.iter().map(|waiting| (waiting.case_id.to_string(), waiting.name.clone())).collect();
    let repeats = view.waiting.iter().any(|waiting| waiting.stage != Stage::Enrolled as i16);
    let causes = RepeatCause::ALL.iter().map(|cause| (cause.code().to_owned(), cause.message().text(page.lang))).collect();
    let action = format!("{}/enrolments", link(view.cohort.id()));
    html! {
        form method="post" action=(action) id=(draw::FORM) {
            (draw::hidden(page, None))
            (draw::select(page, form, errors, "case", "training-enrol-who", people))
            @if repeats { (draw::select(page, form, errors, "repeat", "training-enrol-repeat", causes).hint("training-enrol-repeat-hint")) }
            (button(page.t("training-enrol-submit")))
        }
    }
}

/// The training part of a case's page.
pub(super) fn panel() -> Panel {
    Panel {
        place: Place::Case,
        key: "training-panel",
        order: 40,
        draw: |tx, page, subject| Box::pin(draw_panel(tx, page, subject)),
    }
}

async fn draw_panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case else { return Ok(None) };
    let enrolments = store::enrolments_of(tx, subject.person, case).await?;
    if enrolments.is_empty() {
        return Ok(None);
    }
    let mut parts = Vec::new();
    for enrolment in &enrolments {
        let cohort = store::find(tx, CohortId(enrolment.cohort_id)).await?;
        let marks = store::marks(tx, CohortId(enrolment.cohort_id), &[enrolment.case_id]).await?;
        let attended = marks.iter().filter(|mark| mark.mark <= Mark::Late as i16).count();
        let mut rows = Vec::new();
        if let Some(cohort) = &cohort {
            rows.push(SummaryRow::new(
                page.t("training-cohort"),
                html! { a class="govuk-link" href=(link(cohort.id())) { (cohort.number) } },
            ));
        }
        rows.push(SummaryRow::text(page.t("training-hours"), &hours(page, enrolment.attended_minutes)));
        rows.push(SummaryRow::text(page.t("training-sessions-attended"), &format!("{attended} / {}", marks.len())));
        for (key, points) in [("training-test-before", enrolment.test_before), ("training-test-after", enrolment.test_after)] {
            if let Some(points) = points {
                rows.push(SummaryRow::text(page.t(key), &points.to_string()));
            }
        }
        if let Some(outcome) = enrolment.result.and_then(Outcome::from_number) {
            rows.push(SummaryRow::text(page.t("training-outcome"), &page.t(&format!("training-outcome-{}", outcome.code()))));
        }
        parts.push(summary_list(&rows));
    }
    Ok(Some(html! {
        @for part in &parts { (part) }
        (draw_certificate(tx, page, subject.person, case).await?)
    }))
}

/// The certificate as paper, and the page on which anybody verifies it; or that it was withdrawn.
async fn draw_certificate(tx: &mut Tx, page: &Page, person: PersonId, case: CaseId) -> Result<Markup> {
    let Some(certificate) = store::certificate_of(tx, person, case).await? else { return Ok(html! {}) };
    let number = certificate.number.as_str();
    if let Some(day) = standing::withdrawn_on(tx, &page.app, &certificate).await? {
        let day = page.lang.date(day);
        let words = page.lang.with("training-verify-withdrawn-on", &[("number", number.into()), ("day", day.into())]);
        return Ok(html! { p class="govuk-body" { (words) } });
    }
    Ok(html! {
        p class="govuk-body" { a class="govuk-link" href=(format!("/cases/{case}/certificate.pdf")) {
            (page.lang.with("training-certificate-open", &[("number", number.into())]))
        } }
        p class="govuk-body" {
            (page.t("training-verify-code")) ": "
            a class="govuk-link" href=(format!("/verify/{}", certificate.code)) { (certificate.code) }
        }
        @if page.may(&CORRECT) {
            p class="govuk-body" { a class="govuk-link" href=(withdraw::link(case)) { (page.t("training-withdraw")) } }
        }
    })
}
