//! `GET` and `POST /awards/{award}/contract`: an officer draws up the contract on an award that a commission granted.

use super::{
    DRAFTED, link,
    store::{self, Contract},
};
use crate::growth::{
    check,
    rules::{Refusal, failed, judge},
    show::{findings, heading_of, summary},
    state::State as Stage,
    store as awards,
};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    page::panel,
    request::Page,
    scope::Tx,
};
use registry::people::codes;
use serde_json::json;
use values::id::AwardId;

pub(super) async fn get(State(app): State<App>, page: Page, Path(award): Path<AwardId>) -> Answer {
    show(&app, &page, award, None, Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(award): Path<AwardId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, award, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, award, Some(&form), stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let award = awards::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if award.state() != Stage::Granted {
        return Err(Stop::refused(&Refusal::NotNow));
    }
    let mut read = form.reader();
    let place_of_use = read.required("place_of_use");
    let explained_in = read.choice("explained_in", codes::LANGUAGES);
    read.must_tick("conditions_same");
    let (place_of_use, explained_in) = read.finish(Some((place_of_use, explained_in)))?;
    let found = judge(&check::today(tx, app, page, &award).await?);
    if let Some(finding) = failed(&found).first() {
        let mut errors = Errors::none();
        errors.add_whole(finding.message.clone());
        return Err(errors.into());
    }
    let contract = Contract {
        person_id: award.person_id,
        award_id: award.award_id,
        case_id: award.case_id,
        office: award.office,
        number: number(&award.number),
        place_of_use,
        explained_in,
        drafted_at: tx.now(),
        drafted_by: page.officer()?.0,
        term_months: 0,
        signed_on: None,
        signed_by: None,
        head: None,
        ends_on: None,
        beneficiary: None,
    };
    store::insert(tx, std::slice::from_ref(&contract)).await?;
    let facts = json!({ "case": award.case_id, "award": id, "amount": award.granted });
    tx.note(DRAFTED, award.person(), &facts, None)?;
    Ok(link(id))
}

/// The number of an award's contract.
pub fn number(award: &str) -> String {
    format!("MM-{}", award.trim_start_matches("HM-"))
}

async fn show(app: &App, page: &Page, id: AwardId, form: Option<&Posted>, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let award = awards::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, app, page, &award, "growth-contract-draft").await?;
    let lines = awards::lines(&mut tx, &award).await?;
    let draft = store::find(&mut tx, &award).await?;
    let before = provision::contract::store::find(&mut tx, award.person(), award.case()).await?;
    let person = awards::beneficiary(&mut tx, &award).await?;
    let found = judge(&award.facts()?);
    let place = draft.as_ref().map(|draft| draft.place_of_use.clone()).or(before.map(|before| before.place_of_use));
    let language = person.map(|person| person.language).unwrap_or_default();
    let fresh = Posted::of([
        ("place_of_use", place.unwrap_or_default()),
        ("explained_in", draft.as_ref().map_or(language, |draft| draft.explained_in.clone())),
    ]);
    let typed = form.unwrap_or(&fresh);
    let languages = codes::options(page.lang, "language", codes::LANGUAGES);
    let title = page.t("growth-contract-draft");
    let body = html! {
        (head)
        @if award.state() != Stage::Granted { p class="govuk-body" { (Refusal::NotNow.message().text(page.lang)) } }
        @else {
            (summary(page, app, &award, &lines)?)
            (panel::panel(&page.t("growth-conditions"), findings(page, &found)))
            (draw::form(page, &format!("{}/contract", link(id)), None, &page.t("growth-contract-draft-submit"), html! {
                (draw::input(page, typed, &errors, "place_of_use", "growth-contract-place"))
                (draw::select(page, typed, &errors, "explained_in", "contract-explained-in", languages))
                (draw::boxes(page, typed, &errors, "conditions_same", "growth-contract-conditions",
                    vec![("yes".to_owned(), page.t("growth-contract-conditions-yes"))]))
            }))
        }
    };
    page.show_form(&title, &json!({ "award": award, "lines": lines, "draft": draft }), &errors, body)
}
