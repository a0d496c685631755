//! `GET /cases/{case}/assets`: every piece that a case has had, and its handovers; and its part of the case's page.

use super::{
    FAULT, LOSS, STORE, link,
    piece::{item_name, state_tag},
    piece_link,
    rules::{Outcome, State},
    store::{self, Asset, Handover},
};
use anyhow::Result;
use axum::extract::{Path, State as Extract};
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    page::{Table, button_link, buttons, shell::heading, table::Column},
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::{
    case::{self, Stage, heading as case_heading},
    programme::{self, InForce},
};
use serde_json::json;
use values::{Money, id::CaseId};

pub(super) async fn get(Extract(app): Extract<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(&app)?, case).await?;
    let head = case_heading::draw(&mut tx, &page, &loaded).await?;
    let assets = store::of_case(&mut tx, loaded.state.person, case).await?;
    let handovers = store::handovers(&mut tx, loaded.state.person, case).await?;
    let waits = assets.iter().any(|asset| asset.state == State::InStock as i16);
    let title = page.t("asset-panel");
    let body = html! {
        (head)
        (heading("", &title))
        @if page.may(&STORE) && waits {
            (buttons(html! { (button_link(&page.t("asset-hand-over"), &format!("/cases/{case}/handover"))) }))
        }
        @if page.may(&STORE) && loaded.state.stage == Stage::Recovering {
            (buttons(html! { (button_link(&page.t("asset-recover"), &format!("/cases/{case}/recovery"))) }))
        }
        @if assets.is_empty() { p class="govuk-body" { (page.t("asset-none")) } }
        @else { (table(&page, &programme, &assets)) }
        @if !handovers.is_empty() { (papers(&page, case, &handovers)) }
    };
    page.show(&title, &json!({ "assets": assets, "handovers": handovers }), body)
}

fn table(page: &Page, programme: &InForce, assets: &[Asset]) -> Markup {
    let lang = page.lang;
    let rows = assets.iter().map(|asset| {
        vec![
            html! { (item_name(programme, page, &asset.item, asset.received_at.date_naive())) },
            html! { (asset.serial) },
            html! { (lang.money(Money::from_qepik(asset.price))) },
            html! { (lang.date(asset.received_at.date_naive())) },
            html! { @match asset.handed_over_on { Some(day) => (lang.date(day)), None => "–" } },
            html! { (state_tag(page, asset.state)) @if let Some(fault) = &asset.fault { " " (fault) } },
            actions(page, asset),
        ]
    });
    let table = Table::new(&page.lang, "assets", page.t("asset-panel"))
        .quiet_caption()
        .column(Column::new(page.t("contract-item")))
        .column(Column::short(page.t("asset-serial")))
        .column(Column::numeric(page.t("contract-price")))
        .column(Column::short(page.t("asset-received")))
        .column(Column::short(page.t("asset-handed-over")))
        .column(Column::new(page.t("procurement-state")))
        .column(Column::new(page.t("asset-actions")))
        .rows(rows);
    html! { (table) }
}

/// What may be done with a piece, by whoever looks.
fn actions(page: &Page, asset: &Asset) -> Markup {
    let to = |act: &str| piece_link(asset.case(), asset.id(), act);
    html! {
        @match asset.state() {
            Some(State::WithPerson) => {
                @if page.may(&FAULT) { a class="govuk-link" href=(to("fault")) { (page.t("asset-report-fault")) } " " }
                @if page.may(&LOSS) { a class="govuk-link" href=(to("loss")) { (page.t("asset-report-loss")) } }
            }
            Some(State::InStock) if page.may(&FAULT) => a class="govuk-link" href=(to("fault")) { (page.t("asset-report-fault")) },
            Some(State::Faulty | State::Missing) => {
                @if page.may(&STORE) { a class="govuk-link" href=(to("replacement")) { (page.t("asset-replace")) } " " }
                @if page.may(&LOSS) && asset.handed_over_on.is_some() {
                    a class="govuk-link" href=(to("loss")) { (page.t("asset-report-loss")) }
                }
            }
            _ => "–",
        }
    }
}

fn papers(page: &Page, case: CaseId, handovers: &[Handover]) -> Markup {
    let rows = handovers.iter().map(|handover| {
        let outcome = Outcome::from_number(handover.outcome).map(|outcome| page.t(outcome.key())).unwrap_or_default();
        vec![
            html! { a class="govuk-link" href=(format!("/cases/{case}/handovers/{}", handover.handover_id)) { (handover.number) } },
            html! { (page.lang.moment(handover.happened_at)) },
            html! { (handover.place) },
            html! { (page.lang.money(Money::from_qepik(handover.value))) },
            html! { (outcome) },
        ]
    });
    let table = Table::new(&page.lang, "handovers", page.t("asset-handovers"))
        .column(Column::short(page.t("asset-act")))
        .column(Column::short(page.t("asset-when")))
        .column(Column::new(page.t("asset-place")))
        .column(Column::numeric(page.t("asset-accepted-value")))
        .column(Column::new(page.t("procurement-state")))
        .rows(rows);
    html! { (table) }
}

/// The part of a case's page.
pub(super) async fn panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case else { return Ok(None) };
    let assets = store::of_case(tx, subject.person, case).await?;
    if assets.is_empty() {
        return Ok(None);
    }
    let held: Vec<&Asset> = assets.iter().filter(|asset| asset.is_held()).collect();
    let value: i64 = held.iter().map(|asset| asset.price).sum();
    let owned = assets.iter().filter(|asset| asset.state == State::Owned as i16).count();
    let stocked = assets.iter().filter(|asset| asset.state == State::InStock as i16).count();
    let args = [
        ("held", held.len().into()),
        ("value", page.lang.money(Money::from_qepik(value)).into()),
        ("owned", owned.into()),
        ("stocked", stocked.into()),
    ];
    Ok(Some(html! {
        p class="govuk-body" { (page.lang.with("asset-panel-summary", &args)) }
        @if page.may(&super::READ) {
            p class="govuk-body" { a class="govuk-link" href=(link(case)) { (page.t("asset-panel-open")) } }
        }
        @if stocked > 0 && page.may(&STORE) { (button_link(&page.t("asset-hand-over"), &format!("/cases/{case}/handover"))) }
    }))
}
