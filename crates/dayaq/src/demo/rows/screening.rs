//! Screenings: harmless places, some with a risk that is managed, a few that stop the plan.

use crate::demo::{
    history::{CaseNo, Rating},
    programme::Simulated,
};
use anyhow::Result;
use preparation::screening::{rules::Answered, store::Screened};
use registry::programme::{AskedOf, sheet::Sheet};

/// The check that shows a moderate risk, and the one that stops a plan.
const MODERATE: &str = "FIRE_RISK";
const SUBSTANTIAL: &str = "WATER_BODY";

/// The screenings of a case's plans.
pub fn screenings(made: &Simulated, case: CaseNo) -> Result<Vec<Screened>> {
    let history = made.history(case);
    let mut rows = Vec::new();
    for (position, plan) in history.plans.iter().enumerate() {
        let Some(screening) = plan.screening else { continue };
        let Some(form) = screening.form else { continue };
        let decided = screening.decided;
        let rating = match screening.rating {
            Rating::Low => "LOW",
            Rating::Moderate => "MODERATE",
            Rating::Substantial => "SUBSTANTIAL",
        };
        let managed = decided.filter(|_| screening.rating == Rating::Moderate);
        rows.push(Screened {
            person_id: made.person_id(history.person).0,
            plan_id: made.plan_id(case, position).0,
            case_id: made.case_id(case).0,
            office: made.setting.offices[usize::from(history.office_now)].id,
            answers: serde_json::to_string(&answered(
                made,
                screening.rating,
                decided.is_some(),
                managed.map(|act| act.at.date()),
            ))?,
            screened_at: form.at.utc(),
            screened_by: made.officer_id(form.by).0,
            rating: decided.map(|_| rating.to_owned()),
            management_plan_on: managed.map(|act| act.at.date()),
            no_objection: managed.and(screening.no_objection).map(|number| format!("NOL-{number:02}")),
            decided_at: decided.map(|act| act.at.utc()),
            decided_by: decided.map(|act| made.officer_id(act.by).0),
        });
    }
    Ok(rows)
}

fn answered(made: &Simulated, rating: Rating, decided: bool, signed: Option<chrono::NaiveDate>) -> Answered {
    let screening = made.setting.programme.screening();
    let risky = |code: &str| match rating {
        Rating::Low => false,
        Rating::Moderate => code == MODERATE,
        Rating::Substantial => code == SUBSTANTIAL,
    };
    let asked = screening.checks.iter().filter(|check| decided || check.asked_of != AskedOf::Specialist);
    let checks = asked.map(|check| (check.code.to_string(), check.risk_when == risky(check.code.as_str()))).collect();
    let mut form = Sheet::default();
    for (name, value) in [
        ("process", "sifariş qəbul olunur, iş yerdə görülür və müştəriyə verilir"),
        ("surroundings", "homes"),
        ("land_right", "yes"),
        ("waste", "household"),
        ("noise", "no"),
        ("dust_smoke", "no"),
        ("chemicals", "no"),
        ("water_use", "tap"),
        ("waste_water", "sewer"),
        ("fire_extinguisher", "yes"),
        ("protective_gear", "yes"),
        ("workers_under_18", "no"),
        ("pest_check", "no"),
    ] {
        form.set(name, value);
    }
    let mut management = Sheet::default();
    if let Some(day) = signed {
        let measure = screening.check(MODERATE).map_or("", |check| check.measure.az.as_str());
        for (name, value) in [
            ("measures-0-risk", "yanğın təhlükəsi"),
            ("measures-0-measure", measure),
            ("measures-0-cost", "60"),
            ("measures-0-due_on", &day.to_string()),
            ("measures-0-responsible", "sahibkar"),
            ("measures-0-proof", "foto"),
            ("bank_review", "no"),
        ] {
            management.set(name, value);
        }
    }
    Answered { form, checks, management, ..Answered::default() }
}
