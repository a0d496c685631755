//! `GET /seats`: the proposals of seats in scope; and those that wait, in the queue of whoever may confirm them.

use super::{
    link,
    propose::office_name,
    show::draw_state,
    store::{self, Run},
};
use crate::training::OPEN;
use anyhow::{Context, Result};
use axum::extract::State;
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    clock,
    message::Message,
    page::{Column, Table, button_link, notice, shell::heading},
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Queue, QueueItem, QueuePart},
};
use registry::programme::{self, Programme};
use serde::Serialize;
use uuid::Uuid;
use values::id::{OfficeId, SeatRunId};

#[derive(Serialize)]
struct View {
    runs: Vec<Run>,
}

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let view = View { runs: store::list(&mut tx).await? };
    page.show(&page.t("seats-title"), &view, draw(&page, &programme, &view))
}

fn draw(page: &Page, programme: &Programme, view: &View) -> Markup {
    let lang = page.lang;
    let row = |run: &Run| {
        vec![
            html! { a class="govuk-link" href=(link(run.id())) { (lang.moment(run.proposed_at)) } },
            html! { (office_name(page, programme, OfficeId(run.office))) },
            html! { (lang.number(run.seated.into())) " / " (lang.number(run.candidates.into())) },
            html! { (run.proposed_by_name) },
            html! { (draw_state(page, run)) },
        ]
    };
    html! {
        (heading("", &page.t("seats-title")))
        p class="govuk-body" { (page.t("seats-hint")) }
        @if page.may(&OPEN) { (button_link(&page.t("seats-new"), "/seats/new")) }
        @if view.runs.is_empty() {
            (notice::empty_state(&page.t("seats-none"), html! {}))
        } @else {
            (Table::new(&page.lang, "seats", page.t("seats-title"))
                .quiet_caption()
                .column(Column::new(page.t("seats-proposed")))
                .column(Column::new(page.t("seats-office")))
                .column(Column::numeric(page.t("seats-seated-of-waiting")))
                .column(Column::new(page.t("seats-proposed-by")))
                .column(Column::new(page.t("training-state")))
                .rows(view.runs.iter().map(row)))
        }
    }
}

pub(super) fn queue() -> Vec<QueuePart> {
    vec![QueuePart { roles: &[Role::Trainer, Role::OfficeHead], list: |tx, page, limit| Box::pin(to_confirm(tx, page, limit)) }]
}

const TO_CONFIRM: &str = "
    select run_id, office, proposed_at
    from seat_run
    where confirmed_at is null
    and returned_at is null
    and proposed_by <> $1
    order by proposed_at";

async fn to_confirm(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let programme = programme::current(&page.app)?;
    let officer = tx.who().officer;
    let rows: Vec<(Uuid, i32, DateTime<Utc>)> =
        sqlx::query_as(TO_CONFIRM).bind(officer.0).fetch_all(tx.conn()).await.context("finding seats to confirm")?;
    let total = i64::try_from(rows.len())?;
    let item = |(run, office, at): (Uuid, i32, DateTime<Utc>)| QueueItem {
        task: Message::new("seats-task-confirm"),
        about: office_name(page, &programme, OfficeId(office)),
        link: link(SeatRunId(run)),
        since: clock::local(at).date(),
        due: None,
    };
    Ok(Queue { items: rows.into_iter().take(usize::try_from(limit)?).map(item).collect(), total, overdue: 0 })
}
