//! `GET` and `POST /appeals/{appeal}/decision`: somebody who had no part in the decision upholds it, changes it or sends it
//! back. What is changed is corrected at once, so that the case goes on.

use super::{
    effect, link,
    rules::{self, Refusal},
    show,
    store::{self, Appeal},
};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, AppealOutcome, Duty, Kind, Loaded, heading as case_heading},
    programme,
};
use serde_json::json;
use values::id::AppealId;

/// Characters of a reason that says something.
const LEAST_REASON: usize = 15;

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<AppealId>) -> Answer {
    show_form(&app, &page, id, &Posted::empty(), &Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<AppealId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show_form(&app, &page, id, &form, &stop.errors()?).await
        }
    }
}

fn may(appeal: &Appeal) -> Result<(), Refusal> {
    match (appeal.outcome, appeal.admitted_on) {
        (Some(_), _) => Err(Refusal::Decided),
        (None, None) => Err(Refusal::NotAdmitted),
        (None, Some(_)) => Ok(()),
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: AppealId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let found = store::find(tx, id).await?.ok_or(Fault::NotFound)?;
    effect::lock(tx, &found).await?;
    let mut loaded = case::store::load_for(tx, &law, found.case(), form).await?;
    // Read again under the case's lock: somebody may have been quicker.
    let mut appeal = store::find(tx, id).await?.ok_or(Fault::NotFound)?;
    may(&appeal).map_err(|refusal| Stop::refused(&refusal))?;
    let mut read = form.reader();
    let outcome = match read.choice("outcome", &["upheld", "changed", "sent_back"]).as_str() {
        "changed" => AppealOutcome::Changed,
        "sent_back" => AppealOutcome::SentBack,
        _ => AppealOutcome::Upheld,
    };
    let reason = read.reason("reason", LEAST_REASON);
    let reason = read.finish(Some(reason))?;
    let correction = effect::apply(tx, &law, &programme, &mut loaded, &appeal, outcome, &reason).await?;
    appeal.outcome = Some(outcome as i16);
    appeal.decided_on = Some(page.today);
    appeal.decided_at = Some(tx.now());
    appeal.decided_by = Some(page.officer()?.0);
    appeal.reason = Some(reason);
    appeal.correction = correction.map(|entry| entry.0);
    appeal.conflict = Some(rules::conflict(appeal.against().unwrap_or(Kind::CaseClosed)));
    appeal.duty = Some(Duty::DecideAppeal as i16);
    store::save(tx, &appeal).await?;
    Ok(link(id))
}

async fn show_form(app: &App, page: &Page, id: AppealId, form: &Posted, errors: &Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let appeal = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, appeal.case()).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let summary = show::summary(&mut tx, page, &appeal).await?;
    let refused = may(&appeal).err();
    let title = page.t("appeal-decision");
    let body = html! {
        (head)
        (heading(&page.t("appeal-title"), &title))
        (summary)
        @match &refused {
            Some(refusal) => p class="govuk-body" { (refusal.message().text(page.lang)) },
            None => (draw::form(page, &format!("{}/decision", link(id)), Some(loaded.file.version), &page.t("appeal-decision-submit"),
                fields(page, &loaded, &appeal, form, errors))),
        }
    };
    page.show_form(&title, &json!({ "appeal": appeal }), errors, body)
}

/// The outcomes that are possible for the decision, each with what follows.
fn fields(page: &Page, loaded: &Loaded, appeal: &Appeal, form: &Posted, errors: &Errors) -> Markup {
    let decision = rules::decisions(&loaded.events).into_iter().find(|decision| decision.entry == appeal.entry());
    let mut outcomes = vec!["upheld"];
    if let Some(decision) = &decision {
        if rules::changed(&decision.facts, page.today) != rules::Effect::None {
            outcomes.push("changed");
        }
        if rules::sent_back(&decision.facts) != rules::Effect::None {
            outcomes.push("sent_back");
        }
    }
    let choice = |code: &str| (code.to_owned(), page.t(&format!("appeal-outcome-{}", code.replace('_', "-"))));
    html! {
        p class="govuk-body" { (page.t("appeal-decision-hint")) }
        (draw::radios(page, form, errors, "outcome", "appeal-outcome", outcomes.into_iter().map(choice).collect()))
        (draw::area(page, form, errors, "reason", "appeal-reason", 5).hint("appeal-reason-hint"))
    }
}
