//! `GET` and `POST /award-sittings/{sitting}/votes`: a member reads the applications by codes, steps aside where they know
//! somebody, and votes. Until the sitting closes a vote may be changed; nobody sees another's.

use super::{
    VOTED, link,
    store::{self, Item, Sitting, Vote},
};
use crate::growth::{rules::Refusal, scoring::blind, store as awards};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::{SummaryRow, form::group, notice, shell::heading, summary_list},
    request::Page,
    scope::Tx,
};
use preparation::commission::{code_of, rules::Refusal as SittingRefusal};
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
        return Err(Stop::refused(&SittingRefusal::Closed));
    }
    let items = store::items(tx, id).await?;
    let votes = read(form, page, &items)?;
    if votes.is_empty() {
        return Err(Stop::refused(&Refusal::Empty));
    }
    for vote in votes.iter().filter(|vote| vote.vote != 4) {
        let item = items.iter().find(|item| item.award_id == vote.award_id).context("a vote without its application")?;
        let file = case::store::find(tx, CaseId(item.case_id)).await?.ok_or(Fault::NotFound)?;
        case::store::claim(tx, &file, Duty::DecideAward).await?;
    }
    store::insert_votes(tx, &votes).await?;
    let facts = json!({ "sitting": id, "awards": votes.iter().map(|vote| vote.award_id).collect::<Vec<_>>() });
    tx.note(VOTED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(link(id))
}

fn read(form: &Posted, page: &Page, items: &[Item]) -> Result<Vec<Vote>, Stop> {
    let officer = page.officer()?;
    let mut read = form.reader();
    let mut votes = Vec::new();
    for item in items {
        let (name, why) = (format!("vote-{}", item.award_id), format!("why-{}", item.award_id));
        let text = read.text(&name);
        let Some(number) = CHOICES.iter().position(|choice| *choice == text) else { continue };
        let reason = read.optional(&why);
        if number == 3 && reason.is_none() {
            read.wrong(&why, Message::new("commission-error-recusal"));
        }
        votes.push(Vote {
            person_id: item.person_id,
            sitting_id: item.sitting_id,
            award_id: item.award_id,
            officer_id: officer.0,
            office: item.office,
            vote: number as i16 + 1,
            reason,
        });
    }
    Ok(read.finish(Some(votes))?)
}

/// The sitting, if the acting member was called to it.
async fn called(tx: &mut Tx, page: &Page, id: SittingId) -> Result<Sitting, Stop> {
    let sitting = store::find(tx, id).await?.ok_or(Fault::NotFound)?;
    let officer = page.officer()?;
    let members = store::members(tx, id).await?;
    match members.iter().any(|member| member.officer_id == officer.0) {
        true => Ok(sitting),
        false => Err(Stop::refused(&SittingRefusal::NotOfSitting)),
    }
}

async fn show(app: &App, page: &Page, id: SittingId, form: Option<&Posted>, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let sitting = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let items = store::items(&mut tx, id).await?;
    let cast = store::votes(&mut tx, id).await?;
    let before = Posted::of(cast.iter().flat_map(|vote| {
        let choice = CHOICES.get(usize::try_from(vote.vote - 1).unwrap_or(0)).copied().unwrap_or_default();
        [
            (format!("vote-{}", vote.award_id), choice.to_owned()),
            (format!("why-{}", vote.award_id), vote.reason.clone().unwrap_or_default()),
        ]
    }));
    let typed = form.unwrap_or(&before);
    let mut fields = Vec::new();
    for item in &items {
        let about = about(&mut tx, app, page, item).await?;
        fields.push((item, about, format!("vote-{}", item.award_id), format!("why-{}", item.award_id)));
    }
    let choices = || CHOICES.map(|choice| (choice.to_owned(), page.t(&format!("commission-vote-{choice}")))).to_vec();
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
        @if sitting.closed_at.is_some() { p class="govuk-body" { (page.t("commission-refusal-closed")) } }
        @else if items.is_empty() { p class="govuk-body" { (page.t("commission-vote-none")) } }
        @else {
            (draw::form(page, &format!("{}/votes", link(id)), None, &page.t("commission-vote-submit"), html! {
                p class="govuk-body" { (page.t("growth-vote-hint")) }
                @for (item, about, vote, why) in &fields {
                    (group(&format!("{}. {}", item.position, code_of(item.award_id)), html! {
                        (about)
                        (draw::radios(page, typed, &errors, vote, "commission-vote", choices()).compact())
                        (draw::input(page, typed, &errors, why, "commission-vote-why"))
                    }))
                }
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
