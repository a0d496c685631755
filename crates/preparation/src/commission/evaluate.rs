//! `GET` and `POST /evaluations/{case}`: an evaluator reads a plan without its author and marks it, criterion by criterion,
//! each with a reason; kept as often as one likes, then sealed. The last seal completes the score.

use super::{
    RECUSED, SEALED, code_of, evaluation,
    rules::{Marked, Marks, Refusal, Scoring, scoring},
    store::{self, Score},
};
use crate::business_plan::{self, show::draw_plan};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::Errors,
    page::{buttons, form::group, panel, quiet_button, shell::heading},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty, Facts, Happening, Stage, action::LEAST_REASON},
    programme::{self, InForce, ScoreSheet, keys},
};
use serde_json::json;
use uuid::Uuid;
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
    let seals = form.value("seal") == "yes";
    let marks = read(form.reader(), sheet, seals)?;
    let points = match seals {
        true => {
            let points = sheet.points(|code| marks.get(code).map(|marked| marked.mark)).map_err(anyhow::Error::from)?;
            Some(i16::try_from(points.0).context("points above 100")?)
        }
        false => None,
    };
    let kept = Score { marks: serde_json::to_string(&marks)?, points, sealed_at: points.map(|_| tx.now()), ..own };
    if !store::keep_score(tx, &kept).await? {
        return Err(Stop::refused(&Refusal::Sealed));
    }
    if !seals {
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
    let needed = programme.parameter(&keys::SCORERS, page.today) as usize;
    let limit = u8::try_from(programme.parameter(&keys::SPREAD_LIMIT, page.today).0).unwrap_or(u8::MAX);
    let scores: Vec<(Uuid, Option<u8>)> = store::scores(tx, case, plan)
        .await?
        .iter()
        .map(|score| (score.officer_id, score.points.and_then(|points| u8::try_from(points).ok())))
        .collect();
    if let Scoring::Done { first, second, third, mean_tenths } = scoring(&scores, needed, limit) {
        let facts = Facts::PlanScored { plan, first, second, third, mean_tenths };
        case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts)]).await?;
    }
    Ok(())
}

/// Marks and reasons; complete only when they are to be sealed.
fn read(mut read: Reader<'_>, sheet: &ScoreSheet, seals: bool) -> Result<Marks, Errors> {
    let mut marks = Marks::new();
    for criterion in &sheet.criteria {
        let (mark, reason) = (format!("mark-{}", criterion.code), format!("reason-{}", criterion.code));
        let points = match seals {
            true => read.integer(&mark, 0..=i64::from(sheet.scale)),
            false => read.optional_integer(&mark, 0..=i64::from(sheet.scale)),
        };
        let reason = if seals { read.reason(&reason, LEAST_REASON) } else { read.text(&reason) };
        if let Some(mark) = points.and_then(|points| u32::try_from(points).ok()) {
            marks.insert(criterion.code.to_string(), Marked { mark, reason });
        }
    }
    read.finish(Some(marks))
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
    if own.sealed_at.is_some() {
        return Err(Stop::refused(&Refusal::Sealed));
    }
    store::recuse(tx, &own, &why).await?;
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
    let kept = Posted::of(marks.iter().flat_map(|(code, marked)| {
        [(format!("mark-{code}"), marked.mark.to_string()), (format!("reason-{code}"), marked.reason.clone())]
    }));
    let code = code_of(case.0);
    let title = page.lang.with("commission-evaluate", &[("code", code.as_str().into())]);
    let direction = programme.direction(&plan.direction).map_or("", |direction| direction.name.text(page.lang));
    let view = json!({ "code": code, "direction": plan.direction, "lines": lines, "answers": plan.sheet()?, "marks": marks });
    let body = html! {
        (heading(direction, &title))
        p class="govuk-body" { (page.t("commission-evaluate-hint")) }
        (draw_plan(page, &programme, &plan, &lines)?)
        (draw_marks(page, sheet, &evaluation(case), form.unwrap_or(&kept), &errors))
        (panel::panel(&page.t("commission-recuse"), html! {
            form method="post" action=(format!("{}/recusal", evaluation(case))) {
                (draw::hidden(page, None))
                (draw::area(page, aside, &errors, "why", "commission-recuse-why", 2))
                (buttons(html! { (quiet_button(page.t("commission-recuse-submit"))) }))
            }
        }))
    };
    page.show_form(&title, &view, &errors, body)
}

/// A field for the mark and one for the reason of each criterion.
fn draw_marks(page: &Page, sheet: &ScoreSheet, action: &str, form: &Posted, errors: &Errors) -> Markup {
    let fields: Vec<_> = sheet
        .criteria
        .iter()
        .map(|criterion| (criterion, format!("mark-{}", criterion.code), format!("reason-{}", criterion.code)))
        .collect();
    html! {
        (draw::form(page, action, None, &page.t("commission-keep"), html! {
            @for (criterion, mark, reason) in &fields {
                (group(&page.lang.sentence(criterion.name.text(page.lang)), html! {
                    p class="govuk-hint" { (criterion.guide.text(page.lang)) }
                    (draw::number(page, form, errors, mark, "").labelled(page.lang.with("commission-mark", &[("scale", sheet.scale.into())])))
                    (draw::area(page, form, errors, reason, "commission-reason", 2))
                }))
            }
            (draw::boxes(page, form, errors, "seal", "commission-seal", vec![("yes".to_owned(), page.t("commission-seal-yes"))]).hint("commission-seal-hint"))
        }))
    }
}
