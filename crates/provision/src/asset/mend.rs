//! A piece is faulty (`…/fault`), and another takes its place (`…/replacement`).

use super::{
    FAULTY, REPLACED, link, piece, piece_link,
    rules::{Refusal, State},
    serial,
    store::{self, Asset},
};
use axum::extract::{Path, State as Extract};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty, Stage, heading as case_heading},
    programme::{self, keys},
};
use serde_json::json;
use values::id::{AssetId, AwardId, CaseId, PersonId};

type Ids = Path<(CaseId, AssetId)>;

/// A fault is told in at least so many letters.
const LEAST_WORDS: usize = 5;

pub(super) async fn get_fault(Extract(app): Extract<App>, page: Page, Path((case, asset)): Ids) -> Answer {
    show(&app, &page, case, asset, What::Fault, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post_fault(Extract(app): Extract<App>, page: Page, Path((case, asset)): Ids, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match report(&mut tx, &app, &page, case, asset, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, asset, What::Fault, &form, stop.errors()?).await
        }
    }
}

pub(super) async fn get(Extract(app): Extract<App>, page: Page, Path((case, asset)): Ids) -> Answer {
    show(&app, &page, case, asset, What::Replacement, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(Extract(app): Extract<App>, page: Page, Path((case, asset)): Ids, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match replace(&mut tx, &app, &page, case, asset, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, asset, What::Replacement, &form, stop.errors()?).await
        }
    }
}

async fn report(tx: &mut Tx, app: &App, page: &Page, case: CaseId, id: AssetId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    // The case is locked, so that a piece is not changed by two at once.
    case::store::load_for(tx, &*case::law(app)?, case, form).await?;
    let asset = store::find(tx, case, id).await?.ok_or(Fault::NotFound)?;
    let mut read = form.reader();
    let fault = read.reason("fault", LEAST_WORDS);
    let found_on = read.date("found_on");
    if found_on.is_some_and(|day| day > page.today || asset.handed_over_on.is_some_and(|given| day < given)) {
        read.wrong("found_on", Message::new("asset-error-found-on"));
    }
    let found_on = read.finish(found_on)?;
    if !matches!(asset.state(), Some(State::WithPerson | State::InStock)) {
        return Err(Stop::refused(&Refusal::WrongState));
    }
    if asset.handed_over_on.is_some_and(|given| found_on > programme.due(&keys::DEFECT_WINDOW, given)) {
        return Err(Stop::refused(&Refusal::WindowClosed));
    }
    let faulty = Asset { state: State::Faulty as i16, fault: Some(fault.clone()), fault_on: Some(found_on), ..asset };
    store::change(tx, &faulty).await?;
    let facts = json!({ "case": case, "asset": id, "order": faulty.order_id, "found_on": found_on });
    tx.note(FAULTY, PersonId(faulty.person_id), &facts, Some(&fault))?;
    Ok(link(case))
}

async fn replace(tx: &mut Tx, app: &App, page: &Page, case: CaseId, id: AssetId, form: &Posted) -> Result<String, Stop> {
    // The case is locked, so that a piece is not replaced by two at once.
    let file = case::store::lock(tx, &*case::law(app)?, case).await?.file;
    let old = store::find(tx, case, id).await?.ok_or(Fault::NotFound)?;
    let mut read = form.reader();
    let serial = serial::read(&mut read, "serial");
    if serial.is_empty() {
        read.wrong("serial", Message::new("form-error-required"));
    }
    let serial = read.finish(Some(serial))?;
    let all = match old.award_id {
        Some(award) => store::of_award(tx, old.person(), AwardId(award)).await?,
        None => store::of_case(tx, old.person(), case).await?,
    };
    let is_replaced = all.iter().any(|one| one.replaces == Some(id.0));
    let gone = [Stage::Recovering, Stage::Recovered, Stage::Owner, Stage::Closed].map(|stage| stage as i16);
    // What an award brought outlives the first contract.
    let is_gone = old.award_id.is_none() && gone.contains(&file.stage);
    if is_replaced || is_gone || !matches!(old.state(), Some(State::Faulty | State::Missing)) {
        return Err(Stop::refused(&Refusal::WrongState));
    }
    case::store::claim(tx, &file, Duty::Receive).await?;
    let new = Asset {
        asset_id: AssetId::new().0,
        serial,
        state: State::InStock as i16,
        received_at: tx.now(),
        received_by: page.officer()?.0,
        handed_over_on: None,
        fault: None,
        fault_on: None,
        replaces: Some(id.0),
        ended_on: None,
        ..old.clone()
    };
    if let Some(serial) = store::insert(tx, std::slice::from_ref(&new)).await? {
        return Err(Stop::refused(&Refusal::SerialTaken { serial }));
    }
    // What the person has stays theirs to answer for until the new piece is in their hands.
    if !old.is_held() {
        store::change(tx, &Asset { state: State::Replaced as i16, ended_on: Some(page.today), ..old.clone() }).await?;
    }
    tx.note(REPLACED, old.person(), &json!({ "case": case, "asset": id, "by": new.asset_id }), None)?;
    Ok(link(case))
}

#[derive(Clone, Copy)]
enum What {
    Fault,
    Replacement,
}

async fn show(app: &App, page: &Page, case: CaseId, id: AssetId, what: What, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let asset = store::find(&mut tx, case, id).await?.ok_or(Fault::NotFound)?;
    let (title, act, submit) = match what {
        What::Fault => ("asset-report-fault", "fault", "asset-report-fault-submit"),
        What::Replacement => ("asset-replace", "replacement", "asset-replace-submit"),
    };
    let title = page.t(title);
    let version = matches!(what, What::Fault).then_some(loaded.file.version);
    let body = html! {
        (head)
        (heading(&piece::name(&programme, page, &asset), &title))
        p class="govuk-body" { (piece::state_tag(page, asset.state)) @if let Some(fault) = &asset.fault { " " (fault) } }
        (draw::form(page, &piece_link(case, id, act), version, &page.t(submit), html! {
            @match what {
                What::Fault => {
                    (draw::area(page, form, &errors, "fault", "asset-fault", 3))
                    (draw::date(page, form, &errors, "found_on", "asset-found-on"))
                }
                What::Replacement => (draw::input(page, form, &errors, "serial", "asset-new-serial")),
            }
        }))
    };
    page.show_form(&title, &json!({ "asset": asset }), &errors, body)
}
