//! Seats filled together: the free seats of an office's cohorts are proposed for those who wait by an allocation that
//! anybody can replay, and a second person confirms. A case trains at its own office, so each office fills its own.

mod confirm;
mod gather;
mod list;
mod propose;
mod refusal;
mod replay;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod show;
mod store;
mod types;

use super::{OPEN, READ};
use platform::{
    journal::EntryKind,
    route::{Route, Sample},
    slice::{Move, QueuePart},
};
use values::id::SeatRunId;

pub use propose::propose_at;

const PROPOSED: EntryKind = EntryKind::new(504, "seats.proposed");
const CONFIRMED: EntryKind = EntryKind::new(505, "seats.confirmed");
const RETURNED: EntryKind = EntryKind::new(506, "seats.returned");

/// What moves with a case.
pub const MOVE: Move = Move::OfCase("update seat_candidate set office = $2 where person_id = $1 and case_id = $3");

fn link(run: SeatRunId) -> String {
    format!("/seats/{run}")
}

/// An office with people who wait, a cohort to come with room for them, and no proposal that waits.
const READY: &str = "
    select f.office
    from case_file f
    join cohort c using (office)
    where f.stage = 7
    and not f.suspended
    and c.closed_on is null
    and c.taken < c.seats
    and c.starts_on >= (select max(held_on) from cohort_session where marked_on is not null)
    and not exists (
        select from seat_run r
        where r.office = f.office
        and r.confirmed_at is null
        and r.returned_at is null)
    group by f.office
    order by count(*) desc, f.office
    limit 1";

const SOME: &str = "
    select run_id as run, office
    from seat_run
    order by proposed_at desc
    limit 1";

const WAITING: &str = "
    select r.run_id as run, r.office, o.officer_id as officer
    from seat_run r
    join officer_role o on r.office = any (o.offices) and o.role in (3, 4) and o.officer_id <> r.proposed_by
    where r.confirmed_at is null
    and r.returned_at is null
    order by r.proposed_at
    limit 1";

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page("/seats", READ, list::get),
        Route::page("/seats/new", OPEN, propose::get),
        Route::form("/seats", OPEN, propose::post).sample(Sample::find(READY).fields(&[("office", "{office}")])),
        Route::page("/seats/{run}", READ, show::get).sample(Sample::find(SOME)),
        Route::page("/seats/{run}/replay", READ, replay::get).sample(Sample::find(SOME)),
        Route::form("/seats/{run}/confirmation", OPEN, confirm::post).sample(Sample::find(WAITING)),
        Route::form("/seats/{run}/return", OPEN, confirm::post_return)
            .sample(Sample::find(WAITING).fields(&[("reason", "Two people asked for the later course")])),
    ]
}

pub(super) fn queue() -> Vec<QueuePart> {
    list::queue()
}
