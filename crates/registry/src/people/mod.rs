//! People: registered once, searched first, shown on a page that every later slice adds its part to.

mod act;
mod changes;
pub mod codes;
mod correct;
pub mod desk;
mod form;
mod history;
pub mod import;
mod list;
mod protected;
pub mod reads;
mod register;
pub mod search;
mod show;
pub mod store;
pub mod types;
mod words;

use act::Act;
use axum::extract::{Path, State};
use platform::{
    app::App,
    form::Posted,
    journal::EntryKind,
    request::Page,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{MenuEntry, Move, Slice},
};
use values::id::PersonId;

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

/// Who may change what is written about a person.
pub const CHANGE: Permission = Permission::new("people.change", &[Role::Officer]);

/// Who may open protected fields, with a reason.
pub const REVEAL: Permission = Permission::new(
    "people.reveal",
    &[Role::Officer, Role::Counsellor, Role::OfficeHead, Role::Grievance, Role::Manager, Role::Auditor],
);

/// Journaled when a person is registered, by whatever way: facts `office`, `source`, `reg_no`.
pub const REGISTERED: EntryKind = EntryKind::new(301, "person.registered");
pub(crate) const CORRECTED: EntryKind = EntryKind::new(302, "person.corrected");
pub(crate) const REVEALED: EntryKind = EntryKind::new(303, "person.revealed");
pub(crate) const FIN_VERIFIED: EntryKind = EntryKind::new(304, "fin.verified");
pub(crate) const FIN_REFERRED: EntryKind = EntryKind::new(305, "fin.referred");
pub(crate) const GROUP_JOINED: EntryKind = EntryKind::new(306, "group.joined");
pub(crate) const GROUP_LEFT: EntryKind = EntryKind::new(307, "group.left");
pub(crate) const SPELL_BEGUN: EntryKind = EntryKind::new(308, "spell.begun");
pub(crate) const SPELL_ENDED: EntryKind = EntryKind::new(309, "spell.ended");
pub(crate) const IMPORTED: EntryKind = EntryKind::new(310, "people.imported");
pub(crate) const HOUSEHOLD_CHANGED: EntryKind = EntryKind::new(311, "household.changed");
pub(crate) const CONSENT_GIVEN: EntryKind = EntryKind::new(312, "consent.given");
pub(crate) const CONSENT_WITHDRAWN: EntryKind = EntryKind::new(313, "consent.withdrawn");
/// An officer has seen those who look like the person and says that it is somebody else: facts `people`, how many, and
/// `from`, who they are, sealed.
pub(crate) const DIFFERENT: EntryKind = EntryKind::new(314, "person.different");
/// An officer of another office was told that the person is registered here.
pub(crate) const TOLD_ELSEWHERE: EntryKind = EntryKind::new(315, "person.told_elsewhere");

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "people",
        routes: routes(),
        menu: vec![MenuEntry { path: "/people", key: "people-menu", permission: READ, order: 10 }],
        moves: [
            "update person set office = $2 where person_id = $1",
            "update person_word set office = $2 where person_id = $1",
            "update duplicate_referral set office = $2 where person_id = $1",
            "update unemployment_spell set office = $2 where person_id = $1",
            "update person_group set office = $2 where person_id = $1",
            "update household_member set office = $2 where person_id = $1",
            "update consent set office = $2 where person_id = $1",
        ]
        .map(Move::OfPerson)
        .to_vec(),
        ..Slice::default()
    }
}

const SOMEBODY: Sample = Sample::find("select person_id as person, office, version from person limit 1");

fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::page("/people", READ, list::get).sample(Sample::NONE.query("q=al&sex=F&order=registered")),
        Route::form("/people/lookups", READ, list::post).sample(Sample::NONE.fields(&[("q", "Şəki")])),
        Route::page("/people/new", REGISTER, register::get),
        Route::form("/people", REGISTER, register::post).sample(Sample::NONE.fields(NEWCOMER)),
        Route::page("/people/{person}", READ, show::get).sample(SOMEBODY),
        Route::page("/people/{person}/correction", CHANGE, correct::get).sample(SOMEBODY),
        Route::form("/people/{person}/correction", CHANGE, correct::post).sample(SOMEBODY.fields(CORRECTION)),
        Route::page("/people/{person}/protected", REVEAL, protected::get).sample(SOMEBODY),
        Route::form("/people/{person}/protected", REVEAL, protected::post)
            .sample(SOMEBODY.fields(&[("reason", "called about the course")])),
    ];
    routes.extend(acts());
    routes
}

/// The fields with which a route's sample registers somebody.
const NEWCOMER: &[(&str, &str)] = &[
    ("surname", "Quliyeva"),
    ("given_name", "Sevda"),
    ("patronymic", "Rauf"),
    ("sex", "F"),
    ("birth_date", "1990-04-12"),
    ("residence", "SAK"),
    ("education", "SECONDARY"),
    ("basis", "unemployed"),
    ("unemployed_since", "2020-06-01"),
    ("consent", "yes"),
];

const CORRECTION: &[(&str, &str)] = &[
    ("surname", "Quliyeva"),
    ("given_name", "Sevda"),
    ("patronymic", "Rauf"),
    ("sex", "F"),
    ("birth_date", "1990-04-21"),
    ("residence", "SAK"),
    ("address", "Nizami küçəsi 7"),
    ("education", "VOCATIONAL"),
    ("reason", "seen on the identity card"),
];

/// The small acts on a person, each with somebody on whom it may be done.
fn acts() -> Vec<Route> {
    const UNGROUPED: Sample = Sample::find(
        "select p.person_id as person, p.office, p.version
        from person p
        where not exists (select from person_group g where g.person_id = p.person_id and g.code = 'WAR_PARTICIPANT')
        limit 1",
    );
    const UNEMPLOYED: Sample = Sample::find(
        "select p.person_id as person, p.office, p.version, s.begun_on::text as begun
        from person p join unemployment_spell s using (person_id)
        where s.ended_on is null
        limit 1",
    );
    const PRIVATE: Sample = Sample::find(
        "select p.person_id as person, p.office, p.version
        from person p
        where not exists (select from consent c where c.person_id = p.person_id and c.kind = 'PHOTO_VIDEO')
        limit 1",
    );
    const UNKNOWN: Sample =
        Sample::find("select person_id as person, office, version from person where fin_lookup is null limit 1");
    [
        act_routes(
            "/people/{person}/groups",
            &act::GROUPS,
            UNGROUPED.fields(&[
                ("group-1-code", "WAR_PARTICIPANT"),
                ("group-1-evidence", "certificate 1204"),
                ("reason", "certificate shown"),
            ]),
        ),
        act_routes(
            "/people/{person}/spells",
            &act::SPELLS,
            UNEMPLOYED.fields(&[("ended_on", "{begun}"), ("reason", "found work")]),
        ),
        act_routes(
            "/people/{person}/household",
            &act::HOUSEHOLD,
            SOMEBODY.fields(&[("member-1-name", "Quliyev Rauf"), ("member-1-relation", "CHILD"), ("reason", "a child was born")]),
        ),
        act_routes(
            "/people/{person}/consents",
            &act::CONSENTS,
            PRIVATE.fields(&[("give", "PHOTO_VIDEO"), ("reason", "signed today")]),
        ),
        act_routes(
            "/people/{person}/fin",
            &act::FIN,
            UNKNOWN.fields(&[("fin", "5ABC1D2"), ("fin_source", "identity card"), ("reason", "identity card seen")]),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn act_routes(path: &'static str, act: &'static Act, sample: Sample) -> [Route; 2] {
    let get = move |app: State<App>, page: Page, Path(id): Path<PersonId>| act::get(act, app, page, id);
    let post = move |app: State<App>, page: Page, Path(id): Path<PersonId>, form: Posted| act::post(act, app, page, id, form);
    [Route::page(path, CHANGE, get).sample(sample), Route::form(path, CHANGE, post).sample(sample)]
}

/// The page of a person.
pub fn link(person: PersonId) -> String {
    format!("/people/{person}")
}
