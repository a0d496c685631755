//! Appeals: a person asks that a decision be looked at again, by somebody who had no part in it.

mod admit;
mod decide;
mod effect;
mod letter;
mod list;
mod lodge;
mod panel;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod show;
pub mod store;
mod waiting;
mod withdraw;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, MenuEntry, Move, Panel, Place, QueuePart, Slice},
};
use registry::case::Duty;
use values::id::{AppealId, CaseId};

/// Who may read appeals.
pub const READ: Permission = Permission::new(
    "appeals.read",
    &[Role::Officer, Role::Counsellor, Role::OfficeHead, Role::Grievance, Role::Manager, Role::Auditor],
);

/// Who takes them in for the person, and writes down that they are taken back.
pub const LODGE: Permission = Permission::new("appeals.lodge", &[Role::Grievance, Role::Officer]);

/// Who lets a late one through.
pub const ADMIT: Permission = Permission::new("appeals.admit", &[Role::Manager]);

/// Who decides them: never whoever had a part in the decision.
pub const DECIDE: Permission = Permission::new("appeals.decide", &[Role::Manager]);

pub(crate) const ADMITTED: EntryKind = EntryKind::new(739, "appeal.admitted");

/// The page of an appeal.
pub fn link(appeal: AppealId) -> String {
    format!("/appeals/{appeal}")
}

/// The appeals of a case, and what may be appealed against.
pub fn case_link(case: CaseId) -> String {
    format!("/cases/{case}/appeals")
}

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "appeal",
        routes: routes(),
        queue: vec![QueuePart { roles: &[Role::Manager], list: |tx, page, limit| Box::pin(waiting::to_admit(tx, page, limit)) }],
        panels: vec![Panel {
            place: Place::Case,
            key: "appeal-title",
            order: 84,
            draw: |tx, page, subject| Box::pin(panel::draw(tx, page, subject)),
        }],
        menu: vec![MenuEntry { path: "/appeals", key: "appeal-menu", permission: READ, order: 74 }],
        duties: vec![DutyLink { duty: Duty::DecideAppeal as i16, path: "/cases/{case}/appeals" }],
        moves: vec![Move::OfCase("update appeal set office = $2 where person_id = $1 and case_id = $3")],
        ..Slice::default()
    }
}

fn routes() -> Vec<Route> {
    vec![
        Route::page("/appeals", READ, list::get),
        Route::page("/appeals/{appeal}", READ, show::get).sample(Sample::find(SOME)),
        Route::file("/appeals/{appeal}/decision.pdf", READ, letter::get).sample(Sample::find(DECIDED)),
        Route::page("/cases/{case}/appeals", READ, show::of_case).sample(Sample::find(SOME)),
        Route::page("/cases/{case}/appeals/new", LODGE, lodge::get).sample(Sample::find(REFUSED)),
        Route::form("/cases/{case}/appeals/new", LODGE, lodge::post).sample(Sample::find(REFUSED).fields(&[
            ("decision", "{entry}"),
            ("told_on", "{told}"),
            ("grounds", "İşdən çıxmışam, arayışı gətirmişəm"),
            ("evidence", "əmək müqaviləsinə xitam barədə arayış"),
            ("late_reason", "xəstəxanada idim"),
        ])),
        Route::page("/appeals/{appeal}/admission", ADMIT, admit::get).sample(Sample::find(LATE)),
        Route::form("/appeals/{appeal}/admission", ADMIT, admit::post)
            .sample(Sample::find(LATE).fields(&[("admission", "admit"), ("reason", "Xəstəlik vərəqəsi göstərilib")])),
        Route::page("/appeals/{appeal}/decision", DECIDE, decide::get).sample(Sample::find(OPEN)),
        Route::form("/appeals/{appeal}/decision", DECIDE, decide::post)
            .sample(Sample::find(OPEN).fields(&[("outcome", "upheld"), ("reason", "Yeni sübut yoxdur, qərar qaydaya uyğundur")])),
        Route::page("/appeals/{appeal}/withdrawal", LODGE, withdraw::get).sample(Sample::find(ANY_OPEN)),
        Route::form("/appeals/{appeal}/withdrawal", LODGE, withdraw::post)
            .sample(Sample::find(ANY_OPEN).fields(&[("reason", "Şəxs fikrini dəyişib")])),
    ]
}

const SOME: &str = "
    select appeal_id as appeal, case_id as case, office
    from appeal
    order by lodged_on desc
    limit 1";

/// A refusal of lately against which nobody has appealed.
const REFUSED: &str = "
    select f.case_id as case, f.office, j.entry_id as entry, d.decided_on as told
    from case_file f
    join eligibility_decision d using (person_id, case_id)
    join journal j on j.person_id = f.person_id and j.case_id = f.case_id and j.kind = 5
    where d.outcome = 2
    and f.stage in (4, 29)
    and not exists (select from appeal a where a.person_id = f.person_id and a.entry_id = j.entry_id)
    order by d.decided_on desc
    limit 1";

const LATE: &str = "
    select appeal_id as appeal, office
    from appeal
    where outcome is null
    and admitted_on is null
    limit 1";

const OPEN: &str = "
    select a.appeal_id as appeal, a.office, m.officer_id as officer
    from appeal a
    cross join lateral (
        select r.officer_id
        from officer_role r
        where r.role = 14
        and not exists (
            select from case_duty d
            where d.person_id = a.person_id
            and d.case_id = a.case_id
            and d.officer_id = r.officer_id
            and d.duty <> 38)
        order by r.officer_id
        limit 1) m
    where a.outcome is null
    and a.admitted_on is not null
    limit 1";

const ANY_OPEN: &str = "
    select appeal_id as appeal, office
    from appeal
    where outcome is null
    and admitted_on is not null
    limit 1";

const DECIDED: &str = "
    select appeal_id as appeal, office
    from appeal
    where outcome in (1, 2, 3)
    limit 1";
