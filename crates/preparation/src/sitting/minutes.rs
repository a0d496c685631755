//! The minutes of a closed sitting, by codes only, from its frozen rows.

use super::{Ballot, Choice, counted, quorum};
use crate::commission::store::Named;
use anyhow::{Context, Result};
use axum::{http::header, response::IntoResponse};
use chrono::{DateTime, NaiveDate, Utc};
use documents::{Absentee, AgendaItem, Attendee, Balance, Issue, Language, Minutes, Quorum, Recusal, Signatory};
use platform::{answer::Answer, app::App, keys::hex, language::Lang, scope::Tx};
use registry::programme::{InForce, keys};
use std::collections::HashMap;
use uuid::Uuid;
use values::{Money, id::OfficeId};

/// The language that binds.
pub const LANG: Lang = Lang::Az;

/// A sitting that was held.
pub struct Held {
    pub office: OfficeId,
    pub number: String,
    pub place: String,
    pub sits_on: NaiveDate,
    pub closed_at: Option<DateTime<Utc>>,
    pub head: Uuid,
    pub secretary: Uuid,
    /// What the commission is called.
    pub commission: String,
    /// The money that it decided on, by name, and how much there was before and was given, in qəpik.
    pub line: String,
    pub before: i64,
    pub given: i64,
    /// How the decisions are made known.
    pub publication: String,
}

/// What was decided on an item, in words.
pub struct Heard {
    pub item: Uuid,
    pub code: String,
    pub direction: String,
    /// In qəpik.
    pub amount: i64,
    pub mean_tenths: i16,
    pub decision: String,
    pub reason: String,
}

/// A vote as it counts, and why a member stepped aside.
pub type Voted = (Ballot, Option<String>);

/// The minutes as a file.
pub async fn print(minutes: Minutes, number: &str) -> Answer {
    let name = format!("inline; filename=\"{number}.pdf\"");
    let pdf = tokio::task::spawn_blocking(move || documents::minutes(&minutes)).await.context("printing")?;
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

const ROOT: &str = "
    select hash
    from chain_head
    where office = $1";

/// The data of the paper.
pub async fn paper(
    tx: &mut Tx,
    app: &App,
    programme: &InForce,
    held: &Held,
    members: &[Named],
    heard: &[Heard],
    votes: &[Voted],
) -> Result<Minutes> {
    let head = name(tx, held.head).await?;
    let secretary = name(tx, held.secretary).await?;
    let root: Option<(Vec<u8>,)> =
        sqlx::query_as(ROOT).bind(held.office.0).fetch_optional(tx.conn()).await.context("reading the head of a chain")?;
    let percent = programme.parameter(&keys::QUORUM, held.sits_on).0;
    let (present, absent) = attendance(held, members);
    let sign = |key: &str, name: &str| Signatory { post: LANG.t(key), name: name.to_owned(), signed: None, seal: false };
    let money = |qepik: i64| LANG.money(Money::from_qepik(qepik));
    let narrow = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    Ok(Minutes {
        issue: issue(app, programme, held),
        commission: held.commission.clone(),
        place: held.place.clone(),
        hours: held.closed_at.map(|at| LANG.moment(at)).unwrap_or_default(),
        appointing_order: LANG.t("sitting-paper-order"),
        quorum: Quorum {
            members: narrow(members.len()),
            needed: narrow(quorum(members.len(), percent)),
            present: narrow(present.len()),
            base: LANG.t("sitting-paper-quorum"),
        },
        present,
        absent,
        agenda: agenda(members, heard, votes),
        balances: vec![Balance {
            line: held.line.clone(),
            before: money(held.before),
            decided: money(held.given),
            after: money(held.before - held.given),
        }],
        dissent: Vec::new(),
        publication: held.publication.clone(),
        signatures: vec![sign("sitting-paper-head", &head), sign("sitting-paper-secretary", &secretary)],
        journal_root: root.map(|(hash,)| hex(&hash)).unwrap_or_default(),
    })
}

fn attendance(held: &Held, members: &[Named]) -> (Vec<Attendee>, Vec<Absentee>) {
    let post =
        |member: &Named| LANG.t(if member.officer_id == held.head { "sitting-paper-head" } else { "sitting-paper-member" });
    let (came, stayed): (Vec<&Named>, Vec<&Named>) = members.iter().partition(|member| member.present.unwrap_or(true));
    let present = came.iter().map(|member| Attendee { name: member.name.clone(), post: post(member), substitutes: None });
    let reason = || LANG.t("sitting-paper-absent");
    let absent = stayed.iter().map(|member| Absentee { name: member.name.clone(), post: post(member), reason: reason() });
    (present.collect(), absent.collect())
}

fn issue(app: &App, programme: &InForce, held: &Held) -> Issue {
    Issue {
        language: Language::Az,
        programme: programme.about().name.az.clone(),
        institution: programme.about().authority.az.clone(),
        office: programme.office(held.office).map(|office| office.name.az.clone()).unwrap_or_default(),
        number: held.number.clone(),
        date: LANG.date(held.sits_on),
        issued_on: held.sits_on,
        mark: app.demo().then(|| LANG.t("training-certificate-specimen")),
    }
}

fn agenda(members: &[Named], heard: &[Heard], votes: &[Voted]) -> Vec<AgendaItem> {
    let names: HashMap<Uuid, &str> = members.iter().map(|member| (member.officer_id, member.name.as_str())).collect();
    let counted = counted(votes.iter().map(|(ballot, _)| *ballot));
    let recusals = |item: Uuid| {
        let aside = votes.iter().filter(move |(ballot, _)| ballot.item == item && ballot.choice == Choice::Recused);
        aside.map(|(ballot, why)| Recusal {
            member: names.get(&ballot.member).copied().unwrap_or_default().to_owned(),
            reason: why.clone().unwrap_or_default(),
        })
    };
    let on_paper = |one: &Heard| {
        let votes = counted.get(&one.item).copied().unwrap_or_default();
        AgendaItem {
            plan_code: one.code.clone(),
            direction: one.direction.clone(),
            amount: LANG.money(Money::from_qepik(one.amount)),
            score: LANG.decimal(f64::from(one.mean_tenths) / 10.0, 1),
            recusals: recusals(one.item).collect(),
            votes: documents::Votes { in_favour: votes.in_favour, against: votes.against, abstained: votes.abstained },
            decision: one.decision.clone(),
            reason: one.reason.clone(),
            conditions: Vec::new(),
        }
    };
    heard.iter().map(on_paper).collect()
}
