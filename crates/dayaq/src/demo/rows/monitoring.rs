//! Visits, planned and made; breaches; longer terms; the passing of the title.

use crate::demo::{
    afterwards::{BreachKind, Extension as Told, Seen, Visit as VisitTold, VisitKind as KindTold, VisitMade},
    history::{Act, CaseNo, OfficerNo},
    ids::{Noun, id},
    programme::Simulated,
    rows::people::registration,
    staff::Officer,
};
use anyhow::Result;
use followup::monitoring::{
    breach::store::{Breach, Outcome},
    extension::store::Extension,
    ownership::store::Ownership,
    rules::{Found, VisitKind},
    store::Visit,
};
use platform::{keys::Keys, role::Role};
use provision::contract::store::Beneficiary;
use registry::programme::sheet::{Sheet, name_in_row};
use values::Money;

/// Parts the streams of the ids of what this slice keeps.
const BREACHES: u64 = 0x0400 << 40;
const EXTENSIONS: u64 = 0x0401 << 40;
const TITLES: u64 = 0x0402 << 40;

/// Why a term was extended, as the event says it too.
pub const LONGER_BECAUSE: &str = "avadanlıq gec təhvil verilib və ya fəaliyyətə ara verilib";

/// The visits of a case.
pub fn visits(made: &Simulated, case: CaseNo) -> Result<Vec<Visit>> {
    let history = made.history(case);
    let Some(business) = history.business.as_deref() else { return Ok(Vec::new()) };
    let is_over = history.closing.is_some() || business.recovery.is_some() || history.death.is_some();
    let told = business.visits.iter().enumerate();
    // What was planned and not made falls away when the case is over.
    told.filter(|(_, visit)| visit.made.is_some() || !is_over).map(|(n, visit)| row(made, case, n, visit)).collect()
}

fn row(made: &Simulated, case: CaseNo, number: usize, visit: &VisitTold) -> Result<Visit> {
    let history = made.history(case);
    let seen = visit.made;
    let working = seen.filter(|seen| seen.status == Seen::InBusiness);
    let reached = seen.filter(|seen| seen.status != Seen::Unreachable);
    Ok(Visit {
        person_id: made.person_id(history.person).0,
        visit_id: made.visit_id(case, number, visit.planned).0,
        case_id: made.case_id(case).0,
        office: made.setting.offices[usize::from(history.office_now)].id,
        monitor_id: made.officer_id(visit.monitor).0,
        kind: kind(visit.kind) as i16,
        is_final: visit.kind == KindTold::Final,
        due_on: visit.due.date(),
        planned_at: visit.planned.utc(),
        made_at: seen.map(|seen| seen.at.utc()),
        status: seen.map(|seen| found(seen.status) as i16),
        sales: working.map(|seen| seen.sales),
        costs: working.map(|seen| seen.costs),
        household_income: reached.map(|seen| seen.household_income),
        workers_women: working.map(|seen| i16::from(seen.workers_women)),
        workers_men: working.map(|seen| i16::from(seen.workers_men)),
        satisfaction: reached.filter(|seen| seen.satisfaction > 0).map(|seen| i16::from(seen.satisfaction)),
        answers: seen.map(|seen| serde_json::to_string(&sheet(made, case, visit, &seen))).transpose()?,
    })
}

const fn kind(told: KindTold) -> VisitKind {
    match told {
        KindTold::Field | KindTold::Final => VisitKind::Field,
        KindTold::Electronic => VisitKind::Electronic,
        KindTold::Phone => VisitKind::Phone,
    }
}

const fn found(seen: Seen) -> Found {
    match seen {
        Seen::InBusiness => Found::Operating,
        Seen::Paused => Found::Paused,
        Seen::NotStarted => Found::NotStarted,
        Seen::Ended => Found::Ended,
        Seen::Unreachable => Found::Unreachable,
        Seen::Deceased => Found::Deceased,
    }
}

/// The breach of a case, if one was noticed.
pub fn breach(made: &Simulated, case: CaseNo) -> Option<Breach> {
    let history = made.history(case);
    let breach = history.business.as_deref()?.breach?;
    let upheld = breach.outcome.filter(|outcome| !outcome.remedied);
    let officer = |act: Act| made.officer_id(act.by).0;
    // Whoever lets the time pass without a word was still asked to come on its last day.
    let heard_on = upheld.map(|_| breach.remedy_due.date());
    let is_explained = breach.outcome.is_some_and(|outcome| outcome.remedied);
    Some(Breach {
        person_id: made.person_id(history.person).0,
        breach_id: id::<uuid::Uuid>(made.seed, Noun::Detail, BREACHES | u64::from(case), breach.noticed.at),
        case_id: made.case_id(case).0,
        office: made.setting.offices[usize::from(history.office_now)].id,
        obligation: breach.kind.obligation().to_owned(),
        evidence: evidence(breach.kind).to_owned(),
        noticed_on: breach.noticed.at.date(),
        noticed_by: officer(breach.noticed),
        remedy_due: breach.remedy_due.date(),
        explanation: is_explained.then(|| "yer hazır deyildi, indi işləyirəm".to_owned()),
        explained_on: breach.outcome.filter(|outcome| outcome.remedied).map(|outcome| outcome.act.at.date()),
        heard_on: heard_on.or_else(|| breach.outcome.map(|outcome| outcome.act.at.date())),
        settled_on: breach.outcome.map(|outcome| outcome.act.at.date()),
        settled_by: breach.outcome.map(|outcome| officer(outcome.act)),
        outcome: breach.outcome.map(|outcome| if outcome.remedied { Outcome::Remedied } else { Outcome::Upheld } as i16),
        finding: breach.outcome.map(|outcome| {
            let words = if outcome.remedied { "səfərdə satış göstərilib" } else { "müddət bitib, pozuntu qalır" };
            words.to_owned()
        }),
    })
}

const fn evidence(kind: BreachKind) -> &'static str {
    match kind {
        BreachKind::NotStarted => "avadanlıq alındıqdan sonra 60 gün ərzində satış göstərilməyib",
        BreachKind::StoppedBeforeTerm => "səfərdə biznesin bağlandığı görülüb",
        BreachKind::EquipmentMoved => "səfərdə avadanlıq təsdiqlənmiş ünvanda olmayıb",
        BreachKind::EquipmentSold => "səfərdə avadanlığın satıldığı məlum olub",
    }
}

/// The longer term of a case, if one was proposed.
pub fn extension(made: &Simulated, case: CaseNo) -> Option<Extension> {
    let history = made.history(case);
    let told = history.business.as_deref()?.extension.or_else(|| asked_lately(made, case))?;
    Some(Extension {
        person_id: made.person_id(history.person).0,
        extension_id: id::<uuid::Uuid>(made.seed, Noun::Detail, EXTENSIONS | u64::from(case), told.proposed.at),
        case_id: made.case_id(case).0,
        office: made.setting.offices[usize::from(history.office_now)].id,
        months: i16::from(told.months),
        reason: LONGER_BECAUSE.to_owned(),
        proposed_at: told.proposed.at.utc(),
        proposed_by: made.officer_id(told.proposed.by).0,
        decided_at: told.approved.map(|act| act.at.utc()),
        decided_by: told.approved.map(|act| made.officer_id(act.by).0),
        approved: told.approved.map(|_| true),
        note: None,
    })
}

/// Some whose term ends soon asked yesterday for a little more time; nobody has decided yet.
fn asked_lately(made: &Simulated, case: CaseNo) -> Option<Told> {
    /// Days before the end of the term in which people ask, and one of how many does.
    const SOON: i32 = 120;
    const ONE_OF: u32 = 4;
    let history = made.history(case);
    let business = history.business.as_deref()?;
    let left = business.term_ends.since(made.today);
    let runs = business.started.is_some() && business.ended.is_none() && history.death.is_none() && history.closing.is_none();
    let rests = history.suspension.is_some_and(|rest| rest.resumed.is_none());
    if !runs || rests || !(1..SOON).contains(&left) || case % ONE_OF != 0 {
        return None;
    }
    let day = made.setting.days.on_or_before(made.today.plus(-1));
    let of_office = |officer: &Officer| officer.office == Some(history.office_now) && officer.role == Role::Officer;
    let by = OfficerNo::try_from(made.officers.iter().position(of_office)?).ok()?;
    Some(Told { proposed: Act { at: day.at(15 * 60), by }, approved: None, months: 3 })
}

/// The proposal to pass the title of a case's equipment, if one was made.
pub fn ownership(made: &Simulated, keys: &Keys, case: CaseNo) -> Result<Option<Ownership>> {
    let history = made.history(case);
    let Some(business) = history.business.as_deref() else { return Ok(None) };
    let seen = business.visits.iter().rposition(|visit| visit.made.is_some_and(|seen| seen.status != Seen::Unreachable));
    let (Some(title), Some(seen)) = (business.ownership, seen) else { return Ok(None) };
    let visit = &business.visits[seen];
    let owner = match title.approved {
        Some(_) => Some(keys.seal(&serde_json::to_string(&owner(made, case))?)?),
        None => None,
    };
    Ok(Some(Ownership {
        person_id: made.person_id(history.person).0,
        ownership_id: id::<uuid::Uuid>(made.seed, Noun::Detail, TITLES | u64::from(case), title.proposed.at),
        case_id: made.case_id(case).0,
        office: made.setting.offices[usize::from(history.office_now)].id,
        contract_id: made.contract_id(case).0,
        visit_id: made.visit_id(case, seen, visit.planned).0,
        finding: "fəaliyyət biznes plana uyğundur, avadanlıq yerindədir və istifadə olunur".to_owned(),
        proposed_at: title.proposed.at.utc(),
        proposed_by: made.officer_id(title.proposed.by).0,
        decided_at: title.approved.map(|act| act.at.utc()),
        decided_by: title.approved.map(|act| made.officer_id(act.by).0),
        approved: title.approved.map(|_| true),
        note: None,
        proposer: made.officer(title.proposed.by).name.clone(),
        approver: title.approved.map(|act| made.officer(act.by).name.clone()),
        owner,
    }))
}

fn owner(made: &Simulated, case: CaseNo) -> Beneficiary {
    let person = registration(made, made.history(case).person);
    Beneficiary {
        name: made.person_of(case).full_name(),
        fin: person.protected.fin,
        document: person.protected.document,
        address: person.address,
        phone: person.protected.phone,
    }
}

/// The visit form as the monitor filled it in.
fn sheet(made: &Simulated, case: CaseNo, visit: &VisitTold, seen: &VisitMade) -> Sheet {
    let mut sheet = Sheet::default();
    let manats = |qepik: i64| Money::from_qepik(qepik).to_string();
    let met = match seen.status {
        Seen::Unreachable => "nobody",
        Seen::Deceased => "household",
        _ => "beneficiary",
    };
    for (name, value) in [("kind", kind(visit.kind).code()), ("people_met", met), ("status", found(seen.status).code())] {
        sheet.set(name, value);
    }
    if seen.status == Seen::Unreachable {
        sheet.set("actions", "başqa gün və başqa vaxt yenidən cəhd edilsin");
        return sheet;
    }
    sheet.set("household_income", manats(seen.household_income));
    if seen.satisfaction > 0 {
        sheet.set("satisfaction", seen.satisfaction.to_string());
    }
    equipment(&mut sheet, made, case, visit);
    if seen.status == Seen::InBusiness {
        sheet.set("approved_place", "yes");
        sheet.set("sales", manats(seen.sales));
        sheet.set("costs", manats(seen.costs));
        sheet.set("women_workers", seen.workers_women.to_string());
        sheet.set("men_workers", seen.workers_men.to_string());
        sheet.set("tax_registered", if seen.tax_registered { "yes" } else { "no" });
        if !seen.tax_registered {
            sheet.set("actions", "vergi orqanında uçota durmaq");
        }
    }
    sheet
}

/// Seen one by one in the field; nothing is seen by phone or on paper.
fn equipment(sheet: &mut Sheet, made: &Simulated, case: CaseNo, visit: &VisitTold) {
    let history = made.history(case);
    let (Some(delivery), Some(section)) = (&history.delivery, made.setting.programme.monitoring().form.section("assets")) else {
        return;
    };
    if kind(visit.kind) != VisitKind::Field {
        return;
    }
    let held = delivery.pieces.iter().filter(|piece| piece.handed_over.is_some());
    for (row, piece) in held.enumerate() {
        let serial = format!("{:07}", piece.serial);
        for field in &section.fields {
            let value = match field.code.as_str() {
                "tag" => serial.as_str(),
                "seen" | "used" => "yes",
                "condition" => "good",
                _ => continue,
            };
            sheet.set(name_in_row(section, row, field), value);
        }
    }
}
