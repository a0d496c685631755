//! `GET` and `POST /sittings/{sitting}/closure`: the secretary records who was present and what was decided; everything takes
//! effect at once, within the votes, the pass mark and the money.

use super::{
    CLOSED, link,
    rules::{self, Case, Decision, Refusal},
    store::{self, Item, Sitting},
};
use anyhow::{Context, Result};
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
    if sitting.closed_at.is_some() {
        return Err(Stop::refused(&Refusal::Closed));
    }
    let items = store::items(tx, id).await?;
    let members = store::members(tx, id).await?;
    let (present, decided) = read(form.reader(), &items)?;
    let present: Vec<Uuid> = present.into_iter().filter(|id| members.iter().any(|member| member.officer_id == *id)).collect();
    let needed = rules::quorum(members.len(), programme.parameter(&keys::QUORUM, page.today).0);
    if present.len() < needed {
        return Err(Stop::refused(&Refusal::NoQuorum { present: present.len(), needed }));
    }
    let cases: Vec<CaseId> = items.iter().map(|item| CaseId(item.case_id)).collect();
    let loaded = case::bulk::lock_many(tx, &law, &cases).await?;
    // Whoever voted ahead and did not come has not voted.
    let mut votes = store::votes(tx, id).await?;
    votes.retain(|vote| present.contains(&vote.officer_id));
    let counted = store::counted(&votes);
    let judged = judge(&programme, page, &counted, &items, &decided, &loaded)?;
    let pass = programme.parameter(&keys::PASS_MARK, page.today).0;
    let granted = rules::may_decide(&judged, needed, pass, sitting.budget).map_err(|refusal| Stop::refused(&refusal))?;
    let mut happenings = happenings(page, id, &items, &decided, loaded)?;
    case::bulk::append_many(tx, &law, &mut happenings).await?;
    let closed = Sitting { granted, closed_at: Some(tx.now()), closed_by: Some(page.officer()?.0), ..sitting };
    store::close(tx, &closed, &decided, &present).await?;
    let ids: Vec<Uuid> = items.iter().map(|item| item.case_id).collect();
    store::end(tx, &ids, Duty::Vote as i16, None).await?;
    tx.note(CLOSED, PersonId(Uuid::nil()), &json!({ "sitting": id, "granted": granted, "present": present }), None)?;
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
        let (name, why) = (format!("decision-{}", item.plan_id), format!("reason-{}", item.plan_id));
        let own = Decision::from_code(&read.text(&name));
        let reason = read.optional(&why).or_else(|| rest_reason.clone().filter(|_| own.is_none()));
        let decision = own.or(rest);
        match decision {
            None => read.wrong(&name, Message::new("commission-error-decision")),
            Some(Decision::Revise | Decision::Refused) if reason.is_none() => {
                read.wrong(&why, Message::new("commission-error-reason"));
            }
            Some(_) => {}
        }
        decided.push(Item { decision: decision.map(|decision| decision as i16), reason, ..item.clone() });
    }
    read.finish(Some((present, decided)))
}

/// Every plan with what its decision rests on.
fn judge(
    programme: &InForce,
    page: &Page,
    counted: &HashMap<Uuid, rules::Votes>,
    items: &[Item],
    decided: &[Item],
    loaded: &[Loaded],
) -> Result<Vec<Case>> {
    let weight = programme.parameter(&keys::DEFENCE_WEIGHT, page.today).0;
    let defences: HashMap<Uuid, u8> =
        loaded.iter().filter_map(|loaded| Some((loaded.file.case_id, loaded.state.defence_mark?))).collect();
    items
        .iter()
        .zip(decided)
        .map(|(item, decided)| {
            let mean = u16::try_from(item.mean_tenths).unwrap_or(0);
            let decision = decided.decision.and_then(Decision::from_number).context("a plan without a decision")?;
            Ok(Case {
                position: item.position,
                amount: item.amount,
                mark: defences.get(&item.case_id).map(|defence| rules::final_tenths(mean, *defence, weight)),
                votes: counted.get(&item.plan_id).copied().unwrap_or_default(),
                decision,
            })
        })
        .collect()
}

/// The event of each plan.
fn happenings(
    page: &Page,
    id: SittingId,
    items: &[Item],
    decided: &[Item],
    loaded: Vec<Loaded>,
) -> Result<Vec<(Loaded, Vec<Happening>)>> {
    loaded
        .into_iter()
        .map(|loaded| {
            let at = items.iter().position(|item| item.case_id == loaded.file.case_id).context("a case off the agenda")?;
            let (plan, direction) = (PlanId(items[at].plan_id), loaded.state.direction);
            let facts = match decided[at].decision.and_then(Decision::from_number).context("a plan without a decision")? {
                Decision::Approved => {
                    Facts::CommissionApproved { sitting: id, plan, direction, amount: Money::from_qepik(items[at].amount) }
                }
                Decision::Revise => Facts::CommissionRevise { sitting: id, plan },
                Decision::Refused => Facts::CommissionRefused { sitting: id, plan },
                Decision::Reserve => Facts::CommissionReserve { sitting: id, plan },
            };
            let happening = Happening::on(page.today, facts);
            let happening = match &decided[at].reason {
                Some(reason) => happening.because(reason.as_str()),
                None => happening,
            };
            Ok((loaded, vec![happening]))
        })
        .collect()
}

async fn show(app: &App, page: &Page, id: SittingId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let sitting = store::sitting(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let items = store::items(&mut tx, id).await?;
    let members = store::members(&mut tx, id).await?;
    let counted = store::counted(&store::votes(&mut tx, id).await?);
    let title = page.lang.with("commission-sitting", &[("number", sitting.number.as_str().into())]);
    let names = members.iter().map(|member| (member.officer_id.to_string(), member.name.clone())).collect();
    let decisions =
        || Decision::ALL.map(|d| (d.code().to_owned(), page.t(&format!("commission-decision-{}", d.code())))).to_vec();
    let mut shown = Vec::new();
    for item in &items {
        let defence = store::defence(&mut tx, PersonId(item.person_id), PlanId(item.plan_id)).await?;
        shown.push((
            item,
            about(page, item, defence.map(|defence| defence.points), counted.get(&item.plan_id).copied().unwrap_or_default()),
        ));
    }
    let fields: Vec<_> = shown
        .into_iter()
        .map(|(item, about)| (item, about, format!("decision-{}", item.plan_id), format!("reason-{}", item.plan_id)))
        .collect();
    let budget = page.lang.with("commission-budget-is", &[("budget", page.lang.money(Money::from_qepik(sitting.budget)).into())]);
    let view = json!({ "sitting": sitting, "items": items, "members": members });
    let body = html! {
        (heading(&page.t("commission-close"), &title))
        @if sitting.closed_at.is_some() { p class="govuk-body" { (page.t("commission-refusal-closed")) } }
        @else {
            p class="govuk-body" { (budget) }
            (draw::form(page, &format!("{}/closure", link(id)), None, &page.t("commission-close-submit"), html! {
                (draw::boxes(page, form, &errors, "present", "commission-present", names).compact())
                @for (item, about, decision, reason) in &fields {
                    (group(&format!("{}. {}", item.position, super::code_of(item.case_id)), html! {
                        (about)
                        (draw::radios(page, form, &errors, decision, "commission-decision", decisions()).compact())
                        (draw::input(page, form, &errors, reason, "commission-decision-reason"))
                    }))
                }
                (group(&page.t("commission-rest"), html! {
                    (draw::select(page, form, &errors, "rest", "commission-decision", decisions()))
                    (draw::input(page, form, &errors, "rest_reason", "commission-decision-reason"))
                }))
            }))
        }
    };
    page.show_form(&title, &view, &errors, body)
}

fn about(page: &Page, item: &Item, defence: Option<i16>, votes: rules::Votes) -> Markup {
    let words = page.lang.with(
        "commission-votes-are",
        &[
            ("for", i64::from(votes.in_favour).into()),
            ("against", i64::from(votes.against).into()),
            ("abstained", i64::from(votes.abstained).into()),
            ("recused", i64::from(votes.recused).into()),
        ],
    );
    summary_list(&[
        SummaryRow::text(page.t("commission-amount"), &page.lang.money(Money::from_qepik(item.amount))),
        SummaryRow::text(page.t("commission-mean"), &page.lang.decimal(f64::from(item.mean_tenths) / 10.0, 1)),
        SummaryRow::text(page.t("commission-defence-mark"), &defence.map_or_else(|| "–".to_owned(), |points| points.to_string())),
        SummaryRow::text(page.t("commission-votes"), &words),
    ])
}
