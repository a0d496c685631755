//! The business plan: written on the programme's form, reckoned by pure code, handed in and frozen, a version at a time.

pub mod cash;
#[cfg(test)]
mod cash_tests;
pub mod rules;
#[cfg(test)]
mod rules_tests;
pub mod show;
pub mod store;
mod submit;
mod write;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, Move, Panel, Place, Slice},
};
use registry::case::Duty;
use values::id::{CaseId, PlanId};

/// Who may read plans with their authors.
pub const READ: Permission = Permission::new(
    "plans.read",
    &[
        Role::Officer,
        Role::Counsellor,
        Role::Trainer,
        Role::OfficeHead,
        Role::Environment,
        Role::Secretary,
        Role::Procurement,
        Role::Monitor,
        Role::Manager,
        Role::Auditor,
    ],
);

/// Who helps to write them.
pub const WRITE: Permission = Permission::new("plans.write", &[Role::Officer, Role::Counsellor, Role::Trainer]);

/// Who takes them in.
pub const SUBMIT: Permission = Permission::new("plans.submit", &[Role::Officer]);

/// Who says something of a draft.
pub const COMMENT: Permission = Permission::new("plans.comment", &[Role::Trainer]);

pub(crate) const COMMENTED: EntryKind = EntryKind::new(510, "plan.commented");

/// The page on which a case's plan is written.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/plan")
}

/// The page of a version that was handed in.
pub fn link_of(case: CaseId, plan: PlanId) -> String {
    format!("/cases/{case}/plans/{plan}")
}

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    const SUBMITTED: &str =
        "select case_id as case, plan_id as plan, office from business_plan where submitted_at is not null limit 1";
    const TO_WRITE: &str = "
        select case_id as case, office
        from case_file
        where stage in (9, 17)
        and closed_on is null
        limit 1";
    const DRAFTED: &str = "
        select p.case_id as case, p.office
        from business_plan p
        join case_file f using (person_id, case_id)
        where p.submitted_at is null
        and f.stage in (9, 17)
        limit 1";
    Slice {
        name: "business_plan",
        routes: vec![
            Route::page("/cases/{case}/plan", READ, write::get).sample(Sample::find(TO_WRITE)),
            Route::form("/cases/{case}/plan", WRITE, write::post).sample(
                Sample::find(TO_WRITE).fields(&[("summary", "Evdə qadın paltarı tikirəm"), ("cash_flow-0-sales", "900")]),
            ),
            Route::form("/cases/{case}/plan/submission", SUBMIT, submit::post).sample(Sample::find(DRAFTED)),
            Route::form("/cases/{case}/plan/comments", COMMENT, submit::comment)
                .sample(Sample::find(DRAFTED).fields(&[("words", "Qiymətləri bazarla tutuşdurun")])),
            Route::page("/cases/{case}/plans/{plan}", READ, show::get).sample(Sample::find(SUBMITTED)),
        ],
        panels: vec![Panel {
            place: Place::Case,
            key: "business-plan-title",
            order: 45,
            draw: |tx, page, subject| Box::pin(show::panel(tx, page, subject)),
        }],
        duties: vec![DutyLink { duty: Duty::SubmitPlan as i16, path: "/cases/{case}/plan" }],
        moves: vec![
            Move::OfCase("update business_plan set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update plan_line set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update plan_comment set office = $2 where person_id = $1 and case_id = $3"),
        ],
        ..Slice::default()
    }
}
