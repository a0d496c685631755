//! `GET` and `POST /sittings/{sitting}/votes`: a member reads the agenda by codes, steps aside where they know somebody, and
//! votes. Until the sitting closes a vote may be changed; nobody sees another's.

use super::{
    VOTED, code_of, link,
    rules::Refusal,
    store::{self, Item, Sitting, Vote},
};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::{SummaryRow, form::group, shell::heading, summary_list},
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

/// The votes by the codes of the form; their order gives the stored numbers.
const CHOICES: [&str; 4] = ["for", "against", "abstained", "recused"];

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
    let mut read = form.reader();
    let officer = page.officer()?;
    let mut votes = Vec::new();
    for item in &items {
        let (name, why) = (format!("vote-{}", item.plan_id), format!("why-{}", item.plan_id));
        let text = read.text(&name);
        let Some(number) = CHOICES.iter().position(|choice| *choice == text) else { continue };
        let reason = read.optional(&why);
        if number == 3 && reason.is_none() {
            read.wrong(&why, Message::new("commission-error-recusal"));
        }
        votes.push(Vote {
            person_id: item.person_id,
            sitting_id: item.sitting_id,
            plan_id: item.plan_id,
            officer_id: officer.0,
            office: item.office,
            vote: number as i16 + 1,
            reason,
        });
    }
    let votes = read.finish(Some(votes))?;
    if votes.is_empty() {
        return Err(Stop::refused(&Refusal::Empty));
    }
    for vote in votes.iter().filter(|vote| vote.vote != 4) {
        let item = items.iter().find(|item| item.plan_id == vote.plan_id).context("a vote without its plan")?;
        let file = case::store::find(tx, CaseId(item.case_id)).await?.ok_or(Fault::NotFound)?;
        case::store::claim(tx, &file, Duty::Vote).await?;
    }
    store::insert_votes(tx, &votes).await?;
    let facts = json!({ "sitting": id, "plans": votes.iter().map(|vote| vote.plan_id).collect::<Vec<_>>() });
    tx.note(VOTED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(link(id))
}

/// The sitting, if the acting member was called to it.
async fn called(tx: &mut Tx, page: &Page, id: SittingId) -> Result<Sitting, Stop> {
    let sitting = store::sitting(tx, id).await?.ok_or(Fault::NotFound)?;
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
    let before = Posted::of(cast.iter().flat_map(|vote| {
        let choice = CHOICES.get(usize::try_from(vote.vote - 1).unwrap_or(0)).copied().unwrap_or_default();
        [
            (format!("vote-{}", vote.plan_id), choice.to_owned()),
            (format!("why-{}", vote.plan_id), vote.reason.clone().unwrap_or_default()),
        ]
    }));
    let title = page.lang.with("commission-sitting", &[("number", sitting.number.as_str().into())]);
    let typed = form.unwrap_or(&before);
    let fields: Vec<_> =
        items.iter().map(|item| (item, format!("vote-{}", item.plan_id), format!("why-{}", item.plan_id))).collect();
    let choices = || CHOICES.map(|choice| (choice.to_owned(), page.t(&format!("commission-vote-{choice}")))).to_vec();
    let view = json!({ "sitting": sitting, "items": items, "votes": cast });
    let body = html! {
        (heading(&page.t("commission-vote"), &title))
        @if sitting.closed_at.is_some() { p class="govuk-body" { (page.t("commission-refusal-closed")) } }
        @else if items.is_empty() { p class="govuk-body" { (page.t("commission-vote-none")) } }
        @else {
            (draw::form(page, &format!("{}/votes", link(id)), None, &page.t("commission-vote-submit"), html! {
                p class="govuk-body" { (page.t("commission-vote-hint")) }
                @for (item, vote, why) in &fields {
                    (group(&format!("{}. {}", item.position, code_of(item.case_id)), html! {
                        (about(page, &programme, item, known.iter().find(|known| known.plan_id == item.plan_id)))
                        (draw::radios(page, typed, &errors, vote, "commission-vote", choices()).compact())
                        (draw::input(page, typed, &errors, why, "commission-vote-why"))
                    }))
                }
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
