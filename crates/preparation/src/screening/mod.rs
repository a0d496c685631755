//! Environmental and social screening: the officer fills in what the programme asks, a specialist clears or stops the plan.

mod decide;
mod fill;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod show;
pub mod store;
mod waiting;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, Move, Panel, Place, Progress, QueuePart, Slice},
};
use registry::case::Duty;
use values::id::CaseId;

/// Who may read screenings.
pub const READ: Permission = Permission::new(
    "screenings.read",
    &[Role::Officer, Role::OfficeHead, Role::Environment, Role::Secretary, Role::Manager, Role::Auditor],
);

/// Who fills in the form.
pub const SCREEN: Permission = Permission::new("screenings.fill", &[Role::Officer]);

/// Who clears or stops a plan.
pub const DECIDE: Permission = Permission::new("screenings.decide", &[Role::Environment]);

pub(crate) const SCREENED: EntryKind = EntryKind::new(520, "plan.screened");

/// The page of a case's screening.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/screening")
}

/// The form of a harmless workshop, for a sample request.
const FORM: &[(&str, &str)] = &[
    ("process", "parça biçilir və tikilir"),
    ("surroundings", "homes"),
    ("land_right", "yes"),
    ("waste", "household"),
    ("noise", "no"),
    ("dust_smoke", "no"),
    ("chemicals", "no"),
    ("water_use", "none"),
    ("waste_water", "none"),
    ("fire_extinguisher", "yes"),
    ("protective_gear", "yes"),
    ("workers_under_18", "no"),
    ("pest_check", "no"),
    ("check-PLACE_MATCHES", "yes"),
    ("check-WASTE_PLACE", "yes"),
    ("check-OIL_CHEMICAL_STORE", "no"),
    ("check-FIRE_RISK", "no"),
    ("check-WIRING_UNSAFE", "no"),
    ("check-NEIGHBOURS_NOISE", "no"),
    ("check-FOOD_HYGIENE", "no"),
    ("check-LAND_DISPUTE", "no"),
    ("check-CHILD_WORK", "no"),
    ("check-WORKER_SAFETY", "yes"),
    ("check-ACCESS_BLOCKED", "no"),
];

/// A specialist's answers to which no rating is moderate, whatever the officer found: the plan stops.
const DECISION: &[(&str, &str)] = &[
    ("check-WATER_BODY", "yes"),
    ("check-AIR_EMISSIONS", "no"),
    ("check-HAZARDOUS_WASTE", "no"),
    ("check-PEST_CARRIER", "no"),
    ("check-LARGE_HARM", "no"),
    ("reason", "Tullantı suyu arxa axıdılır, təmizləmə yoxdur"),
];

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    const TO_SCREEN: &str = "
        select f.case_id as case, f.office
        from case_file f
        join business_plan p using (person_id, case_id)
        where f.stage = 12
        and p.submitted_at is not null
        and not exists (select from screening s where s.person_id = p.person_id and s.plan_id = p.plan_id)
        limit 1";
    const TO_DECIDE: &str = "
        select s.case_id as case, s.office
        from screening s
        join case_file f using (person_id, case_id)
        where s.decided_at is null
        and f.stage = 12
        limit 1";
    const SOME: &str = "
        select s.case_id as case, s.office
        from screening s
        where s.decided_at is not null
        limit 1";
    Slice {
        name: "screening",
        routes: vec![
            Route::page("/cases/{case}/screening", READ, show::get).sample(Sample::find(SOME)),
            Route::page("/cases/{case}/screening/form", SCREEN, fill::get).sample(Sample::find(TO_SCREEN)),
            Route::form("/cases/{case}/screening/form", SCREEN, fill::post).sample(Sample::find(TO_SCREEN).fields(FORM)),
            Route::page("/cases/{case}/screening/decision", DECIDE, decide::get).sample(Sample::find(TO_DECIDE)),
            Route::form("/cases/{case}/screening/decision", DECIDE, decide::post)
                .sample(Sample::find(TO_DECIDE).fields(DECISION)),
        ],
        queue: vec![QueuePart { roles: &[Role::Environment], list: |tx, page, limit| Box::pin(waiting::list(tx, page, limit)) }],
        panels: vec![Panel {
            place: Place::Case,
            key: "screening-title",
            order: 48,
            draw: |tx, page, subject| Box::pin(show::panel(tx, page, subject)),
        }],
        duties: vec![DutyLink { duty: Duty::Screen as i16, path: "/cases/{case}/screening/form" }],
        progress: vec![Progress {
            duty: Duty::Screen as i16,
            look: |tx, page, subject| Box::pin(waiting::progress(tx, page, subject)),
            elsewhere: Some(waiting::FILLED_IN),
        }],
        moves: vec![Move::OfCase("update screening set office = $2 where person_id = $1 and case_id = $3")],
        ..Slice::default()
    }
}
