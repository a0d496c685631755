//! Grievances with the solutions that committees proposed, and who had a part in them.

use crate::demo::{
    afterwards::{Grievance as Told, GrievanceAbout, GrievanceChannel},
    events,
    history::Act,
    programme::Simulated,
};
use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDate};
use followup::grievance::{
    proposal::Proposal,
    store::{self, Grievance, Part},
    types::{Contact, Matter, Outcome, Solution, seal},
};
use platform::{keys::Keys, language::Lang};
use registry::{case::Kind, programme::keys as terms};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Everything that the slice keeps of grievances.
#[derive(Default)]
pub struct Rows {
    pub grievances: Vec<Grievance>,
    pub proposals: Vec<Proposal>,
    pub parts: Vec<Part>,
    /// Office, year, last number given out.
    pub counters: Vec<(i32, i16, i32)>,
}

/// All grievances, numbered by office and year in the order in which they came in.
pub fn rows(made: &Simulated, keys: &Keys) -> Result<Rows> {
    let mut rows = Rows::default();
    let mut counters: BTreeMap<(i32, i16), i32> = BTreeMap::new();
    for (number, told) in made.grievances.iter().enumerate() {
        let office = made.setting.offices[usize::from(told.office)].id;
        let year = told.lodged.at.date().year();
        let last = counters.entry((office, i16::try_from(year)?)).or_default();
        *last += 1;
        let row = grievance(made, keys, number, store::number(year, office, *last))?;
        rows.proposals.extend(proposals(made, keys, told, &row)?);
        rows.parts.extend(parts(made, told, &row));
        rows.grievances.push(row);
    }
    rows.counters = counters.into_iter().map(|((office, year), last)| (office, year, last)).collect();
    Ok(rows)
}

fn grievance(made: &Simulated, keys: &Keys, at: usize, number: String) -> Result<Grievance> {
    let told = &made.grievances[at];
    let lodged_on = told.lodged.at.date();
    let programme = &made.setting.programme;
    let category = category(made, told, at);
    let known = programme.grievances().category(category).with_context(|| format!("no category {category}"))?;
    let matter = matter(made, told, at, known.example.text(Lang::Az));
    let first = told.proposals.iter().filter_map(|proposal| proposal.told).next();
    let latest = told.proposals.last().filter(|proposal| proposal.second == told.escalated.is_some());
    let update_due_on = programme.due(&terms::GRIEVANCE_UPDATE, lodged_on);
    let updated_on = updated(made, told, update_due_on, first);
    let outcome = told.closed.map(|_| if told.withdrawn.is_some() { Outcome::Withdrawn } else { Outcome::Settled });
    let settled = told.closed.filter(|_| told.withdrawn.is_none());
    Ok(Grievance {
        person_id: told.case.map_or(Uuid::nil(), |case| made.person_id(made.history(case).person).0),
        grievance_id: made.grievance_id(at).0,
        case_id: told.case.map(|case| made.case_id(case).0),
        office: made.setting.offices[usize::from(told.office)].id,
        number,
        channel: channel(told.channel).to_owned(),
        category: category.to_owned(),
        language: "az".to_owned(),
        anonymous: told.case.is_none(),
        confidential: told.confidential,
        retaliation_risk: told.about == GrievanceAbout::Staff,
        needs_study: told.needs_study,
        matter: seal(keys, &matter)?,
        contact: contact(told, at).map(|contact| seal(keys, &contact)).transpose()?,
        lodged_on,
        lodged_at: told.lodged.at.utc(),
        lodged_by: made.officer_id(told.lodged.by).0,
        acknowledged_on: told.acknowledged.filter(|_| told.reachable).map(|at| at.date()),
        acknowledged_by: told.acknowledged.filter(|_| told.reachable).map(|_| made.officer_id(told.lodged.by).0),
        sorted_on: day(told.sorted),
        sorted_by: who(made, told.sorted),
        studied_on: day(told.studied),
        studied_by: who(made, told.studied),
        finding: told.studied.map(|_| keys.seal("sənədlərə baxıldı, hər iki tərəf dinlənildi")).transpose()?,
        update_due_on,
        updated_on,
        updated_by: updated_on.map(|_| made.officer_id(told.lodged.by).0),
        due_on: told.due.date(),
        told_on: day(first),
        level: if told.escalated.is_some() { 2 } else { 1 },
        decided_on: latest.map(|proposal| proposal.act.at.date()),
        decision_due_on: latest.map(|proposal| programme.due(&terms::GRIEVANCE_TOLD_TERM, proposal.act.at.date())),
        decision_told_on: latest.and_then(|proposal| day(proposal.told)),
        answered_on: latest.and_then(|proposal| proposal.answered).map(|(act, _)| act.at.date()),
        accepted: latest.and_then(|proposal| proposal.answered).map(|(_, accepted)| accepted),
        escalated_on: day(told.escalated),
        escalated_by: who(made, told.escalated),
        withdrawn_on: day(told.withdrawn),
        referred_on: None,
        referred_to: None,
        reopened_on: None,
        closed_on: day(told.closed),
        closed_by: who(made, told.closed),
        outcome: outcome.map(|outcome| outcome as i16),
        cause: settled.map(|_| cause(told.about).to_owned()),
        action: settled.map(|_| keys.seal("qəbul olunan həll yerinə yetirildi, şəxsə bildirildi")).transpose()?,
        hold_entry: hold(made, told),
        version: 1,
    })
}

fn matter(made: &Simulated, told: &Told, at: usize, what: &str) -> Matter {
    Matter {
        what: what.to_owned(),
        happened_when: programme_date(told.lodged.at.day.plus(-3).date()),
        happened_where: made.setting.offices[usize::from(told.office)].name.clone(),
        how_often: if at.is_multiple_of(4) { "several" } else { "once" }.to_owned(),
        remedy: remedy(told.about).to_owned(),
    }
}

/// How somebody without a case is reached.
fn contact(told: &Told, at: usize) -> Option<Contact> {
    (told.case.is_none() && told.reachable).then(|| Contact {
        name: String::new(),
        reached_at: format!("+994 50 {:03} {:02} {:02}", at * 37 % 1000, at * 13 % 100, at * 7 % 100),
    })
}

/// When the person was told how far it is: on the day on which that is due, unless the answer came before.
fn updated(made: &Simulated, told: &Told, due_on: NaiveDate, answered: Option<Act>) -> Option<NaiveDate> {
    let heard_before = answered.map_or(made.today.date(), |act| act.at.date());
    Some(made.setting.days.on_or_after(due_on.into()).date())
        .filter(|day| *day < heard_before && told.reachable && told.withdrawn.is_none_or(|act| act.at.date() > *day))
        // One of those that are open has not heard yet how far theirs is.
        .filter(|_| told.closed.is_some() || told.needs_study || told.escalated.is_some())
}

fn day(act: Option<Act>) -> Option<NaiveDate> {
    act.map(|act| act.at.date())
}

fn who(made: &Simulated, act: Option<Act>) -> Option<Uuid> {
    act.map(|act| made.officer_id(act.by).0)
}

fn programme_date(day: NaiveDate) -> String {
    Lang::Az.date(day)
}

/// The entry that put a hold on the case, if its events tell of one.
fn hold(made: &Simulated, told: &Told) -> Option<Uuid> {
    let case = told.case.filter(|_| told.closed.is_none())?;
    let events = events::events(made, case);
    events.iter().find(|event| event.kind() == Kind::HoldPlaced).map(|event| event.entry.0)
}

/// The category of a grievance. The events of a case that it holds back rest on it too.
pub fn category(made: &Simulated, told: &Told, at: usize) -> &'static str {
    let refused = || {
        let eligibility = told.case.and_then(|case| made.history(case).eligibility);
        eligibility.is_some_and(|decision| decision.failed.is_some())
    };
    match told.about {
        GrievanceAbout::Goods => ["GOODS_QUALITY", "GOODS_QUALITY", "DELIVERY", "GOODS_PRICE"][at % 4],
        GrievanceAbout::Selection if refused() => "ELIGIBILITY",
        GrievanceAbout::Selection => "SELECTION",
        GrievanceAbout::Staff => ["STAFF_CONDUCT", "BRIBERY", "DISCRIMINATION"][at % 3],
        GrievanceAbout::Payment => "OTHER",
    }
}

const fn channel(told: GrievanceChannel) -> &'static str {
    match told {
        GrievanceChannel::InPerson => "IN_PERSON",
        GrievanceChannel::Hotline => "HOTLINE",
        GrievanceChannel::Email => "EMAIL",
        GrievanceChannel::Letter => "LETTER",
        GrievanceChannel::Web => "WEB",
    }
}

const fn remedy(about: GrievanceAbout) -> &'static str {
    match about {
        GrievanceAbout::Goods => "avadanlıq dəyişdirilsin və ya təmir olunsun",
        GrievanceAbout::Selection => "qərara yenidən baxılsın və səbəbi izah edilsin",
        GrievanceAbout::Staff => "araşdırılsın və tədbir görülsün",
        GrievanceAbout::Payment => "hesablama izah edilsin",
    }
}

const fn solution(about: GrievanceAbout, second: bool) -> &'static str {
    match (about, second) {
        (GrievanceAbout::Goods, false) => "təchizatçı avadanlığı iki həftə ərzində təmir etsin",
        (GrievanceAbout::Goods, true) => "avadanlıq yenisi ilə əvəz edilsin",
        (GrievanceAbout::Selection, _) => "yer və səbəb yazılı izah olunsun, sənədlərə yenidən baxılsın",
        (GrievanceAbout::Staff, _) => "şəxsi işi başqa əməkdaş aparsın, qurum rəhbəri işçini dinləsin",
        (GrievanceAbout::Payment, _) => "hesablama şəxsə yazılı izah edilsin",
    }
}

const fn cause(about: GrievanceAbout) -> &'static str {
    match about {
        GrievanceAbout::Goods => "goods",
        GrievanceAbout::Selection => "information",
        GrievanceAbout::Staff => "staff",
        GrievanceAbout::Payment => "other",
    }
}

fn proposals(made: &Simulated, keys: &Keys, told: &Told, row: &Grievance) -> Result<Vec<Proposal>> {
    let proposal = |(position, proposed): (i16, &crate::demo::afterwards::Proposed)| {
        let said = Solution {
            text: solution(told.about, proposed.second).to_owned(),
            members: made.officer(proposed.act.by).name.clone(),
        };
        Ok(Proposal {
            person_id: row.person_id,
            grievance_id: row.grievance_id,
            position,
            office: row.office,
            level: if proposed.second { 2 } else { 1 },
            proposed_on: proposed.act.at.date(),
            proposed_by: made.officer_id(proposed.act.by).0,
            solution: seal(keys, &said)?,
            told_on: day(proposed.told),
            told_by: who(made, proposed.told),
            told_through: proposed.told.map(|_| row.channel.clone()),
            accepted: proposed.answered.map(|(_, accepted)| accepted),
            answered_on: proposed.answered.map(|(act, _)| act.at.date()),
            answered_by: proposed.answered.map(|(act, _)| made.officer_id(act.by).0),
            answer: proposed
                .answered
                .map(|(_, accepted)| keys.seal(if accepted { "razıyam" } else { "razı deyiləm" }))
                .transpose()?,
        })
    };
    (1i16..).zip(&told.proposals).map(proposal).collect()
}

fn parts(made: &Simulated, told: &Told, row: &Grievance) -> Vec<Part> {
    let part = |officer_id, level| Part {
        person_id: row.person_id,
        grievance_id: row.grievance_id,
        officer_id,
        level,
        office: row.office,
    };
    let studied = row.studied_by.map(|officer| part(officer, 1));
    let proposed = told.proposals.iter().map(|p| part(made.officer_id(p.act.by).0, if p.second { 2 } else { 1 }));
    studied.into_iter().chain(proposed).collect()
}
