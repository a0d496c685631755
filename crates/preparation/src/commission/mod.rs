//! The commission: two evaluators score a plan blind, the person defends it, a sitting votes and decides.

mod agenda;
mod assign;
mod close;
mod defend;
mod evaluate;
mod list;
mod minutes;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod show;
pub mod store;
mod vote;
mod waiting;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, MenuEntry, Move, Panel, Place, QueuePart, Slice},
};
use registry::case::Duty;
pub use registry::case::blind_code as code_of;
use values::id::{CaseId, SittingId};

/// Who gives plans to evaluators, records defences, calls and closes sittings.
pub const RUN: Permission = Permission::new("commission.run", &[Role::Secretary]);

/// Who scores plans.
pub const EVALUATE: Permission = Permission::new("commission.evaluate", &[Role::Evaluator]);

/// Who votes.
pub const VOTE: Permission = Permission::new("commission.vote", &[Role::Member]);

/// Who may read sittings.
pub const READ: Permission = Permission::new("commission.read", &[Role::Secretary, Role::Member, Role::Manager, Role::Auditor]);

pub(crate) const ASSIGNED: EntryKind = EntryKind::new(530, "evaluators.assigned");
pub(crate) const SEALED: EntryKind = EntryKind::new(531, "score.sealed");
pub(crate) const RECUSED: EntryKind = EntryKind::new(532, "evaluator.recused");
pub(crate) const CALLED: EntryKind = EntryKind::new(533, "sitting.called");
pub(crate) const VOTED: EntryKind = EntryKind::new(534, "votes.cast");
pub(crate) const CLOSED: EntryKind = EntryKind::new(535, "sitting.closed");

/// The page of a sitting.
pub fn link(sitting: SittingId) -> String {
    format!("/sittings/{sitting}")
}

/// The page on which an evaluator scores a case's plan.
fn evaluation(case: CaseId) -> String {
    format!("/evaluations/{case}")
}

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "commission",
        routes: routes(),
        queue: vec![
            QueuePart { roles: &[Role::Secretary], list: |tx, page, limit| Box::pin(waiting::list(tx, page, limit)) },
            QueuePart { roles: &[Role::Secretary], list: |tx, page, limit| Box::pin(waiting::to_close(tx, page, limit)) },
            QueuePart { roles: &[Role::Member], list: |tx, page, limit| Box::pin(waiting::to_vote(tx, page, limit)) },
        ],
        panels: vec![Panel {
            place: Place::Case,
            key: "commission-panel",
            order: 52,
            draw: |tx, page, subject| Box::pin(show::panel(tx, page, subject)),
        }],
        menu: vec![MenuEntry { path: "/sittings", key: "commission-menu", permission: READ, order: 40 }],
        duties: vec![
            DutyLink { duty: Duty::Evaluate as i16, path: "/evaluations/{case}" },
            DutyLink { duty: Duty::HoldDefence as i16, path: "/cases/{case}/defence" },
            DutyLink { duty: Duty::CallSitting as i16, path: "/sittings/new" },
        ],
        moves: vec![
            Move::OfCase("update plan_score set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update defence set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update agenda_item set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase(MOVE_VOTES),
        ],
        ..Slice::default()
    }
}

const MOVE_VOTES: &str = "
    update vote v
    set office = $2
    from business_plan b
    where v.person_id = $1
    and b.person_id = v.person_id
    and b.plan_id = v.plan_id
    and b.case_id = $3";

fn routes() -> Vec<Route> {
    const UNASSIGNED: &str = "
        select f.case_id as case, f.office, r.officer_id as one
        from case_file f
        join officer_role r on r.role = 6
        where f.stage = 14
        and not exists (select from plan_score s where s.case_id = f.case_id and s.officer_id = r.officer_id)
        and (select count(*) from plan_score s where s.case_id = f.case_id and s.recused_at is null) < 2
        order by f.case_id, r.officer_id
        limit 1";
    const TO_SCORE: &str = "
        select s.case_id as case, s.officer_id as officer
        from plan_score s
        join case_file f using (person_id, case_id)
        where s.sealed_at is null
        and s.recused_at is null
        and f.stage = 14
        limit 1";
    const SCORED: &str = "
        select f.case_id as case, f.office, m.officer_id as one, n.officer_id as other, o.officer_id as third
        from case_file f
        join lateral (select officer_id from officer_role where role = 7 order by officer_id limit 1) m on true
        join lateral (select officer_id from officer_role where role = 7 order by officer_id desc limit 1) n on true
        join lateral (select officer_id from officer_role where role = 7 order by officer_id offset 1 limit 1) o on true
        where f.stage = 15
        and not exists (select from defence d where d.case_id = f.case_id)
        limit 1";
    const SOME: &str = "select sitting_id as sitting, office from sitting where closed_at is not null limit 1";
    const OPEN: &str = "
        select i.sitting_id as sitting, m.officer_id as officer, i.plan_id as plan
        from agenda_item i
        join sitting s using (sitting_id)
        join sitting_member m using (sitting_id)
        where s.closed_at is null
        limit 1";
    const TO_CLOSE: &str = "select sitting_id as sitting from sitting where closed_at is null order by sits_on limit 1";
    const DEFENCE: &[(&str, &str)] = &[
        ("panel", "{one}"),
        ("panel", "{other}"),
        ("panel", "{third}"),
        ("mark-COMMAND", "8"),
        ("mark-ANSWERS", "7"),
        ("mark-READINESS", "7"),
    ];
    vec![
        Route::page("/cases/{case}/evaluators", RUN, assign::get).sample(Sample::find(UNASSIGNED)),
        Route::form("/cases/{case}/evaluators", RUN, assign::post)
            .sample(Sample::find(UNASSIGNED).fields(&[("evaluator", "{one}")])),
        Route::page("/evaluations/{case}", EVALUATE, evaluate::get).sample(Sample::find(TO_SCORE)),
        Route::form("/evaluations/{case}", EVALUATE, evaluate::post)
            .sample(Sample::find(TO_SCORE).fields(&[("mark-MARKET", "7"), ("reason-MARKET", "Müştərilər konkret göstərilib")])),
        Route::form("/evaluations/{case}/recusal", EVALUATE, evaluate::recuse)
            .sample(Sample::find(TO_SCORE).fields(&[("why", "Müəllifi tanıyıram")])),
        Route::page("/cases/{case}/defence", RUN, defend::get).sample(Sample::find(SCORED)),
        Route::form("/cases/{case}/defence", RUN, defend::post).sample(Sample::find(SCORED).fields(DEFENCE)),
        Route::page("/sittings", READ, list::get),
        Route::page("/sittings/new", RUN, agenda::get),
        Route::form("/sittings", RUN, agenda::post).sample(Sample::find(agenda::READY).fields(agenda::SAMPLE)),
        Route::page("/sittings/{sitting}", READ, show::get).sample(Sample::find(SOME)),
        Route::page("/sittings/{sitting}/votes", VOTE, vote::get).sample(Sample::find(OPEN)),
        Route::form("/sittings/{sitting}/votes", VOTE, vote::post).sample(Sample::find(OPEN).fields(&[("vote-{plan}", "for")])),
        Route::page("/sittings/{sitting}/closure", RUN, close::get).sample(Sample::find(TO_CLOSE)),
        Route::form("/sittings/{sitting}/closure", RUN, close::post).sample(Sample::find(close::VOTED_ON).fields(close::SAMPLE)),
        Route::file("/sittings/{sitting}/minutes.pdf", READ, minutes::get).sample(Sample::find(SOME)),
        Route::page("/sittings/{sitting}/decisions", Permission::PUBLIC, list::decisions).sample(Sample::find(SOME)),
    ]
}
