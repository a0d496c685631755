//! `GET` and `POST /cases/{case}/contract/draft`: an officer draws up the contract, after a fresh look at the person and
//! the place.

use super::{
    DRAFTED, link,
    rules::{self, Refusal},
    store::{self, Contract},
};
use anyhow::Context;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::{Errors, Message},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty, Loaded, heading as case_heading},
    people::codes,
    programme::{self, InForce},
};
use serde_json::json;
use values::id::{CaseId, ContractId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, None, Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, Some(&form), stop.errors()?).await
        }
    }
}

/// What the form says.
struct Input {
    place_of_use: String,
    region: String,
    premises_seen_on: NaiveDate,
    explained_in: String,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let loaded = case::store::load_for(tx, &*case::law(app)?, case, form).await?;
    rules::open(loaded.state.stage).map_err(|refusal| Stop::refused(&refusal))?;
    let input = read(form.reader(), &programme, page)?;
    let plan = loaded.state.plan.context("an approved case without a plan")?;
    let before = store::find(tx, loaded.state.person, case).await?;
    case::store::claim(tx, &loaded.file, Duty::PrepareContract).await?;
    let contract = Contract {
        person_id: loaded.file.person_id,
        contract_id: before.map_or_else(|| ContractId::new().0, |before| before.contract_id),
        case_id: case.0,
        office: loaded.file.office,
        number: rules::number(&loaded.file.receipt),
        plan_id: plan.0,
        direction: loaded.state.direction.as_str().to_owned(),
        amount: loaded.state.granted.qepik(),
        region: input.region,
        place_of_use: input.place_of_use,
        explained_in: input.explained_in,
        status_checked_on: page.today,
        premises_seen_on: input.premises_seen_on,
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
    let facts = json!({ "case": case, "contract": contract.contract_id, "amount": contract.amount, "region": contract.region });
    tx.note(DRAFTED, loaded.state.person, &facts, None)?;
    Ok(link(case))
}

fn read(mut read: Reader<'_>, programme: &InForce, page: &Page) -> Result<Input, Errors> {
    let regions: Vec<&str> = programme.regions().iter().map(|region| region.code.as_str()).collect();
    let place_of_use = read.required("place_of_use");
    let region = read.choice("region", &regions);
    let premises_seen_on = read.date("premises_seen_on");
    if premises_seen_on.is_some_and(|seen| seen > page.today) {
        read.wrong("premises_seen_on", Message::new("contract-refusal-future"));
    }
    let explained_in = read.choice("explained_in", codes::LANGUAGES);
    read.must_tick("status_same");
    read.finish(premises_seen_on.map(|premises_seen_on| Input { place_of_use, region, premises_seen_on, explained_in }))
}

async fn show(app: &App, page: &Page, case: CaseId, form: Option<&Posted>, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let draft = store::find(&mut tx, loaded.state.person, case).await?;
    let person = Some(case::store::person_of(&mut tx, &loaded.file).await?);
    let refused = rules::open(loaded.state.stage).err();
    let region = loaded.state.business_region.unwrap_or(loaded.state.region);
    let typed = match (form, &draft, &person) {
        (Some(form), _, _) => form.clone(),
        (None, Some(draft), _) => Posted::of([
            ("place_of_use", draft.place_of_use.as_str()),
            ("region", draft.region.as_str()),
            ("premises_seen_on", &draft.premises_seen_on.to_string()),
            ("explained_in", draft.explained_in.as_str()),
        ]),
        (None, None, Some(person)) => Posted::of([
            ("place_of_use", person.address.as_str()),
            ("region", region.as_str()),
            ("explained_in", person.language.as_str()),
        ]),
        (None, None, None) => Posted::of([("region", region.as_str())]),
    };
    let view = json!({ "case": loaded.file, "draft": draft, "may_draft": refused.is_none() });
    let body = html! {
        (head)
        (heading(&page.t("contract-panel"), &page.t("contract-draft")))
        @match &refused {
            Some(refusal) => p class="govuk-body" { (refused_words(page, refusal)) },
            None => (fields(page, &programme, &loaded, &typed, &errors)),
        }
    };
    page.show_form(&page.t("contract-draft"), &view, &errors, body)
}

/// A refusal in words, where a form would stand.
pub(super) fn refused_words(page: &Page, refusal: &Refusal) -> String {
    platform::message::Explain::message(refusal).text(page.lang)
}

fn fields(page: &Page, programme: &InForce, loaded: &Loaded, form: &Posted, errors: &Errors) -> Markup {
    let regions =
        programme.regions().iter().map(|region| (region.code.to_string(), region.name.text(page.lang).to_owned())).collect();
    let languages = codes::options(page.lang, "language", codes::LANGUAGES);
    let amount = page.lang.with("contract-draft-amount", &[("amount", page.lang.money(loaded.state.granted).into())]);
    let action = format!("{}/draft", link(loaded.file.case()));
    draw::form(
        page,
        &action,
        Some(loaded.file.version),
        &page.t("contract-draft-submit"),
        html! {
            p class="govuk-body" { (amount) }
            (draw::input(page, form, errors, "place_of_use", "contract-place-of-use").hint("contract-place-of-use-hint"))
            (draw::select(page, form, errors, "region", "contract-region", regions))
            (draw::date(page, form, errors, "premises_seen_on", "contract-premises-seen").hint("contract-premises-seen-hint"))
            (draw::select(page, form, errors, "explained_in", "contract-explained-in", languages))
            (draw::boxes(page, form, errors, "status_same", "contract-status", tick(page, "contract-status-same")))
        },
    )
}

/// The one option of a box that must be ticked.
pub(super) fn tick(page: &Page, key: &str) -> Vec<(String, String)> {
    vec![("yes".to_owned(), page.t(key))]
}
