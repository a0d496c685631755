//! `GET` and `POST /cases/{case}/recovery`: what the person answers for comes back, is lost, or is written off.

use super::{
    link, piece,
    rules::{Refusal, State},
    store::{self, Asset},
};
use axum::extract::{Path, State as Extract};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Facts, Happening, heading as case_heading},
    programme,
};
use serde_json::json;
use values::{Money, id::CaseId};

/// What may become of a piece, with the state that follows.
const ENDS: [(&str, State); 3] = [("returned", State::Returned), ("lost", State::Lost), ("written_off", State::WrittenOff)];

pub(super) async fn get(Extract(app): Extract<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(Extract(app): Extract<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    let held = store::held(tx, loaded.state.person, case).await?;
    if held.is_empty() {
        return Err(Stop::refused(&Refusal::WrongState));
    }
    let (value, place, ends) = read(form, &held)?;
    let count = |wanted: State| u16::try_from(ends.iter().filter(|end| **end == wanted).count()).unwrap_or(u16::MAX);
    let facts = Facts::RecoveryCompleted {
        returned: count(State::Returned),
        lost: count(State::Lost),
        written_off: count(State::WrittenOff),
        value,
    };
    let happening = Happening::on(page.today, facts).because(place);
    case::store::append(tx, &law, &mut loaded, vec![happening]).await?;
    for (asset, end) in held.into_iter().zip(ends) {
        store::change(tx, &Asset { state: end as i16, ended_on: Some(page.today), ..asset }).await?;
    }
    Ok(link(case))
}

/// The value of what came back, where it lies now, and what became of each piece. One answer may stand for all.
fn read(form: &Posted, held: &[Asset]) -> Result<(Money, String, Vec<State>), Errors> {
    let mut read = form.reader();
    let end_of = |code: &str| ENDS.iter().find(|(known, _)| *known == code).map(|(_, state)| *state);
    let all = read.optional("all");
    let mut ends = Vec::new();
    for asset in held {
        let name = format!("end-{}", asset.asset_id);
        let own = read.optional(&name);
        match own.as_deref().or(all.as_deref()).and_then(end_of) {
            Some(end) => ends.push(end),
            None => read.wrong(&name, Message::new("form-error-choice")),
        }
    }
    let value = read.money("value");
    let place = read.required("place");
    let value = read.finish(value)?;
    Ok((value, place, ends))
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let held = store::held(&mut tx, loaded.state.person, case).await?;
    let title = page.t("asset-recover");
    let pieces: Vec<(String, String)> =
        held.iter().map(|asset| (format!("end-{}", asset.asset_id), piece::name(&programme, page, asset))).collect();
    let body = html! {
        (head)
        (heading(&page.t("asset-panel"), &title))
        @if held.is_empty() { p class="govuk-body" { (page.t("asset-recover-none")) } }
        @else {
            (draw::form(page, &format!("/cases/{case}/recovery"), Some(loaded.file.version), &page.t("asset-recover-submit"),
                fields(page, &pieces, form, &errors)))
        }
    };
    page.show_form(&title, &json!({ "case": loaded.file, "held": held }), &errors, body)
}

fn fields(page: &Page, pieces: &[(String, String)], form: &Posted, errors: &Errors) -> Markup {
    let ends = || ENDS.map(|(code, state)| (code.to_owned(), page.t(state.key()))).to_vec();
    html! {
        @for (name, label) in pieces {
            (draw::radios(page, form, errors, name, "", ends()).labelled(label.clone()).compact())
        }
        (draw::money(page, form, errors, "value", "asset-recover-value").hint("asset-recover-value-hint"))
        (draw::input(page, form, errors, "place", "asset-recover-place"))
    }
}
