//! `…/breach/remedy`: an officer or the head saw that the breach was remedied. `…/breach/decision`: the head of the office,
//! who did not notice it, upholds it after the time to remedy, the person heard; the equipment is to return.

use super::{
    Refusal, link, show,
    store::{self, Breach, Outcome},
};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
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
    case::{self, Facts, Happening, heading as case_heading},
    programme,
};
use serde_json::json;
use values::id::CaseId;

/// Characters of a finding that say something.
const LEAST_FINDING: usize = 15;

pub(in crate::monitoring) async fn get_remedy(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show_form(&app, &page, case, Outcome::Remedied, &Posted::empty(), Errors::none()).await
}

pub(in crate::monitoring) async fn post_remedy(
    State(app): State<App>,
    page: Page,
    Path(case): Path<CaseId>,
    form: Posted,
) -> Answer {
    post(app, page, case, Outcome::Remedied, form).await
}

pub(in crate::monitoring) async fn get_decision(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show_form(&app, &page, case, Outcome::Upheld, &Posted::empty(), Errors::none()).await
}

pub(in crate::monitoring) async fn post_decision(
    State(app): State<App>,
    page: Page,
    Path(case): Path<CaseId>,
    form: Posted,
) -> Answer {
    post(app, page, case, Outcome::Upheld, form).await
}

async fn post(app: App, page: Page, case: CaseId, outcome: Outcome, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, outcome, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show_form(&app, &page, case, outcome, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, outcome: Outcome, form: &Posted) -> Result<String, Stop> {
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    let open = store::open(tx, loaded.state.person, case).await?;
    let breach = open.ok_or_else(|| Stop::refused(&Refusal::NoneOpen))?;
    let (finding, heard_on) = read(form, page, &breach, outcome)?;
    let facts = match (outcome, heard_on) {
        (Outcome::Upheld, Some(heard_on)) if page.today <= breach.remedy_due || heard_on > page.today => {
            return Err(Stop::refused(&Refusal::TooEarly(breach.remedy_due)));
        }
        (Outcome::Upheld, Some(heard_on)) => Facts::BreachUpheld { heard_on },
        _ => Facts::BreachRemedied,
    };
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts).because(&finding)]).await?;
    let settled = Breach {
        heard_on: heard_on.or(breach.heard_on),
        settled_on: Some(page.today),
        settled_by: Some(page.officer()?.0),
        outcome: Some(outcome as i16),
        finding: Some(finding),
        ..breach
    };
    store::settle(tx, &settled).await?;
    Ok(link(case))
}

/// The finding, and for a breach that is upheld the day on which the person was heard.
fn read(form: &Posted, page: &Page, breach: &Breach, outcome: Outcome) -> Result<(String, Option<NaiveDate>), Errors> {
    let mut read = form.reader();
    let finding = read.reason("finding", LEAST_FINDING);
    let heard_on = match outcome {
        Outcome::Remedied => None,
        Outcome::Upheld => read.date("heard_on"),
    };
    if heard_on.is_some_and(|day| day > page.today || day < breach.noticed_on) {
        read.wrong("heard_on", Refusal::HeardWrong.message());
    }
    read.finish(Some((finding, heard_on)))
}

async fn show_form(app: &App, page: &Page, case: CaseId, outcome: Outcome, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let breach = store::open(&mut tx, loaded.state.person, case).await?;
    let names = match &breach {
        Some(breach) => store::names(&mut tx, breach).await?,
        None => store::Names::default(),
    };
    let (noun, key) = match outcome {
        Outcome::Remedied => ("remedy", "monitoring-breach-remedy"),
        Outcome::Upheld => ("decision", "monitoring-breach-uphold"),
    };
    let typed = match breach.as_ref().and_then(|breach| breach.heard_on) {
        Some(day) if form.value("heard_on").is_empty() && form.value("heard_on-day").is_empty() => {
            Posted::of(form.fields().chain([("heard_on", day.to_string().as_str())]))
        }
        _ => form.clone(),
    };
    let view = json!({ "case": loaded.file, "breach": breach });
    let body = html! {
        (head)
        (heading(&page.t("monitoring-breach"), &page.t(key)))
        @match &breach {
            None => p class="govuk-body" { (Refusal::NoneOpen.message().text(page.lang)) },
            Some(breach) => {
                (show::summary(page, &programme, breach, &names))
                (draw::form(page, &format!("{}/{noun}", link(case)), Some(loaded.file.version), &page.t(&format!("{key}-submit")),
                    fields(page, outcome, &typed, &errors)))
            }
        }
    };
    page.show_form(&page.t(key), &view, &errors, body)
}

fn fields(page: &Page, outcome: Outcome, typed: &Posted, errors: &Errors) -> Markup {
    html! {
        @if outcome == Outcome::Upheld {
            p class="govuk-body" { (page.t("monitoring-breach-uphold-hint")) }
            (draw::date(page, typed, errors, "heard_on", "monitoring-breach-heard").hint("monitoring-breach-heard-hint"))
        }
        (draw::area(page, typed, errors, "finding", "monitoring-breach-finding", 4).hint("monitoring-breach-finding-hint"))
    }
}
