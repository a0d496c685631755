//! Equipment piece by piece: received with its serial number, handed over by an act, mended, lost, returned, owned.

mod act;
mod deliver;
mod hand_over;
mod lose;
mod mend;
mod piece;
mod progress;
mod recover;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod serial;
mod show;
mod stock;
pub mod store;
mod waiting;

pub use hand_over::CONDITIONS;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, MenuEntry, Move, Panel, Place, Progress, QueuePart, Slice},
};
use registry::case::Duty;
use values::id::{AssetId, CaseId};

/// Who reads what a case was given.
pub const READ: Permission = Permission::new(
    "assets.read",
    &[Role::Officer, Role::OfficeHead, Role::Procurement, Role::Storekeeper, Role::Monitor, Role::Manager, Role::Auditor],
);

/// Who keeps a store: receives, hands over, replaces and takes back.
pub const STORE: Permission = Permission::new("assets.store", &[Role::Storekeeper]);

/// Who reads what lies in the stores.
pub const STOCK: Permission =
    Permission::new("assets.stock", &[Role::Storekeeper, Role::Procurement, Role::OfficeHead, Role::Manager, Role::Auditor]);

/// Who writes down that a piece is faulty.
pub const FAULT: Permission = Permission::new("assets.fault", &[Role::Officer, Role::Monitor, Role::Storekeeper]);

/// Who writes down that a piece is lost.
pub const LOSS: Permission = Permission::new("assets.loss", &[Role::Officer]);

pub(crate) const RECEIVED: EntryKind = EntryKind::new(620, "goods.received");
pub(crate) const HANDED: EntryKind = EntryKind::new(621, "handover.recorded");
pub(crate) const FAULTY: EntryKind = EntryKind::new(622, "asset.faulty");
pub(crate) const REPLACED: EntryKind = EntryKind::new(623, "asset.replaced");
pub(crate) const LOST: EntryKind = EntryKind::new(624, "asset.lost");

/// The pieces of a case.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/assets")
}

/// One act on one piece.
pub(crate) fn piece_link(case: CaseId, asset: AssetId, act: &str) -> String {
    format!("/cases/{case}/assets/{asset}/{act}")
}

const EXPECTED: &str = "
    select o.order_id as order, o.office, l.case_id as case, l.line
    from supply_order o
    join order_line l using (order_id)
    where o.approved_at is not null
    and l.received < l.quantity
    limit 1";
const GIVEN: &str = "select case_id as case, office from asset limit 1";
const IN_STOCK: &str = "
    select a.case_id as case, a.office, a.asset_id as asset, to_char(a.received_at, 'YYYY-MM-DD') as day
    from asset a
    join case_file f using (person_id, case_id)
    where a.state = 1
    and a.award_id is null
    and f.stage = 20
    order by a.received_at
    limit 1";
const IN_USE: &str = "
    select a.case_id as case, a.office, a.asset_id as asset, to_char(a.handed_over_on, 'YYYY-MM-DD') as day
    from asset a
    join case_file f using (person_id, case_id)
    where a.state = 2
    and f.stage in (21, 22)
    order by a.handed_over_on desc
    limit 1";
const BROKEN: &str = "
    select a.case_id as case, a.office, a.asset_id as asset
    from asset a
    where a.state in (4, 9)
    and not exists (select from asset r where r.replaces = a.asset_id)
    limit 1";
const TO_RECOVER: &str = "
    select f.case_id as case, f.office
    from case_file f
    where f.stage = 26
    and exists (select from asset a where a.case_id = f.case_id)
    limit 1";
const HANDED_OVER: &str = "select case_id as case, handover_id as handover, office from handover limit 1";

fn routes() -> Vec<Route> {
    vec![
        Route::page("/orders/{order}/delivery", STORE, deliver::get).sample(Sample::find(EXPECTED)),
        Route::form("/orders/{order}/delivery", STORE, deliver::post)
            .sample(Sample::find(EXPECTED).fields(&[("serial-{case}-{line}-1", "AZ-SINAQ-0001")])),
        Route::page("/stock", STOCK, stock::get),
        Route::page("/cases/{case}/assets", READ, show::get).sample(Sample::find(GIVEN)),
        Route::page("/cases/{case}/handover", STORE, hand_over::get).sample(Sample::find(IN_STOCK)),
        Route::form("/cases/{case}/handover", STORE, hand_over::post).sample(Sample::find(IN_STOCK).fields(&[
            ("happened_on", "{day}"),
            ("time", "12:00"),
            ("place", "Sumqayıt, Nizami küçəsi 14"),
            ("witness", "Könül Əhmədova"),
            ("take-{asset}", "accepted"),
            ("condition-{asset}", "1"),
            ("confirmed", "yes"),
        ])),
        Route::file("/cases/{case}/handovers/{handover}", READ, act::get).sample(Sample::find(HANDED_OVER)),
        Route::page("/cases/{case}/assets/{asset}/fault", FAULT, mend::get_fault).sample(Sample::find(IN_USE)),
        Route::form("/cases/{case}/assets/{asset}/fault", FAULT, mend::post_fault)
            .sample(Sample::find(IN_USE).fields(&[("fault", "Mühərrik işə düşmür"), ("found_on", "{day}")])),
        Route::page("/cases/{case}/assets/{asset}/replacement", STORE, mend::get).sample(Sample::find(BROKEN)),
        Route::form("/cases/{case}/assets/{asset}/replacement", STORE, mend::post)
            .sample(Sample::find(BROKEN).fields(&[("serial", "AZ-SINAQ-0002")])),
        Route::page("/cases/{case}/assets/{asset}/loss", LOSS, lose::get).sample(Sample::find(IN_USE)),
        Route::form("/cases/{case}/assets/{asset}/loss", LOSS, lose::post).sample(Sample::find(IN_USE).fields(&[
            ("happened_on", "{day}"),
            ("cause", "theft"),
            ("finding", "replace"),
            ("record", "Polis idarəsi, arayış 12/4"),
        ])),
        Route::page("/cases/{case}/recovery", STORE, recover::get).sample(Sample::find(TO_RECOVER)),
        Route::form("/cases/{case}/recovery", STORE, recover::post).sample(Sample::find(TO_RECOVER).fields(&[
            ("all", "returned"),
            ("value", "900"),
            ("place", "Anbar 2"),
        ])),
    ]
}

const MOVE_HANDOVER_ITEMS: &str = "
    update handover_item i
    set office = $2
    from handover h
    where i.person_id = $1
    and h.person_id = i.person_id
    and h.handover_id = i.handover_id
    and h.case_id = $3";

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "asset",
        routes: routes(),
        queue: vec![QueuePart { roles: &[Role::Storekeeper], list: |tx, page, limit| Box::pin(waiting::list(tx, page, limit)) }],
        panels: vec![Panel {
            place: Place::Case,
            key: "asset-panel",
            order: 65,
            draw: |tx, page, subject| Box::pin(show::panel(tx, page, subject)),
        }],
        menu: vec![MenuEntry { path: "/stock", key: "asset-stock", permission: STOCK, order: 62 }],
        duties: vec![
            DutyLink { duty: Duty::HandOver as i16, path: "/cases/{case}/handover" },
            DutyLink { duty: Duty::Recover as i16, path: "/cases/{case}/recovery" },
        ],
        progress: vec![
            Progress {
                duty: Duty::Order as i16,
                look: |tx, page, subject| Box::pin(progress::of_order(tx, page, subject)),
                elsewhere: None,
            },
            Progress {
                duty: Duty::HandOver as i16,
                look: |tx, page, subject| Box::pin(progress::of_handover(tx, page, subject)),
                elsewhere: Some(progress::NOTHING_IN_STORE),
            },
        ],
        moves: vec![
            Move::OfCase("update asset set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update handover set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase(MOVE_HANDOVER_ITEMS),
        ],
        ..Slice::default()
    }
}
