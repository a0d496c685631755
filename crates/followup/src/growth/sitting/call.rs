//! `GET /award-rounds/{round}/sittings/new` and `POST /award-rounds/{round}/sittings`: the secretary calls the commission on
//! scored applications of a round.

use super::{
    CALLED, link,
    store::{self, Item, Member, Ready, Sitting},
};
use crate::growth::{
    round::store::{self as rounds, Round, Standing},
    rules::Refusal,
    store as awards,
};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain, Message},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use preparation::commission::{
    code_of,
    store::{Assignment, assign},
};
use registry::{
    case::{Duty, exclude_each_other},
    programme,
};
use serde_json::json;
use sqlx::FromRow;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use values::{
    Money,
    id::{AwardId, PersonId, SittingId},
};

pub(super) async fn get(State(app): State<App>, page: Page, Path(round): Path<Uuid>) -> Answer {
    show(&app, &page, round, None, Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(round): Path<Uuid>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, round, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, round, Some(&form), stop.errors()?).await
        }
    }
}

struct Input {
    sits_on: NaiveDate,
    place: String,
    head: Uuid,
    members: BTreeSet<Uuid>,
    awards: BTreeSet<Uuid>,
}

/// Whether a round's applications may be decided on a day.
pub(super) fn may_decide(round: &Round, on: NaiveDate) -> Result<(), Refusal> {
    match round.standing(on) {
        Standing::Closed => Ok(()),
        Standing::Open if round.rolling => Ok(()),
        Standing::Open => Err(Refusal::RoundOpen { until: round.closes_on }),
        _ => Err(Refusal::NotNow),
    }
}

async fn act(tx: &mut Tx, page: &Page, id: Uuid, form: &Posted) -> Result<String, Stop> {
    // The round is locked, so that two sittings do not take the same application.
    let round = rounds::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    let judges = store::judges(tx).await?;
    let input = read(form, page, &judges)?;
    may_decide(&round, input.sits_on).map_err(|refusal| Stop::refused(&refusal))?;
    let ready = store::ready(tx, id).await?;
    let chosen: Vec<Ready> = ready.into_iter().filter(|one| input.awards.contains(&one.award_id)).collect();
    if chosen.is_empty() || chosen.len() != input.awards.len() {
        return Err(Stop::refused(&Refusal::Empty));
    }
    if let Some(errors) = excluded(tx, &chosen, &input, &judges).await? {
        return Err(errors.into());
    }
    let which = store::of_round(tx, id).await?.len() + 1;
    let sitting = Sitting {
        sitting_id: SittingId::new().0,
        office: page.who()?.office.0,
        round_id: id,
        number: store::number(&round.number, which),
        place: input.place,
        sits_on: input.sits_on,
        called_at: tx.now(),
        called_by: page.officer()?.0,
        head_id: input.head,
        granted: 0,
        closed_at: None,
        closed_by: None,
    };
    keep(tx, page, &sitting, &chosen, &input.members).await?;
    let facts = json!({ "sitting": sitting.sitting_id, "number": sitting.number, "round": id,
        "awards": chosen.iter().map(|one| one.award_id).collect::<Vec<_>>(), "members": input.members });
    tx.note(CALLED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(link(sitting.id()))
}

#[derive(FromRow)]
struct Held {
    officer_id: Uuid,
    number: String,
    duty: i16,
}

const HELD: &str = "
    select d.officer_id, f.receipt as number, d.duty
    from case_duty d
    join case_file f using (person_id, case_id)
    where d.case_id = any ($1)
    and d.officer_id = any ($2)";

/// Members who scored one of the applications may not decide it: better said before the sitting than at it.
async fn excluded(tx: &mut Tx, chosen: &[Ready], input: &Input, judges: &[(Uuid, String)]) -> anyhow::Result<Option<Errors>> {
    let cases: Vec<Uuid> = chosen.iter().map(|one| one.case_id).collect();
    let members: Vec<Uuid> = input.members.iter().copied().collect();
    let held: Vec<Held> = sqlx::query_as(HELD).bind(&cases).bind(&members).fetch_all(tx.conn()).await?;
    let names: HashMap<Uuid, &str> = judges.iter().map(|(id, name)| (*id, name.as_str())).collect();
    let excludes = |held: &&Held| Duty::from_number(held.duty).is_some_and(|duty| exclude_each_other(Duty::DecideAward, duty));
    Ok(held.iter().find(excludes).map(|held| {
        let name = names.get(&held.officer_id).copied().unwrap_or_default();
        Errors::at("member", Message::new("growth-error-member").arg("name", name).arg("number", held.number.clone()))
    }))
}

async fn keep(tx: &mut Tx, page: &Page, sitting: &Sitting, chosen: &[Ready], members: &BTreeSet<Uuid>) -> Result<(), Stop> {
    store::insert(tx, std::slice::from_ref(sitting)).await?;
    let member =
        |officer: &Uuid| Member { sitting_id: sitting.sitting_id, officer_id: *officer, office: sitting.office, present: None };
    store::insert_members(tx, &members.iter().map(member).collect::<Vec<_>>()).await?;
    let (mut items, mut assignments) = (Vec::new(), Vec::new());
    for (one, position) in chosen.iter().zip(1i16..) {
        let award = awards::find(tx, AwardId(one.award_id)).await?.ok_or(Fault::NotFound)?;
        items.push(Item {
            person_id: award.person_id,
            sitting_id: sitting.sitting_id,
            award_id: award.award_id,
            case_id: award.case_id,
            office: award.office,
            position,
            amount: award.asked,
            mean_tenths: one.mean_tenths,
            decision: None,
            reason: None,
        });
        assignments.extend(members.iter().map(|officer| Assignment {
            person_id: award.person_id,
            case_id: award.case_id,
            officer_id: *officer,
            duty: Duty::DecideAward as i16,
            office: award.office,
            begun_on: page.today,
        }));
    }
    store::insert_items(tx, &items).await?;
    assign(tx, &assignments).await?;
    Ok(())
}

fn read(form: &Posted, page: &Page, judges: &[(Uuid, String)]) -> Result<Input, Errors> {
    let mut read = form.reader();
    let sits_on = read.date("sits_on");
    if sits_on.is_some_and(|day| day < page.today) {
        read.wrong("sits_on", Message::new("growth-error-past"));
    }
    let place = read.required("place");
    let known = |id: &Uuid| judges.iter().any(|(judge, _)| judge == id);
    let members: BTreeSet<Uuid> = read.many("member").iter().filter_map(|id| id.parse().ok()).filter(known).collect();
    let head = read.required("head").parse::<Uuid>().ok().filter(|head| members.contains(head));
    if members.len() < 2 {
        read.wrong("member", Message::new("growth-error-members"));
    }
    if head.is_none() && !form.value("head").is_empty() {
        read.wrong("head", Message::new("growth-error-head"));
    }
    let awards: BTreeSet<Uuid> = read.many("award").iter().filter_map(|id| id.parse().ok()).collect();
    if awards.is_empty() {
        read.wrong("award", Message::new("growth-refusal-empty"));
    }
    let input = sits_on.zip(head).map(|(sits_on, head)| Input { sits_on, place, head, members, awards });
    read.finish(input)
}

async fn show(app: &App, page: &Page, id: Uuid, form: Option<&Posted>, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let round = rounds::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let judges = store::judges(&mut tx).await?;
    let ready = store::ready(&mut tx, id).await?;
    let fresh = first_time(page, &programme, &ready, &judges, &round);
    let typed = form.unwrap_or(&fresh);
    let words = |one: &Ready| {
        page.lang.with(
            "growth-sitting-award",
            &[
                ("code", code_of(one.award_id).into()),
                ("mean", page.lang.decimal(f64::from(one.mean_tenths) / 10.0, 1).into()),
                ("sum", Money::from_qepik(one.asked).into()),
            ],
        )
    };
    let awards: Vec<(String, String)> = ready.iter().map(|one| (one.award_id.to_string(), words(one))).collect();
    let judges: Vec<(String, String)> = judges.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let title = page.t("growth-sitting-call");
    let left = page.lang.with("growth-left-is", &[("left", Money::from_qepik(round.left()).into())]);
    let refused = may_decide(&round, page.today).err();
    let body = html! {
        (heading(&round.number, &title))
        @if let Some(refusal) = &refused { p class="govuk-body" { (refusal.message().text(page.lang)) } }
        @if ready.is_empty() { p class="govuk-body" { (page.t("growth-sitting-nothing")) } }
        @else {
            p class="govuk-body" { (left) }
            (draw::form(page, &format!("/award-rounds/{id}/sittings"), None, &page.t("growth-sitting-call-submit"), html! {
                (draw::date(page, typed, &errors, "sits_on", "growth-sits-on"))
                (draw::input(page, typed, &errors, "place", "growth-place"))
                (draw::boxes(page, typed, &errors, "award", "growth-sitting-agenda", awards).compact())
                (draw::boxes(page, typed, &errors, "member", "growth-sitting-members", judges.clone()).compact())
                (draw::select(page, typed, &errors, "head", "growth-sitting-head", judges))
            }))
        }
    };
    page.show_form(&title, &json!({ "round": round, "ready": ready }), &errors, body)
}

/// All that is ready, today or when the round has closed, and as many members as a commission has.
fn first_time(page: &Page, programme: &programme::InForce, ready: &[Ready], judges: &[(Uuid, String)], round: &Round) -> Posted {
    /// Applications ticked from the start.
    const MANY: usize = 40;
    let members = programme.parameter(&programme::keys::COMMISSION_MEMBERS, page.today) as usize;
    let day = if round.rolling { page.today } else { page.today.max(round.closes_on.succ_opt().unwrap_or(round.closes_on)) };
    let mut fields = vec![
        ("sits_on".to_owned(), day.to_string()),
        ("place".to_owned(), programme.about().authority.text(page.lang).to_owned()),
    ];
    fields.extend(ready.iter().take(MANY).map(|one| ("award".to_owned(), one.award_id.to_string())));
    fields.extend(judges.iter().take(members).map(|(id, _)| ("member".to_owned(), id.to_string())));
    fields.extend(judges.first().map(|(id, _)| ("head".to_owned(), id.to_string())));
    Posted::of(fields)
}
