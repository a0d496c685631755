//! `GET` and `POST /cases/{case}/assets/{asset}/loss`: a piece was stolen, burnt or otherwise lost.

use super::{
    LOST, link, piece, piece_link,
    rules::{Refusal, State},
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
    case::{self, Facts, Happening, LossCause, LossFinding, heading as case_heading},
    programme,
};
use serde_json::json;
use values::id::{AssetId, CaseId, PersonId};

type Ids = Path<(CaseId, AssetId)>;

pub(super) async fn get(Extract(app): Extract<App>, page: Page, Path((case, asset)): Ids) -> Answer {
    show(&app, &page, case, asset, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(Extract(app): Extract<App>, page: Page, Path((case, asset)): Ids, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, asset, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, asset, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, id: AssetId, form: &Posted) -> Result<String, Stop> {
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    let asset = store::find(tx, case, id).await?.ok_or(Fault::NotFound)?;
    let mut read = form.reader();
    let happened_on = read.date("happened_on");
    let late = |day| day > page.today || asset.handed_over_on.is_some_and(|given| day < given);
    if happened_on.is_some_and(late) {
        read.wrong("happened_on", Message::new("asset-error-found-on"));
    }
    let cause = LossCause::from_code(&read.required("cause"));
    let finding = LossFinding::from_code(&read.required("finding"));
    let record = read.required("record");
    let (happened_on, (cause, finding)) = read.finish(happened_on.zip(cause.zip(finding)))?;
    if !asset.is_held() {
        return Err(Stop::refused(&Refusal::WrongState));
    }
    let facts = Facts::LossReported { asset: id, happened_on, cause, finding };
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts).because(record.clone())]).await?;
    let written_off = finding == LossFinding::WriteOff;
    let state = if written_off { State::WrittenOff } else { State::Missing };
    store::change(tx, &Asset { state: state as i16, ended_on: written_off.then_some(page.today), ..asset.clone() }).await?;
    tx.note(LOST, PersonId(asset.person_id), &json!({ "case": case, "asset": id, "state": state }), Some(&record))?;
    Ok(link(case))
}

async fn show(app: &App, page: &Page, case: CaseId, id: AssetId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let asset = store::find(&mut tx, case, id).await?.ok_or(Fault::NotFound)?;
    let causes = LossCause::ALL.iter().map(|cause| (cause.code().to_owned(), cause.message().text(page.lang))).collect();
    let findings =
        LossFinding::ALL.iter().map(|finding| (finding.code().to_owned(), finding.message().text(page.lang))).collect();
    let title = page.t("asset-report-loss");
    let body = html! {
        (head)
        (heading(&piece::name(&programme, page, &asset), &title))
        p class="govuk-body" { (piece::state_tag(page, asset.state)) }
        (draw::form(page, &piece_link(case, id, "loss"), Some(loaded.file.version), &page.t("asset-report-loss-submit"), html! {
            (draw::date(page, form, &errors, "happened_on", "asset-lost-on"))
            (draw::radios(page, form, &errors, "cause", "asset-loss-cause", causes))
            (draw::radios(page, form, &errors, "finding", "asset-loss-finding", findings).hint("asset-loss-finding-hint"))
            (draw::input(page, form, &errors, "record", "asset-loss-record").hint("asset-loss-record-hint"))
        }))
    };
    page.show_form(&title, &json!({ "asset": asset }), &errors, body)
}
