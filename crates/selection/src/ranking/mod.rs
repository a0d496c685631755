//! Ranking: a run over a pool of eligible people gives out places; a second person approves; the reserve follows up.

mod approve;
mod digest;
mod lapse;
mod list;
pub mod lot;
mod meters;
mod offer;
mod panel;
pub mod pool;
mod propose;
mod queue;
mod refusal;
mod replay;
mod reserve;
pub mod rules;
pub mod seats;
mod show;
pub mod store;
pub mod terms;
pub mod types;

#[cfg(test)]
mod rules_properties_tests;
#[cfg(test)]
mod rules_tests;

use platform::{
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{Daily, DutyLink, MenuEntry, Move, Panel, Place, Slice},
};
use registry::case::Duty;

pub use digest::digest;
pub use refusal::Refusal;
pub use replay::{Replay, replay};
pub use reserve::seat_on_appeal;
pub use rules::rank;
pub use types::{Bucket, Candidate, Cap, Floor, Outcome, Placed, Reason, Terms};

/// Who may see runs, reserve lists and quotas.
pub const READ: Permission = Permission::new(
    "ranking.read",
    &[Role::Officer, Role::Counsellor, Role::OfficeHead, Role::Grievance, Role::Manager, Role::Results, Role::Auditor],
);

/// Who may propose a list.
pub const PROPOSE: Permission = Permission::new("ranking.propose", &[Role::Officer, Role::Manager]);

/// Who may put a list in force: never whoever proposed it.
pub const APPROVE: Permission = Permission::new("ranking.approve", &[Role::OfficeHead, Role::Manager]);

/// Who may record the answer to an offer.
pub const ANSWER: Permission = Permission::new("offer.answer", &[Role::Officer]);

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "ranking",
        routes: routes(),
        queue: queue::parts(),
        panels: vec![Panel {
            place: Place::Case,
            key: "ranking-panel",
            order: 30,
            draw: |tx, page, subject| Box::pin(panel::draw(tx, page, subject)),
        }],
        menu: vec![MenuEntry { path: "/rankings", key: "ranking-menu", permission: READ, order: 30 }],
        duties: vec![
            DutyLink { duty: Duty::RecordAnswer as i16, path: "/cases/{case}/offer" },
            DutyLink { duty: Duty::ProposeRanking as i16, path: "/rankings/new" },
        ],
        moves: vec![
            Move::OfCase("update ranking_candidate set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update offer_answer set office = $2 where person_id = $1 and case_id = $3"),
        ],
        daily: vec![Daily { name: "offers", run: |app| Box::pin(lapse::run(app)) }],
        ..Slice::default()
    }
}

fn routes() -> Vec<Route> {
    vec![
        Route::page("/rankings", READ, list::get),
        Route::page("/rankings/new", PROPOSE, propose::get),
        Route::form("/rankings", PROPOSE, propose::post)
            .sample(Sample::find(POOL).fields(&[("pool", "office-{office}"), ("places", "1")])),
        Route::page("/rankings/{run}", READ, show::get).sample(Sample::find(RUN)),
        Route::page("/rankings/{run}/replay", READ, replay::get).sample(Sample::find(RUN)),
        Route::file("/rankings/{run}/list", READ, replay::get_list).sample(Sample::find(RUN)),
        Route::form("/rankings/{run}/approval", APPROVE, approve::post).sample(Sample::find(OPEN_RUN)),
        Route::form("/rankings/{run}/return", APPROVE, approve::post_return)
            .sample(Sample::find(OPEN_RUN).fields(&[("reason", "Two people are missing from the list")])),
        Route::form("/rankings/{run}/calls", ANSWER, reserve::post_call).sample(Sample::find(VACANT_RUN)),
        Route::page("/reserve", READ, reserve::get),
        Route::page("/quotas", READ, meters::get),
        Route::page("/cases/{case}/offer", ANSWER, offer::get).sample(Sample::find(OFFER)),
        Route::form("/cases/{case}/offer", ANSWER, offer::post).sample(Sample::find(OFFER).fields(&[("answer", "accepted")])),
    ]
}

/// An office with people who wait and no list that does.
const POOL: &str = "
    select f.office
    from case_file f
    where f.stage = 3
    and not f.suspended
    and not exists (
        select from ranking_run r
        where r.approved_at is null
        and r.returned_at is null
        and f.office = any (r.offices))
    group by f.office
    order by count(*) desc, f.office
    limit 1";

const RUN: &str = "
    select run_id as run, office
    from ranking_run
    order by proposed_at desc, run_id
    limit 1";

/// A list that waits, with somebody selected on it who is still eligible.
const OPEN_RUN: &str = "
    select r.run_id as run, r.office
    from ranking_run r
    where r.approved_at is null
    and r.returned_at is null
    and exists (
        select from ranking_candidate c
        join case_file f using (person_id, case_id)
        where c.run_id = r.run_id
        and c.outcome = 1
        and f.stage = 3
        and not f.suspended)
    order by r.proposed_at, r.run_id
    limit 1";

/// A list with a place that nobody holds, and somebody in reserve whom no cap concerns.
const VACANT_RUN: &str = "
    select r.run_id as run, r.office
    from ranking_run r
    join ranking_candidate c using (run_id)
    join case_file f using (person_id, case_id)
    join case_milestone m using (person_id, case_id)
    where c.approved_by is not null
    group by r.run_id, r.office, r.selected, r.approved_at
    having count(*) filter (
        where (c.outcome = 1 or c.called_on is not null)
        and not c.fell_out
        and (m.closed_on is null or m.contracted_on is not null)) < r.selected
    and count(*) filter (
        where c.outcome = 2 and c.called_on is null and f.stage = 6 and not f.suspended and not c.landholder) > 0
    order by r.approved_at desc, r.run_id
    limit 1";

/// An offer to somebody whom no cap concerns.
const OFFER: &str = "
    select f.case_id as case, f.office, f.version
    from case_file f
    join case_milestone m using (person_id, case_id)
    where f.stage = 5
    and m.basis = 1
    and not f.suspended
    order by f.opened_on, f.case_id
    limit 1";
