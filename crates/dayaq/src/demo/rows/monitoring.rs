//! Visits, planned and made; breaches; longer terms; the passing of the title.

use crate::demo::{
    afterwards::{
        BreachKind, Business, EndReason, Extension as Told, Seen, Visit as VisitTold, VisitKind as KindTold, VisitMade,
    },
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

/// The visits of a case: those of the interval, those of the follow-ups, and those at which a monitor saw the business
/// start, pause, go on or end.
pub fn visits(made: &Simulated, case: CaseNo) -> Result<Vec<Visit>> {
    let history = made.history(case);
    let Some(business) = history.business.as_deref() else { return Ok(Vec::new()) };
    let is_over = history.closing.is_some() || business.recovery.is_some() || history.death.is_some();
    let told = business.visits.iter().enumerate();
    // What was planned and not made falls away when the case is over.
    let mut rows: Vec<Visit> = told
        .filter(|(_, visit)| visit.made.is_some() || !is_over)
        .map(|(n, visit)| row(made, case, n, visit))
        .collect::<Result<_>>()?;
    for (number, (visit, on_assistance)) in (FOLLOW_UPS..).zip(observations(business)) {
        rows.push(observed(made, case, number, &visit, on_assistance)?);
    }
    for (number, visit) in (TURNS..).zip(turns(business)) {
        rows.push(row(made, case, number, &visit)?);
    }
    Ok(rows)
}

/// The numbers of visits of follow-ups and of turns of the business among a case's visits.
const FOLLOW_UPS: usize = 200;
const TURNS: usize = 220;

/// The id of the visit at which the business started.
pub fn first_sale(made: &Simulated, case: CaseNo, started: Act) -> values::id::VisitId {
    made.visit_id(case, TURNS, started.at)
}

/// A follow-up as the visit that it was, with whether the household draws assistance.
fn observations(business: &Business) -> impl Iterator<Item = (VisitTold, bool)> {
    business.follow_ups.iter().filter_map(|follow_up| {
        let (act, status) = follow_up.made?;
        let seen = VisitMade { household_income: follow_up.household_income, ..nothing_but(act, status) };
        // Far from the office the phone has to do.
        let kind = if follow_up.months == 24 { KindTold::Phone } else { KindTold::Field };
        let planned = follow_up.due.plus(-30).at(10 * 60);
        let visit = VisitTold { due: follow_up.due, planned, monitor: act.by, kind, made: Some(seen) };
        Some((visit, follow_up.on_assistance))
    })
}

/// The visits at which the business was seen to start (first, whenever it did), pause, go on and end.
fn turns(business: &Business) -> impl Iterator<Item = VisitTold> {
    let started = business.started.map(|act| VisitMade { sales: first_sales(business), ..nothing_but(act, Seen::InBusiness) });
    let paused = business.pauses.iter().flat_map(|pause| {
        let from = nothing_but(pause.from, Seen::Paused);
        [Some((pause.from, from)), pause.resumed.map(|act| (act, nothing_but(act, Seen::InBusiness)))]
    });
    let ended = business.ended.map(|end| {
        let seen = if end.reason == EndReason::Deceased { Seen::Deceased } else { Seen::Ended };
        (end.recorded, nothing_but(end.recorded, seen))
    });
    let all = [business.started.zip(started)].into_iter().chain(paused).chain([ended]);
    all.flatten().map(|(act, seen)| VisitTold {
        due: act.at.day,
        planned: act.at,
        monitor: act.by,
        kind: KindTold::Field,
        made: Some(seen),
    })
}

/// The first days bring less than the first full month that a visit asked after.
fn first_sales(business: &Business) -> i64 {
    let month = business.visits.iter().filter_map(|visit| visit.made).find(|seen| seen.sales > 0);
    month.map_or(6_000, |seen| (seen.sales / 400 * 100).max(1_000))
}

/// A visit of which only the state of the business was written down.
fn nothing_but(act: Act, status: Seen) -> VisitMade {
    VisitMade {
        at: act.at,
        status,
        sales: 0,
        costs: 0,
        household_income: 0,
        workers_women: 0,
        workers_men: 0,
        satisfaction: 0,
        tax_registered: true,
        photo_reused: false,
    }
}

/// A follow-up's row: the household was asked as well.
fn observed(made: &Simulated, case: CaseNo, number: usize, visit: &VisitTold, on_assistance: bool) -> Result<Visit> {
    let mut visit = row(made, case, number, visit)?;
    if visit.household_income.is_some() {
        let mut sheet = visit.sheet()?;
        sheet.set("assistance", if on_assistance { "yes" } else { "no" });
        visit.answers = Some(serde_json::to_string(&sheet)?);
    }
    Ok(visit)
}

fn row(made: &Simulated, case: CaseNo, number: usize, visit: &VisitTold) -> Result<Visit> {
    let history = made.history(case);
    let seen = visit.made;
    let working = seen.filter(|seen| seen.status == Seen::InBusiness);
    // Figures are there only where somebody asked for them.
    let asked = working.filter(|seen| seen.sales > 0);
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
        sales: asked.map(|seen| seen.sales),
        costs: asked.filter(|seen| seen.costs > 0).map(|seen| seen.costs),
        household_income: reached.map(|seen| seen.household_income).filter(|income| *income > 0),
        workers_women: asked.map(|seen| i16::from(seen.workers_women)),
        workers_men: asked.map(|seen| i16::from(seen.workers_men)),
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
    if !runs || rests || !(1..SOON).contains(&left) || !case.is_multiple_of(ONE_OF) {
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

pub(super) fn owner(made: &Simulated, case: CaseNo) -> Beneficiary {
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
    if seen.household_income > 0 {
        sheet.set("household_income", manats(seen.household_income));
    }
    if seen.satisfaction > 0 {
        sheet.set("satisfaction", seen.satisfaction.to_string());
    }
    equipment(&mut sheet, made, case, visit);
    if seen.status == Seen::InBusiness {
        sheet.set("approved_place", "yes");
    }
    if seen.status == Seen::InBusiness && seen.sales > 0 {
        sheet.set("sales", manats(seen.sales));
        if seen.costs > 0 {
            sheet.set("costs", manats(seen.costs));
        }
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
    let Some(at) = visit.made.map(|seen| seen.at).filter(|_| kind(visit.kind) == VisitKind::Field) else { return };
    let held = delivery.pieces.iter().filter(|piece| piece.handed_over.is_some());
    for (row, piece) in held.enumerate() {
        let replaced = piece.fault.and_then(|fault| fault.replaced).filter(|(_, came)| came.at <= at);
        let serial = format!("AZ{:07}", replaced.map_or(piece.serial, |(serial, _)| serial));
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
