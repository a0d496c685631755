//! `GET /releases`: released figures, and for whoever may propose a form for the next.

use super::{APPROVE, PROPOSE, link, store};
use anyhow::Result;
use axum::extract::State;
use chrono::Datelike;
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::{Table, Tone, shell::heading, table::Column, tag},
    request::Page,
    scope::Tx,
    slice::{Queue, QueueItem},
};
use serde_json::json;

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    show(&app, &page, &Posted::empty(), Errors::none()).await
}

pub(super) async fn show(app: &App, page: &Page, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let releases = store::all(&mut tx, page.may(&PROPOSE) || page.may(&APPROVE)).await?;
    let rows = releases.iter().map(|release| {
        vec![
            html! { a class="govuk-link" href=(link(release.release_id)) {
                (page.lang.with("release-as-of", &[("day", page.lang.date(release.as_of).into())]))
            } },
            state(page, release),
        ]
    });
    let table = Table::new(&page.lang, "releases", page.t("release-title"))
        .quiet_caption()
        .column(Column::new(page.t("release-figures")))
        .column(Column::new(page.t("release-state")))
        .rows(rows);
    let body = html! {
        (heading("", &page.t("release-title")))
        p class="govuk-body" { (page.t("release-hint")) }
        @if releases.is_empty() { p class="govuk-body" { (page.t("release-none")) } } @else { (table) }
        @if page.may(&PROPOSE) {
            (draw::form(page, "/releases", None, &page.t("release-propose"), html! {
                (draw::date(page, form, &errors, "as_of", "release-day").hint("release-day-hint"))
            }))
        }
    };
    page.show_form(&page.t("release-title"), &json!({ "releases": releases }), &errors, body)
}

/// Released or waiting, as a tag.
pub(super) fn state(page: &Page, release: &store::Release) -> Markup {
    match release.approved_at {
        Some(at) => html! { (tag(Tone::Good, &page.t("release-state-approved"))) " " (page.lang.moment(at)) },
        None => tag(Tone::Attention, &page.t("release-state-waiting")),
    }
}

/// Releases that somebody else proposed and that wait for approval.
pub(super) async fn waiting(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let own = page.acting.as_ref().map(|acting| acting.who.officer.0);
    let waiting: Vec<_> =
        store::all(tx, true).await?.into_iter().filter(|r| r.approved_at.is_none() && Some(r.proposed_by) != own).collect();
    let items = waiting
        .iter()
        .take(usize::try_from(limit).unwrap_or(0))
        .map(|release| QueueItem {
            task: Message::new("release-queue"),
            about: page.lang.date(release.as_of),
            link: link(release.release_id),
            since: release.proposed_at.date_naive(),
            due: None,
        })
        .collect();
    Ok(Queue { items, total: waiting.len() as i64, overdue: 0 })
}

/// The figures of the month that ended, until somebody proposes to release them.
pub(super) async fn missing(tx: &mut Tx, page: &Page) -> Result<Queue> {
    let first = page.today.with_day(1).unwrap_or(page.today);
    let ended = first.pred_opt().unwrap_or(first);
    let proposed = store::all(tx, true).await?.iter().any(|release| release.as_of >= ended);
    let item = || QueueItem {
        task: Message::new("release-queue-propose"),
        about: page.lang.date(ended),
        link: "/releases".to_owned(),
        since: first,
        due: None,
    };
    let items: Vec<_> = (!proposed).then(item).into_iter().collect();
    Ok(Queue { total: items.len() as i64, items, overdue: 0 })
}
