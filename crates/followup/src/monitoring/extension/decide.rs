//! `GET` and `POST /cases/{case}/extension/decision`: the head of the office lets the term grow, or does not.

use super::{
    Refusal, TURNED_DOWN, link, show,
    store::{self, Extension},
};
use crate::monitoring::second;
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
use registry::case::{self, Duty, Facts, Happening, heading as case_heading};
use serde_json::json;
use values::id::{CaseId, OfficerId};

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
    if said.approved {
        let facts = Facts::TermExtended {
            months: u8::try_from(proposed.months).context("an extension of too many months")?,
            proposed_by: OfficerId(proposed.proposed_by),
        };
        let happening = Happening::on(page.today, facts).because(&proposed.reason);
        case::store::append(tx, &law, &mut loaded, vec![happening]).await?;
    } else {
        case::store::claim(tx, &loaded.file, Duty::ApproveExtension).await?;
        let facts = json!({ "case": case, "extension": proposed.extension_id });
        tx.note(TURNED_DOWN, loaded.state.person, &facts, said.note.as_deref())?;
    }
    let decided = Extension {
        decided_at: Some(tx.now()),
        decided_by: Some(page.officer()?.0),
        approved: Some(said.approved),
        note: said.note,
        ..proposed
    };
    store::decide(tx, &decided).await?;
    Ok(case_heading::link(case))
}

async fn show_form(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let open = store::open(&mut tx, loaded.state.person, case).await?;
    let view = json!({ "case": loaded.file, "extension": open });
    let body = html! {
        (head)
        (heading(&page.t("monitoring-extension"), &page.t("monitoring-extension-decide")))
        @match &open {
            None => p class="govuk-body" { (Refusal::NoneWaits.message().text(page.lang)) },
            Some(extension) => {
                (show::summary(page, extension))
                (draw::form(page, &format!("{}/decision", link(case)), Some(loaded.file.version), &page.t("monitoring-second-submit"),
                    second::fields(page, form, &errors)))
            }
        }
    };
    page.show_form(&page.t("monitoring-extension-decide"), &view, &errors, body)
}
