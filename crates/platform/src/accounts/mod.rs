//! Accounts: each belongs to one natural person, holds roles at offices, and is closed the moment rights change.

mod close;
mod list;
mod open;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod store;

use crate::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{MenuEntry, Slice},
};

/// Who keeps the accounts.
pub const KEEP: Permission = Permission::new("accounts.keep", &[Role::Administrator]);

pub(crate) const OPENED: EntryKind = EntryKind::new(1011, "account.opened");
pub(crate) const CLOSED: EntryKind = EntryKind::new(1012, "account.closed");

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    const SOMEBODY: &str =
        "select officer_id as officer_closed from officer where demo_card is null and disabled_on is null limit 1";
    Slice {
        name: "accounts",
        routes: vec![
            Route::page("/accounts", KEEP, list::get),
            Route::page("/accounts/new", KEEP, open::get),
            Route::form("/accounts", KEEP, open::post).sample(Sample::NONE.fields(&[
                ("name", "Səmayə Quluzadə"),
                ("login", "semaye.quluzade"),
                ("password", "qırmızı qatar yavaş gedir"),
                ("role", "bank"),
                ("office", "0"),
            ])),
            Route::page("/accounts/{officer_closed}/closing", KEEP, close::get).sample(Sample::find(SOMEBODY)),
            Route::form("/accounts/{officer_closed}/closing", KEEP, close::post)
                .sample(Sample::find(SOMEBODY).fields(&[("reason", "işdən ayrılıb")])),
        ],
        menu: vec![MenuEntry { path: "/accounts", key: "accounts-menu", permission: KEEP, order: 98 }],
        ..Slice::default()
    }
}
