//! Contracts with beneficiaries: drawn up by an officer, signed by the head of the office, printed from frozen data.

mod draft;
mod paper;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod show;
mod sign;
mod spelled;
#[cfg(test)]
mod spelled_tests;
pub mod store;
mod waiting;

pub use paper::{paper, party};
pub use sign::{beneficiary, sealed};

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, Move, Panel, Place, QueuePart, Slice},
};
use registry::case::Duty;
use values::id::CaseId;

/// Who may read contracts.
pub const READ: Permission = Permission::new(
    "contracts.read",
    &[Role::Officer, Role::OfficeHead, Role::Procurement, Role::Storekeeper, Role::Monitor, Role::Manager, Role::Auditor],
);

/// Who draws them up.
pub const PREPARE: Permission = Permission::new("contracts.prepare", &[Role::Officer]);

/// Who signs them for the office.
pub const SIGN: Permission = Permission::new("contracts.sign", &[Role::OfficeHead]);

pub(crate) const DRAFTED: EntryKind = EntryKind::new(601, "contract.drafted");

/// The page of a case's contract.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/contract")
}

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    const DRAWN_UP: &str = "select case_id as case, office from contract limit 1";
    const APPROVED: &str = "
        select f.case_id as case, f.office, f.opened_on as day, (select region from contract limit 1) as region
        from case_file f
        where f.stage = 16
        and f.closed_on is null
        limit 1";
    const UNSIGNED: &str = "
        select c.case_id as case, c.office
        from contract c
        join case_file f using (person_id, case_id)
        where c.signed_on is null
        and f.stage = 16
        order by c.status_checked_on desc
        limit 1";
    Slice {
        name: "contract",
        routes: vec![
            Route::page("/cases/{case}/contract", READ, show::get).sample(Sample::find(DRAWN_UP)),
            Route::page("/cases/{case}/contract/draft", PREPARE, draft::get).sample(Sample::find(APPROVED)),
            Route::form("/cases/{case}/contract/draft", PREPARE, draft::post).sample(Sample::find(APPROVED).fields(&[
                ("place_of_use", "Sumqayıt, Nizami küçəsi 14"),
                ("region", "{region}"),
                ("premises_seen_on", "{day}"),
                ("explained_in", "az"),
                ("status_same", "yes"),
            ])),
            Route::page("/cases/{case}/contract/signature", SIGN, sign::get).sample(Sample::find(UNSIGNED)),
            Route::form("/cases/{case}/contract/signature", SIGN, sign::post)
                .sample(Sample::find(UNSIGNED).fields(&[("explained", "yes"), ("beneficiary_signed", "yes")])),
            Route::file("/cases/{case}/contract.pdf", READ, paper::get).sample(Sample::find(DRAWN_UP)),
        ],
        queue: vec![QueuePart { roles: &[Role::OfficeHead], list: |tx, page, limit| Box::pin(waiting::list(tx, page, limit)) }],
        panels: vec![Panel {
            place: Place::Case,
            key: "contract-panel",
            order: 60,
            draw: |tx, page, subject| Box::pin(show::panel(tx, page, subject)),
        }],
        duties: vec![
            DutyLink { duty: Duty::PrepareContract as i16, path: "/cases/{case}/contract/draft" },
            DutyLink { duty: Duty::SignContract as i16, path: "/cases/{case}/contract/signature" },
        ],
        moves: vec![Move::OfCase("update contract set office = $2 where person_id = $1 and case_id = $3")],
        ..Slice::default()
    }
}
