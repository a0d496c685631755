//! `GET /awards/{award}/contract.pdf`: the contract on an award as paper, in Azerbaijani, from what the signature froze.

use super::store::{self, Contract};
use crate::growth::store::{self as awards, Award, Line};
use anyhow::Context;
use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use chrono::NaiveDate;
use platform::{
    answer::{Answer, Fault},
    app::App,
    clock,
    request::Page,
};
use provision::contract::{
    beneficiary, paper,
    store::{Beneficiary, Contract as Paper, Line as PaperLine},
};
use registry::programme::{self, keys};
use uuid::Uuid;
use values::id::AwardId;

/// The code of the contract's text.
const TEXT: &str = "AWARD";

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<AwardId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let award = awards::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let contract = store::find(&mut tx, &award).await?.ok_or(Fault::NotFound)?;
    let lines = awards::lines(&mut tx, &award).await?;
    let side: Beneficiary = match &contract.beneficiary {
        Some(sealed) => serde_json::from_str(&app.keys().open(sealed)?).context("reading a contract's beneficiary")?,
        None => beneficiary(app.keys(), &awards::beneficiary(&mut tx, &award).await?.ok_or(Fault::NotFound)?)?,
    };
    drop(tx);
    let term = programme.parameter(&keys::AWARD_CONTRACT_TERM, page.today).0;
    let whole = as_paper(&award, contract, i16::try_from(term).unwrap_or(i16::MAX), page.today);
    let lines: Vec<PaperLine> = lines.iter().map(line).collect();
    let data = paper(&app, &programme, TEXT, &whole, &lines, side, page.today)?;
    let name = format!("inline; filename=\"{}.pdf\"", whole.number);
    let pdf = tokio::task::spawn_blocking(move || documents::contract(&data)).await.context("printing")?;
    let pdf = pdf.context("printing a contract on an award")?;
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf).into_response())
}

/// A contract on an award in the shape in which contracts are printed.
fn as_paper(award: &Award, contract: Contract, term: i16, today: NaiveDate) -> Paper {
    let drafted_on = clock::local(contract.drafted_at).date();
    Paper {
        person_id: contract.person_id,
        contract_id: contract.award_id,
        case_id: contract.case_id,
        office: contract.office,
        number: contract.number,
        plan_id: Uuid::nil(),
        direction: award.direction.clone(),
        amount: award.granted,
        region: String::new(),
        place_of_use: contract.place_of_use,
        explained_in: contract.explained_in,
        status_checked_on: award.facts().map_or(today, |facts| facts.on),
        premises_seen_on: drafted_on,
        drafted_at: contract.drafted_at,
        drafted_by: contract.drafted_by,
        term_months: if contract.term_months > 0 { contract.term_months } else { term },
        signed_on: contract.signed_on,
        signed_by: contract.signed_by,
        head: contract.head,
        ends_on: contract.ends_on,
        beneficiary: contract.beneficiary,
    }
}

fn line(line: &Line) -> PaperLine {
    PaperLine { item: line.item.clone(), quantity: line.quantity, unit_price: line.unit_price }
}
