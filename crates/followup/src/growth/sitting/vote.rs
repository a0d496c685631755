//! `GET` and `POST /award-sittings/{sitting}/votes`: a member reads the applications by codes, steps aside where they know
//! somebody, and votes. Until the sitting closes a vote may be changed; nobody sees another's.

use super::{
    VOTED, link,
    store::{self, Item, Sitting, Vote},
};
use crate::growth::{scoring::blind, store as awards};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{SummaryRow, notice, shell::heading, summary_list},
    request::Page,
    scope::Tx,
};
use preparation::{
    commission::code_of,
    sitting::{
        Choice, Refusal,
        form::{Shown, draw_votes, read_votes, votes_before},
    },
};
use registry::{
    case::{self, Duty},
    programme,
};
use serde_json::json;
use uuid::Uuid;
use values::{
    Money,
    id::{AwardId, CaseId, PersonId, SittingId},
};

pub(super) async fn get(State(app): State<App>, page: Page, Path(sitting): Path<SittingId>) -> Answer {
    show(&app, &page, sitting, None, Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(sitting): Path<SittingId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, sitting, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, sitting, Some(&form), stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, page: &Page, id: SittingId, form: &Posted) -> Result<String, Stop> {
    let sitting = called(tx, page, id).await?;
    if sitting.closed_at.is_some() {
        return Err(Stop::refused(&Refusal::Closed));
    }
    let items = store::items(tx, id).await?;
    let cast = read_votes(form.reader(), items.iter().map(|item| item.award_id))?;
    if cast.is_empty() {
        return Err(Stop::refused(&Refusal::Empty));
    }
    let officer = page.officer()?;
    let mut votes = Vec::new();
    for cast in cast {
        let item = items.iter().find(|item| item.award_id == cast.item).context("a vote without its application")?;
        if cast.choice != Choice::Recused {
            let file = case::store::find(tx, CaseId(item.case_id)).await?.ok_or(Fault::NotFound)?;
            case::store::claim(tx, &file, Duty::DecideAward).await?;
        }
        votes.push(Vote {
            person_id: item.person_id,
            sitting_id: item.sitting_id,
            award_id: item.award_id,
            officer_id: officer.0,
            office: item.office,
            vote: cast.choice as i16,
            reason: cast.reason,
        });
    }
    store::insert_votes(tx, &votes).await?;
    let facts = json!({ "sitting": id, "awards": votes.iter().map(|vote| vote.award_id).collect::<Vec<_>>() });
    tx.note(VOTED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(link(id))
}

/// The sitting, if the acting member was called to it; it is not closed before the votes are written.
async fn called(tx: &mut Tx, page: &Page, id: SittingId) -> Result<Sitting, Stop> {
    let sitting = store::hold(tx, id).await?.ok_or(Fault::NotFound)?;
    let officer = page.officer()?;
    let members = store::members(tx, id).await?;
    match members.iter().any(|member| member.officer_id == officer.0) {
        true => Ok(sitting),
        false => Err(Stop::refused(&Refusal::NotOfSitting)),
    }
}

async fn show(app: &App, page: &Page, id: SittingId, form: Option<&Posted>, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let sitting = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let items = store::items(&mut tx, id).await?;
    let cast = store::votes(&mut tx, id).await?;
    let before = votes_before(cast.iter().map(|vote| (vote.award_id, vote.vote, vote.reason.as_deref())));
    let typed = form.unwrap_or(&before);
    let mut shown = Vec::new();
    for item in &items {
        let about = about(&mut tx, app, page, item).await?;
        shown.push(Shown { item: item.award_id, title: format!("{}. {}", item.position, code_of(item.award_id)), about });
    }
    let title = page.lang.with("growth-sitting-named", &[("number", sitting.number.as_str().into())]);
    let agenda: Vec<_> = items
        .iter()
        .map(|item| {
            json!({ "position": item.position, "code": code_of(item.award_id), "award": item.award_id,
            "amount": item.amount, "mean_tenths": item.mean_tenths })
        })
        .collect();
    let body = html! {
        (heading(&page.t("growth-vote"), &title))
        @if sitting.closed_at.is_some() { p class="govuk-body" { (page.t("sitting-refusal-closed")) } }
        @else if items.is_empty() { p class="govuk-body" { (page.t("sitting-vote-none")) } }
        @else {
            (draw::form(page, &format!("{}/votes", link(id)), None, &page.t("sitting-vote-submit"), html! {
                p class="govuk-body" { (page.t("growth-vote-hint")) }
                (draw_votes(page, typed, &errors, &shown))
            }))
        }
    };
    let own: Vec<_> = cast.iter().map(|vote| json!({ "award": vote.award_id, "vote": vote.vote })).collect();
    page.show_form(&title, &json!({ "number": sitting.number, "agenda": agenda, "votes": own }), &errors, body)
}

/// What a member knows of an application: its marks, and its text without a name.
async fn about(tx: &mut Tx, app: &App, page: &Page, item: &Item) -> Result<Markup, Fault> {
    let programme = programme::current(app)?;
    let award = awards::find(tx, AwardId(item.award_id)).await?.ok_or(Fault::NotFound)?;
    let lines = awards::lines(tx, &award).await?;
    Ok(html! {
        (summary_list(&[
            SummaryRow::text(page.t("growth-asked"), &page.lang.money(Money::from_qepik(item.amount))),
            SummaryRow::text(page.t("growth-mean"), &page.lang.decimal(f64::from(item.mean_tenths) / 10.0, 1)),
        ]))
        (notice::details(&page.t("growth-award-text"), blind(page, &programme, &award, &lines)))
    })
}
