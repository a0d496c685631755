//! `GET /cases/{case}/contract`: the contract with its equipment and the duties that follow from it; and its part of a
//! case's page.

use super::{
    PREPARE, SIGN, link, rules,
    store::{self, Contract, Line},
};
use anyhow::Result;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{
        SummaryRow, Table, action::quiet_button_link, button_link, buttons, panel, shell::heading, summary_list, table::Column,
    },
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::{
    case::{self, CaseState, heading as case_heading},
    people::codes,
    programme::{self, Anchors, InForce},
};
use serde::Serialize;
use serde_json::json;
use values::{Money, id::CaseId};

/// The code of the text that these contracts carry.
pub(super) const TEXT: &str = "EQUIPMENT";

/// A duty of the beneficiary with its days.
#[derive(Serialize)]
pub(super) struct Duty {
    pub text: String,
    pub proof: String,
    /// The days on which it falls due; those that count from the receipt come when it is known.
    pub due: Vec<NaiveDate>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(&app)?, case).await?;
    let contract = store::find(&mut tx, loaded.state.person, case).await?.ok_or(Fault::NotFound)?;
    let lines = store::lines(&mut tx, loaded.state.person, contract.plan()).await?;
    let head = case_heading::draw(&mut tx, &page, &loaded).await?;
    let duties = duties(&programme, &contract, &loaded.state, &page)?;
    let view = json!({ "case": loaded.file, "contract": contract, "lines": lines, "duties": duties });
    let can_draft = rules::open(loaded.state.stage).is_ok();
    let body = html! {
        (head)
        (heading(&page.t("contract-panel"), &contract.number))
        (summary(&page, &programme, &contract))
        (equipment(&page, &programme, &contract, &lines))
        @if !duties.is_empty() { (panel::panel(&page.t("contract-duties"), draw_duties(&page, &duties))) }
        (buttons(html! {
            @if can_draft && page.may(&SIGN) { (button_link(&page.t("contract-sign"), &format!("{}/signature", link(case)))) }
            @if can_draft && page.may(&PREPARE) { (button_link(&page.t("contract-draft-change"), &format!("{}/draft", link(case)))) }
            (quiet_button_link(&page.t("contract-open-paper"), &format!("/cases/{case}/contract.pdf")))
        }))
    };
    page.show(&contract.number, &view, body)
}

/// What the contract says, in short.
pub(super) fn summary(page: &Page, programme: &InForce, contract: &Contract) -> Markup {
    let lang = page.lang;
    let region = programme.region(&contract.region).map_or(contract.region.as_str(), |region| region.name.text(lang));
    let mut rows = vec![
        SummaryRow::text(page.t("contract-state"), &state_words(page, contract)),
        SummaryRow::text(page.t("contract-amount"), &lang.money(contract.amount())),
        SummaryRow::text(page.t("contract-place-of-use"), &contract.place_of_use),
        SummaryRow::text(page.t("contract-region"), region),
        SummaryRow::text(page.t("contract-status-checked"), &lang.date(contract.status_checked_on)),
        SummaryRow::text(page.t("contract-premises-seen"), &lang.date(contract.premises_seen_on)),
        SummaryRow::text(page.t("contract-explained-in"), &codes::words(lang, "language", &contract.explained_in)),
    ];
    if let (Some(head), Some(ends)) = (&contract.head, contract.ends_on) {
        rows.push(SummaryRow::text(page.t("contract-ends"), &lang.date(ends)));
        rows.push(SummaryRow::text(page.t("contract-head"), head));
    }
    summary_list(&rows)
}

fn state_words(page: &Page, contract: &Contract) -> String {
    match contract.signed_on {
        Some(day) => page.lang.with("contract-state-signed", &[("day", page.lang.date(day).into())]),
        None => page.t("contract-state-draft"),
    }
}

/// The things given into use with their prices.
pub(super) fn equipment(page: &Page, programme: &InForce, contract: &Contract, lines: &[Line]) -> Markup {
    let lang = page.lang;
    let rows = lines.iter().map(|line| {
        vec![
            html! { (item_name(page, programme, contract, &line.item)) },
            html! { (lang.number(line.quantity.into())) },
            html! { (lang.money(Money::from_qepik(line.unit_price))) },
            html! { (lang.money(Money::from_qepik(line.amount()))) },
        ]
    });
    let table = Table::new(&page.lang, "equipment", page.t("contract-equipment"))
        .column(Column::new(page.t("contract-item")))
        .column(Column::numeric(page.t("contract-quantity")))
        .column(Column::numeric(page.t("contract-price")))
        .column(Column::numeric(page.t("contract-sum")))
        .rows(rows);
    html! { (table) }
}

fn item_name(page: &Page, programme: &InForce, contract: &Contract, code: &str) -> String {
    let day = contract.signed_on.unwrap_or_else(|| contract.drafted_at.date_naive());
    programme.item(code, day).map_or_else(|| code.to_owned(), |item| item.name.text(page.lang).to_owned())
}

/// The duties that the contract's text lays on the beneficiary; none while it is a draft.
fn duties(programme: &InForce, contract: &Contract, state: &CaseState, page: &Page) -> Result<Vec<Duty>> {
    let (Some(signed_on), Some(ends_on)) = (contract.signed_on, contract.ends_on) else { return Ok(Vec::new()) };
    let Some(text) = programme.contract_text(TEXT, signed_on) else { return Ok(Vec::new()) };
    let anchors = Anchors {
        signed_on,
        received_on: state.milestones.received_on.unwrap_or(NaiveDate::MAX),
        term_ends_on: state.milestones.term_ends_on.unwrap_or(ends_on),
    };
    text.obligations
        .iter()
        .map(|obligation| {
            let places = super::paper::Places { programme, contract, signed_on, lang: page.lang };
            let waits = state.milestones.received_on.is_none() && obligation.from == programme::Anchor::Receipt;
            Ok(Duty {
                text: obligation.text.fill(page.lang, |place| places.value(place))?,
                proof: obligation.proof.text(page.lang).to_owned(),
                due: if waits { Vec::new() } else { obligation.due(programme, &anchors) },
            })
        })
        .collect()
}

fn draw_duties(page: &Page, duties: &[Duty]) -> Markup {
    let rows = duties.iter().map(|duty| {
        let next = duty.due.iter().find(|day| **day >= page.today).or(duty.due.last());
        let due = next.map_or_else(|| page.t("contract-duty-after-receipt"), |day| page.lang.date(*day));
        vec![html! { (duty.text) }, html! { (due) }, html! { (duty.proof) }]
    });
    let table = Table::new(&page.lang, "duties", page.t("contract-duties"))
        .quiet_caption()
        .column(Column::new(page.t("contract-duty")))
        .column(Column::new(page.t("contract-duty-due")))
        .column(Column::new(page.t("contract-duty-proof")))
        .rows(rows);
    html! { (table) }
}

/// The contract's part of a case's page.
pub(super) async fn panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case else { return Ok(None) };
    let Some(contract) = store::find(tx, subject.person, case).await? else { return Ok(None) };
    let rows = [
        SummaryRow::new(
            page.t("contract-number"),
            html! {
                @if page.may(&super::READ) { a class="govuk-link" href=(link(case)) { (contract.number) } }
                @else { (contract.number) }
            },
        ),
        SummaryRow::text(page.t("contract-state"), &state_words(page, &contract)),
        SummaryRow::text(page.t("contract-amount"), &page.lang.money(contract.amount())),
    ];
    Ok(Some(summary_list(&rows)))
}
