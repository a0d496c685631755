//! `GET` and `POST /awards/{award}/signature`: the head of the office signs with the person; never whoever drew it up.

use super::{
    SIGNED, link,
    store::{self, Contract},
};
use crate::growth::{
    rules::Refusal,
    show::{heading_of, summary},
    state::State as Stage,
    store::{self as awards, Award},
};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    request::Page,
    scope::Tx,
};
use provision::contract::{rules::ends_on, sealed};
use registry::programme::{self, keys};
use serde_json::json;
use values::id::AwardId;

pub(super) async fn get(State(app): State<App>, page: Page, Path(award): Path<AwardId>) -> Answer {
    show(&app, &page, award, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(award): Path<AwardId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, award, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, award, &form, stop.errors()?).await
        }
    }
}

/// The draft that may be signed, or why none may.
fn signable(page: &Page, award: &Award, draft: Option<Contract>) -> Result<Contract, Refusal> {
    let draft = draft.filter(|draft| draft.signed_on.is_none() && award.state() == Stage::Granted).ok_or(Refusal::NotNow)?;
    match page.officer() {
        Ok(officer) if officer.0 == draft.drafted_by => Err(Refusal::SecondPerson),
        _ => Ok(draft),
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let award = awards::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    let draft = store::find(tx, &award).await?;
    let draft = signable(page, &award, draft).map_err(|refusal| Stop::refused(&refusal))?;
    let mut read = form.reader();
    read.must_tick("explained");
    read.must_tick("beneficiary_signed");
    read.finish(Some(()))?;
    let term = programme.parameter(&keys::AWARD_CONTRACT_TERM, page.today);
    let person = awards::beneficiary(tx, &award).await?.ok_or(Fault::NotFound)?;
    let signed = Contract {
        term_months: i16::try_from(term.0).context("a term of too many months")?,
        signed_on: Some(page.today),
        signed_by: Some(page.officer()?.0),
        head: page.acting.as_ref().map(|acting| acting.name.clone()),
        ends_on: Some(ends_on(page.today, term)),
        beneficiary: Some(sealed(app.keys(), &person)?),
        ..draft
    };
    store::sign(tx, &signed).await?;
    let facts = json!({ "case": award.case_id, "award": id, "ends_on": signed.ends_on, "amount": award.granted });
    let contracted = Award { state: Stage::Contracted as i16, ..award };
    awards::change(tx, &contracted, Stage::Granted).await?;
    tx.note(SIGNED, contracted.person(), &facts, None)?;
    Ok(link(id))
}

async fn show(app: &App, page: &Page, id: AwardId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let award = awards::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, app, page, &award, "growth-contract-sign").await?;
    let lines = awards::lines(&mut tx, &award).await?;
    let draft = store::find(&mut tx, &award).await?;
    let term = programme.parameter(&keys::AWARD_CONTRACT_TERM, page.today);
    let ends = page.lang.date(ends_on(page.today, term));
    let words = page.lang.with("contract-sign-term", &[("months", term.0.into()), ("ends", ends.into())]);
    let view = json!({ "award": award, "contract": draft, "lines": lines, "term_months": term });
    let tick = |key: &str| vec![("yes".to_owned(), page.t(key))];
    let title = page.t("growth-contract-sign");
    let body = html! {
        (head)
        @match signable(page, &award, draft) {
            Err(refusal) => p class="govuk-body" { (refusal.message().text(page.lang)) },
            Ok(draft) => {
                (super::show(page, &award, &draft))
                (summary(page, app, &award, &lines)?)
                p class="govuk-body" { (words) }
                (draw::form(page, &format!("{}/signature", link(id)), None, &page.t("contract-sign-submit"), html! {
                    (draw::boxes(page, form, &errors, "explained", "contract-sign-explained", tick("contract-sign-explained-yes")))
                    (draw::boxes(page, form, &errors, "beneficiary_signed", "contract-sign-beneficiary",
                        tick("contract-sign-beneficiary-yes")))
                }))
            }
        }
    };
    page.show_form(&title, &view, &errors, body)
}
