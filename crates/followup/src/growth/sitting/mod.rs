//! Sittings of the award commission: called by the secretary, voted on by members who see no names, closed within the money
//! of the round.

mod call;
mod close;
mod minutes;
mod show;
pub mod store;
mod vote;
pub(super) mod waiting;

pub(super) use show::list;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
};
use values::id::SittingId;

/// Who calls and closes sittings.
pub const RUN: Permission = Permission::new("award_sittings.run", &[Role::Secretary]);

/// Who votes.
pub const VOTE: Permission = Permission::new("award_sittings.vote", &[Role::Member]);

/// Who reads them.
pub const READ: Permission =
    Permission::new("award_sittings.read", &[Role::Secretary, Role::Member, Role::Manager, Role::Finance, Role::Auditor]);

const CALLED: EntryKind = EntryKind::new(748, "award_sitting.called");
const VOTED: EntryKind = EntryKind::new(749, "award_votes.cast");
const CLOSED: EntryKind = EntryKind::new(750, "award_sitting.closed");
const DECIDED: EntryKind = EntryKind::new(751, "award.decided");

/// The page of a sitting.
pub fn link(sitting: SittingId) -> String {
    format!("/award-sittings/{sitting}")
}

pub(super) fn routes() -> Vec<Route> {
    const READY: &str = "
        select a.round_id as round, min(a.award_id::text) as award, (select officer_id from officer_role where role = 7
            order by officer_id limit 1) as one, (select officer_id from officer_role where role = 7
            order by officer_id desc limit 1) as other, current_date + 3000 as day
        from award a
        join award_round r using (round_id)
        where a.state = 3
        and r.approved
        and not exists (select from award_item i join award_sitting s using (sitting_id)
            where i.award_id = a.award_id and s.closed_at is null)
        group by a.round_id
        limit 1";
    const SOME: &str = "select sitting_id as sitting from award_sitting where closed_at is not null limit 1";
    const OPEN: &str = "
        select s.sitting_id as sitting, m.officer_id as officer, i.award_id as award
        from award_sitting s
        join award_sitting_member m using (sitting_id)
        join award_item i using (sitting_id)
        where s.closed_at is null
        limit 1";
    const TO_CLOSE: &str = "
        select s.sitting_id as sitting, m.officer_id as one, n.officer_id as other, o.officer_id as third
        from award_sitting s
        join lateral (select officer_id from award_sitting_member where sitting_id = s.sitting_id order by officer_id limit 1) m
            on true
        join lateral (select officer_id from award_sitting_member where sitting_id = s.sitting_id order by officer_id desc
            limit 1) n on true
        join lateral (select officer_id from award_sitting_member where sitting_id = s.sitting_id order by officer_id offset 1
            limit 1) o on true
        where s.closed_at is null
        order by s.sits_on
        limit 1";
    vec![
        Route::page("/award-sittings", READ, show::get_list),
        Route::page("/award-rounds/{round}/sittings/new", RUN, call::get).sample(Sample::find(READY)),
        Route::form("/award-rounds/{round}/sittings", RUN, call::post).sample(Sample::find(READY).fields(&[
            ("sits_on", "{day}"),
            ("place", "Bakı, Məşğulluq Agentliyi"),
            ("award", "{award}"),
            ("member", "{one}"),
            ("member", "{other}"),
            ("head", "{one}"),
        ])),
        Route::page("/award-sittings/{sitting}", READ, show::get).sample(Sample::find(SOME)),
        Route::file("/award-sittings/{sitting}/minutes.pdf", READ, minutes::get).sample(Sample::find(SOME)),
        Route::page("/award-sittings/{sitting}/votes", VOTE, vote::get).sample(Sample::find(OPEN)),
        Route::form("/award-sittings/{sitting}/votes", VOTE, vote::post)
            .sample(Sample::find(OPEN).fields(&[("vote-{award}", "for")])),
        Route::page("/award-sittings/{sitting}/closure", RUN, close::get).sample(Sample::find(TO_CLOSE)),
        Route::form("/award-sittings/{sitting}/closure", RUN, close::post).sample(Sample::find(TO_CLOSE).fields(&[
            ("present", "{one}"),
            ("present", "{other}"),
            ("present", "{third}"),
            ("rest", "put-off"),
            ("rest_reason", "Əlavə sənəd gözlənilir"),
        ])),
    ]
}
