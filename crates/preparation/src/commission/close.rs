//! `GET` and `POST /sittings/{sitting}/closure`: the secretary records who was present and what was decided; everything takes
//! effect at once, within the votes, the pass mark and the money.

use super::{
    CLOSED, link,
    rules::{self, Case, Decision},
    store::{self, Item, Sitting, Vote},
};
use crate::sitting::{
    Votes, attendance,
    form::{Decided, Shown, draw_closure, read_closure, votes_words},
    may_close, note_put_off,
};
use anyhow::{Context, Result};
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
use registry::{
    case::{self, Duty, Facts, Happening, Loaded},
    programme::{self, InForce, keys},
};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;
use values::{
    Money,
    id::{CaseId, PersonId, PlanId, SittingId},
};

/// A sitting that is open, with members who may be present.
pub(super) const VOTED_ON: &str = "
    select s.sitting_id as sitting, m.officer_id as one, n.officer_id as other, o.officer_id as third
    from sitting s
    join lateral (select officer_id from sitting_member where sitting_id = s.sitting_id order by officer_id limit 1) m on true
    join lateral (select officer_id from sitting_member where sitting_id = s.sitting_id order by officer_id desc limit 1) n on true
    join lateral (select officer_id from sitting_member where sitting_id = s.sitting_id order by officer_id offset 1 limit 1) o
        on true
    where s.closed_at is null
    order by s.sits_on
    limit 1";

pub(super) const SAMPLE: &[(&str, &str)] = &[
    ("present", "{one}"),
    ("present", "{other}"),
    ("present", "{third}"),
    ("rest", "refused"),
    ("rest_reason", "Planın gəliri xərcləri örtmür"),
];

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
    let law = case::law(app)?;
    let sitting = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    may_close(sitting.closed_at.is_some(), sitting.sits_on, page.today).map_err(|refusal| Stop::refused(&refusal))?;
    let items = store::items(tx, id).await?;
    let members = store::members(tx, id).await?;
    let (came, decided) = read_closure::<Decision>(form.reader(), items.iter().map(|item| item.plan_id))?;
    let percent = programme.parameter(&keys::QUORUM, page.today).0;
    let attendance = attendance(members.iter().map(|member| member.officer_id), &came, percent);
    let attendance = attendance.map_err(|refusal| Stop::refused(&refusal))?;
    let cases: Vec<CaseId> = items.iter().map(|item| CaseId(item.case_id)).collect();
    let loaded = case::bulk::lock_many(tx, &law, &cases).await?;
    let votes = store::votes(tx, id).await?;
    let counted = attendance.count(votes.iter().filter_map(Vote::ballot));
    let judged = judge(&programme, page, &counted, &items, &decided, &loaded);
    let pass = programme.parameter(&keys::PASS_MARK, page.today).0;
    let granted =
        rules::may_decide(&judged, attendance.quorum, pass, sitting.budget).map_err(|refusal| Stop::refused(&refusal))?;
    for (item, decided) in items.iter().zip(&decided).filter(|(_, decided)| decided.decision == Decision::PutOff) {
        let facts = json!({ "case": item.case_id, "plan": item.plan_id, "sitting": id });
        note_put_off(tx, PersonId(item.person_id), &facts, decided.reason.as_deref())?;
    }
    let mut happenings = happenings(page, id, &items, &decided, loaded)?;
    case::bulk::append_many(tx, &law, &mut happenings).await?;
    let closed = Sitting { granted, closed_at: Some(tx.now()), closed_by: Some(page.officer()?.0), ..sitting };
    store::close(tx, &closed, &decided, &attendance.present).await?;
    let ids: Vec<Uuid> = items.iter().map(|item| item.case_id).collect();
    store::end(tx, &ids, Duty::Vote as i16, None).await?;
    tx.note(CLOSED, PersonId(Uuid::nil()), &json!({ "sitting": id, "granted": granted, "present": attendance.present }), None)?;
    Ok(link(id))
}

/// Every plan with what its decision rests on.
fn judge(
    programme: &InForce,
    page: &Page,
    counted: &HashMap<Uuid, Votes>,
    items: &[Item],
    decided: &[Decided<Decision>],
    loaded: &[Loaded],
) -> Vec<Case> {
    let weight = programme.parameter(&keys::DEFENCE_WEIGHT, page.today).0;
    let defences: HashMap<Uuid, u8> =
        loaded.iter().filter_map(|loaded| Some((loaded.file.case_id, loaded.state.defence_mark?))).collect();
    items
        .iter()
        .zip(decided)
        .map(|(item, decided)| {
            let mean = u16::try_from(item.mean_tenths).unwrap_or(0);
            Case {
                position: item.position,
                amount: item.amount,
                mark: defences.get(&item.case_id).map(|defence| rules::final_tenths(mean, *defence, weight)),
                votes: counted.get(&item.plan_id).copied().unwrap_or_default(),
                decision: decided.decision,
            }
        })
        .collect()
}

/// The event of each plan that was decided.
fn happenings(
    page: &Page,
    id: SittingId,
    items: &[Item],
    decided: &[Decided<Decision>],
    loaded: Vec<Loaded>,
) -> Result<Vec<(Loaded, Vec<Happening>)>> {
    let mut happenings = Vec::new();
    for loaded in loaded {
        let at = items.iter().position(|item| item.case_id == loaded.file.case_id).context("a case off the agenda")?;
        let (plan, direction) = (PlanId(items[at].plan_id), loaded.state.direction);
        let facts = match decided[at].decision {
            Decision::Approved => {
                Facts::CommissionApproved { sitting: id, plan, direction, amount: Money::from_qepik(items[at].amount) }
            }
            Decision::Revise => Facts::CommissionRevise { sitting: id, plan },
            Decision::Refused => Facts::CommissionRefused { sitting: id, plan },
            Decision::Reserve => Facts::CommissionReserve { sitting: id, plan },
            // The case stays where it stands, and waits for a sitting as before.
            Decision::PutOff => continue,
        };
        let happening = Happening { reason: decided[at].reason.clone(), ..Happening::on(page.today, facts) };
        happenings.push((loaded, vec![happening]));
    }
    Ok(happenings)
}

async fn show(app: &App, page: &Page, id: SittingId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let sitting = store::sitting(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let items = store::items(&mut tx, id).await?;
    let members = store::members(&mut tx, id).await?;
    let counted = store::counted(&store::votes(&mut tx, id).await?);
    let title = page.lang.with("commission-sitting", &[("number", sitting.number.as_str().into())]);
    let names = members.iter().map(|member| (member.officer_id.to_string(), member.name.clone())).collect();
    let decisions = Decision::ALL.map(|d| (d.code().to_owned(), page.t(&format!("commission-decision-{}", d.code()))));
    let mut shown = Vec::new();
    for item in &items {
        let defence = store::defence(&mut tx, PersonId(item.person_id), PlanId(item.plan_id)).await?;
        let votes = counted.get(&item.plan_id).copied().unwrap_or_default();
        shown.push(Shown {
            item: item.plan_id,
            title: format!("{}. {}", item.position, super::code_of(item.case_id)),
            about: about(page, item, defence.map(|defence| defence.points), votes),
        });
    }
    let budget = page.lang.with("commission-budget-is", &[("budget", page.lang.money(Money::from_qepik(sitting.budget)).into())]);
    let refused = may_close(sitting.closed_at.is_some(), sitting.sits_on, page.today).err();
    let view = json!({ "sitting": sitting, "items": items, "members": members });
    let body = html! {
        (heading(&page.t("commission-close"), &title))
        @if let Some(refusal) = &refused { p class="govuk-body" { (refusal.message().text(page.lang)) } }
        @else {
            p class="govuk-body" { (budget) }
            (draw::form(page, &format!("{}/closure", link(id)), None, &page.t("sitting-close-submit"), html! {
                (draw_closure(page, form, &errors, names, &shown, &decisions))
            }))
        }
    };
    page.show_form(&title, &view, &errors, body)
}

fn about(page: &Page, item: &Item, defence: Option<i16>, votes: Votes) -> Markup {
    summary_list(&[
        SummaryRow::text(page.t("commission-amount"), &page.lang.money(Money::from_qepik(item.amount))),
        SummaryRow::text(page.t("commission-mean"), &page.lang.decimal(f64::from(item.mean_tenths) / 10.0, 1)),
        SummaryRow::text(page.t("commission-defence-mark"), &defence.map_or_else(|| "–".to_owned(), |points| points.to_string())),
        SummaryRow::text(page.t("sitting-votes"), &votes_words(page, votes)),
    ])
}
