//! Rounds of awards: opened by the programme's manager with money set aside, approved by a second person.

mod decide;
mod list;
mod open;
mod show;
pub mod store;

use super::READ;
use platform::{
    journal::EntryKind,
    page::{Tone, tag},
    request::Page,
    role::{Permission, Role},
    route::{Route, Sample},
};
use store::{Round, Standing};
use uuid::Uuid;

/// Who opens rounds.
pub const OPEN: Permission = Permission::new("award_rounds.open", &[Role::Manager]);

/// Who approves that money is set aside: never whoever opened.
pub const APPROVE: Permission = Permission::new("award_rounds.approve", &[Role::Manager, Role::Finance]);

/// Who reads rounds.
pub const READ_ROUNDS: Permission = Permission::new(
    "award_rounds.read",
    &[
        Role::Officer,
        Role::OfficeHead,
        Role::Secretary,
        Role::Procurement,
        Role::Storekeeper,
        Role::Monitor,
        Role::Adviser,
        Role::Manager,
        Role::Results,
        Role::Finance,
        Role::Auditor,
    ],
);

const PROPOSED: EntryKind = EntryKind::new(740, "award_round.proposed");
const DECIDED: EntryKind = EntryKind::new(741, "award_round.decided");

/// The page of a round.
pub fn link(round: Uuid) -> String {
    format!("/award-rounds/{round}")
}

/// How far a round is, as a tag.
fn standing_tag(page: &Page, round: &Round) -> maud::Markup {
    let (tone, key) = match round.standing(page.today) {
        Standing::Proposed => (Tone::Attention, "growth-round-proposed"),
        Standing::SentBack => (Tone::Neutral, "growth-round-sent-back"),
        Standing::Planned => (Tone::Info, "growth-round-planned"),
        Standing::Open => (Tone::Good, "growth-round-open"),
        Standing::Closed => (Tone::Neutral, "growth-round-closed"),
    };
    tag(tone, &page.t(key))
}

pub(super) fn routes() -> Vec<Route> {
    const SOME: &str = "select round_id as round from award_round where approved limit 1";
    const PROPOSED_ROUND: &str = "
        select a.round_id as round, r.officer_id as officer
        from award_round a
        join officer_role r on r.role in (14, 16) and r.officer_id <> a.proposed_by
        where a.decided_at is null
        order by r.role
        limit 1";
    debug_assert!(READ.roles.iter().all(|role| READ_ROUNDS.allows(*role)));
    vec![
        Route::page("/award-rounds", READ_ROUNDS, list::get),
        Route::page("/award-rounds/new", OPEN, open::get),
        Route::form("/award-rounds", OPEN, open::post).sample(Sample::NONE.fields(&[
            ("title", "Üçüncü dövrə"),
            ("opens_on", "2030-03-01"),
            ("closes_on", "2030-05-31"),
            ("rolling", "no"),
            ("budget", "500000"),
        ])),
        Route::page("/award-rounds/{round}", READ_ROUNDS, show::get).sample(Sample::find(SOME)),
        Route::page("/award-rounds/{round}/approval", APPROVE, decide::get).sample(Sample::find(PROPOSED_ROUND)),
        Route::form("/award-rounds/{round}/approval", APPROVE, decide::post)
            .sample(Sample::find(PROPOSED_ROUND).fields(&[("decision", "approve")])),
    ]
}
