//! `GET /sittings`: the latest sittings; `GET /sittings/{sitting}/decisions`: what one decided, for everybody, without names.

use super::{RUN, link, rules::Decision, store};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{Table, Tone, button_link, buttons, shell::heading, table::Column, tag},
    request::Page,
    scope::Tx,
};
use registry::programme;
use serde::Serialize;
use serde_json::json;
use sqlx::FromRow;
use values::{Money, id::SittingId};

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let sittings = store::latest(&mut tx).await?;
    let rows = sittings.iter().map(|sitting| {
        let region = programme.region(&sitting.region).map_or(sitting.region.as_str(), |region| region.name.text(page.lang));
        vec![
            html! { a class="govuk-link" href=(link(SittingId(sitting.sitting_id))) { (sitting.number) } },
            html! { (page.lang.date(sitting.sits_on)) },
            html! { (region) },
            html! { (page.lang.money(Money::from_qepik(sitting.granted))) },
            html! { @match sitting.closed_at {
                Some(_) => (tag(Tone::Neutral, &page.t("sitting-state-closed"))),
                None => (tag(Tone::Attention, &page.t("sitting-state-open"))),
            } },
        ]
    });
    let table = Table::new(&page.lang, "sittings", page.t("commission-menu"))
        .quiet_caption()
        .column(Column::new(page.t("commission-number")))
        .column(Column::new(page.t("commission-sits-on")))
        .column(Column::new(page.t("commission-region")))
        .column(Column::numeric(page.t("commission-granted")))
        .column(Column::new(page.t("commission-state")))
        .rows(rows);
    let body = html! {
        (heading("", &page.t("commission-menu")))
        @if page.may(&RUN) { (buttons(html! { (button_link(&page.t("commission-call"), "/sittings/new")) })) }
        @if sittings.is_empty() { p class="govuk-body" { (page.t("commission-none")) } } @else { (table) }
    };
    page.show(&page.t("commission-menu"), &json!({ "sittings": sittings }), body)
}

/// A decision as the public reads it.
#[derive(FromRow, Serialize)]
struct Published {
    receipt: String,
    direction: String,
    decision: i16,
}

const PUBLISHED: &str = "
    select f.receipt, p.direction, i.decision
    from agenda_item i
    join sitting s using (sitting_id)
    join case_file f on f.person_id = i.person_id and f.case_id = i.case_id
    join business_plan p on p.person_id = i.person_id and p.plan_id = i.plan_id
    where i.sitting_id = $1
    and s.closed_at is not null
    and i.decision is not null
    order by i.decision, f.receipt";

async fn published(tx: &mut Tx, sitting: SittingId) -> Result<Vec<Published>> {
    sqlx::query_as(PUBLISHED).bind(sitting.0).fetch_all(tx.conn()).await.context("reading published decisions")
}

pub(super) async fn decisions(State(app): State<App>, page: Page, Path(sitting): Path<SittingId>) -> Answer {
    let programme = programme::current(&app)?;
    // For everybody, so the program itself reads; only what is published leaves this page.
    let mut tx = app.system().await?;
    let found = store::sitting(&mut tx, sitting).await?.filter(|sitting| sitting.closed_at.is_some()).ok_or(Fault::NotFound)?;
    let decisions = published(&mut tx, sitting).await?;
    let rows = decisions.iter().map(|one| {
        let direction = programme.direction(&one.direction).map_or(one.direction.as_str(), |d| d.name.text(page.lang));
        let decision = Decision::from_number(one.decision).map_or("", Decision::code);
        vec![html! { (one.receipt) }, html! { (direction) }, html! { (page.t(&format!("commission-decision-{decision}"))) }]
    });
    let table = Table::new(&page.lang, "decisions", page.t("commission-published"))
        .quiet_caption()
        .column(Column::new(page.t("case-receipt")))
        .column(Column::new(page.t("commission-direction")))
        .column(Column::new(page.t("sitting-decision")))
        .rows(rows);
    let title = page.lang.with("commission-sitting", &[("number", found.number.as_str().into())]);
    let body = html! {
        (heading(&page.t("commission-published"), &title))
        p class="govuk-body" { (page.t("commission-published-hint")) }
        (table)
    };
    page.show(&title, &json!({ "number": found.number, "sits_on": found.sits_on, "decisions": decisions }), body)
}
