//! `GET` and `POST /award-scores/{award}`: an evaluator reads an application without name, office or papers and marks it,
//! criterion by criterion, each with a reason; kept as often as one likes, then sealed. The last seal completes the score.

use super::{
    RECUSED, SEALED, SHEET, link,
    store::{self, Score},
};
use crate::growth::{
    rules,
    show::{findings, line_table},
    state::State as Stage,
    store::{self as awards, Award, Line},
};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    form::Posted,
    message::Errors,
    page::{SummaryRow, panel, shell::heading, summary_list},
    request::Page,
    scope::Tx,
};
use preparation::{
    blind_score::{
        Measure, Refusal, Scoring,
        form::{Read, draw_aside, draw_marks, marks_before, read_marks},
        scoring,
    },
    commission::{code_of, store::end},
};
use registry::{
    case::{self, Duty, action::LEAST_REASON},
    programme::{self, InForce, keys},
};
use serde_json::json;
use values::{Money, id::AwardId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(award): Path<AwardId>) -> Answer {
    show(&app, &page, award, None, &Posted::empty(), Errors::none()).await
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
            show(&app, &page, award, Some(&form), &Posted::empty(), stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let (award, own) = own(tx, page, id).await?;
    if own.sealed_at.is_some() || award.state() != Stage::Eligible {
        return Err(Stop::refused(&Refusal::Sealed));
    }
    let sheet = programme.score_sheet(SHEET, page.today).context("the programme has no sheet for awards")?;
    let Read { marks, points } = read_marks(form, sheet)?;
    let kept = Score { marks: serde_json::to_string(&marks)?, points, sealed_at: points.map(|_| tx.now()), ..own };
    if !store::keep(tx, &kept).await? {
        return Err(Stop::refused(&Refusal::Sealed));
    }
    if points.is_none() {
        return Ok(link(id));
    }
    let file = case::store::find(tx, award.case()).await?.ok_or(Fault::NotFound)?;
    case::store::claim(tx, &file, Duty::ScoreAward).await?;
    // Others' seals are not the evaluator's to see, but the program's to count.
    tx.widen().await?;
    let locked = awards::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    release(tx, &kept).await?;
    tx.note(SEALED, award.person(), &json!({ "case": award.case_id, "award": id, "points": points }), None)?;
    complete(tx, &programme, page, locked).await?;
    Ok("/".to_owned())
}

/// The case is the evaluator's no longer, if nothing of it is left to score.
async fn release(tx: &mut Tx, score: &Score) -> anyhow::Result<()> {
    if store::unsealed(tx, score).await? == 0 {
        end(tx, &[score.case_id], Duty::ScoreAward as i16, Some(score.officer_id)).await?;
    }
    Ok(())
}

/// With the last seal the application is scored.
async fn complete(tx: &mut Tx, programme: &InForce, page: &Page, award: Award) -> Result<(), Stop> {
    let measure = Measure::on(programme, &keys::AWARD_SCORERS, page.today);
    let scores = store::of_award(tx, &award).await?;
    let points = scores.iter().map(|score| (score.officer_id, score.points));
    if let Scoring::Done { mean_tenths, .. } = scoring(points, measure) {
        let scored = Award {
            state: Stage::Scored as i16,
            mean_tenths: Some(i16::try_from(mean_tenths).context("a mean above 100")?),
            scored_on: Some(page.today),
            ..award
        };
        awards::change(tx, &scored, Stage::Eligible).await?;
    }
    Ok(())
}

/// The acting evaluator's own score, with the application.
async fn own(tx: &mut Tx, page: &Page, id: AwardId) -> Result<(Award, Score), Fault> {
    let award = awards::find(tx, id).await?.ok_or(Fault::NotFound)?;
    let officer = page.officer()?;
    let scores = store::of_award(tx, &award).await?;
    let own = scores.into_iter().find(|score| score.officer_id == officer.0).ok_or(Fault::NotFound)?;
    Ok((award, own))
}

/// `POST /award-scores/{award}/recusal`: the evaluator knows the author, and steps aside.
pub(super) async fn recuse(State(app): State<App>, page: Page, Path(award): Path<AwardId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match step_aside(&mut tx, &page, award, &form).await {
        Ok(()) => form.done(tx, &page, "/").await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, award, None, &form, stop.errors()?).await
        }
    }
}

async fn step_aside(tx: &mut Tx, page: &Page, id: AwardId, form: &Posted) -> Result<(), Stop> {
    let (award, own) = own(tx, page, id).await?;
    let mut read = form.reader();
    let why = read.reason("why", LEAST_REASON);
    let why = read.finish(Some(why))?;
    let aside = Score { recused_at: Some(tx.now()), recusal: Some(why.clone()), ..own };
    if !store::keep(tx, &aside).await? {
        return Err(Stop::refused(&Refusal::Sealed));
    }
    tx.widen().await?;
    release(tx, &aside).await?;
    tx.note(RECUSED, award.person(), &json!({ "case": award.case_id, "award": id }), Some(&why))?;
    Ok(())
}

/// The plan with its marks: `form` holds marks just typed, `aside` why the evaluator steps aside.
async fn show(app: &App, page: &Page, id: AwardId, form: Option<&Posted>, aside: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let (award, own) = own(&mut tx, page, id).await?;
    if own.sealed_at.is_some() || award.state() != Stage::Eligible {
        return Err(Fault::NotFound);
    }
    let lines = awards::lines(&mut tx, &award).await?;
    let sheet = programme.score_sheet(SHEET, page.today).context("the programme has no sheet for awards")?;
    let marks = own.marks()?;
    let kept = marks_before(&marks);
    let code = code_of(award.award_id);
    let title = page.lang.with("growth-score", &[("code", code.as_str().into())]);
    let found = rules::judge(&award.facts()?);
    let items: Vec<_> =
        lines.iter().map(|line| json!({ "item": line.item, "quantity": line.quantity, "unit_price": line.unit_price })).collect();
    let view = json!({ "code": code, "direction": award.direction, "plan": award.plan, "market": award.market,
        "sales_now": award.sales_now, "sales_after": award.sales_after, "jobs": award.jobs, "jobs_by": award.jobs_by,
        "own_share": award.own_share, "own_proof": award.own_proof, "items": items, "conditions": found, "marks": marks });
    let body = html! {
        (heading(&page.t("growth-panel"), &title))
        p class="govuk-body" { (page.t("score-hint")) }
        (blind(page, &programme, &award, &lines))
        (panel::panel(&page.t("growth-conditions"), findings(page, &found)))
        (draw_marks(page, sheet, &link(id), form.unwrap_or(&kept), &errors))
        (draw_aside(page, &format!("{}/recusal", link(id)), aside, &errors))
    };
    page.show_form(&title, &view, &errors, body)
}

/// What an evaluator and a member read: no name, office, paper or supplier.
pub(in crate::growth) fn blind(page: &Page, programme: &InForce, award: &Award, lines: &[Line]) -> Markup {
    let lang = page.lang;
    let money = |qepik: i64| lang.money(Money::from_qepik(qepik));
    let direction = programme.direction(&award.direction).map_or("", |direction| direction.name.text(lang));
    let jobs = match award.jobs_by.filter(|_| award.jobs > 0) {
        Some(day) => lang.with("growth-jobs-until", &[("jobs", award.jobs.into()), ("day", lang.date(day).into())]),
        None => award.jobs.to_string(),
    };
    let nameless: Vec<Line> = lines
        .iter()
        .map(|line| Line {
            quoted_by: if line.quoted_by.is_empty() { String::new() } else { page.t("growth-from-quotation") },
            ..line.clone()
        })
        .collect();
    html! {
        (summary_list(&[
            SummaryRow::text(page.t("commission-direction"), direction),
            SummaryRow::text(page.t("growth-plan"), &award.plan),
            SummaryRow::text(page.t("growth-market"), &award.market),
            SummaryRow::text(page.t("growth-sales-now"), &money(award.sales_now)),
            SummaryRow::text(page.t("growth-sales-after"), &money(award.sales_after)),
            SummaryRow::text(page.t("growth-jobs"), &jobs),
            SummaryRow::text(page.t("growth-own-share"),
                &format!("{} · {}", money(award.own_share), page.t(&format!("growth-proof-{}", award.own_proof)))),
        ]))
        (line_table(page, programme, award, &nameless))
    }
}
