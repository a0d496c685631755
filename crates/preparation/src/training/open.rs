//! `GET /cohorts/new` and `POST /cohorts`: a cohort is opened with its seats and its sessions.

use super::{
    OPENED, link,
    store::{self, Cohort, Session},
};
use anyhow::Context;
use axum::extract::State;
use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::shell::heading,
    request::Page,
    role::Role,
    scope::Tx,
};
use registry::{
    people::codes::{self, LANGUAGES},
    programme::{self, InForce, keys},
};
use serde_json::json;
use uuid::Uuid;
use values::id::{CohortId, PersonId};

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    show(&app, &page, &Posted::empty(), Errors::none()).await
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
            show(&app, &page, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let most = i64::from(programme.parameter(&keys::COHORT_SEATS_MAX, page.today));
    let trainers = trainers(tx, page).await?;
    let mut read = form.reader();
    let venue = read.required("venue");
    let online = read.ticked("online");
    let language = read.optional("language");
    if language.as_ref().is_some_and(|code| !LANGUAGES.contains(&code.as_str())) {
        read.wrong("language", Message::new("form-error-choice"));
    }
    let seats = read.integer("seats", 1..=most);
    let starts_on = read.date("starts_on");
    if starts_on.is_some_and(|day| day < page.today || !programme.working_days().is_working(day)) {
        read.wrong("starts_on", Message::new("training-error-day"));
    }
    let trainer = match trainers.as_slice() {
        [(only, _)] => Some(*only),
        _ => read.require::<Uuid>("trainer", "form-error-choice").filter(|id| trainers.iter().any(|(known, _)| known == id)),
    };
    let (seats, starts_on, trainer) = read.finish(seats.zip(starts_on).zip(trainer).map(|((s, d), t)| (s, d, t)))?;
    let seats = i16::try_from(seats).context("seats")?;
    let asked = NewCohort { trainer, venue, online, language, seats, starts_on };
    Ok(link(open_cohort(tx, &programme, asked).await?))
}

/// A cohort about to be opened.
pub struct NewCohort {
    pub trainer: Uuid,
    pub venue: String,
    pub online: bool,
    pub language: Option<String>,
    pub seats: i16,
    pub starts_on: NaiveDate,
}

/// Opens a cohort of the acting officer's office, with the sessions of its course.
pub async fn open_cohort(tx: &mut Tx, programme: &InForce, asked: NewCohort) -> anyhow::Result<CohortId> {
    let NewCohort { trainer, venue, online, language, seats, starts_on } = asked;
    let sessions = sessions(programme, starts_on);
    let id = CohortId::new();
    let today = tx.today();
    let cohort = Cohort {
        cohort_id: id.0,
        office: tx.who().office.0,
        number: number(tx, today),
        trainer_id: trainer,
        venue,
        online,
        seats,
        taken: 0,
        starts_on,
        ends_on: sessions.last().map_or(starts_on, |(day, _)| *day),
        opened_on: today,
        opened_by: tx.who().officer.0,
        closed_on: None,
        language,
    };
    let rows: Vec<Session> = sessions
        .iter()
        .zip(1i16..)
        .map(|((day, minutes), session)| Session {
            cohort_id: id.0,
            session,
            office: cohort.office,
            held_on: *day,
            minutes: *minutes,
            marked_on: None,
            marked_by: None,
        })
        .collect();
    let facts = json!({ "cohort": id, "number": cohort.number, "seats": seats, "starts_on": starts_on });
    store::insert(tx, &[cohort]).await?;
    store::insert_sessions(tx, &rows).await?;
    tx.note(OPENED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(id)
}

/// The course's sessions on the working days from its start: the day and the minutes of each.
fn sessions(programme: &InForce, starts_on: NaiveDate) -> Vec<(NaiveDate, i16)> {
    let mut left = programme.parameter(&keys::COURSE_HOURS, starts_on).0;
    let longest = programme.parameter(&keys::SESSION_HOURS_MAX, starts_on).0.max(1);
    let mut day = starts_on;
    let mut sessions = Vec::new();
    while left > 0 {
        let hours = left.min(longest);
        sessions.push((day, i16::try_from(hours * 60).unwrap_or(i16::MAX)));
        left -= hours;
        day = programme.working_days().add(day, 1);
    }
    sessions
}

fn number(tx: &Tx, today: NaiveDate) -> String {
    let id = Uuid::now_v7().simple().to_string();
    let office = tx.who().office.0;
    format!("T-{}-{office:03}-{}", today.year(), id[id.len() - 6..].to_ascii_uppercase())
}

const TRAINERS: &str = "
    select o.officer_id, o.name
    from officer_role r
    join officer o using (officer_id)
    where r.role = $1
    and r.home_office = $2
    and o.disabled_on is null
    order by o.name";

/// The trainers of the acting officer's office; a trainer opens a cohort of their own.
async fn trainers(tx: &mut Tx, page: &Page) -> anyhow::Result<Vec<(Uuid, String)>> {
    let who = tx.who().clone();
    if who.role == Role::Trainer {
        let name = page.acting.as_ref().map(|acting| acting.name.clone()).unwrap_or_default();
        return Ok(vec![(who.officer.0, name)]);
    }
    sqlx::query_as(TRAINERS)
        .bind(Role::Trainer as i16)
        .bind(who.office.0)
        .fetch_all(tx.conn())
        .await
        .context("finding the trainers of an office")
}

async fn show(app: &App, page: &Page, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let trainers = trainers(&mut tx, page).await?;
    let most = programme::current(app)?.parameter(&keys::COHORT_SEATS_MAX, page.today);
    let view = json!({ "trainers": trainers, "most_seats": most });
    let title = page.t("training-open");
    page.show_form(&title, &view, &errors, draw_form(page, form, &errors, trainers, most))
}

fn draw_form(page: &Page, form: &Posted, errors: &Errors, trainers: Vec<(Uuid, String)>, most: u32) -> Markup {
    let hint = page.lang.with("training-seats-hint", &[("most", most.into())]);
    let trainers: Vec<_> = trainers.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    html! {
        (heading("", &page.t("training-open")))
        (draw::form(page, "/cohorts", None, &page.t("training-open-submit"), html! {
            (draw::input(page, form, errors, "venue", "training-venue").hint("training-venue-hint"))
            (draw::boxes(page, form, errors, "online", "training-online", vec![("yes".to_owned(), page.t("training-online-yes"))]))
            (draw::select(page, form, errors, "language", "training-language", codes::options(page.lang, "language", LANGUAGES))
                .hint("training-language-hint"))
            (draw::number(page, form, errors, "seats", "training-seats").hinted(hint))
            (draw::date(page, form, errors, "starts_on", "training-starts-on").hint("training-starts-on-hint"))
            @if trainers.len() > 1 { (draw::select(page, form, errors, "trainer", "training-trainer", trainers)) }
        }))
    }
}
