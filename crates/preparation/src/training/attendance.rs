//! `GET` and `POST /cohorts/{cohort}/sessions/{session}`: the attendance of one session, all members on one screen.

use super::{
    MARKED, link,
    rules::Mark,
    store::{self, Attended, Cohort, Member, Session},
};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain, Message},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;
use values::id::{CohortId, PersonId};

/// Why attendance is not taken.
enum Refusal {
    NotHeldYet,
    Closed,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Refusal::NotHeldYet => Message::new("training-refusal-not-held"),
            Refusal::Closed => Message::new("training-refusal-closed"),
        }
    }
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(at): Path<(CohortId, i16)>) -> Answer {
    show(&app, &page, at, None, Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(at): Path<(CohortId, i16)>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, at, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, at, Some(&form), stop.errors()?).await
        }
    }
}

const TOLD: &str = "
    update cohort_session
    set marked_on = $3, marked_by = $4
    where cohort_id = $1
    and session = $2";

const SUM: &str = "
    update enrolment e
    set attended_minutes = a.minutes
    from (
        select person_id, case_id, sum(minutes)::smallint as minutes
        from enrolment
        join attendance using (person_id, case_id, cohort_id)
        where cohort_id = $1
        group by person_id, case_id) a
    where e.cohort_id = $1
    and e.person_id = a.person_id
    and e.case_id = a.case_id";

async fn act(tx: &mut Tx, page: &Page, (id, number): (CohortId, i16), form: &Posted) -> Result<String, Stop> {
    let cohort = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    let session = session_of(tx, id, number).await?;
    if cohort.closed_on.is_some() {
        return Err(Stop::refused(&Refusal::Closed));
    }
    if session.held_on > page.today {
        return Err(Stop::refused(&Refusal::NotHeldYet));
    }
    let members: Vec<Member> = studying(store::members(tx, id).await?);
    let mut read = form.reader();
    let mut rows = Vec::with_capacity(members.len());
    for member in &members {
        let field = field_of(member.case_id);
        match Mark::from_code(&read.required(&field)) {
            Some(mark) => rows.push(Attended {
                person_id: member.person_id,
                case_id: member.case_id,
                cohort_id: id.0,
                session: number,
                office: cohort.office,
                mark: mark as i16,
                minutes: mark.minutes_of(session.minutes),
            }),
            None if form.value(&field).is_empty() => {}
            None => read.wrong(&field, Message::new("form-error-choice")),
        }
    }
    let rows = read.finish(Some(rows))?;
    let present = rows.iter().filter(|row| row.minutes > 0).count();
    store::attend(tx, &rows).await?;
    let (officer, today) = (tx.who().officer.0, page.today);
    sqlx::query(TOLD).bind(id.0).bind(number).bind(today).bind(officer).execute(tx.conn()).await.context("keeping who marked")?;
    sqlx::query(SUM).bind(id.0).execute(tx.conn()).await.context("adding up hours")?;
    let facts = json!({ "cohort": id, "session": number, "present": present, "members": rows.len() });
    tx.note(MARKED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(link(id))
}

fn field_of(case: Uuid) -> String {
    format!("mark-{case}")
}

/// Members without a result yet.
fn studying(members: Vec<Member>) -> Vec<Member> {
    members.into_iter().filter(|member| member.result.is_none()).collect()
}

async fn session_of(tx: &mut Tx, cohort: CohortId, number: i16) -> Result<Session, Fault> {
    let sessions = store::sessions(tx, cohort).await?;
    sessions.into_iter().find(|session| session.session == number).ok_or(Fault::NotFound)
}

async fn show(app: &App, page: &Page, (id, number): (CohortId, i16), form: Option<&Posted>, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let cohort = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let session = session_of(&mut tx, id, number).await?;
    let members = studying(store::members(&mut tx, id).await?);
    let cases: Vec<Uuid> = members.iter().map(|member| member.case_id).collect();
    let marks: HashMap<Uuid, i16> = store::marks(&mut tx, id, &cases)
        .await?
        .into_iter()
        .filter(|mark| mark.session == number)
        .map(|mark| (mark.case_id, mark.mark))
        .collect();
    let before = Posted::of(members.iter().map(|member| {
        let mark = marks.get(&member.case_id).copied().and_then(Mark::from_number).unwrap_or(Mark::Present);
        (field_of(member.case_id), mark.code())
    }));
    let title = page.lang.with("training-session", &[("session", number.into())]);
    let view = json!({ "cohort": cohort, "session": session, "members": members, "marks": marks });
    let body = draw_marks(page, &cohort, &session, &members, form.unwrap_or(&before), &errors);
    page.show_form(&title, &view, &errors, body)
}

fn draw_marks(page: &Page, cohort: &Cohort, session: &Session, members: &[Member], form: &Posted, errors: &Errors) -> Markup {
    let marks = || Mark::ALL.map(|mark| (mark.code().to_owned(), page.t(&format!("training-mark-{}", mark.code())))).to_vec();
    let names: Vec<(String, &Member)> = members.iter().map(|member| (field_of(member.case_id), member)).collect();
    let action = format!("{}/sessions/{}", link(cohort.id()), session.session);
    html! {
        (heading(&cohort.number, &page.lang.with("training-session", &[("session", session.session.into())])))
        p class="govuk-body" { (page.lang.date(session.held_on)) ", " (cohort.venue) }
        (draw::form(page, &action, None, &page.t("training-mark-submit"), html! {
            @for (field, member) in &names {
                (draw::radios(page, form, errors, field, "", marks()).labelled(member.name.clone()).compact())
            }
        }))
    }
}
