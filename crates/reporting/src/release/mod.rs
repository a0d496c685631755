//! Releases: reports frozen for the public, proposed by one person and approved by another. Whoever speaks for the
//! programme sees these figures and no others.

mod approve;
mod list;
mod propose;
mod show;
pub mod store;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{MenuEntry, QueuePart, Slice},
};
use uuid::Uuid;

/// Who may read released figures.
pub const READ: Permission =
    Permission::new("releases.read", &[Role::Communications, Role::Results, Role::Manager, Role::Bank, Role::Auditor]);

/// Who may see a release before it is approved, and propose one.
pub const PROPOSE: Permission = Permission::new("releases.propose", &[Role::Results]);

/// Who may approve one that somebody else proposed.
pub const APPROVE: Permission = Permission::new("releases.approve", &[Role::Manager]);

/// A report was frozen.
pub const PROPOSED: EntryKind = EntryKind::new(803, "release.proposed");
/// A frozen report was let out.
pub const APPROVED: EntryKind = EntryKind::new(804, "release.approved");

/// The page of a release.
pub fn link(release: Uuid) -> String {
    format!("/releases/{release}")
}

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    const PUBLISHED: &str = "select release_id as release from release where approved_at is not null limit 1";
    const WAITING: &str = "select release_id as release from release where approved_at is null limit 1";
    Slice {
        name: "release",
        routes: vec![
            Route::page("/releases", READ, list::get),
            Route::form("/releases", PROPOSE, propose::post).sample(Sample::NONE.fields(&[("as_of", "2024-06-30")])),
            Route::page("/releases/{release}", READ, show::get).sample(Sample::find(PUBLISHED)),
            Route::form("/releases/{release}/approval", APPROVE, approve::post).sample(Sample::find(WAITING)),
        ],
        queue: vec![
            QueuePart { roles: &[Role::Manager], list: |tx, page, limit| Box::pin(list::waiting(tx, page, limit)) },
            QueuePart { roles: &[Role::Results], list: |tx, page, _| Box::pin(list::missing(tx, page)) },
        ],
        menu: vec![MenuEntry { path: "/releases", key: "release-menu", permission: READ, order: 94 }],
        ..Slice::default()
    }
}
