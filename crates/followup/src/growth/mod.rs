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
mod request;
pub mod round;
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
    route::{Route, Sample},
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

/// The page of an award.
pub fn link(award: AwardId) -> String {
    format!("/awards/{award}")
}

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "growth",
        routes: [round::routes(), routes(), scoring::routes(), sitting::routes(), contract::routes(), delivery::routes()]
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

fn routes() -> Vec<Route> {
    const MAY_APPLY: &str = "
        select f.case_id as case, f.office, r.round_id as round, (current_date + 4000) as day
        from case_file f
        join case_milestone m using (person_id, case_id)
        cross join award_round r
        where f.stage in (22, 27)
        and not f.suspended
        and m.received_on is not null
        and r.approved
        and r.opens_on <= (select max(lodged_at)::date from award)
        and r.closes_on > (select max(lodged_at)::date + 1 from award)
        and not exists (select from award a where a.case_id = f.case_id)
        order by m.received_on
        limit 1";
    const SOME: &str = "select award_id as award, office from award limit 1";
    const TO_CHECK: &str = "
        select a.award_id as award, a.office, r.officer_id as officer
        from award a
        join officer_role r on r.role = 1 and a.office = any (r.offices) and r.officer_id <> a.lodged_by
        where a.state = 1
        order by a.lodged_at
        limit 1";
    const OPEN: &str = "
        select award_id as award, office, to_char(lodged_at, 'YYYY-MM-DD') as day
        from award
        where state in (1, 2, 3)
        limit 1";
    const DECIDED: &str = "select award_id as award, office from award where decided_on is not null limit 1";
    const DELIVERED: &str = "select award_id as award, office from award where state = 6 limit 1";
    const TO_CLOSE: &str = "
        select a.award_id as award, a.office, r.officer_id as officer
        from award a
        join award_contract c using (person_id, award_id)
        join award_account t using (person_id, award_id)
        join officer_role r on r.role = 3 and a.office = any (r.offices) and r.officer_id <> t.accounted_by
        where a.state = 7
        order by c.ends_on
        limit 1";
    vec![
        Route::page("/awards", READ, list::get),
        Route::page("/cases/{case}/award", APPLY, lodge::get).sample(Sample::find(MAY_APPLY)),
        Route::form("/cases/{case}/award", APPLY, lodge::post).sample(Sample::find(MAY_APPLY).fields(&[
            ("round", "{round}"),
            ("plan", "İkinci iş yeri açmaq və sifarişləri vaxtında çatdırmaq"),
            ("market", "Qonşu məktəblər və toy salonları, aylıq otuz sifariş"),
            ("sales_now", "900"),
            ("sales_after", "1500"),
            ("jobs", "1"),
            ("jobs_by", "{day}"),
            ("quote-1", "Sənaye tikiş maşını"),
            ("quoted_by-1", "Texnika MMC, qiymət təklifi 14"),
            ("quote_quantity-1", "2"),
            ("quote_price-1", "2000"),
            ("own_share", "700"),
            ("own_proof", "bank"),
            ("own_paper", "Bank arayışı 221"),
            ("insists", "yes"),
        ])),
        Route::page("/awards/{award}", READ, show::get).sample(Sample::find(SOME)),
        Route::page("/awards/{award}/check", CHECK, check::get).sample(Sample::find(TO_CHECK)),
        Route::form("/awards/{award}/check", CHECK, check::post)
            .sample(Sample::find(TO_CHECK).fields(&[("proof", "shown"), ("papers_seen", "Bank arayışı və iki qiymət təklifi")])),
        Route::page("/awards/{award}/help", HELP, help::get).sample(Sample::find(OPEN)),
        Route::form("/awards/{award}/help", HELP, help::post).sample(Sample::find(OPEN).fields(&[
            ("helped_on", "{day}"),
            ("minutes", "90"),
            ("done", "Aylıq satış hesabı birlikdə quruldu"),
        ])),
        Route::page("/awards/{award}/withdrawal", APPLY, help::get_withdrawal).sample(Sample::find(OPEN)),
        Route::form("/awards/{award}/withdrawal", APPLY, help::withdraw)
            .sample(Sample::find(OPEN).fields(&[("why", "Başqa yerdən vəsait tapdım")])),
        Route::file("/awards/{award}/decision.pdf", READ, letter::get).sample(Sample::find(DECIDED)),
        Route::page("/awards/{award}/account", ACCOUNT, account::get).sample(Sample::find(DELIVERED)),
        Route::form("/awards/{award}/account", ACCOUNT, account::post).sample(Sample::find(DELIVERED).fields(&[
            ("own_spent", "720"),
            ("receipts", "Kassa çekləri 14, 15"),
            ("jobs_made", "1"),
            ("sales", "1300"),
            ("finding", "Yeni maşınlar işləyir, bir işçi götürülüb"),
            ("seen", "yes"),
        ])),
        Route::page("/awards/{award}/closure", CLOSE, account::get_closure).sample(Sample::find(TO_CLOSE)),
        Route::form("/awards/{award}/closure", CLOSE, account::close)
            .sample(Sample::find(TO_CLOSE).fields(&[("confirmed", "yes")])),
    ]
}
