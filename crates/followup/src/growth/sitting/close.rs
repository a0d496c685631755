//! `GET` and `POST /award-sittings/{sitting}/closure`: the secretary records who was present and what was decided; everything
//! takes effect at once, within the votes, the pass mark, the conditions of the day and the money that the round has left.

use super::{
    CLOSED, DECIDED,
    call::may_decide,
    link,
    show::votes_words,
    store::{self, Item, Sitting},
};
use crate::growth::{
    check,
    round::store::{self as rounds, Round},
    rules::{self, Heard, failed},
    state::{Decision, State as Stage},
    store::{self as awards, Award},
};
use anyhow::Context;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::{Errors, Message},
    page::{SummaryRow, form::group, shell::heading, summary_list},
    request::Page,
    scope::Tx,
};
use preparation::commission::{
    code_of,
    rules::{Refusal as SittingRefusal, Votes, quorum},
    store::end,
};
use registry::{
    case::Duty,
    programme::{self, InForce, keys},
};
use serde_json::json;
use uuid::Uuid;
use values::{
    Money,
    id::{AwardId, PersonId, SittingId},
};

pub(super) async fn get(State(app): State<App>, page: Page, Path(sitting): Path<SittingId>) -> Answer {
    show(&app, &page, sitting, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(sitting): Path<SittingId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, sitting, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, sitting, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: SittingId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let found = store::find(tx, id).await?.ok_or(Fault::NotFound)?;
    // Two sittings of one round wait for each other here, so that neither gives what the other has given.
    let round = rounds::lock(tx, found.round_id).await?.ok_or(Fault::NotFound)?;
    let sitting = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if sitting.closed_at.is_some() {
        return Err(Stop::refused(&SittingRefusal::Closed));
    }
    may_decide(&round, page.today).map_err(|refusal| Stop::refused(&refusal))?;
    let items = store::items(tx, id).await?;
    let members = store::members(tx, id).await?;
    let (present, decided) = read(form.reader(), &items)?;
    let present: Vec<Uuid> = present.into_iter().filter(|id| members.iter().any(|member| member.officer_id == *id)).collect();
    let needed = quorum(members.len(), programme.parameter(&keys::QUORUM, page.today).0);
    if present.len() < needed {
        return Err(Stop::refused(&SittingRefusal::NoQuorum { present: present.len(), needed }));
    }
    let heard = hear(tx, app, page, id, &decided).await?;
    let pass = programme.parameter(&keys::AWARD_PASS_MARK, page.today).0;
    let given = rules::may_give(&heard, pass, round.left()).map_err(|refusal| Stop::refused(&refusal))?;
    rounds::give(tx, round.round_id, given).await?;
    for item in &decided {
        decide(tx, page, item).await?;
    }
    let closed = Sitting { granted: given, closed_at: Some(tx.now()), closed_by: Some(page.officer()?.0), ..sitting };
    store::close(tx, &closed, &decided, &present).await?;
    let cases: Vec<Uuid> = items.iter().map(|item| item.case_id).collect();
    let still = store::still_heard(tx, &cases).await?;
    let over: Vec<Uuid> = cases.into_iter().filter(|case| !still.contains(case)).collect();
    end(tx, &over, Duty::DecideAward as i16, None).await?;
    tx.note(CLOSED, PersonId(Uuid::nil()), &json!({ "sitting": id, "granted": given, "present": present }), None)?;
    Ok(link(id))
}

/// Who was present, and the agenda with its decisions.
fn read(mut read: Reader<'_>, items: &[Item]) -> Result<(Vec<Uuid>, Vec<Item>), Errors> {
    let present: Vec<Uuid> = read.many("present").iter().filter_map(|id| id.parse().ok()).collect();
    if present.is_empty() {
        read.wrong("present", Message::new("commission-error-present"));
    }
    let rest = Decision::from_code(&read.text("rest"));
    let rest_reason = read.optional("rest_reason");
    let mut decided = Vec::new();
    for item in items {
        let (name, why) = (format!("decision-{}", item.award_id), format!("reason-{}", item.award_id));
        let own = Decision::from_code(&read.text(&name));
        let reason = read.optional(&why).or_else(|| rest_reason.clone().filter(|_| own.is_none()));
        let decision = own.or(rest);
        match decision {
            None => read.wrong(&name, Message::new("commission-error-decision")),
            Some(Decision::Refused | Decision::PutOff) if reason.is_none() => {
                read.wrong(&why, Message::new("commission-error-reason"));
            }
            Some(_) => {}
        }
        decided.push(Item { decision: decision.map(|decision| decision as i16), reason, ..item.clone() });
    }
    read.finish(Some((present, decided)))
}

/// Every application with what its decision rests on; the conditions are judged on the day of the sitting.
async fn hear(tx: &mut Tx, app: &App, page: &Page, id: SittingId, decided: &[Item]) -> Result<Vec<Heard>, Stop> {
    let counted = store::counted(&store::votes(tx, id).await?);
    let mut heard = Vec::new();
    for item in decided {
        let award = awards::lock(tx, AwardId(item.award_id)).await?.ok_or(Fault::NotFound)?;
        let decision = item.decision.and_then(Decision::from_number).context("an application without a decision")?;
        let stands =
            award.state() == Stage::Scored && failed(&rules::judge(&check::today(tx, app, page, &award).await?)).is_empty();
        heard.push(Heard {
            position: item.position,
            amount: item.amount,
            mean_tenths: item.mean_tenths,
            carried: counted.get(&item.award_id).copied().unwrap_or_default().carried(),
            stands,
            decision,
        });
    }
    Ok(heard)
}

/// The decision reaches the application; one taken back meanwhile, or put off, stays as it is.
async fn decide(tx: &mut Tx, page: &Page, item: &Item) -> Result<(), Stop> {
    let award = awards::find(tx, AwardId(item.award_id)).await?.ok_or(Fault::NotFound)?;
    let decision = item.decision.and_then(Decision::from_number).context("an application without a decision")?;
    let (state, granted) = match decision {
        Decision::Granted => (Stage::Granted, item.amount),
        Decision::Refused if award.state() == Stage::Scored => (Stage::Refused, 0),
        Decision::Refused | Decision::PutOff => return Ok(()),
    };
    let reason = item.reason.clone().filter(|_| state == Stage::Refused);
    let decided = Award { state: state as i16, granted, decided_on: Some(page.today), reason, ..award };
    awards::change(tx, &decided, Stage::Scored).await?;
    let facts = json!({ "case": item.case_id, "award": item.award_id, "sitting": item.sitting_id, "granted": granted });
    tx.note(DECIDED, PersonId(item.person_id), &facts, item.reason.as_deref())?;
    Ok(())
}

async fn show(app: &App, page: &Page, id: SittingId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let sitting = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let round = rounds::find(&mut tx, sitting.round_id).await?.ok_or(Fault::NotFound)?;
    let items = store::items(&mut tx, id).await?;
    let members = store::members(&mut tx, id).await?;
    let counted = store::counted(&store::votes(&mut tx, id).await?);
    let names = members.iter().map(|member| (member.officer_id.to_string(), member.name.clone())).collect();
    let decisions =
        || Decision::ALL.map(|one| (one.code().to_owned(), page.t(&format!("growth-decision-{}", one.code())))).to_vec();
    let fields: Vec<_> = items
        .iter()
        .map(|item| {
            let votes = counted.get(&item.award_id).copied().unwrap_or_default();
            let about = about(page, item, votes);
            (item, about, format!("decision-{}", item.award_id), format!("reason-{}", item.award_id))
        })
        .collect();
    let title = page.lang.with("growth-sitting-named", &[("number", sitting.number.as_str().into())]);
    let view = json!({ "sitting": sitting, "items": items, "members": members, "left": round.left() });
    let body = html! {
        (heading(&page.t("growth-sitting-close"), &title))
        @if sitting.closed_at.is_some() { p class="govuk-body" { (page.t("commission-refusal-closed")) } }
        @else {
            p class="govuk-body" { (money_words(page, &programme, &round)) }
            (draw::form(page, &format!("{}/closure", link(id)), None, &page.t("commission-close-submit"), html! {
                (draw::boxes(page, form, &errors, "present", "commission-present", names).compact())
                @for (item, about, decision, reason) in &fields {
                    (group(&format!("{}. {}", item.position, code_of(item.award_id)), html! {
                        (about)
                        (draw::radios(page, form, &errors, decision, "growth-decision", decisions()).compact())
                        (draw::input(page, form, &errors, reason, "commission-decision-reason"))
                    }))
                }
                (group(&page.t("commission-rest"), html! {
                    (draw::select(page, form, &errors, "rest", "growth-decision", decisions()))
                    (draw::input(page, form, &errors, "rest_reason", "commission-decision-reason"))
                }))
            }))
        }
    };
    page.show_form(&title, &view, &errors, body)
}

fn money_words(page: &Page, programme: &InForce, round: &Round) -> String {
    let pass = programme.parameter(&keys::AWARD_PASS_MARK, page.today).0;
    page.lang.with("growth-sitting-money", &[("left", Money::from_qepik(round.left()).into()), ("pass", pass.into())])
}

fn about(page: &Page, item: &Item, votes: Votes) -> Markup {
    summary_list(&[
        SummaryRow::text(page.t("growth-asked"), &page.lang.money(Money::from_qepik(item.amount))),
        SummaryRow::text(page.t("growth-mean"), &page.lang.decimal(f64::from(item.mean_tenths) / 10.0, 1)),
        SummaryRow::text(page.t("commission-votes"), &votes_words(page, votes)),
    ])
}
