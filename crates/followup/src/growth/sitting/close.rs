//! `GET` and `POST /award-sittings/{sitting}/closure`: the secretary records who was present and what was decided; everything
//! takes effect at once, within the votes, the pass mark, the conditions of the day and the money that the round has left.

use super::{
    CLOSED, DECIDED,
    call::may_decide,
    link,
    store::{self, Item, Sitting, Vote},
};
use crate::growth::{
    check, refusal,
    round::store::{self as rounds, Round},
    rules::{self, Heard, Standing, failed},
    state::{Decision, State as Stage},
    store::{self as awards, Award},
};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    page::{SummaryRow, shell::heading, summary_list},
    request::Page,
    scope::Tx,
};
use preparation::{
    commission::{code_of, store::end},
    sitting::{
        Votes, attendance,
        form::{Decided, Shown, draw_closure, read_closure, votes_words},
        may_close, note_put_off,
    },
};
use registry::{
    case::{self, Duty},
    programme::{self, InForce, keys},
};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;
use values::{
    Money,
    id::{AwardId, CaseId, PersonId, SittingId},
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
    may_close(sitting.closed_at.is_some(), sitting.sits_on, page.today).map_err(|refusal| Stop::refused(&refusal))?;
    may_decide(&round, page.today).map_err(|refusal| Stop::refused(&refusal))?;
    let items = store::items(tx, id).await?;
    let members = store::members(tx, id).await?;
    let (came, decided) = read_closure::<Decision>(form.reader(), items.iter().map(|item| item.award_id))?;
    let percent = programme.parameter(&keys::QUORUM, page.today).0;
    let attendance = attendance(members.iter().map(|member| member.officer_id), &came, percent);
    let attendance = attendance.map_err(|refusal| Stop::refused(&refusal))?;
    let votes = store::votes(tx, id).await?;
    let counted = attendance.count(votes.iter().filter_map(Vote::ballot));
    let heard = hear(tx, app, page, &counted, &items, &decided).await?;
    let pass = programme.parameter(&keys::AWARD_PASS_MARK, page.today).0;
    let given = rules::may_give(&heard, attendance.quorum, pass, round.left()).map_err(|refusal| Stop::refused(&refusal))?;
    rounds::give(tx, round.round_id, given).await?;
    for (item, decided) in items.iter().zip(&decided) {
        decide(tx, app, page, item, decided).await?;
    }
    let closed = Sitting { granted: given, closed_at: Some(tx.now()), closed_by: Some(page.officer()?.0), ..sitting };
    store::close(tx, &closed, &decided, &attendance.present).await?;
    let cases: Vec<Uuid> = items.iter().map(|item| item.case_id).collect();
    let still = store::still_heard(tx, &cases).await?;
    let over: Vec<Uuid> = cases.into_iter().filter(|case| !still.contains(case)).collect();
    end(tx, &over, Duty::DecideAward as i16, None).await?;
    tx.note(CLOSED, PersonId(Uuid::nil()), &json!({ "sitting": id, "granted": given, "present": attendance.present }), None)?;
    Ok(link(id))
}

/// Every application with what its decision rests on; the conditions are judged on the day of the sitting.
async fn hear(
    tx: &mut Tx,
    app: &App,
    page: &Page,
    counted: &HashMap<Uuid, Votes>,
    items: &[Item],
    decided: &[Decided<Decision>],
) -> Result<Vec<Heard>, Stop> {
    let mut heard = Vec::new();
    for (item, decided) in items.iter().zip(decided) {
        let award = awards::lock(tx, AwardId(item.award_id)).await?.ok_or(Fault::NotFound)?;
        let standing = match award.state() {
            Stage::Scored if failed(&rules::judge(&check::today(tx, app, page, &award).await?)).is_empty() => Standing::Holds,
            Stage::Scored => Standing::Unmet,
            _ => Standing::TakenBack,
        };
        heard.push(Heard {
            position: item.position,
            amount: item.amount,
            mean_tenths: item.mean_tenths,
            votes: counted.get(&item.award_id).copied().unwrap_or_default(),
            standing,
            decision: decided.decision,
        });
    }
    Ok(heard)
}

/// The decision reaches the application; one taken back meanwhile, or put off, stays as it is.
async fn decide(tx: &mut Tx, app: &App, page: &Page, item: &Item, decided: &Decided<Decision>) -> Result<(), Stop> {
    let award = awards::find(tx, AwardId(item.award_id)).await?.ok_or(Fault::NotFound)?;
    let (state, granted, reason) = match decided.decision {
        Decision::Granted => (Stage::Granted, item.amount, None),
        Decision::Refused if award.state() == Stage::Scored => (Stage::Refused, 0, decided.reason.clone()),
        Decision::Refused => return Ok(()),
        Decision::PutOff => {
            let facts = json!({ "case": item.case_id, "award": item.award_id, "sitting": item.sitting_id });
            return Ok(note_put_off(tx, PersonId(item.person_id), &facts, decided.reason.as_deref())?);
        }
    };
    let after = Award { state: state as i16, granted, decided_on: Some(page.today), reason, ..award };
    awards::change(tx, &after, Stage::Scored).await?;
    let facts = json!({ "case": item.case_id, "award": item.award_id, "sitting": item.sitting_id, "granted": granted });
    tx.note(DECIDED, PersonId(item.person_id), &facts, decided.reason.as_deref())?;
    if state == Stage::Refused {
        let law = case::law(app)?;
        let mut loaded = case::store::lock(tx, &law, CaseId(item.case_id)).await?;
        refusal::tell(tx, &law, &mut loaded, AwardId(item.award_id), decided.reason.as_deref()).await?;
    }
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
    let decisions = Decision::ALL.map(|one| (one.code().to_owned(), page.t(&format!("growth-decision-{}", one.code()))));
    let shown: Vec<Shown> = items
        .iter()
        .map(|item| Shown {
            item: item.award_id,
            title: format!("{}. {}", item.position, code_of(item.award_id)),
            about: about(page, item, counted.get(&item.award_id).copied().unwrap_or_default()),
        })
        .collect();
    let title = page.lang.with("growth-sitting-named", &[("number", sitting.number.as_str().into())]);
    let refused = may_close(sitting.closed_at.is_some(), sitting.sits_on, page.today).err();
    let view = json!({ "sitting": sitting, "items": items, "members": members, "left": round.left() });
    let body = html! {
        (heading(&page.t("growth-sitting-close"), &title))
        @if let Some(refusal) = &refused { p class="govuk-body" { (refusal.message().text(page.lang)) } }
        @else {
            p class="govuk-body" { (money_words(page, &programme, &round)) }
            (draw::form(page, &format!("{}/closure", link(id)), None, &page.t("sitting-close-submit"), html! {
                (draw_closure(page, form, &errors, names, &shown, &decisions))
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
        SummaryRow::text(page.t("sitting-votes"), &votes_words(page, votes)),
    ])
}
