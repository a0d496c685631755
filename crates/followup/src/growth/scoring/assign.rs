//! `GET` and `POST /awards/{award}/evaluators`: the secretary gives an application to evaluators who had no part in the case.

use super::{
    ASSIGNED,
    store::{self, Score},
};
use crate::growth::{
    link,
    rules::Refusal,
    show::heading_of,
    state::State as Stage,
    store::{self as awards, Award},
};
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    request::Page,
    scope::Tx,
};
use preparation::{
    blind_score::{Measure, choose, form::read_chosen, scoring},
    commission::store::{Assignment, assign},
};
use registry::{
    case::{Duty, conflicts_of},
    programme::{self, InForce, keys},
};
use serde_json::json;
use uuid::Uuid;
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

async fn act(tx: &mut Tx, app: &App, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let award = awards::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if award.state() != Stage::Eligible {
        return Err(Stop::refused(&Refusal::NotNow));
    }
    let scores = store::of_award(tx, &award).await?;
    let chosen = read_chosen(form)?;
    let free = free(tx, &award).await?;
    choose(&chosen, missing(&programme, page, &scores), free.iter().map(|evaluator| evaluator.officer_id))
        .map_err(|refusal| Stop::refused(&refusal))?;
    give(tx, page, &award, &chosen).await?;
    Ok(link(id))
}

async fn free(tx: &mut Tx, award: &Award) -> anyhow::Result<Vec<store::Free>> {
    let conflicts: Vec<i16> = conflicts_of(Duty::ScoreAward).collect();
    store::free(tx, award, &conflicts, Duty::ScoreAward as i16).await
}

async fn give(tx: &mut Tx, page: &Page, award: &Award, chosen: &[Uuid]) -> Result<(), Stop> {
    let now = tx.now();
    let score = |officer: &Uuid| Score {
        person_id: award.person_id,
        award_id: award.award_id,
        officer_id: *officer,
        case_id: award.case_id,
        office: award.office,
        assigned_at: now,
        marks: "{}".to_owned(),
        points: None,
        sealed_at: None,
        recused_at: None,
        recusal: None,
    };
    store::insert(tx, &chosen.iter().map(score).collect::<Vec<_>>()).await?;
    let assignment = |officer: &Uuid| Assignment {
        person_id: award.person_id,
        case_id: award.case_id,
        officer_id: *officer,
        duty: Duty::ScoreAward as i16,
        office: award.office,
        begun_on: page.today,
    };
    assign(tx, &chosen.iter().map(assignment).collect::<Vec<_>>()).await?;
    let facts = json!({ "case": award.case_id, "award": award.award_id, "evaluators": chosen });
    tx.note(ASSIGNED, award.person(), &facts, None)?;
    Ok(())
}

/// How many more evaluators an application needs.
fn missing(programme: &InForce, page: &Page, scores: &[Score]) -> usize {
    let measure = Measure::on(programme, &keys::AWARD_SCORERS, page.today);
    scoring(scores.iter().map(|score| (score.officer_id, score.points)), measure).missing()
}

async fn show(app: &App, page: &Page, id: AwardId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let award = awards::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, app, page, &award, "growth-assign").await?;
    let scores = store::of_award(&mut tx, &award).await?;
    let needed = if award.state() == Stage::Eligible { missing(&programme, page, &scores) } else { 0 };
    let words = |one: &store::Free| {
        page.lang.with("score-evaluator", &[("name", one.name.clone().into()), ("waiting", one.waiting.into())])
    };
    let free = free(&mut tx, &award).await?;
    let options: Vec<(String, String)> = free.iter().map(|one| (one.officer_id.to_string(), words(one))).collect();
    let view = json!({ "award": award.number, "needed": needed, "evaluators": options });
    let title = page.t("growth-assign");
    let body = html! {
        (head)
        @if needed == 0 { p class="govuk-body" { (page.t("score-assign-none")) } }
        @else {
            p class="govuk-body" { (page.lang.with("score-assign-needed", &[("needed", needed.into())])) }
            (draw::form(page, &format!("{}/evaluators", link(id)), None, &page.t("score-assign-submit"),
                html! { (draw::boxes(page, form, &errors, "evaluator", "score-evaluators", options).compact()) }))
        }
    };
    page.show_form(&title, &view, &errors, body)
}
