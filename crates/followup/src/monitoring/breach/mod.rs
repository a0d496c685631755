//! Breaches of the contract: notice, the person's explanation, remedy in time, or a decision that the equipment returns.

mod answer;
mod letter;
mod notice;
mod settle;
mod show;
pub mod store;

use chrono::NaiveDate;
use platform::{
    journal::EntryKind,
    message::{Explain, Message},
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, Panel, Place},
};
use registry::case::Duty;
use values::id::CaseId;

/// The programme's list of breaches.
pub(super) const LIST: &str = "breach";

/// Who may read them.
pub const READ: Permission = Permission::new(
    "breaches.read",
    &[Role::Officer, Role::OfficeHead, Role::Monitor, Role::Storekeeper, Role::Manager, Role::Auditor],
);

/// Who notices them.
pub const NOTICE: Permission = Permission::new("breaches.notice", &[Role::Officer]);

/// Who takes in the person's explanation.
pub const EXPLAIN: Permission = Permission::new("breaches.explain", &[Role::Officer]);

/// Who finds them remedied.
pub const REMEDY: Permission = Permission::new("breaches.remedy", &[Role::OfficeHead, Role::Officer]);

/// Who upholds them: never whoever noticed.
pub const UPHOLD: Permission = Permission::new("breaches.uphold", &[Role::OfficeHead]);

pub(crate) const EXPLAINED: EntryKind = EntryKind::new(702, "breach.explained");

/// The page of a case's breaches.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/breach")
}

/// Why nothing is done about a breach.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The case's stage knows no breach, or one is open.
    NotNow,
    NoneOpen,
    /// The person is heard between the notice and today.
    HeardWrong,
    /// The time to remedy ends on this day.
    TooEarly(NaiveDate),
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Self::NotNow => Message::new("monitoring-breach-refusal-not-now"),
            Self::NoneOpen => Message::new("monitoring-breach-refusal-none-open"),
            Self::HeardWrong => Message::new("monitoring-breach-refusal-heard"),
            Self::TooEarly(until) => Message::new("monitoring-breach-refusal-early").arg("date", *until),
        }
    }
}

pub(super) fn routes() -> Vec<Route> {
    const SOME: &str = "
        select case_id as case, office
        from breach
        limit 1";
    const UPHELD: &str = "
        select case_id as case, office
        from breach
        where outcome = 2
        limit 1";
    const NOTICEABLE: &str = "
        select case_id as case, office
        from case_file
        where stage = 22
        and not suspended
        order by opened_on
        limit 1";
    const OPEN: &str = "
        select b.case_id as case, b.office, b.noticed_on as noticed
        from breach b
        join case_file f using (person_id, case_id)
        where b.outcome is null
        and f.stage = 25
        order by b.remedy_due
        limit 1";
    vec![
        Route::page("/cases/{case}/breach", READ, show::get).sample(Sample::find(SOME)),
        Route::file("/cases/{case}/breach/notice.pdf", READ, letter::get_notice).sample(Sample::find(SOME)),
        Route::file("/cases/{case}/breach/decision.pdf", READ, letter::get_decision).sample(Sample::find(UPHELD)),
        Route::page("/cases/{case}/breach/notice", NOTICE, notice::get).sample(Sample::find(NOTICEABLE)),
        Route::form("/cases/{case}/breach/notice", NOTICE, notice::post).sample(
            Sample::find(NOTICEABLE)
                .fields(&[("obligation", "moved"), ("evidence", "Səfərdə tikiş maşını təsdiqlənmiş ünvanda olmayıb")]),
        ),
        Route::page("/cases/{case}/breach/explanation", EXPLAIN, answer::get).sample(Sample::find(OPEN)),
        Route::form("/cases/{case}/breach/explanation", EXPLAIN, answer::post)
            .sample(Sample::find(OPEN).fields(&[("explanation", "Ailədə xəstəlik olub, bağlamışam"), ("heard_on", "{noticed}")])),
        Route::page("/cases/{case}/breach/remedy", REMEDY, settle::get_remedy).sample(Sample::find(OPEN)),
        Route::form("/cases/{case}/breach/remedy", REMEDY, settle::post_remedy)
            .sample(Sample::find(OPEN).fields(&[("finding", "Biznes yenidən işləyir, satış göstərilib")])),
        Route::page("/cases/{case}/breach/decision", UPHOLD, settle::get_decision).sample(Sample::find(OPEN)),
        Route::form("/cases/{case}/breach/decision", UPHOLD, settle::post_decision).sample(
            Sample::find(OPEN)
                .fields(&[("finding", "Biznes müddətindən əvvəl bağlanıb, bərpa olunmayıb"), ("heard_on", "{noticed}")]),
        ),
    ]
}

pub(super) fn panel() -> Panel {
    Panel {
        place: Place::Case,
        key: "monitoring-breach",
        order: 74,
        draw: |tx, page, subject| Box::pin(show::panel(tx, page, subject)),
    }
}

pub(super) fn duties() -> Vec<DutyLink> {
    vec![
        DutyLink { duty: Duty::NoticeBreach as i16, path: "/cases/{case}/breach/notice" },
        DutyLink { duty: Duty::SettleBreach as i16, path: "/cases/{case}/breach" },
    ]
}
