//! What acts on cases left: requests for a transfer, deaths, closings that wait for the head, questions of social assistance.

use crate::demo::{
    history::{CaseNo, OfficeNo, OfficerNo},
    ids::{Noun, id},
    programme::Simulated,
};
use anyhow::Result;
use platform::{
    journal::{Entry, payload},
    keys::Keys,
    role::Role,
};
use registry::case::{
    CloseReason, Law,
    acts::{
        ASSISTANCE_ASKED,
        closing::store::Proposal,
        death::store::{Death, Settlement},
        transfer::store::Request,
    },
};
use serde_json::json;
use uuid::Uuid;
use values::id::{OfficeId, PersonId};

/// Parts the streams of the ids of what acts keep.
const TRANSFERS: u64 = 0x0350 << 40;
const CLOSINGS: u64 = 0x0351 << 40;
const QUESTIONS: u64 = 0x0352 << 40;

fn office(made: &Simulated, number: OfficeNo) -> i32 {
    made.setting.offices[usize::from(number)].id
}

/// A case's request for a transfer.
pub fn transfer(made: &Simulated, law: &Law, case: CaseNo) -> Option<Request> {
    let history = made.history(case);
    let told = history.transfer?;
    let lodged = history.application.lodged.at;
    let requested_on = told.requested.at.date();
    let terms = law.terms_on(lodged.date());
    // Whoever was closed before an answer came waits for none.
    let gone = history.closing.filter(|_| told.accepted.is_none() && told.refused.is_none()).map(|closing| closing.act.at.date());
    let answered = told.accepted.or(told.refused);
    Some(Request {
        person_id: made.person_id(history.person).0,
        request_id: id::<Uuid>(made.seed, Noun::Detail, TRANSFERS | u64::from(case), told.requested.at),
        case_id: made.case_id(case).0,
        receipt: crate::demo::events::receipt(history.number, lodged.day),
        from_office: office(made, told.from),
        to_office: office(made, told.to),
        reason: "yaşayış yerini dəyişib".to_owned(),
        requested_on,
        requested_by: made.officer_id(told.requested.by).0,
        due_on: terms.transfer.ends(requested_on, &law.days),
        answered_on: answered.map(|act| act.at.date()).or(gone),
        answered_by: answered.map(|act| made.officer_id(act.by).0),
        accepted: answered.map(|_| told.accepted.is_some()).or(gone.map(|_| false)),
        answer: told.refused.map(|_| "şəxs bu vaxt əvvəlki qurumda seçilib".to_owned()).or(gone.map(|_| String::new())),
    })
}

/// A death with its paper; it is settled where the equipment came back.
pub fn death(made: &Simulated, keys: &Keys, case: CaseNo) -> Result<Option<Death>> {
    let history = made.history(case);
    let Some(told) = history.death else { return Ok(None) };
    let recovery = history.business.as_deref().and_then(|business| business.recovery.as_ref());
    let back = recovery.and_then(|recovery| recovery.completed.map(|_| recovery.begun));
    Ok(Some(Death {
        person_id: made.person_id(history.person).0,
        case_id: made.case_id(case).0,
        office: office(made, history.office_now),
        died_on: told.on.date(),
        certificate: keys.seal(&format!("ÖS {:07}", 1_200_000 + case % 800_000))?,
        recorded_on: told.recorded.at.date(),
        recorded_by: made.officer_id(told.recorded.by).0,
        settlement: back.map(|_| Settlement::Returns as i16),
        settled_on: back.map(|act| act.at.date()),
        settled_by: back.map(|act| made.officer_id(act.by).0),
        words: back.map(|_| "ailədən heç kim davam etmək istəmir".to_owned()),
    }))
}

/// Owners whose case is proposed to be closed: those who have been owners longest, one of each office.
pub fn closings(made: &Simulated) -> Vec<Proposal> {
    let owner = |case: &CaseNo| {
        let history = made.history(*case);
        let title = history.business.as_deref().and_then(|business| business.ownership)?.approved?;
        let stays = history.closing.is_none() && history.death.is_none() && history.appeals.iter().all(|a| a.decided.is_some());
        stays.then_some((title.at, *case))
    };
    let mut owners: Vec<_> = (0..made.histories.len() as CaseNo).filter_map(|case| owner(&case)).collect();
    owners.sort_unstable();
    let mut taken = Vec::new();
    let mut rows = Vec::new();
    for (owned_since, case) in owners {
        let office_now = made.history(case).office_now;
        let Some(by) = officer_at(made, office_now).filter(|_| !taken.contains(&office_now)) else { continue };
        taken.push(office_now);
        rows.push(Proposal {
            person_id: made.person_id(made.history(case).person).0,
            proposal_id: id::<Uuid>(made.seed, Noun::Detail, CLOSINGS | u64::from(case), owned_since),
            case_id: made.case_id(case).0,
            office: office(made, office_now),
            reason: CloseReason::Graduated.number(),
            words: "mülkiyyət keçib, öhdəliklər yerinə yetirilib".to_owned(),
            continued_by: None,
            proposed_at: made.setting.days.on_or_before(made.today.plus(-1)).at(11 * 60).utc(),
            proposed_by: made.officer_id(by).0,
            decided_at: None,
            decided_by: None,
            approved: None,
            note: None,
        });
    }
    rows
}

fn officer_at(made: &Simulated, office: OfficeNo) -> Option<OfficerNo> {
    let works_here = |officer: &crate::demo::staff::Officer| officer.role == Role::Officer && officer.office == Some(office);
    made.officers.iter().position(works_here).and_then(|number| OfficerNo::try_from(number).ok())
}

/// Questions of social assistance and what was answered, one in each of the first offices.
pub fn questions(made: &Simulated) -> Result<Vec<Entry>> {
    const OFFICES: u16 = 3;
    let mut entries = Vec::new();
    for (number, finding) in (0..OFFICES).zip(["no", "unknown", "no"]) {
        let Some(by) = officer_at(made, number) else { continue };
        let at = made.setting.days.on_or_before(made.today.plus(-3)).at(10 * 60 + number);
        let facts = json!({ "finding": finding, "since": null, "until": null });
        entries.push(Entry {
            entry: id(made.seed, Noun::Detail, QUESTIONS | u64::from(number), at),
            person: PersonId(Uuid::nil()),
            case: None,
            office: OfficeId(office(made, number)),
            officer: made.officer_id(by),
            role: Role::Officer,
            kind: ASSISTANCE_ASKED.number,
            effective_on: at.date(),
            recorded_at: at.utc(),
            payload: payload(&facts, Some("ünvanlı sosial yardım üzrə sorğu"))?,
        });
    }
    Ok(entries)
}
