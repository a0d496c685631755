//! Incentive awards beside the case: rounds with their money, applications judged by rules and blind scores, decided by a
//! commission, each with its own contract, delivery and account.

pub mod account;
mod check;
pub mod contract;
pub mod delivery;
pub mod gather;
mod help;
mod letter;
mod list;
pub mod lodge;
pub mod refusal;
mod request;
pub mod round;
mod routes;
pub mod rules;
#[cfg(test)]
mod rules_tests;
pub mod scoring;
mod show;
pub mod sitting;
pub mod state;
pub mod store;
mod waiting;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    slice::{MenuEntry, Move, Panel, Place, Slice},
};
use values::id::AwardId;

/// Who may read applications: never those who judge them blind.
pub const READ: Permission = Permission::new(
    "awards.read",
    &[
        Role::Officer,
        Role::OfficeHead,
        Role::Secretary,
        Role::Procurement,
        Role::Storekeeper,
        Role::Monitor,
        Role::Adviser,
        Role::Manager,
        Role::Auditor,
    ],
);

/// Who writes applications down, and takes them back for the person.
pub const APPLY: Permission = Permission::new("awards.apply", &[Role::Officer, Role::Adviser]);

/// Who checks them: never whoever lodged.
pub const CHECK: Permission = Permission::new("awards.check", &[Role::Officer]);

/// Who writes down the help given.
pub const HELP: Permission = Permission::new("awards.help", &[Role::Adviser]);

/// Who draws up contracts on awards.
pub const PREPARE: Permission = Permission::new("awards.contract", &[Role::Officer]);

/// Who signs them for the office.
pub const SIGN: Permission = Permission::new("awards.sign", &[Role::OfficeHead]);

/// Who orders what awards give.
pub const ORDER: Permission = Permission::new("awards.order", &[Role::Procurement]);

/// Who hands it over.
pub const DELIVER: Permission = Permission::new("awards.deliver", &[Role::Storekeeper]);

/// Who writes down what became of an award.
pub const ACCOUNT: Permission = Permission::new("awards.account", &[Role::Officer, Role::Monitor]);

/// Who closes it: never whoever accounted.
pub const CLOSE: Permission = Permission::new("awards.close", &[Role::OfficeHead]);

const LODGED: EntryKind = EntryKind::new(742, "award.lodged");
const CHECKED: EntryKind = EntryKind::new(743, "award.checked");
const HELPED: EntryKind = EntryKind::new(744, "award.helped");
const WITHDRAWN: EntryKind = EntryKind::new(756, "award.withdrawn");
const ACCOUNTED: EntryKind = EntryKind::new(757, "award.accounted");
const CLOSED: EntryKind = EntryKind::new(758, "award.closed");
const REFUSAL_OVERTURNED: EntryKind = EntryKind::new(759, "award.refusal_overturned");

/// The page of an award.
pub fn link(award: AwardId) -> String {
    format!("/awards/{award}")
}

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "growth",
        routes: [round::routes(), routes::all(), scoring::routes(), sitting::routes(), contract::routes(), delivery::routes()]
            .into_iter()
            .flatten()
            .collect(),
        queue: waiting::parts(),
        panels: vec![Panel {
            place: Place::Case,
            key: "growth-panel",
            order: 80,
            draw: |tx, page, subject| Box::pin(show::panel(tx, page, subject)),
        }],
        menu: vec![
            MenuEntry { path: "/awards", key: "growth-menu", permission: READ, order: 66 },
            MenuEntry { path: "/award-sittings", key: "growth-sittings-menu", permission: sitting::VOTE, order: 41 },
            MenuEntry { path: "/award-rounds", key: "growth-rounds", permission: ROUNDS_ONLY, order: 66 },
        ],
        moves: vec![
            Move::OfCase("update award set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update award_line set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update award_help set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update award_score set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update award_item set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update award_contract set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update award_delivery set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update award_account set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase(MOVE_VOTES),
            Move::OfCase(MOVE_DELIVERY_ITEMS),
        ],
        ..Slice::default()
    }
}

const MOVE_VOTES: &str = "
    update award_vote v
    set office = $2
    from award a
    where v.person_id = $1
    and a.person_id = v.person_id
    and a.award_id = v.award_id
    and a.case_id = $3";

const MOVE_DELIVERY_ITEMS: &str = "
    update award_delivery_item i
    set office = $2
    from award_delivery d
    where i.person_id = $1
    and d.person_id = i.person_id
    and d.delivery_id = i.delivery_id
    and d.case_id = $3";

/// Those who read rounds but no applications find them in the menu.
const ROUNDS_ONLY: Permission = Permission::new("award_rounds.menu", &[Role::Results, Role::Finance]);
