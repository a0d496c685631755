//! `GET /sittings/{sitting}/minutes.pdf`: the minutes, by plan codes only, from the frozen rows of a closed sitting.

use super::{
    code_of,
    rules::Decision,
    store::{self, Item, Sitting, Vote},
};
use crate::sitting::{self, Choice, quorum};
use anyhow::{Context, Result};
use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use documents::{Absentee, AgendaItem, Attendee, Balance, Issue, Language, Minutes, Quorum, Recusal, Signatory, Votes};
use platform::{
    answer::{Answer, Fault},
    app::App,
    keys::hex,
    language::Lang,
    request::Page,
    scope::Tx,
};
use registry::programme::{self, InForce, keys};
use std::collections::HashMap;
use uuid::Uuid;
use values::{
    Money,
    id::{OfficeId, SittingId},
};

/// The language that binds.
const LANG: Lang = Lang::Az;

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<SittingId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let sitting = store::sitting(&mut tx, id).await?.filter(|sitting| sitting.closed_at.is_some()).ok_or(Fault::NotFound)?;
    // The minutes are of the whole sitting, also for a member who saw only codes.
    tx.widen().await?;
    let data = paper(&mut tx, &app, &programme, &sitting, id).await?;
    drop(tx);
    let name = format!("inline; filename=\"{}.pdf\"", sitting.number);
    let pdf = tokio::task::spawn_blocking(move || documents::minutes(&data)).await.context("printing")?;
    let pdf = pdf.context("printing minutes")?;
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf).into_response())
}

const NAME: &str = "
    select name
    from officer
    where officer_id = $1";

async fn name(tx: &mut Tx, officer: Uuid) -> Result<String> {
    let (name,): (String,) =
        sqlx::query_as(NAME).bind(officer).fetch_one(tx.conn()).await.context("finding an officer's name")?;
    Ok(name)
}

const DIRECTIONS: &str = "
    select plan_id, direction
    from business_plan
    where plan_id = any ($1)";

const ROOT: &str = "
    select hash
    from chain_head
    where office = $1";

async fn paper(tx: &mut Tx, app: &App, programme: &InForce, sitting: &Sitting, id: SittingId) -> Result<Minutes> {
    let members = store::members(tx, id).await?;
    let items = store::items(tx, id).await?;
    let votes = store::votes(tx, id).await?;
    let plans: Vec<Uuid> = items.iter().map(|item| item.plan_id).collect();
    let directions: Vec<(Uuid, String)> =
        sqlx::query_as(DIRECTIONS).bind(plans).fetch_all(tx.conn()).await.context("reading directions of plans")?;
    let directions: HashMap<Uuid, String> = directions.into_iter().collect();
    let names: HashMap<Uuid, String> = members.iter().map(|member| (member.officer_id, member.name.clone())).collect();
    let head = name(tx, sitting.head_id).await?;
    let secretary = name(tx, sitting.called_by).await?;
    let root: Option<(Vec<u8>,)> =
        sqlx::query_as(ROOT).bind(sitting.office).fetch_optional(tx.conn()).await.context("reading the head of a chain")?;
    let post =
        |officer: Uuid| LANG.t(if officer == sitting.head_id { "commission-paper-head" } else { "commission-paper-member" });
    let of_presence = |present: bool| members.iter().filter(move |member| member.present.unwrap_or(true) == present);
    let present = of_presence(true).count();
    let counted = store::counted(&votes);
    let money = |qepik: i64| LANG.money(Money::from_qepik(qepik));
    let needed = quorum(members.len(), programme.parameter(&keys::QUORUM, sitting.sits_on).0);
    let sign = |key: &str, name: &str| Signatory { post: LANG.t(key), name: name.to_owned(), signed: None, seal: false };
    Ok(Minutes {
        issue: issue(app, programme, sitting),
        commission: LANG.with("commission-paper-name", &[("region", region(programme, sitting).into())]),
        place: sitting.place.clone(),
        hours: sitting.closed_at.map(|at| LANG.moment(at)).unwrap_or_default(),
        appointing_order: LANG.t("commission-paper-order"),
        present: of_presence(true)
            .map(|member| Attendee { name: member.name.clone(), post: post(member.officer_id), substitutes: None })
            .collect(),
        absent: of_presence(false)
            .map(|member| Absentee {
                name: member.name.clone(),
                post: post(member.officer_id),
                reason: LANG.t("commission-paper-absent"),
            })
            .collect(),
        quorum: Quorum {
            members: u16::try_from(members.len()).unwrap_or(u16::MAX),
            needed: u16::try_from(needed).unwrap_or(u16::MAX),
            present: u16::try_from(present).unwrap_or(u16::MAX),
            base: LANG.t("commission-paper-quorum"),
        },
        agenda: items
            .iter()
            .map(|item| {
                agenda_item(programme, item, &directions, &votes, counted.get(&item.plan_id).copied().unwrap_or_default(), &names)
            })
            .collect(),
        balances: vec![Balance {
            line: LANG.t("commission-paper-budget"),
            before: money(sitting.budget),
            decided: money(sitting.granted),
            after: money(sitting.budget - sitting.granted),
        }],
        dissent: Vec::new(),
        publication: LANG.t("commission-paper-publication"),
        signatures: vec![sign("commission-paper-head", &head), sign("commission-paper-secretary", &secretary)],
        journal_root: root.map(|(hash,)| hex(&hash)).unwrap_or_default(),
    })
}

fn region(programme: &InForce, sitting: &Sitting) -> String {
    programme.region(&sitting.region).map_or_else(|| sitting.region.clone(), |region| region.name.az.clone())
}

fn issue(app: &App, programme: &InForce, sitting: &Sitting) -> Issue {
    Issue {
        language: Language::Az,
        programme: programme.about().name.az.clone(),
        institution: programme.about().authority.az.clone(),
        office: programme.office(OfficeId(sitting.office)).map(|office| office.name.az.clone()).unwrap_or_default(),
        number: sitting.number.clone(),
        date: LANG.date(sitting.sits_on),
        issued_on: sitting.sits_on,
        mark: app.demo().then(|| LANG.t("training-certificate-specimen")),
    }
}

fn agenda_item(
    programme: &InForce,
    item: &Item,
    directions: &HashMap<Uuid, String>,
    votes: &[Vote],
    counted: sitting::Votes,
    names: &HashMap<Uuid, String>,
) -> AgendaItem {
    let direction = directions.get(&item.plan_id).and_then(|code| programme.direction(code));
    let decision = item.decision.and_then(Decision::from_number).map_or("", Decision::code);
    let aside = votes.iter().filter(|vote| vote.plan_id == item.plan_id && vote.vote == Choice::Recused as i16);
    AgendaItem {
        plan_code: code_of(item.case_id),
        direction: direction.map(|direction| direction.name.az.clone()).unwrap_or_default(),
        amount: LANG.money(Money::from_qepik(item.amount)),
        score: LANG.decimal(f64::from(item.mean_tenths) / 10.0, 1),
        recusals: aside
            .map(|vote| Recusal {
                member: names.get(&vote.officer_id).cloned().unwrap_or_default(),
                reason: vote.reason.clone().unwrap_or_default(),
            })
            .collect(),
        votes: Votes { in_favour: counted.in_favour, against: counted.against, abstained: counted.abstained },
        decision: LANG.t(&format!("commission-decision-{decision}")),
        reason: item.reason.clone().unwrap_or_default(),
        conditions: Vec::new(),
    }
}
