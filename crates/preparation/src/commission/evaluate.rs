//! `GET` and `POST /evaluations/{case}`: an evaluator reads a plan without its author and marks it, criterion by criterion,
//! each with a reason; kept as often as one likes, then sealed. The last seal completes the score.

use super::{
    RECUSED, SEALED, code_of, evaluation,
    store::{self, Score},
};
use crate::{
    blind_score::{
        Measure, Refusal, Scoring,
        form::{Read, draw_aside, draw_marks, marks_before, read_marks},
        scoring,
    },
    business_plan::{self, show::draw_plan},
};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    form::Posted,
    message::Errors,
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty, Facts, Happening, Stage, action::LEAST_REASON},
    programme::{self, InForce, keys},
};
use serde_json::json;
use values::id::{CaseId, PersonId, PlanId};

/// The sheet by which plans are marked.
const SHEET: &str = "PLAN";

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, None, &Posted::empty(), Errors::none()).await
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
            show(&app, &page, case, Some(&form), &Posted::empty(), stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let own = own(tx, case, page).await?;
    if own.sealed_at.is_some() {
        return Err(Stop::refused(&Refusal::Sealed));
    }
    let sheet = programme.score_sheet(SHEET, page.today).context("the programme has no sheet for plans")?;
    let Read { marks, points } = read_marks(form, sheet)?;
    let kept = Score { marks: serde_json::to_string(&marks)?, points, sealed_at: points.map(|_| tx.now()), ..own };
    if !store::keep_score(tx, &kept).await? {
        return Err(Stop::refused(&Refusal::Sealed));
    }
    if points.is_none() {
        return Ok(evaluation(case));
    }
    // Others' seals are not the evaluator's to see, but the program's to count.
    tx.widen().await?;
    store::end(tx, &[case.0], Duty::Evaluate as i16, Some(kept.officer_id)).await?;
    tx.note(SEALED, PersonId(kept.person_id), &json!({ "case": case, "plan": kept.plan_id, "points": kept.points }), None)?;
    complete(tx, app, &programme, page, case, PlanId(kept.plan_id)).await?;
    Ok("/".to_owned())
}

/// With the last seal the plan is scored.
async fn complete(tx: &mut Tx, app: &App, programme: &InForce, page: &Page, case: CaseId, plan: PlanId) -> Result<(), Stop> {
    let law = case::law(app)?;
    let mut loaded = case::store::lock(tx, &law, case).await?;
    let measure = Measure::on(programme, &keys::SCORERS, page.today);
    let scores = store::scores(tx, case, plan).await?;
    let points = scores.iter().map(|score| (score.officer_id, score.points));
    if let Scoring::Done { first, second, third, mean_tenths } = scoring(points, measure) {
        let facts = Facts::PlanScored { plan, first, second, third, mean_tenths };
        case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts)]).await?;
    }
    Ok(())
}

/// The acting evaluator's own score of a case's plan.
async fn own(tx: &mut Tx, case: CaseId, page: &Page) -> Result<Score, Fault> {
    let file = case::store::find(tx, case).await?.ok_or(Fault::NotFound)?;
    let plans = business_plan::store::of_case(tx, file.person(), case).await?;
    let plan = plans.iter().rfind(|plan| plan.submitted_at.is_some()).ok_or(Fault::NotFound)?;
    let officer = page.officer()?;
    let scores = store::scores(tx, case, plan.id()).await?;
    scores.into_iter().find(|score| score.officer_id == officer.0).ok_or(Fault::NotFound)
}

/// `POST /evaluations/{case}/recusal`: the evaluator knows the author, and steps aside.
pub(super) async fn recuse(State(app): State<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match step_aside(&mut tx, &page, case, &form).await {
        Ok(()) => form.done(tx, &page, "/").await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, None, &form, stop.errors()?).await
        }
    }
}

async fn step_aside(tx: &mut Tx, page: &Page, case: CaseId, form: &Posted) -> Result<(), Stop> {
    let own = own(tx, case, page).await?;
    let mut read = form.reader();
    let why = read.reason("why", LEAST_REASON);
    let why = read.finish(Some(why))?;
    if !store::recuse(tx, &own, &why).await? {
        return Err(Stop::refused(&Refusal::Sealed));
    }
    tx.widen().await?;
    store::end(tx, &[case.0], Duty::Evaluate as i16, Some(own.officer_id)).await?;
    tx.note(RECUSED, PersonId(own.person_id), &json!({ "case": case, "plan": own.plan_id }), Some(&why))?;
    Ok(())
}

/// The page: with the marks typed just now or kept, and with what was typed beside them about stepping aside.
async fn show(app: &App, page: &Page, case: CaseId, form: Option<&Posted>, aside: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let own = own(&mut tx, case, page).await?;
    let file = case::store::find(&mut tx, case).await?.ok_or(Fault::NotFound)?;
    if own.sealed_at.is_some() || file.stage != Stage::Screened as i16 {
        return Err(Fault::NotFound);
    }
    let plan = business_plan::store::find(&mut tx, PlanId(own.plan_id)).await?.ok_or(Fault::NotFound)?.blind(&programme)?;
    let lines = business_plan::store::lines(&mut tx, file.person(), plan.id()).await?;
    let sheet = programme.score_sheet(SHEET, page.today).context("the programme has no sheet for plans")?;
    let marks = own.marks()?;
    let kept = marks_before(&marks);
    let code = code_of(case.0);
    let title = page.lang.with("commission-evaluate", &[("code", code.as_str().into())]);
    let direction = programme.direction(&plan.direction).map_or("", |direction| direction.name.text(page.lang));
    let view = json!({ "code": code, "direction": plan.direction, "lines": lines, "answers": plan.sheet()?, "marks": marks });
    let body = html! {
        (heading(direction, &title))
        p class="govuk-body" { (page.t("score-hint")) }
        (draw_plan(page, &programme, &plan, &lines)?)
        (draw_marks(page, sheet, &evaluation(case), form.unwrap_or(&kept), &errors))
        (draw_aside(page, &format!("{}/recusal", evaluation(case)), aside, &errors))
    };
    page.show_form(&title, &view, &errors, body)
}
