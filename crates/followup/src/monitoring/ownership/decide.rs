//! `GET` and `POST /cases/{case}/ownership/decision`: the head of the office approves that the title passes, or sends the
//! proposal back.

use super::{
    SENT_BACK, link,
    propose::checklist,
    rules::{self, Refusal},
    show,
    store::{self, Ownership},
    title,
};
use crate::monitoring::{second, store as visits};
use anyhow::Context;
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
    case::{self, Duty, Facts, Happening, Loaded, heading as case_heading},
    programme,
};
use serde_json::json;
use values::id::{CaseId, ContractId, OfficerId, VisitId};

pub(in crate::monitoring) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show_form(&app, &page, case, &Posted::empty(), Errors::none()).await
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
            show_form(&app, &page, case, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    let open = store::open(tx, loaded.state.person, case).await?;
    let proposed = open.ok_or_else(|| Stop::refused(&Refusal::NoneWaits))?;
    let said = second::read(form.reader())?;
    let mut decided = Ownership {
        decided_at: Some(tx.now()),
        decided_by: Some(page.officer()?.0),
        approved: Some(said.approved),
        note: said.note,
        ..proposed
    };
    if said.approved {
        let happening = passing(tx, page, &decided).await?;
        case::store::append(tx, &law, &mut loaded, vec![happening]).await?;
        provision::asset::store::pass_title(tx, loaded.state.person, case, page.today).await?;
        decided.approver = page.acting.as_ref().map(|acting| acting.name.clone());
        decided.owner = Some(sealed(tx, app, &loaded).await?);
    } else {
        case::store::claim(tx, &loaded.file, Duty::ApproveOwnership).await?;
        let facts = json!({ "case": case, "ownership": decided.ownership_id });
        tx.note(SENT_BACK, loaded.state.person, &facts, decided.note.as_deref())?;
    }
    store::decide(tx, &decided).await?;
    Ok(case_heading::link(case))
}

async fn passing(tx: &mut Tx, page: &Page, proposed: &Ownership) -> Result<Happening, Stop> {
    let visit = visits::find(tx, VisitId(proposed.visit_id)).await?;
    let visited_on = visit.as_ref().and_then(rules::visited_on).context("a proposal without its final visit")?;
    let facts = Facts::OwnershipTransferred {
        contract: ContractId(proposed.contract_id),
        visited_on,
        proposed_by: OfficerId(proposed.proposed_by),
    };
    Ok(Happening::on(page.today, facts))
}

/// The new owner as the act will name them from now on.
async fn sealed(tx: &mut Tx, app: &App, loaded: &Loaded) -> Result<String, Stop> {
    let person = case::store::person_of(tx, &loaded.file).await?;
    Ok(title::seal(app.keys(), &person)?)
}

async fn show_form(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let open = store::open(&mut tx, loaded.state.person, case).await?;
    let visits = visits::of_case(&mut tx, loaded.state.person, case).await?;
    let points = rules::points(&loaded.state, &visits, page.today, &programme);
    let view = json!({ "case": loaded.file, "ownership": open, "points": points });
    let body = html! {
        (head)
        (heading(&page.t("monitoring-ownership"), &page.t("monitoring-ownership-decide")))
        @match &open {
            None => p class="govuk-body" { (Refusal::NoneWaits.message().text(page.lang)) },
            Some(proposal) => {
                (show::summary(page, proposal))
                (checklist(page, &points))
                (draw::form(page, &format!("{}/decision", link(case)), Some(loaded.file.version), &page.t("monitoring-second-submit"),
                    second::fields(page, form, &errors)))
            }
        }
    };
    page.show_form(&page.t("monitoring-ownership-decide"), &view, &errors, body)
}
