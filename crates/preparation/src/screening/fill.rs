//! `GET` and `POST /cases/{case}/screening/form`: the officer who saw the place fills in the programme's form, marks what is
//! prohibited and answers the checks.

use super::{
    SCREENED, link,
    rules::{self, Answered, Refusal},
    store::{self, Screened},
};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::{Errors, Explain},
    page::{form::group, shell::heading},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty, heading as case_heading},
    programme::{
        self, Check, Screening,
        sheet::{self, Sheet},
    },
};
use serde_json::json;
use std::collections::BTreeMap;
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

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let loaded = case::store::load_for(tx, &*case::law(app)?, case, form).await?;
    rules::open(loaded.state.stage).map_err(|refusal| Stop::refused(&refusal))?;
    let plan = loaded.state.plan.context("a submitted case without a plan")?;
    if store::find(tx, loaded.state.person, plan).await?.is_some() {
        return Err(Stop::refused(&Refusal::FilledIn));
    }
    let answered = read(form, programme.screening())?;
    case::store::claim(tx, &loaded.file, Duty::Screen).await?;
    let row = Screened {
        person_id: loaded.file.person_id,
        plan_id: plan.0,
        case_id: case.0,
        office: loaded.file.office,
        answers: serde_json::to_string(&answered)?,
        screened_at: tx.now(),
        screened_by: page.officer()?.0,
        rating: None,
        management_plan_on: None,
        no_objection: None,
        decided_at: None,
        decided_by: None,
    };
    store::insert(tx, &[row]).await?;
    tx.note(SCREENED, loaded.state.person, &json!({ "case": case, "plan": plan, "answers": answered }), None)?;
    Ok(link(case))
}

fn read(form: &Posted, screening: &Screening) -> Result<Answered, Errors> {
    let sheet = Sheet::of(&screening.form, form);
    let mut read = form.reader();
    for error in sheet.problems(&screening.form).list {
        read.wrong(error.field.as_deref().unwrap_or_default(), error.message);
    }
    let prohibited =
        read.many("prohibited").into_iter().filter(|code| screening.prohibited.iter().any(|p| p.code == **code)).collect();
    let checks = read_checks(&mut read, rules::checks_of(screening, false));
    read.finish(Some(Answered { form: sheet, prohibited, checks, management: Sheet::default() }))
}

/// The answers to checks, each of which must be answered.
pub(super) fn read_checks<'c>(read: &mut Reader<'_>, checks: impl Iterator<Item = &'c Check>) -> BTreeMap<String, bool> {
    checks.map(|check| (check.code.to_string(), read.choice(&format!("check-{}", check.code), &["yes", "no"]) == "yes")).collect()
}

/// Checks as questions with yes and no.
pub(super) fn draw_checks<'c>(page: &Page, form: &Posted, errors: &Errors, checks: impl Iterator<Item = &'c Check>) -> Markup {
    let yes_no = || ["yes", "no"].map(|value| (value.to_owned(), page.t(&format!("programme-sheet-{value}")))).to_vec();
    let named: Vec<(String, &Check)> = checks.map(|check| (format!("check-{}", check.code), check)).collect();
    html! {
        @for (name, check) in &named {
            (draw::radios(page, form, errors, name, "", yes_no()).labelled(check.question.text(page.lang)).compact())
        }
    }
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let screening = programme.screening();
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let filled_in = match loaded.state.plan {
        Some(plan) => store::find(&mut tx, loaded.state.person, plan).await?.is_some(),
        None => false,
    };
    let refused = rules::open(loaded.state.stage).err().or_else(|| filled_in.then_some(Refusal::FilledIn));
    let prohibited: Vec<(String, String)> =
        screening.prohibited.iter().map(|p| (p.code.to_string(), page.lang.sentence(p.name.text(page.lang)))).collect();
    let view = json!({ "case": loaded.file, "form": screening.form, "checks": screening.checks });
    let body = html! {
        (head)
        (heading(&page.t("screening-title"), &page.t("screening-fill")))
        @if let Some(refusal) = &refused {
            p class="govuk-body" { (refusal.message().text(page.lang)) }
            @if filled_in { p class="govuk-body" { a class="govuk-link" href=(link(case)) { (page.t("screening-open")) } } }
        } @else {
            (draw::form(page, &format!("{}/form", link(case)), Some(loaded.file.version), &page.t("screening-fill-submit"), html! {
                (draw::boxes(page, form, &errors, "prohibited", "screening-prohibited", prohibited).hint("screening-prohibited-hint").compact())
                (sheet::fields(page, &screening.form, form, &errors, &[]))
                (group(&page.t("screening-checks"), draw_checks(page, form, &errors, rules::checks_of(screening, false))))
            }))
        }
    };
    page.show_form(&page.t("screening-fill"), &view, &errors, body)
}
