//! `GET` and `POST /cases/{case}/breach/notice`: an officer names the duty that was broken, shows how it is known, and the
//! person gets their time to remedy it.

use super::{
    Refusal, link,
    store::{self, Breach},
};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Code, Facts, Happening, Kind, heading as case_heading},
    programme::{self, InForce, keys},
};
use serde_json::json;
use uuid::Uuid;
use values::id::CaseId;

/// Characters of evidence that say something.
const LEAST_EVIDENCE: usize = 15;

pub(in crate::monitoring) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, &Posted::empty(), Errors::none()).await
}

pub(in crate::monitoring) async fn post(State(app): State<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
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
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    let codes: Vec<&str> = programme.reasons(super::LIST).map(|reason| reason.code.as_str()).collect();
    let mut read = form.reader();
    let obligation = read.choice("obligation", &codes);
    let evidence = read.reason("evidence", LEAST_EVIDENCE);
    read.finish(Some(()))?;
    let code = Code::new(&obligation).map_err(|_| anyhow::anyhow!("{obligation} is no code of an event"))?;
    let facts = Facts::BreachNoticed { obligation: code };
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts).because(&evidence)]).await?;
    let breach = Breach {
        person_id: loaded.file.person_id,
        breach_id: Uuid::now_v7(),
        case_id: case.0,
        office: loaded.file.office,
        obligation,
        evidence,
        noticed_on: page.today,
        noticed_by: page.officer()?.0,
        remedy_due: programme.due(&keys::REMEDY_TERM, page.today),
        explanation: None,
        explained_on: None,
        heard_on: None,
        settled_on: None,
        settled_by: None,
        outcome: None,
        finding: None,
    };
    store::insert(tx, &[breach]).await?;
    Ok(link(case))
}

/// The breaches that the programme knows.
fn choices(page: &Page, programme: &InForce) -> Vec<(String, String)> {
    programme.reasons(super::LIST).map(|r| (r.code.to_string(), page.lang.sentence(r.name.text(page.lang)))).collect()
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let allowed = case::table::stages(Kind::BreachNoticed).has(loaded.state.stage);
    let due = programme.due(&keys::REMEDY_TERM, page.today);
    let words = page.lang.with("monitoring-breach-notice-hint", &[("day", page.lang.date(due).into())]);
    let view = json!({ "case": loaded.file, "remedy_due": due, "may_notice": allowed });
    let body = html! {
        (head)
        (heading(&page.t("monitoring-breach"), &page.t("monitoring-breach-notice")))
        @if allowed {
            p class="govuk-body" { (words) }
            (draw::form(page, &format!("{}/notice", link(case)), Some(loaded.file.version), &page.t("monitoring-breach-notice-submit"), html! {
                (draw::select(page, form, &errors, "obligation", "monitoring-breach-obligation", choices(page, &programme)))
                (draw::area(page, form, &errors, "evidence", "monitoring-breach-evidence", 5).hint("monitoring-breach-evidence-hint"))
            }))
        } @else {
            p class="govuk-body" { (Refusal::NotNow.message().text(page.lang)) }
        }
    };
    page.show_form(&page.t("monitoring-breach-notice"), &view, &errors, body)
}
