//! The passing of the title: an officer proposes after the final visit, the head of the office approves, the act is printed.

mod act;
mod decide;
mod propose;
pub mod rules;
mod show;
pub mod store;
mod title;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, Panel, Place},
};
use registry::case::Duty;
use values::id::CaseId;

/// Who may read proposals and acts.
pub const READ: Permission = Permission::new(
    "ownership.read",
    &[Role::Officer, Role::OfficeHead, Role::Monitor, Role::Storekeeper, Role::Manager, Role::Auditor],
);

/// Who proposes.
pub const PROPOSE: Permission = Permission::new("ownership.propose", &[Role::Officer]);

/// Who approves: another person.
pub const DECIDE: Permission = Permission::new("ownership.decide", &[Role::OfficeHead]);

pub(crate) const PROPOSED: EntryKind = EntryKind::new(705, "ownership.proposed");
pub(crate) const SENT_BACK: EntryKind = EntryKind::new(706, "ownership.sent_back");

/// The form of a case's proposal.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/ownership")
}

/// The act of transfer.
pub fn act_link(case: CaseId) -> String {
    format!("/cases/{case}/transfer-act.pdf")
}

pub(super) fn routes() -> Vec<Route> {
    const READY: &str = "
        select f.case_id as case, f.office
        from case_file f
        join case_milestone m using (person_id, case_id)
        join visit v using (person_id, case_id)
        where f.stage = 22
        and not f.suspended
        and m.term_ends_on <= (select max(made_at) from visit)
        and v.status = 1
        and v.made_at > (select max(made_at) - interval '40 days' from visit)
        and not exists (select from ownership o where o.person_id = f.person_id and o.case_id = f.case_id)
        limit 1";
    const WAITING: &str = "
        select o.case_id as case, o.office
        from ownership o
        join case_file f using (person_id, case_id)
        where o.decided_at is null
        and f.stage = 22
        limit 1";
    const PASSED: &str = "
        select case_id as case, office
        from ownership
        where approved
        limit 1";
    vec![
        Route::page("/cases/{case}/ownership", PROPOSE, propose::get).sample(Sample::find(READY)),
        Route::form("/cases/{case}/ownership", PROPOSE, propose::post).sample(
            Sample::find(READY)
                .fields(&[("matches_plan", "yes"), ("finding", "Fəaliyyət biznes plana uyğundur, avadanlıq yerindədir")]),
        ),
        Route::page("/cases/{case}/ownership/decision", DECIDE, decide::get).sample(Sample::find(WAITING)),
        Route::form("/cases/{case}/ownership/decision", DECIDE, decide::post)
            .sample(Sample::find(WAITING).fields(&[("decision", "approve")])),
        Route::file("/cases/{case}/transfer-act.pdf", READ, act::get).sample(Sample::find(PASSED)),
    ]
}

pub(super) fn panel() -> Panel {
    Panel {
        place: Place::Case,
        key: "monitoring-ownership",
        order: 78,
        draw: |tx, page, subject| Box::pin(show::panel(tx, page, subject)),
    }
}

pub(super) fn duties() -> Vec<DutyLink> {
    vec![
        DutyLink { duty: Duty::ProposeOwnership as i16, path: "/cases/{case}/ownership" },
        DutyLink { duty: Duty::ApproveOwnership as i16, path: "/cases/{case}/ownership/decision" },
    ]
}
