//! Grievances: lodged by anybody, with or without a name; sorted, studied, answered by a committee, closed.

mod deed;
mod deeds;
mod hold;
mod letter;
mod list;
mod lodge;
mod opening;
mod panel;
pub mod proposal;
mod receipt;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod show;
pub mod store;
pub mod types;
mod waiting;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{MenuEntry, Move, Panel, Place, QueuePart, Slice},
};
use values::id::GrievanceId;

/// Who may read grievances; the database keeps confidential ones from all but grievance officers.
pub const READ: Permission = Permission::new(
    "grievances.read",
    &[Role::Grievance, Role::Officer, Role::Counsellor, Role::OfficeHead, Role::Manager, Role::Auditor],
);

/// Who takes them in.
pub const LODGE: Permission =
    Permission::new("grievances.lodge", &[Role::Grievance, Role::Officer, Role::Counsellor, Role::OfficeHead]);

/// Who acknowledges, sorts, studies, tells and closes.
pub const HANDLE: Permission = Permission::new("grievances.handle", &[Role::Grievance]);

/// Who proposes a solution: the head of the office for the first committee, a manager for the second, and of what is
/// confidential a grievance officer for both.
pub const PROPOSE: Permission = Permission::new("grievances.propose", &[Role::OfficeHead, Role::Manager, Role::Grievance]);

/// Who opens what is covered, with a reason.
pub const OPEN: Permission = Permission::new("grievances.open", &[Role::Grievance]);

pub(crate) const LODGED: EntryKind = EntryKind::new(720, "grievance.lodged");
pub(crate) const OPENED: EntryKind = EntryKind::new(733, "grievance.opened");

/// The page of a grievance.
pub fn link(grievance: GrievanceId) -> String {
    format!("/grievances/{grievance}")
}

const SOME: &str = "
    select grievance_id as grievance, office
    from grievance
    where not confidential
    and person_id <> '00000000-0000-0000-0000-000000000000'
    order by lodged_on desc
    limit 1";

const TAKEN_IN: &str = "
    select grievance_id as grievance, office, lodged_by as officer
    from grievance_number
    limit 1";

const ANSWERED: &str = "
    select grievance_id as grievance, office
    from grievance
    where not confidential
    and decided_on is not null
    limit 1";

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    let mut routes = vec![
        Route::page("/grievances", READ, list::get),
        Route::page("/grievances/new", LODGE, lodge::get),
        Route::form("/grievances/new", LODGE, lodge::post).sample(Sample::NONE.fields(&[
            ("channel", "HOTLINE"),
            ("category", "DELIVERY"),
            ("what", "Avadanlığı axşam gətirib getdilər"),
            ("happened_when", "dünən axşam"),
            ("how_often", "once"),
            ("remedy", "Gündüz gəlib yoxlasınlar"),
            ("language", "az"),
        ])),
        Route::page("/grievances/{grievance}", READ, show::get).sample(Sample::find(SOME)),
        Route::page("/grievances/{grievance}/receipt", LODGE, receipt::get).sample(Sample::find(TAKEN_IN)),
        Route::page("/grievances/{grievance}/opening", OPEN, opening::get).sample(Sample::find(SOME)),
        Route::form("/grievances/{grievance}/opening", OPEN, opening::post)
            .sample(Sample::find(SOME).fields(&[("reason", "Cavabı telefonla bildirmək üçün")])),
        Route::file("/grievances/{grievance}/answer.pdf", HANDLE, letter::get).sample(Sample::find(ANSWERED)),
    ];
    routes.extend(deeds::routes());
    Slice {
        name: "grievance",
        routes,
        queue: vec![
            QueuePart { roles: &[Role::Grievance], list: |tx, page, limit| Box::pin(waiting::officer(tx, page, limit)) },
            QueuePart {
                roles: &[Role::OfficeHead, Role::Manager],
                list: |tx, page, limit| Box::pin(waiting::committee(tx, page, limit)),
            },
        ],
        panels: [Place::Person, Place::Case].map(panel).to_vec(),
        menu: vec![MenuEntry { path: "/grievances", key: "grievance-menu", permission: READ, order: 72 }],
        // Proposals and parts are seen through their grievance.
        moves: vec![Move::OfCase("update grievance set office = $2 where person_id = $1 and case_id = $3")],
        ..Slice::default()
    }
}

fn panel(place: Place) -> Panel {
    Panel { place, key: "grievance-title", order: 85, draw: |tx, page, subject| Box::pin(panel::draw(tx, page, subject)) }
}
