//! `GET /award-rounds/{round}`: a round with its money and how far its applications are.

use super::{
    APPROVE, link, standing_tag,
    store::{self, Counted, Round},
};
use crate::{
    growth::{READ, sitting, state::State as Stage},
    monitoring::store::officer_name,
};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{Column, SummaryRow, Table, action::quiet_button_link, button_link, buttons, panel, shell::heading, summary_list},
    request::Page,
};
use serde_json::json;
use uuid::Uuid;
use values::{Money, id::OfficerId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<Uuid>) -> Answer {
    let mut tx = app.read(&page).await?;
    let round = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let proposed = officer_name(&mut tx, OfficerId(round.proposed_by)).await?;
    let decided = match round.decided_by {
        Some(officer) => Some(officer_name(&mut tx, OfficerId(officer)).await?),
        None => None,
    };
    let counted = if page.may(&READ) { store::counted(&mut tx, id).await? } else { Vec::new() };
    let sittings = if page.may(&sitting::READ) { sitting::store::of_round(&mut tx, id).await? } else { Vec::new() };
    let title = page.lang.with("growth-round-named", &[("number", round.number.as_str().into())]);
    let body = html! {
        (heading(&round.title, &title))
        (summary(&page, &round))
        (summary_list(&[
            SummaryRow::text(page.t("growth-round-proposed-by"), &format!("{proposed}, {}", page.lang.moment(round.proposed_at))),
            SummaryRow::text(page.t("growth-round-decided-by"), &match (&decided, round.decided_at) {
                (Some(name), Some(at)) => format!("{name}, {}", page.lang.moment(at)),
                _ => "–".to_owned(),
            }),
            SummaryRow::text(page.t("growth-note"), round.note.as_deref().unwrap_or("–")),
        ]))
        (buttons(html! {
            @if round.approved.is_none() && page.may(&APPROVE) {
                (button_link(&page.t("growth-round-decide"), &format!("{}/approval", link(id))))
            }
            @if round.approved == Some(true) && page.may(&sitting::RUN) {
                (button_link(&page.t("growth-sitting-call"), &format!("{}/sittings/new", link(id))))
            }
            @if page.may(&READ) { (quiet_button_link(&page.t("growth-round-awards"), &format!("/awards?round={id}"))) }
        }))
        @if !counted.is_empty() { (panel::panel(&page.t("growth-awards"), by_state(&page, id, &counted))) }
        @if !sittings.is_empty() { (panel::panel(&page.t("growth-sittings"), sitting::list(&page, &sittings))) }
    };
    page.show(&title, &json!({ "round": round, "awards": counted, "sittings": sittings }), body)
}

/// Time and money of a round.
pub(super) fn summary(page: &Page, round: &Round) -> Markup {
    let lang = page.lang;
    let money = |qepik: i64| lang.money(Money::from_qepik(qepik));
    let way = page.t(if round.rolling { "growth-round-rolling-yes" } else { "growth-round-rolling-no" });
    summary_list(&[
        SummaryRow::new(page.t("growth-state"), standing_tag(page, round)),
        SummaryRow::text(page.t("growth-round-time"), &format!("{} – {}", lang.date(round.opens_on), lang.date(round.closes_on))),
        SummaryRow::text(page.t("growth-round-rolling"), &way),
        SummaryRow::text(page.t("growth-round-budget"), &money(round.budget)),
        SummaryRow::text(page.t("growth-round-granted"), &money(round.granted)),
        SummaryRow::text(page.t("growth-round-left"), &money(round.left())),
    ])
}

fn by_state(page: &Page, round: Uuid, counted: &[Counted]) -> Markup {
    let rows = counted.iter().filter_map(|one| {
        let state = Stage::from_number(one.state)?;
        let href = format!("/awards?round={round}&state={}", state.code());
        Some(vec![
            state.tag(page),
            html! { a class="govuk-link" href=(href) { (page.lang.number(one.count)) } },
            html! { (page.lang.money(Money::from_qepik(one.asked))) },
        ])
    });
    let table = Table::new(&page.lang, "by-state", page.t("growth-awards"))
        .quiet_caption()
        .column(Column::new(page.t("growth-state")))
        .column(Column::numeric(page.t("growth-count")))
        .column(Column::numeric(page.t("growth-asked")))
        .rows(rows);
    html! { (table) }
}
