//! People: registered once, searched first, shown on a page that every later slice adds its part to.

mod changes;
pub mod codes;
pub mod import;
mod list;
pub mod reads;
mod register;
pub mod search;
mod show;
pub mod store;
pub mod types;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{MenuEntry, Slice},
};

/// Who may see people: whoever works with cases in the open.
pub const READ: Permission = Permission::new(
    "people.read",
    &[
        Role::Officer,
        Role::Counsellor,
        Role::OfficeHead,
        Role::Trainer,
        Role::Environment,
        Role::Storekeeper,
        Role::Monitor,
        Role::Grievance,
        Role::Manager,
        Role::Auditor,
    ],
);

/// Who may register a person.
pub const REGISTER: Permission = Permission::new("people.register", &[Role::Officer]);

pub const REGISTERED: EntryKind = EntryKind::new(301, "person.registered");
pub(crate) const CORRECTED: EntryKind = EntryKind::new(302, "person.corrected");
pub(crate) const IMPORTED: EntryKind = EntryKind::new(310, "people.imported");

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    const SOME_PERSON: &str = "select person_id as person, office from person where source = 'office' limit 1";
    Slice {
        name: "people",
        routes: vec![
            Route::page("/people", READ, list::get),
            Route::page("/people/new", REGISTER, register::get),
            Route::form("/people", REGISTER, register::post).sample(Sample::NONE.fields(&[
                ("surname", "Quliyeva"),
                ("given_name", "Sevda"),
                ("patronymic", "Rauf"),
                ("sex", "F"),
                ("birth_date", "1990-04-12"),
                ("consent", "yes"),
            ])),
            Route::page("/people/{person}", READ, show::get).sample(Sample::find(SOME_PERSON)),
        ],
        menu: vec![MenuEntry { path: "/people", key: "people-menu", permission: READ, order: 10 }],
        ..Slice::default()
    }
}

/// The page of a person.
pub fn link(person: values::id::PersonId) -> String {
    format!("/people/{person}")
}
