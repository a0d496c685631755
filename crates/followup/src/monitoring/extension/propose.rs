//! `GET` and `POST /cases/{case}/extension`: an officer proposes a longer term.

use super::{
    PROPOSED, Refusal,
    store::{self, Extension},
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
    case::{self, CaseState, Duty, Kind, action, heading as case_heading},
    programme::{self, InForce, keys},
};
use serde_json::json;
use uuid::Uuid;
use values::id::CaseId;

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

/// Months by which the term may still grow, if it may at all.
fn months_left(state: &CaseState, programme: &InForce, page: &Page) -> Result<u32, Refusal> {
    if !case::table::stages(Kind::TermExtended).has(state.stage) {
        return Err(Refusal::NotNow);
    }
    let most = programme.parameter(&keys::EXTENSION_MAX, page.today).0;
    let left = most.saturating_sub(u32::from(state.counters.extension_months));
    if left == 0 { Err(Refusal::UsedUp) } else { Ok(left) }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let loaded = case::store::load_for(tx, &*case::law(app)?, case, form).await?;
    let left = months_left(&loaded.state, &programme, page).map_err(|refusal| Stop::refused(&refusal))?;
    if store::open(tx, loaded.state.person, case).await?.is_some() {
        return Err(Stop::refused(&Refusal::Waits));
    }
    let mut read = form.reader();
    let months = read.integer("months", 1..=i64::from(left)).and_then(|months| i16::try_from(months).ok());
    let reason = read.reason("reason", action::LEAST_REASON);
    let (months, reason) = read.finish(months.map(|months| (months, reason)))?;
    case::store::claim(tx, &loaded.file, Duty::ProposeExtension).await?;
    let row = Extension {
        person_id: loaded.file.person_id,
        extension_id: Uuid::now_v7(),
        case_id: case.0,
        office: loaded.file.office,
        months,
        reason: reason.clone(),
        proposed_at: tx.now(),
        proposed_by: page.officer()?.0,
        decided_at: None,
        decided_by: None,
        approved: None,
        note: None,
    };
    let facts = json!({ "case": case, "extension": row.extension_id, "months": months });
    store::insert(tx, &[row]).await?;
    tx.note(PROPOSED, loaded.state.person, &facts, Some(&reason))?;
    Ok(case_heading::link(case))
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let waits = store::open(&mut tx, loaded.state.person, case).await?.is_some();
    let left = if waits { Err(Refusal::Waits) } else { months_left(&loaded.state, &programme, page) };
    let ends = loaded.state.milestones.term_ends_on;
    let view = json!({ "case": loaded.file, "term_ends_on": ends, "months_left": left.ok() });
    let body = html! {
        (head)
        (heading(&page.t("monitoring-extension"), &page.t("monitoring-extension-propose")))
        @match left {
            Err(refusal) => p class="govuk-body" { (refusal.message().text(page.lang)) },
            Ok(left) => {
                @if let Some(ends) = ends {
                    p class="govuk-body" { (page.lang.with("monitoring-extension-hint", &[
                        ("day", page.lang.date(ends).into()), ("months", left.into())])) }
                }
                (draw::form(page, &super::link(case), Some(loaded.file.version), &page.t("monitoring-extension-submit"), html! {
                    (draw::number(page, form, &errors, "months", "monitoring-extension-months"))
                    (action::reason_field(page, form, &errors))
                }))
            }
        }
    };
    page.show_form(&page.t("monitoring-extension-propose"), &view, &errors, body)
}
