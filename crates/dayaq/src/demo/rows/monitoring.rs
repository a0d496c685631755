//! Visits, planned and made; breaches; longer terms; the passing of the title.

use crate::demo::{
    afterwards::{Seen, Visit as Told, VisitKind as KindTold, VisitMade},
    history::CaseNo,
    programme::Simulated,
};
use anyhow::Result;
use followup::monitoring::{
    rules::{Found, VisitKind},
    store::Visit,
};
use registry::programme::sheet::{Sheet, name_in_row};
use values::Money;

/// The visits of a case.
pub fn visits(made: &Simulated, case: CaseNo) -> Result<Vec<Visit>> {
    let history = made.history(case);
    let Some(business) = history.business.as_deref() else { return Ok(Vec::new()) };
    let is_over = history.closing.is_some() || business.recovery.is_some() || history.death.is_some();
    let told = business.visits.iter().enumerate();
    // What was planned and not made falls away when the case is over.
    told.filter(|(_, visit)| visit.made.is_some() || !is_over).map(|(n, visit)| row(made, case, n, visit)).collect()
}

fn row(made: &Simulated, case: CaseNo, number: usize, visit: &Told) -> Result<Visit> {
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

/// The visit form as the monitor filled it in.
fn sheet(made: &Simulated, case: CaseNo, visit: &Told, seen: &VisitMade) -> Sheet {
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
fn equipment(sheet: &mut Sheet, made: &Simulated, case: CaseNo, visit: &Told) {
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
