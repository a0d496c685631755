//! A longer term of the contract: an officer proposes it with a reason, the head of the office decides.

mod decide;
mod propose;
mod show;
pub mod store;

use platform::{
    journal::EntryKind,
    message::{Explain, Message},
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, Panel, Place},
};
use registry::case::Duty;
use values::id::CaseId;

/// Who may read them.
pub const READ: Permission =
    Permission::new("extensions.read", &[Role::Officer, Role::OfficeHead, Role::Monitor, Role::Manager, Role::Auditor]);

/// Who proposes them.
pub const PROPOSE: Permission = Permission::new("extensions.propose", &[Role::Officer]);

/// Who decides them: another person.
pub const DECIDE: Permission = Permission::new("extensions.decide", &[Role::OfficeHead]);

pub(crate) const PROPOSED: EntryKind = EntryKind::new(703, "extension.proposed");
pub(crate) const TURNED_DOWN: EntryKind = EntryKind::new(704, "extension.turned_down");

/// The form of a case's longer term.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/extension")
}

/// Why no longer term is proposed or decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The case's stage knows no term.
    NotNow,
    /// All the months that the programme allows are used up.
    UsedUp,
    /// One waits for its decision already.
    Waits,
    NoneWaits,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::NotNow => "monitoring-extension-refusal-not-now",
            Self::UsedUp => "monitoring-extension-refusal-used-up",
            Self::Waits => "monitoring-extension-refusal-waits",
            Self::NoneWaits => "monitoring-extension-refusal-none-waits",
        })
    }
}

pub(super) fn routes() -> Vec<Route> {
    const EXTENDABLE: &str = "
        select f.case_id as case, f.office
        from case_file f
        where f.stage = 22
        and not f.suspended
        and not exists (select from term_extension e where e.person_id = f.person_id and e.case_id = f.case_id)
        order by f.opened_on
        limit 1";
    const WAITING: &str = "
        select e.case_id as case, e.office
        from term_extension e
        join case_file f using (person_id, case_id)
        where e.decided_at is null
        and f.closed_on is null
        limit 1";
    vec![
        Route::page("/cases/{case}/extension", PROPOSE, propose::get).sample(Sample::find(EXTENDABLE)),
        Route::form("/cases/{case}/extension", PROPOSE, propose::post)
            .sample(Sample::find(EXTENDABLE).fields(&[("months", "3"), ("reason", "Avadanlıq gec təhvil verilib")])),
        Route::page("/cases/{case}/extension/decision", DECIDE, decide::get).sample(Sample::find(WAITING)),
        Route::form("/cases/{case}/extension/decision", DECIDE, decide::post)
            .sample(Sample::find(WAITING).fields(&[("decision", "approve")])),
    ]
}

pub(super) fn panel() -> Panel {
    Panel {
        place: Place::Case,
        key: "monitoring-extension",
        order: 76,
        draw: |tx, page, subject| Box::pin(show::panel(tx, page, subject)),
    }
}

pub(super) fn duties() -> Vec<DutyLink> {
    vec![
        DutyLink { duty: Duty::ProposeExtension as i16, path: "/cases/{case}/extension" },
        DutyLink { duty: Duty::ApproveExtension as i16, path: "/cases/{case}/extension/decision" },
    ]
}
