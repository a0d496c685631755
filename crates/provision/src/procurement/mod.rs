//! Suppliers and orders to them: one order for many signed contracts of an office, approved by a second person.

mod decide;
mod list;
mod place;
pub(crate) mod progress;
pub mod rules;
#[cfg(test)]
mod rules_tests;
mod show;
pub mod store;
mod suppliers;
mod waiting;

pub(crate) use list::office_name;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, MenuEntry, Move, Progress, QueuePart, Slice},
};
use registry::case::Duty;
use values::id::OrderId;

/// Who reads orders.
pub const READ: Permission =
    Permission::new("orders.read", &[Role::Procurement, Role::Storekeeper, Role::OfficeHead, Role::Manager, Role::Auditor]);

/// Who places orders, and decides those of a colleague.
pub const ORDER: Permission = Permission::new("orders.place", &[Role::Procurement]);

pub(crate) const SUPPLIER_ADDED: EntryKind = EntryKind::new(610, "supplier.added");
pub(crate) const PLACED: EntryKind = EntryKind::new(611, "order.placed");
pub(crate) const APPROVED: EntryKind = EntryKind::new(612, "order.approved");
pub(crate) const REFUSED: EntryKind = EntryKind::new(613, "order.refused");

/// The page of an order.
pub fn link(order: OrderId) -> String {
    format!("/orders/{order}")
}

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    const UNORDERED: &str = "
        select c.case_id as case, c.office, s.supplier_id as supplier, (now() + interval '400 days')::date as day
        from contract c
        join case_file f using (person_id, case_id)
        cross join (select supplier_id from supplier order by voen limit 1) s
        where f.stage = 20
        and f.closed_on is null
        and c.signed_on is not null
        and not exists (select from order_line l where l.contract_id = c.contract_id)
        limit 1";
    const SOME: &str = "select order_id as order, office from supply_order limit 1";
    const UNDECIDED: &str = "
        select o.order_id as order, r.officer_id as officer
        from supply_order o
        join officer_role r on r.role = 9 and r.officer_id <> o.placed_by
        where o.approved_at is null
        and o.refused_at is null
        limit 1";
    Slice {
        name: "procurement",
        routes: vec![
            Route::page("/suppliers", READ, suppliers::get),
            Route::form("/suppliers", ORDER, suppliers::post).sample(Sample::NONE.fields(&[
                ("voen", "1300000071"),
                ("name", "Sınaq Təchizat MMC"),
                ("phone", "+994124000000"),
            ])),
            Route::page("/orders", READ, list::get),
            Route::page("/orders/new", ORDER, place::get),
            Route::form("/orders", ORDER, place::post).sample(Sample::find(UNORDERED).fields(&[
                ("office", "{office}"),
                ("case", "{case}"),
                ("supplier", "{supplier}"),
                ("due_on", "{day}"),
            ])),
            Route::page("/orders/{order}", READ, show::get).sample(Sample::find(SOME)),
            Route::form("/orders/{order}/approval", ORDER, decide::approve).sample(Sample::find(UNDECIDED)),
            Route::form("/orders/{order}/refusal", ORDER, decide::refuse)
                .sample(Sample::find(UNDECIDED).fields(&[("why", "Qiymət bazar qiymətindən yüksəkdir")])),
        ],
        queue: vec![QueuePart { roles: &[Role::Procurement], list: |tx, page, limit| Box::pin(waiting::list(tx, page, limit)) }],
        menu: vec![
            MenuEntry { path: "/orders", key: "procurement-menu", permission: READ, order: 60 },
            MenuEntry { path: "/suppliers", key: "procurement-suppliers", permission: READ, order: 61 },
        ],
        duties: vec![DutyLink { duty: Duty::Order as i16, path: "/orders/new?case={case}" }],
        progress: vec![Progress {
            duty: Duty::Order as i16,
            look: |tx, page, subject| Box::pin(progress::of_order(tx, page, subject)),
            elsewhere: None,
        }],
        moves: vec![Move::OfCase("update order_line set office = $2 where person_id = $1 and case_id = $3")],
        ..Slice::default()
    }
}
