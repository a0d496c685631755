//! `GET` and `POST /cases/{case}/closing`: an officer closes a case, or proposes it to the head where equipment stays out.

use super::{
    super::CLOSING_PROPOSED,
    Refusal, reasons,
    store::{self, Proposal},
};
use crate::case::{
    CloseReason, Duty, Facts, Happening, Law, Loaded,
    action::{closed, options, read_reason, reason_field},
    closing, fold, heading, law, store as cases,
};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{notice, shell},
    request::Page,
    scope::Tx,
};
use serde_json::json;
use uuid::Uuid;
use values::id::{CaseId, OfficerId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, &Posted::empty(), Errors::none()).await
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
            show(&app, &page, case, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let law = law(app)?;
    let mut loaded = cases::load_for(tx, &law, case, form).await?;
    let offered = reasons(&loaded.state);
    let codes: Vec<&str> = offered.iter().map(|reason| reason.code()).collect();
    let mut read = form.reader();
    let reason = CloseReason::from_code(&read.choice("why", &codes));
    let words = read_reason(&mut read);
    let (reason, words) = read.finish(reason.map(|reason| (reason, words)))?;
    if closing::assets_are_out(&loaded.state) {
        put(tx, &law, &loaded, reason, words, None).await?;
    } else {
        let facts = Facts::CaseClosed { reason, proposed_by: None, continued_by: None };
        cases::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts).because(words)]).await?;
    }
    Ok(heading::link(case))
}

/// Puts a closing before the second person, once the machine would admit it from anybody else.
pub(in crate::case::acts) async fn put(
    tx: &mut Tx,
    law: &Law,
    loaded: &Loaded,
    reason: CloseReason,
    words: String,
    continued_by: Option<CaseId>,
) -> Result<(), Stop> {
    let (person, case) = (loaded.file.person(), loaded.file.case());
    if store::open(tx, person, case).await?.is_some() {
        return Err(Stop::refused(&Refusal::Waits));
    }
    let officer = tx.who().officer;
    let facts = Facts::CaseClosed { reason, proposed_by: Some(officer), continued_by };
    let mut event = cases::event_of(tx, person, case, Happening::on(tx.today(), facts));
    event.officer = OfficerId(Uuid::nil());
    let terms = law.terms_on(loaded.file.opened_on);
    fold::admit(&loaded.events, &event, terms).map_err(|refusal| Stop::refused(&refusal))?;
    cases::claim(tx, &loaded.file, Duty::ProposeClosing).await?;
    let proposal = Proposal {
        person_id: person.0,
        proposal_id: Uuid::now_v7(),
        case_id: case.0,
        office: loaded.file.office,
        reason: reason.number(),
        words,
        continued_by: continued_by.map(|case| case.0),
        proposed_at: tx.now(),
        proposed_by: officer.0,
        decided_at: None,
        decided_by: None,
        approved: None,
        note: None,
    };
    let told = json!({ "case": case, "proposal": proposal.proposal_id, "reason": reason, "continued_by": continued_by });
    tx.note(CLOSING_PROPOSED, person, &told, Some(&proposal.words))?;
    Ok(store::insert(tx, &[proposal]).await?)
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let loaded = cases::load(&mut tx, &*law(app)?, case).await?;
    let head = heading::draw(&mut tx, page, &loaded).await?;
    let offered = reasons(&loaded.state);
    let second = closing::assets_are_out(&loaded.state);
    let waits = store::open(&mut tx, loaded.file.person(), case).await?.is_some();
    let refusal = match (waits, offered.is_empty()) {
        (true, _) => Some(Refusal::Waits),
        (false, true) => Some(Refusal::NoReason),
        (false, false) => None,
    };
    let title = page.t("case-closing-title");
    let body = html! {
        (head)
        (shell::heading("", &title))
        @match &refusal {
            Some(refusal) => (closed(page, refusal, case)),
            None => {
                @if second { (notice::warning(&page.lang, &page.t("case-closing-second"))) }
                @if !loaded.state.appeals.is_empty() { (notice::warning(&page.lang, &page.t("case-refusal-appeal-open"))) }
                (draw::form(page, &super::link(case), Some(loaded.file.version),
                    &page.t(if second { "case-closing-propose" } else { "case-closing-submit" }), html! {
                        (draw::radios(page, form, &errors, "why", "case-closing-why", options(page, &offered, |reason| (reason.code(), reason.message()))))
                        (reason_field(page, form, &errors))
                    }))
            }
        }
    };
    page.show_form(&title, &json!({ "case": loaded.file, "reasons": offered, "second_person": second }), &errors, body)
}
