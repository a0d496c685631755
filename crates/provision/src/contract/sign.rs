//! `GET` and `POST /cases/{case}/contract/signature`: the head of the office signs with the beneficiary.

use super::{
    draft::{refused_words, tick},
    link,
    rules::{self, Refusal},
    show,
    store::{self, Beneficiary, Contract},
};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    keys::Keys,
    message::Errors,
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Code, Facts, Happening, heading as case_heading},
    people::store::Person,
    programme::{self, keys},
};
use serde_json::json;
use values::id::{CaseId, ContractId};

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
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    rules::open(loaded.state.stage).map_err(|refusal| Stop::refused(&refusal))?;
    let draft = store::find(tx, loaded.state.person, case).await?.filter(|draft| draft.signed_on.is_none());
    let draft = draft.ok_or_else(|| Stop::refused(&Refusal::NoDraft))?;
    let mut read = form.reader();
    read.must_tick("explained");
    read.must_tick("beneficiary_signed");
    read.finish(Some(()))?;
    let term = programme.parameter(&keys::CONTRACT_TERM, page.today);
    let ends_on = rules::ends_on(page.today, term);
    let person = case::store::person_of(tx, &loaded.file).await?;
    let signed = Contract {
        term_months: i16::try_from(term.0).context("a term of too many months")?,
        signed_on: Some(page.today),
        signed_by: Some(page.officer()?.0),
        head: page.acting.as_ref().map(|acting| acting.name.clone()),
        ends_on: Some(ends_on),
        beneficiary: Some(sealed(app.keys(), &person)?),
        ..draft
    };
    let region = Code::new(&signed.region).map_err(|_| anyhow::anyhow!("{} is no code of an event", signed.region))?;
    let facts = Facts::ContractSigned {
        contract: ContractId(signed.contract_id),
        term_months: u8::try_from(term.0).context("a term of too many months")?,
        ends_on,
        amount: signed.amount(),
        region,
        status_checked_on: signed.status_checked_on,
        premises_seen_on: signed.premises_seen_on,
    };
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts)]).await?;
    store::sign(tx, &signed).await?;
    Ok(link(case))
}

/// The beneficiary as the paper will name them from now on.
pub fn sealed(keys: &Keys, person: &Person) -> anyhow::Result<String> {
    keys.seal(&serde_json::to_string(&beneficiary(keys, person)?)?)
}

/// The beneficiary as registered now.
pub fn beneficiary(keys: &Keys, person: &Person) -> anyhow::Result<Beneficiary> {
    let protected = person.protected(keys)?;
    Ok(Beneficiary {
        name: person.full_name(),
        fin: protected.fin,
        document: protected.document,
        address: person.address.clone(),
        phone: protected.phone,
    })
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let draft = store::find(&mut tx, loaded.state.person, case).await?;
    let lines = match &draft {
        Some(draft) => store::lines(&mut tx, loaded.state.person, draft.plan()).await?,
        None => Vec::new(),
    };
    let refused = rules::open(loaded.state.stage).err().or_else(|| draft.is_none().then_some(Refusal::NoDraft));
    let term = programme.parameter(&keys::CONTRACT_TERM, page.today);
    let ends_on = rules::ends_on(page.today, term);
    let words = page.lang.with("contract-sign-term", &[("months", term.0.into()), ("ends", page.lang.date(ends_on).into())]);
    let view = json!({ "case": loaded.file, "contract": draft, "lines": lines, "term_months": term, "ends_on": ends_on });
    let body = html! {
        (head)
        (heading(&page.t("contract-panel"), &page.t("contract-sign")))
        @if let Some(refusal) = &refused { p class="govuk-body" { (refused_words(page, refusal)) } }
        @else if let Some(draft) = &draft {
            (show::summary(page, &programme, draft))
            (show::equipment(page, &programme, draft, &lines))
            p class="govuk-body" { (words) }
            (draw::form(page, &format!("{}/signature", link(case)), Some(loaded.file.version), &page.t("contract-sign-submit"), html! {
                (draw::boxes(page, form, &errors, "explained", "contract-sign-explained", tick(page, "contract-sign-explained-yes")))
                (draw::boxes(page, form, &errors, "beneficiary_signed", "contract-sign-beneficiary",
                    tick(page, "contract-sign-beneficiary-yes")))
            }))
        }
    };
    page.show_form(&page.t("contract-sign"), &view, &errors, body)
}
