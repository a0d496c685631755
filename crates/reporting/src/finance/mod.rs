//! Finance: what was granted, contracted and handed over, by phase and funding source, as of a day.

mod page;
pub mod store;

use platform::{
    role::{Permission, Role},
    route::Route,
    slice::{MenuEntry, Slice},
};

/// Who may see where the money went.
pub const READ: Permission = Permission::new("finance.read", &[Role::Finance, Role::Manager, Role::Bank, Role::Auditor]);

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "finance",
        routes: vec![Route::page("/finance", READ, page::get)],
        menu: vec![MenuEntry { path: "/finance", key: "finance-menu", permission: READ, order: 92 }],
        ..Slice::default()
    }
}
