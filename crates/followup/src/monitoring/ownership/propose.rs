//! `GET` and `POST /cases/{case}/ownership`: an officer checks what must be so and proposes that the title passes.

use super::{
    PROPOSED,
    rules::{self, Point, Refusal},
    store::{self, Ownership},
};
use crate::monitoring::{link as visit_link, store as visits};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    page::{Tone, shell::heading, tag},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty, heading as case_heading},
    programme,
};
use serde_json::json;
use uuid::Uuid;
use values::id::CaseId;

/// Characters of a finding that say something.
const LEAST_FINDING: usize = 15;

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
    let loaded = case::store::load_for(tx, &*case::law(app)?, case, form).await?;
    let visits = visits::of_case(tx, loaded.state.person, case).await?;
    let points = rules::points(&loaded.state, &visits, page.today, &programme);
    rules::may_propose(&loaded.state, &points).map_err(|refusal| Stop::refused(&refusal))?;
    if store::open(tx, loaded.state.person, case).await?.is_some() {
        return Err(Stop::refused(&Refusal::Waits));
    }
    let mut read = form.reader();
    let finding = read.reason("finding", LEAST_FINDING);
    read.must_tick("matches_plan");
    read.finish(Some(()))?;
    case::store::claim(tx, &loaded.file, Duty::ProposeOwnership).await?;
    let visit = rules::final_visit(&visits).context("a final visit was found before")?;
    let row = Ownership {
        person_id: loaded.file.person_id,
        ownership_id: Uuid::now_v7(),
        case_id: case.0,
        office: loaded.file.office,
        contract_id: loaded.state.contract.context("a case in operation without a contract")?.0,
        visit_id: visit.visit_id,
        finding,
        proposed_at: tx.now(),
        proposed_by: page.officer()?.0,
        decided_at: None,
        decided_by: None,
        approved: None,
        note: None,
        proposer: page.acting.as_ref().map(|acting| acting.name.clone()).unwrap_or_default(),
        approver: None,
        owner: None,
    };
    let facts = json!({ "case": case, "ownership": row.ownership_id, "visit": row.visit_id, "finding": row.finding });
    store::insert(tx, &[row]).await?;
    tx.note(PROPOSED, loaded.state.person, &facts, None)?;
    Ok(case_heading::link(case))
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let visits = visits::of_case(&mut tx, loaded.state.person, case).await?;
    let points = rules::points(&loaded.state, &visits, page.today, &programme);
    let waits = store::open(&mut tx, loaded.state.person, case).await?.map(|_| Refusal::Waits);
    let refused = waits.or_else(|| rules::may_propose(&loaded.state, &points).err());
    let view = json!({ "case": loaded.file, "points": points, "may_propose": refused.is_none() });
    let matches = vec![("yes".to_owned(), page.t("monitoring-ownership-matches-yes"))];
    let body = html! {
        (head)
        (heading(&page.t("monitoring-ownership"), &page.t("monitoring-ownership-propose")))
        (checklist(page, &points))
        @if let Some(visit) = rules::final_visit(&visits) {
            p class="govuk-body" { a class="govuk-link" href=(visit_link(visit.id())) { (page.t("monitoring-ownership-visit")) } }
        }
        @match &refused {
            Some(refusal) => p class="govuk-body" { (refusal.message().text(page.lang)) },
            None => (draw::form(page, &super::link(case), Some(loaded.file.version), &page.t("monitoring-ownership-submit"), html! {
                (draw::boxes(page, form, &errors, "matches_plan", "monitoring-ownership-matches", matches))
                (draw::area(page, form, &errors, "finding", "monitoring-ownership-finding", 4).hint("monitoring-ownership-finding-hint"))
            })),
        }
    };
    page.show_form(&page.t("monitoring-ownership-propose"), &view, &errors, body)
}

/// What must be so, each with whether it is.
pub(super) fn checklist(page: &Page, points: &[Point]) -> Markup {
    html! {
        ul class="govuk-list" {
            @for point in points {
                li {
                    @if point.met { (tag(Tone::Good, &page.t("monitoring-ownership-met"))) }
                    @else { (tag(Tone::Bad, &page.t("monitoring-ownership-unmet"))) }
                    " " (page.t(point.need.key()))
                }
            }
        }
    }
}
