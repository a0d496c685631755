//! `GET` and `POST /cases/{case}/evaluators`: the secretary gives a screened plan to evaluators who had no part in the case.

use super::{
    ASSIGNED, RUN,
    rules::Refusal,
    store::{self, Assignment, Score},
};
use crate::blind_score::{Measure, choose, form::read_chosen, scoring};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::shell::heading,
    request::Page,
    role::Role,
    scope::Tx,
};
use registry::{
    case::{self, Duty, Loaded, Stage, conflicts_of, heading as case_heading},
    programme::{self, InForce, keys},
};
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, PlanId};

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
    let plan = plan_of(&loaded).map_err(|refusal| Stop::refused(&refusal))?;
    let scores = store::scores(tx, case, plan).await?;
    let chosen = read_chosen(form)?;
    let free = free(tx, &loaded, plan).await?;
    choose(&chosen, missing(&programme, page, &scores), free.iter().map(|evaluator| evaluator.officer_id))
        .map_err(|refusal| Stop::refused(&refusal))?;
    give(tx, page, &loaded, plan, &chosen).await?;
    Ok(case_heading::link(case))
}

/// Gives the plan to evaluators.
async fn give(tx: &mut Tx, page: &Page, loaded: &Loaded, plan: PlanId, chosen: &[Uuid]) -> Result<()> {
    let now = tx.now();
    let file = &loaded.file;
    let scores: Vec<Score> = chosen
        .iter()
        .map(|officer| Score {
            person_id: file.person_id,
            plan_id: plan.0,
            officer_id: *officer,
            case_id: file.case_id,
            office: file.office,
            assigned_at: now,
            marks: "{}".to_owned(),
            points: None,
            sealed_at: None,
            recused_at: None,
            recusal: None,
        })
        .collect();
    store::insert_scores(tx, &scores).await?;
    let assignments: Vec<Assignment> = chosen
        .iter()
        .map(|officer| Assignment {
            person_id: file.person_id,
            case_id: file.case_id,
            officer_id: *officer,
            duty: Duty::Evaluate as i16,
            office: file.office,
            begun_on: page.today,
        })
        .collect();
    store::assign(tx, &assignments).await?;
    tx.note(ASSIGNED, loaded.state.person, &json!({ "case": file.case_id, "plan": plan, "evaluators": chosen }), None)?;
    Ok(())
}

/// The plan that waits for evaluators.
fn plan_of(loaded: &Loaded) -> Result<PlanId, Refusal> {
    loaded.state.plan.filter(|_| loaded.state.stage == Stage::Screened).ok_or(Refusal::NotScreened)
}

/// How many more evaluators the plan needs.
fn missing(programme: &InForce, page: &Page, scores: &[Score]) -> usize {
    let measure = Measure::on(programme, &keys::SCORERS, page.today);
    scoring(scores.iter().map(|score| (score.officer_id, score.points)), measure).missing()
}

/// An evaluator who may have the plan.
#[derive(FromRow)]
struct Free {
    officer_id: Uuid,
    name: String,
    waiting: i64,
}

const FREE: &str = "
    select o.officer_id, o.name,
        (select count(*) from plan_score s where s.officer_id = o.officer_id and s.sealed_at is null and s.recused_at is null)
            as waiting
    from officer o
    join officer_role r using (officer_id)
    where r.role = $1
    and o.disabled_on is null
    and not exists (select from plan_score s
        where s.person_id = $2 and s.plan_id = $3 and s.officer_id = o.officer_id)
    and not exists (select from case_duty d
        where d.person_id = $2 and d.case_id = $4 and d.officer_id = o.officer_id and d.conflict = any ($5) and d.duty <> $6)
    order by waiting, o.name";

async fn free(tx: &mut Tx, loaded: &Loaded, plan: PlanId) -> Result<Vec<Free>> {
    let conflicts: Vec<i16> = conflicts_of(Duty::Evaluate).collect();
    sqlx::query_as(FREE)
        .bind(Role::Evaluator as i16)
        .bind(loaded.file.person_id)
        .bind(plan.0)
        .bind(loaded.file.case_id)
        .bind(conflicts)
        .bind(Duty::Evaluate as i16)
        .fetch_all(tx.conn())
        .await
        .context("finding free evaluators")
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let (needed, options) = match plan_of(&loaded) {
        Ok(plan) => {
            let scores = store::scores(&mut tx, case, plan).await?;
            let free = free(&mut tx, &loaded, plan).await?;
            let words =
                |e: &Free| page.lang.with("score-evaluator", &[("name", e.name.clone().into()), ("waiting", e.waiting.into())]);
            let options = free.iter().map(|evaluator| (evaluator.officer_id.to_string(), words(evaluator))).collect::<Vec<_>>();
            (missing(&programme, page, &scores), options)
        }
        Err(_) => (0, Vec::new()),
    };
    let view = json!({ "case": loaded.file, "needed": needed, "evaluators": options });
    let title = page.t("commission-assign");
    let hint = page.lang.with("score-assign-needed", &[("needed", needed.into())]);
    let body = html! {
        (head)
        (heading(&page.t("commission-panel"), &title))
        @if needed == 0 { p class="govuk-body" { (page.t("score-assign-none")) } }
        @else if page.may(&RUN) {
            p class="govuk-body" { (hint) }
            (draw::form(page, &format!("/cases/{case}/evaluators"), Some(loaded.file.version), &page.t("score-assign-submit"),
                html! { (draw::boxes(page, form, &errors, "evaluator", "score-evaluators", options).compact()) }))
        }
    };
    page.show_form(&title, &view, &errors, body)
}
