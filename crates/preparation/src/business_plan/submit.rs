//! `POST /cases/{case}/plan/submission` hands the saved draft in and freezes it; `POST /cases/{case}/plan/comments` says
//! something of it.

use super::{
    COMMENTED, link,
    rules::{self, Refusal},
    store::{self, Comment, Line, Plan},
    write,
};
use axum::extract::{Path, State};
use platform::{
    answer::{Answer, Stop},
    app::App,
    form::Posted,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Facts, Happening, action::LEAST_REASON},
    programme,
};
use serde_json::json;
use uuid::Uuid;
use values::{Money, id::CaseId};

pub(super) async fn post(State(app): State<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            write::show(&app, &page, case, write::Typed::nothing(), stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    rules::open(loaded.state.stage).map_err(|refusal| Stop::refused(&refusal))?;
    let draft = write::draft_of(tx, &loaded).await?.ok_or_else(|| Stop::refused(&Refusal::NoDraft))?;
    let direction = write::direction(&programme, &loaded)?;
    let sheet = draft.sheet()?;
    let problems = rules::problems(&programme, direction, &sheet, page.today);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let reckoned = rules::reckon(&programme, &sheet, page.today);
    let facts = Facts::PlanSubmitted {
        plan: draft.id(),
        version: loaded.state.plan_version.saturating_add(1),
        direction: loaded.state.direction,
        total: Money::from_qepik(reckoned.total()),
    };
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts)]).await?;
    let lines: Vec<Line> = reckoned
        .chosen
        .iter()
        .zip(1i16..)
        .map(|(chosen, line)| Line {
            person_id: draft.person_id,
            plan_id: draft.plan_id,
            line,
            case_id: draft.case_id,
            office: loaded.file.office,
            item: chosen.item.clone(),
            quantity: i16::try_from(chosen.quantity).unwrap_or(i16::MAX),
            unit_price: chosen.unit_price,
        })
        .collect();
    let frozen = Plan {
        direction: loaded.state.direction.to_string(),
        items_total: reckoned.items_total,
        own_contribution: reckoned.own_contribution,
        total: reckoned.total(),
        submitted_at: Some(tx.now()),
        submitted_by: Some(page.officer()?.0),
        ..draft
    };
    store::insert(tx, std::slice::from_ref(&frozen)).await?;
    store::insert_lines(tx, &lines).await?;
    Ok(super::link_of(case, frozen.id()))
}

pub(super) async fn comment(State(app): State<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match say(&mut tx, &app, &page, case, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            write::show(&app, &page, case, write::Typed::beside(&form), stop.errors()?).await
        }
    }
}

async fn say(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let loaded = case::store::load_for(tx, &*case::law(app)?, case, form).await?;
    let draft = write::draft_of(tx, &loaded).await?.ok_or_else(|| Stop::refused(&Refusal::NoDraft))?;
    let mut read = form.reader();
    let words = read.reason("words", LEAST_REASON);
    let words = read.finish(Some(words))?;
    let comment = Comment {
        person_id: draft.person_id,
        plan_id: draft.plan_id,
        comment_id: Uuid::now_v7(),
        case_id: draft.case_id,
        office: loaded.file.office,
        officer_id: page.officer()?.0,
        made_at: tx.now(),
        words,
    };
    store::insert_comments(tx, std::slice::from_ref(&comment)).await?;
    tx.note(
        COMMENTED,
        loaded.state.person,
        &json!({ "case": case, "plan": comment.plan_id, "comment": comment.comment_id }),
        None,
    )?;
    Ok(link(case))
}
