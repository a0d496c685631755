//! `GET /cohorts`: cohorts in scope, and the trainer's work that waits.

use super::{
    OPEN, link,
    store::{self, Cohort},
};
use anyhow::{Context, Result};
use axum::extract::{Query, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    message::Message,
    page::{Table, Tone, action::quiet_button_link, button_link, buttons, shell::heading, table::Column, tag},
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Queue, QueueItem, QueuePart},
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::CohortId;

const PAGE: i64 = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    page: i64,
}

#[derive(Serialize)]
struct View {
    count: i64,
    cohorts: Vec<Cohort>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.read(&page).await?;
    let at = asked.page.clamp(0, 100_000);
    let (cohorts, count) = store::list(&mut tx, PAGE, at * PAGE).await?;
    let view = View { count, cohorts };
    page.show(&page.t("training-title"), &view, draw(&page, &view))
}

fn draw(page: &Page, view: &View) -> Markup {
    let lang = page.lang;
    let rows = view.cohorts.iter().map(|cohort| {
        vec![
            html! { a class="govuk-link" href=(link(cohort.id())) { (cohort.number) } },
            html! { (lang.date(cohort.starts_on)) },
            html! { (cohort.venue) },
            html! { (cohort.taken) " / " (cohort.seats) },
            html! { (state(page, cohort)) },
        ]
    });
    html! {
        (heading("", &page.t("training-title")))
        (buttons(html! {
            @if page.may(&OPEN) { (button_link(&page.t("training-open"), "/cohorts/new")) }
            (quiet_button_link(&page.t("seats-title"), "/seats"))
        }))
        p class="govuk-body" { (lang.with("training-count", &[("count", view.count.into()), ("shown", lang.number(view.count).into())])) }
        (Table::new(&page.lang, "cohorts", page.t("training-title"))
            .quiet_caption()
            .column(Column::new(page.t("training-number")))
            .column(Column::new(page.t("training-starts-on")))
            .column(Column::new(page.t("training-venue")))
            .column(Column::numeric(page.t("training-seats-taken")))
            .column(Column::new(page.t("training-state")))
            .rows(rows))
    }
}

/// Whether a cohort is to come, runs, or is over.
pub(super) fn state(page: &Page, cohort: &Cohort) -> Markup {
    let (tone, key) = match (cohort.closed_on, cohort.starts_on <= page.today) {
        (Some(_), _) => (Tone::Neutral, "training-state-closed"),
        (None, true) => (Tone::Info, "training-state-running"),
        (None, false) => (Tone::Attention, "training-state-to-come"),
    };
    tag(tone, &page.t(key))
}

pub(super) fn queue() -> Vec<QueuePart> {
    vec![QueuePart { roles: &[Role::Trainer], list: |tx, page, limit| Box::pin(waiting(tx, page, limit)) }]
}

#[derive(FromRow)]
struct Unmarked {
    cohort_id: Uuid,
    session: i16,
    number: String,
    held_on: NaiveDate,
}

const UNMARKED: &str = "
    select s.cohort_id, s.session, c.number, s.held_on
    from cohort_session s
    join cohort c using (cohort_id)
    where c.trainer_id = $1
    and c.closed_on is null
    and s.marked_on is null
    and s.held_on <= $2
    order by s.held_on
    limit $3";

const COUNT: &str = "
    select count(*), count(*) filter (where s.held_on < $2)
    from cohort_session s
    join cohort c using (cohort_id)
    where c.trainer_id = $1
    and c.closed_on is null
    and s.marked_on is null
    and s.held_on <= $2";

/// Sessions held whose attendance is not marked: due on their very day.
async fn waiting(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let officer = tx.who().officer.0;
    let rows: Vec<Unmarked> = sqlx::query_as(UNMARKED)
        .bind(officer)
        .bind(page.today)
        .bind(limit)
        .fetch_all(tx.conn())
        .await
        .context("finding unmarked sessions")?;
    let (total, overdue) =
        sqlx::query_as(COUNT).bind(officer).bind(page.today).fetch_one(tx.conn()).await.context("counting unmarked sessions")?;
    let items = rows
        .into_iter()
        .map(|row| QueueItem {
            task: Message::new("training-task-mark").arg("session", row.session),
            about: row.number,
            link: format!("{}/sessions/{}", link(CohortId(row.cohort_id)), row.session),
            since: row.held_on,
            due: Some(row.held_on),
        })
        .collect();
    Ok(Queue { items, total, overdue })
}
