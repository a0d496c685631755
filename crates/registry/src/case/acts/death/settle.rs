//! `GET` and `POST /cases/{case}/death/settlement`: after the time of mourning a member of the household goes on in a case of
//! their own, or the equipment returns. That somebody goes on is approved by the head, as a closing.

use super::{
    super::{DEATH_SETTLED, closing},
    Refusal,
    store::{self, Settlement},
};
use crate::case::{
    CloseReason, Law, Loaded, Stage,
    action::{closed, read_reason, reason_field},
    heading, law, store as cases,
};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain, Message},
    page::{Width, shell},
    request::Page,
    scope::Tx,
};
use serde_json::json;
use values::id::CaseId;

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

/// What keeps a settlement from being recorded today.
async fn refusal(tx: &mut Tx, law: &Law, loaded: &Loaded, today: NaiveDate) -> anyhow::Result<Option<Refusal>> {
    let state = &loaded.state;
    let Some(died_on) = state.milestones.deceased_on.filter(|_| state.assets_held > 0 && state.stage != Stage::Closed) else {
        return Ok(Some(Refusal::NothingToSettle));
    };
    let until = law.terms_on(loaded.file.opened_on).mourning.ends(died_on, &law.days);
    if today <= until {
        return Ok(Some(Refusal::Mourning { until }));
    }
    let death = store::find(tx, state.person, state.case).await?;
    Ok(death.and_then(|death| death.settlement).map(|_| Refusal::Settled))
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let law = law(app)?;
    let loaded = cases::load_for(tx, &law, case, form).await?;
    if let Some(refusal) = refusal(tx, &law, &loaded, page.today).await? {
        return Err(Stop::refused(&refusal));
    }
    let mut read = form.reader();
    let settlement = Settlement::from_code(&read.choice("settlement", &Settlement::ALL.map(Settlement::code)));
    let receipt = read.text("receipt");
    if settlement == Some(Settlement::Continues) && receipt.is_empty() {
        read.wrong("receipt", Message::new("form-error-required"));
    }
    let words = read_reason(&mut read);
    let settlement = read.finish(settlement)?;
    let person = loaded.file.person();
    if settlement == Settlement::Continues {
        let heir = store::heir(tx, person, &receipt).await?.ok_or(Refusal::NoSuchCase);
        let heir = heir.and_then(|heir| if heir.of_household { Ok(heir) } else { Err(Refusal::OtherHousehold) });
        let heir = heir.map_err(|refusal| Stop::Errors(Errors::at("receipt", refusal.message())))?;
        closing::put(tx, &law, &loaded, CloseReason::Deceased, words.clone(), Some(CaseId(heir.case_id))).await?;
    }
    store::settle(tx, person, case, settlement, &words).await?;
    tx.note(DEATH_SETTLED, person, &json!({ "case": case, "settlement": settlement.code() }), Some(&words))?;
    Ok(heading::link(case))
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let law = law(app)?;
    let mut tx = app.read(page).await?;
    let loaded = cases::load(&mut tx, &law, case).await?;
    let head = heading::draw(&mut tx, page, &loaded).await?;
    let refusal = refusal(&mut tx, &law, &loaded, page.today).await?;
    let title = page.t("case-death-settle");
    let choices = Settlement::ALL.map(|to| (to.code().to_owned(), page.t(&format!("case-death-{}", to.code())))).to_vec();
    let body = html! {
        (head)
        (shell::heading("", &title))
        @match &refusal {
            Some(refusal) => (closed(page, refusal, case)),
            None => (draw::form(page, &format!("/cases/{case}/death/settlement"), Some(loaded.file.version), &page.t("case-death-settle-submit"), html! {
                (draw::radios(page, form, &errors, "settlement", "case-death-settlement", choices))
                (draw::input(page, form, &errors, "receipt", "case-death-heir").hint("case-death-heir-hint").width(Width::Chars20))
                (reason_field(page, form, &errors))
            })),
        }
    };
    page.show_form(&title, &json!({ "case": loaded.file, "open": refusal.is_none() }), &errors, body)
}
