//! Training: cohorts with seats, enrolment, sessions, attendance in hours, tests, results, and certificates that anyone
//! can verify.

mod attendance;
mod certificate;
mod enrol;
mod list;
mod open;
mod results;
pub mod rules;
#[cfg(test)]
mod rules_tests;
pub mod seating;
mod show;
mod standing;
pub mod store;
mod verify;
mod withdraw;

pub use open::{NewCohort, open_cohort};

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, MenuEntry, Move, Slice},
};
use registry::case::{Duty, acts::CORRECT};
use values::id::CohortId;

/// Who may see cohorts.
pub const READ: Permission = Permission::new(
    "cohorts.read",
    &[Role::Trainer, Role::Officer, Role::Counsellor, Role::OfficeHead, Role::Manager, Role::Results, Role::Auditor],
);

/// Who may open a cohort and give its seats.
pub const OPEN: Permission = Permission::new("cohorts.open", &[Role::Trainer, Role::OfficeHead]);

/// Who teaches: marks attendance, tests and results.
pub const TEACH: Permission = Permission::new("cohorts.teach", &[Role::Trainer]);

pub(crate) const OPENED: EntryKind = EntryKind::new(501, "cohort.opened");
pub(crate) const ENROLLED: EntryKind = EntryKind::new(502, "cohort.enrolled");
pub(crate) const MARKED: EntryKind = EntryKind::new(503, "attendance.marked");

/// The page of a cohort.
pub fn link(cohort: CohortId) -> String {
    format!("/cohorts/{cohort}")
}

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    const SOME: &str = "select cohort_id as cohort, office from cohort limit 1";
    const RUNNING: &str = "
        select c.cohort_id as cohort, c.office, c.trainer_id as officer, s.session, e.case_id as case
        from cohort c
        join cohort_session s using (cohort_id)
        join enrolment e using (cohort_id)
        where c.closed_on is null
        and s.held_on <= (select max(held_on) from cohort_session where marked_on is not null)
        limit 1";
    const WITH_ROOM: &str = "
        select c.cohort_id as cohort, c.office, f.case_id as case
        from cohort c
        join case_file f on f.office = c.office and f.stage = 7
        where c.closed_on is null
        and c.taken < c.seats
        and not exists (select from enrolment e where e.case_id = f.case_id and e.result is null)
        limit 1";
    let mut routes = seating::routes();
    routes.extend([
        Route::page("/cohorts", READ, list::get),
        Route::page("/cohorts/new", OPEN, open::get),
        Route::form("/cohorts", OPEN, open::post).sample(Sample::NONE.fields(&[
            ("venue", "12 saylı peşə liseyi"),
            ("seats", "20"),
            ("starts_on", "2024-10-07"),
        ])),
        Route::page("/cohorts/{cohort}", READ, show::get).sample(Sample::find(SOME)),
        Route::form("/cohorts/{cohort}/enrolments", OPEN, enrol::post)
            .sample(Sample::find(WITH_ROOM).fields(&[("case", "{case}")])),
        Route::page("/cohorts/{cohort}/sessions/{session}", TEACH, attendance::get).sample(Sample::find(RUNNING)),
        Route::form("/cohorts/{cohort}/sessions/{session}", TEACH, attendance::post)
            .sample(Sample::find(RUNNING).fields(&[("mark-{case}", "present")])),
        Route::page("/cohorts/{cohort}/results", TEACH, results::get).sample(Sample::find(RUNNING)),
        Route::form("/cohorts/{cohort}/results", TEACH, results::post)
            .sample(Sample::find(RUNNING).fields(&[("result-{case}", "dropped"), ("reason-{case}", "illness")])),
        Route::file("/cases/{case}/certificate.pdf", READ, certificate::get)
            .sample(Sample::find("select case_id as case, office from certificate limit 1")),
        Route::page("/cases/{case}/certificate/withdrawal", CORRECT, withdraw::get).sample(Sample::find(withdraw::TRAINED)),
        Route::form("/cases/{case}/certificate/withdrawal", CORRECT, withdraw::post)
            .sample(Sample::find(withdraw::TRAINED).fields(&[("reason", "Nəticə başqa dinləyicinindir")])),
        Route::page("/verify", Permission::PUBLIC, verify::ask),
        Route::page("/verify/{code}", Permission::PUBLIC, verify::get)
            .sample(Sample::find("select code from certificate_code limit 1")),
    ]);
    let mut queue = list::queue();
    queue.extend(seating::queue());
    Slice {
        name: "training",
        routes,
        menu: vec![MenuEntry { path: "/cohorts", key: "training-menu", permission: READ, order: 40 }],
        queue,
        panels: vec![show::panel()],
        duties: vec![
            DutyLink { duty: Duty::StartTraining as i16, path: "/cohorts" },
            DutyLink { duty: Duty::Train as i16, path: "/cohorts" },
        ],
        moves: vec![
            Move::OfCase("update enrolment set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update attendance set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update certificate set office = $2 where person_id = $1 and case_id = $3"),
            seating::MOVE,
        ],
        ..Slice::default()
    }
}
