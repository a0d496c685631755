//! After receipt: visits and follow-ups, breaches of the contract, longer terms, and the passing of the title.

mod against;
#[cfg(test)]
mod against_tests;
pub mod breach;
pub mod extension;
mod list;
pub mod ownership;
mod plan;
mod record;
pub mod rules;
#[cfg(test)]
mod rules_tests;
pub(crate) mod second;
mod show;
pub mod store;
mod upcoming;
mod waiting;

use platform::{
    journal::EntryKind,
    request::Page,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, MenuEntry, Move, Panel, Place, QueuePart, Slice},
};
use registry::case::Duty;
use rules::VisitKind;
use values::id::{CaseId, VisitId};

/// Who may read visits.
pub const READ: Permission = Permission::new(
    "visits.read",
    &[Role::Officer, Role::OfficeHead, Role::Monitor, Role::Manager, Role::Results, Role::Auditor],
);

/// Who records what a visit found.
pub const RECORD: Permission = Permission::new("visits.record", &[Role::Monitor]);

/// Who plans visits.
pub const PLAN: Permission = Permission::new("visits.plan", &[Role::Officer, Role::Monitor]);

pub(crate) const PLANNED: EntryKind = EntryKind::new(700, "visit.planned");
pub(crate) const RECORDED: EntryKind = EntryKind::new(701, "visit.made");

/// The page of a visit.
pub fn link(visit: VisitId) -> String {
    format!("/visits/{visit}")
}

/// Where the next visit of a case is recorded.
pub fn record_link(case: CaseId) -> String {
    format!("/cases/{case}/visit")
}

fn plan_link(case: CaseId) -> String {
    format!("/cases/{case}/visits/plan")
}

/// A kind of visit in words.
fn kind_words(page: &Page, kind: VisitKind) -> String {
    page.t(&format!("monitoring-kind-{}", kind.code()))
}

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "monitoring",
        routes: [visits(), breach::routes(), extension::routes(), ownership::routes()].into_iter().flatten().collect(),
        queue: vec![
            QueuePart { roles: &[Role::Monitor], list: |tx, page, limit| Box::pin(waiting::list(tx, page, limit)) },
            QueuePart { roles: &[Role::OfficeHead], list: |tx, page, limit| Box::pin(second::waiting(tx, page, limit)) },
        ],
        panels: vec![
            Panel {
                place: Place::Case,
                key: "monitoring-panel",
                order: 70,
                draw: |tx, page, subject| Box::pin(show::panel(tx, page, subject)),
            },
            breach::panel(),
            extension::panel(),
            ownership::panel(),
        ],
        menu: vec![MenuEntry { path: "/visits", key: "monitoring-menu", permission: READ, order: 60 }],
        duties: [
            vec![
                DutyLink { duty: Duty::ConfirmStart as i16, path: "/cases/{case}/visit" },
                DutyLink { duty: Duty::Monitor as i16, path: "/cases/{case}/visit" },
                DutyLink { duty: Duty::FollowUp as i16, path: "/cases/{case}/visit" },
            ],
            breach::duties(),
            extension::duties(),
            ownership::duties(),
        ]
        .concat(),
        moves: vec![
            Move::OfCase("update visit set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update breach set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update term_extension set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update ownership set office = $2 where person_id = $1 and case_id = $3"),
        ],
        ..Slice::default()
    }
}

fn visits() -> Vec<Route> {
    const SOME: &str = "
        select visit_id as visit, office
        from visit
        where made_at is not null
        limit 1";
    const OPEN: &str = "
        select v.case_id as case, v.office, m.received_on as received, v.monitor_id as monitor, a.serial as tag
        from visit v
        join case_file f using (person_id, case_id)
        join case_milestone m using (person_id, case_id)
        join asset a using (person_id, case_id)
        where v.made_at is null
        and f.stage = 22
        and a.handed_over_on is not null
        order by v.due_on
        limit 1";
    vec![
        Route::page("/visits", READ, list::get),
        Route::page("/visits/{visit}", READ, show::get).sample(Sample::find(SOME)),
        Route::page("/cases/{case}/visit", RECORD, record::get).sample(Sample::find(OPEN)),
        Route::form("/cases/{case}/visit", RECORD, record::post).sample(Sample::find(OPEN).fields(&[
            ("visited_on", "{received}"),
            ("kind", "electronic"),
            ("people_met", "beneficiary"),
            ("status", "operating"),
            ("assets-0-tag", "{tag}"),
            ("assets-0-seen", "yes"),
            ("assets-0-used", "yes"),
            ("assets-0-condition", "good"),
            ("sales", "640"),
            ("costs", "310"),
            ("women_workers", "1"),
            ("men_workers", "0"),
            ("household_income", "900"),
            ("satisfaction", "4"),
            ("coaching", "Satışı hər gün dəftərə yazmağı öyrəndi"),
        ])),
        Route::page("/cases/{case}/visits/plan", PLAN, plan::get).sample(Sample::find(OPEN)),
        Route::form("/cases/{case}/visits/plan", PLAN, plan::post).sample(Sample::find(OPEN).fields(&[
            ("due_on", "2030-01-15"),
            ("kind", "electronic"),
            ("monitor", "{monitor}"),
        ])),
    ]
}
