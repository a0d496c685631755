//! `GET /award-sittings`: the latest sittings; `GET /award-sittings/{sitting}`: one with its members, agenda and decisions.

use super::{
    RUN, VOTE, link,
    store::{self, Item, Named, Sitting},
};
use crate::growth::{link as award_link, state::Decision};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{
        Column, SummaryRow, Table, Tone, action::quiet_button_link, button_link, buttons, panel, shell::heading, summary_list,
        tag,
    },
    request::Page,
    role::{Permission, Role},
};
use preparation::{
    commission::code_of,
    sitting::{Votes, form::votes_words},
};
use serde_json::json;
use values::{
    Money,
    id::{AwardId, SittingId},
};

/// Who may open the application behind a code.
const NAMED: Permission = Permission::new("award_sittings.named", &[Role::Secretary, Role::Manager, Role::Auditor]);

pub(super) async fn get_list(State(app): State<App>, page: Page) -> Answer {
    let mut tx = app.read(&page).await?;
    let sittings = store::latest(&mut tx).await?;
    let title = page.t("growth-sittings");
    let body = html! {
        (heading("", &title))
        @if sittings.is_empty() { p class="govuk-body" { (page.t("growth-sittings-none")) } } @else { (list(&page, &sittings)) }
    };
    page.show(&title, &json!({ "sittings": sittings }), body)
}

/// Sittings as a table.
pub(in crate::growth) fn list(page: &Page, sittings: &[Sitting]) -> Markup {
    let rows = sittings.iter().map(|sitting| {
        vec![
            html! { a class="govuk-link" href=(link(sitting.id())) { (sitting.number) } },
            html! { (page.lang.date(sitting.sits_on)) },
            state_tag(page, sitting),
            html! { (page.lang.money(Money::from_qepik(sitting.granted))) },
        ]
    });
    let table = Table::new(&page.lang, "award-sittings", page.t("growth-sittings"))
        .quiet_caption()
        .column(Column::new(page.t("growth-sitting")))
        .column(Column::new(page.t("growth-sits-on")))
        .column(Column::new(page.t("growth-state")))
        .column(Column::numeric(page.t("growth-granted")))
        .rows(rows);
    html! { (table) }
}

fn state_tag(page: &Page, sitting: &Sitting) -> Markup {
    match sitting.closed_at {
        Some(_) => tag(Tone::Neutral, &page.t("sitting-state-closed")),
        None => tag(Tone::Attention, &page.t("sitting-state-open")),
    }
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<SittingId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let sitting = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let members = store::members(&mut tx, id).await?;
    let items = store::items(&mut tx, id).await?;
    let counted = store::counted(&store::votes(&mut tx, id).await?);
    let title = page.lang.with("growth-sitting-named", &[("number", sitting.number.as_str().into())]);
    let agenda: Vec<_> = items
        .iter()
        .map(|item| {
            json!({ "position": item.position, "code": code_of(item.award_id), "amount": item.amount,
            "mean_tenths": item.mean_tenths, "decision": item.decision, "reason": item.reason })
        })
        .collect();
    let own = page.officer().is_ok_and(|officer| members.iter().any(|member| member.officer_id == officer.0));
    let show_votes = page.may(&RUN) || sitting.closed_at.is_some();
    let body = html! {
        (heading(&page.t("growth-sittings"), &title))
        (summary(&page, &sitting, &members))
        @if sitting.closed_at.is_none() {
            (buttons(html! {
                @if own && page.may(&VOTE) { (button_link(&page.t("growth-vote"), &format!("{}/votes", link(id)))) }
                @if page.may(&RUN) && sitting.sits_on <= page.today { (button_link(&page.t("growth-sitting-close"), &format!("{}/closure", link(id)))) }
            }))
        } @else {
            (buttons(html! { (quiet_button_link(&page.t("growth-sitting-minutes"), &format!("{}/minutes.pdf", link(id)))) }))
        }
        (panel::panel(&page.t("growth-sitting-agenda"), table(&page, &items, |item| {
            let votes = counted.get(&item.award_id).copied().unwrap_or_default();
            show_votes.then_some(votes)
        })))
    };
    page.show(&title, &json!({ "sitting": sitting, "members": members, "agenda": agenda }), body)
}

fn summary(page: &Page, sitting: &Sitting, members: &[Named]) -> Markup {
    let head = members.iter().find(|member| member.officer_id == sitting.head_id).map_or("–", |member| member.name.as_str());
    summary_list(&[
        SummaryRow::new(page.t("growth-state"), state_tag(page, sitting)),
        SummaryRow::text(page.t("growth-sits-on"), &page.lang.date(sitting.sits_on)),
        SummaryRow::text(page.t("growth-place"), &sitting.place),
        SummaryRow::text(page.t("growth-sitting-head"), head),
        SummaryRow::new(
            page.t("growth-sitting-members"),
            html! {
                @for member in members {
                    @match member.present {
                        Some(false) => (page.lang.with("sitting-absent", &[("name", member.name.as_str().into())])),
                        _ => (member.name),
                    }
                    br;
                }
            },
        ),
        SummaryRow::text(page.t("growth-granted"), &page.lang.money(Money::from_qepik(sitting.granted))),
    ])
}

fn table(page: &Page, items: &[Item], votes: impl Fn(&Item) -> Option<Votes>) -> Markup {
    let rows = items.iter().map(|item| {
        let code = code_of(item.award_id);
        let words = votes(item).map(|votes| votes_words(page, votes)).unwrap_or_default();
        let decision = item.decision.and_then(Decision::from_number);
        vec![
            html! { (item.position) },
            html! {
                @if page.may(&NAMED) { a class="govuk-link" href=(award_link(AwardId(item.award_id))) { (code) } } @else { (code) }
            },
            html! { (page.lang.decimal(f64::from(item.mean_tenths) / 10.0, 1)) },
            html! { (page.lang.money(Money::from_qepik(item.amount))) },
            html! { (words) },
            html! {
                @if let Some(decision) = decision { (page.t(&format!("growth-decision-{}", decision.code()))) }
                @if let Some(reason) = &item.reason { br; span class="govuk-hint" { (reason) } }
            },
        ]
    });
    let table = Table::new(&page.lang, "agenda", page.t("growth-sitting-agenda"))
        .quiet_caption()
        .column(Column::numeric("№"))
        .column(Column::short(page.t("growth-code")))
        .column(Column::numeric(page.t("growth-mean")))
        .column(Column::numeric(page.t("growth-asked")))
        .column(Column::new(page.t("sitting-votes")))
        .column(Column::new(page.t("sitting-decision")))
        .rows(rows);
    html! { (table) }
}
