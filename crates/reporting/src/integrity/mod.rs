//! Integrity: whether the journal is whole, and the checkpoints that left the database.

mod checkpoint;
mod page;
mod store;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::Route,
    slice::{MenuEntry, Slice},
};

/// Who may look into the journal's chains.
pub const READ: Permission = Permission::new("integrity.read", &[Role::Auditor, Role::Administrator, Role::Manager]);

/// Who may take a checkpoint out of the database.
pub const TAKE: Permission = Permission::new("integrity.take", &[Role::Auditor]);

pub(crate) const TAKEN: EntryKind = EntryKind::new(801, "checkpoint.taken");

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "integrity",
        routes: vec![
            Route::page("/integrity", READ, page::get),
            Route::form("/integrity/checkpoints", TAKE, checkpoint::post),
            Route::file("/integrity/checkpoints/{checkpoint}", READ, checkpoint::get)
                .sample(platform::route::Sample::find("select checkpoint_id as checkpoint from checkpoint limit 1")),
        ],
        menu: vec![MenuEntry { path: "/integrity", key: "integrity-menu", permission: READ, order: 96 }],
        ..Slice::default()
    }
}
