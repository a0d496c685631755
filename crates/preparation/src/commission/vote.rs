//! `GET` and `POST /sittings/{sitting}/votes`: a member reads the agenda by codes, steps aside where they know somebody, and
//! votes. Until the sitting closes a vote may be changed; nobody sees another's.

use super::{
    VOTED, code_of, link,
    store::{self, Item, Sitting, Vote},
};
use crate::sitting::{
    Choice, Refusal,
    form::{Shown, draw_votes, read_votes, votes_before},
};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{SummaryRow, shell::heading, summary_list},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty},
    programme::{self, InForce},
};
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;
use values::{
    Money,
    id::{CaseId, PersonId, SittingId},
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
    let cast = read_votes(form.reader(), items.iter().map(|item| item.plan_id))?;
    if cast.is_empty() {
        return Err(Stop::refused(&Refusal::Empty));
    }
    let officer = page.officer()?;
    let mut votes = Vec::new();
    for cast in cast {
        let item = items.iter().find(|item| item.plan_id == cast.item).context("a vote without its plan")?;
        if cast.choice != Choice::Recused {
            let file = case::store::find(tx, CaseId(item.case_id)).await?.ok_or(Fault::NotFound)?;
            case::store::claim(tx, &file, Duty::Vote).await?;
        }
        votes.push(Vote {
            person_id: item.person_id,
            sitting_id: item.sitting_id,
            plan_id: item.plan_id,
            officer_id: officer.0,
            office: item.office,
            vote: cast.choice as i16,
            reason: cast.reason,
        });
    }
    store::insert_votes(tx, &votes).await?;
    let facts = json!({ "sitting": id, "plans": votes.iter().map(|vote| vote.plan_id).collect::<Vec<_>>() });
    tx.note(VOTED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(link(id))
}

/// The sitting, if the acting member was called to it; it is not closed before the votes are written.
async fn called(tx: &mut Tx, page: &Page, id: SittingId) -> Result<Sitting, Stop> {
    let sitting = store::hold(tx, id).await?.ok_or(Fault::NotFound)?;
    let officer = page.officer()?;
    let members = store::members(tx, id).await?;
    if members.iter().any(|member| member.officer_id == officer.0) {
        Ok(sitting)
    } else {
        Err(Stop::refused(&Refusal::NotOfSitting))
    }
}

/// What a member knows of a plan besides its text.
#[derive(FromRow)]
struct Known {
    plan_id: Uuid,
    direction: String,
    defence: Option<i16>,
}

const KNOWN: &str = "
    select p.plan_id, p.direction, d.points as defence
    from business_plan p
    left join defence d using (person_id, plan_id)
    where p.plan_id = any ($1)";

async fn known(tx: &mut Tx, items: &[Item]) -> Result<Vec<Known>> {
    let plans: Vec<Uuid> = items.iter().map(|item| item.plan_id).collect();
    sqlx::query_as(KNOWN).bind(plans).fetch_all(tx.conn()).await.context("reading the plans of an agenda")
}

async fn show(app: &App, page: &Page, id: SittingId, form: Option<&Posted>, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let sitting = store::sitting(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let items = store::items(&mut tx, id).await?;
    let known = known(&mut tx, &items).await?;
    let cast = store::votes(&mut tx, id).await?;
    let before = votes_before(cast.iter().map(|vote| (vote.plan_id, vote.vote, vote.reason.as_deref())));
    let title = page.lang.with("commission-sitting", &[("number", sitting.number.as_str().into())]);
    let typed = form.unwrap_or(&before);
    let shown: Vec<Shown> = items
        .iter()
        .map(|item| Shown {
            item: item.plan_id,
            title: format!("{}. {}", item.position, code_of(item.case_id)),
            about: about(page, &programme, item, known.iter().find(|known| known.plan_id == item.plan_id)),
        })
        .collect();
    let view = json!({ "sitting": sitting, "items": items, "votes": cast });
    let body = html! {
        (heading(&page.t("commission-vote"), &title))
        @if sitting.closed_at.is_some() { p class="govuk-body" { (page.t("sitting-refusal-closed")) } }
        @else if items.is_empty() { p class="govuk-body" { (page.t("sitting-vote-none")) } }
        @else {
            (draw::form(page, &format!("{}/votes", link(id)), None, &page.t("sitting-vote-submit"), html! {
                p class="govuk-body" { (page.t("commission-vote-hint")) }
                (draw_votes(page, typed, &errors, &shown))
            }))
        }
    };
    page.show_form(&title, &view, &errors, body)
}

fn about(page: &Page, programme: &InForce, item: &Item, known: Option<&Known>) -> Markup {
    let direction = known.and_then(|known| programme.direction(&known.direction)).map_or("", |d| d.name.text(page.lang));
    let defence = known.and_then(|known| known.defence).map_or_else(|| "–".to_owned(), |points| points.to_string());
    summary_list(&[
        SummaryRow::text(page.t("commission-direction"), direction),
        SummaryRow::text(page.t("commission-amount"), &page.lang.money(Money::from_qepik(item.amount))),
        SummaryRow::text(page.t("commission-mean"), &page.lang.decimal(f64::from(item.mean_tenths) / 10.0, 1)),
        SummaryRow::text(page.t("commission-defence-mark"), &defence),
    ])
}
