//! The equipment of an award: ordered for it, received into the store with serial numbers, handed over piece by piece. The
//! last piece makes the award delivered.

mod act;
mod hand_over;
mod order;
pub(super) mod show;
pub mod store;

pub use hand_over::number;

use super::{DELIVER, ORDER, READ, link};
use platform::{
    journal::EntryKind,
    route::{Route, Sample},
};

const ORDERED: EntryKind = EntryKind::new(754, "award.ordered");
const HANDED: EntryKind = EntryKind::new(755, "award.handed_over");

pub(super) fn routes() -> Vec<Route> {
    const TO_ORDER: &str = "
        select a.award_id as award, a.office, s.supplier_id as supplier, (now() + interval '4000 days')::date as day
        from award a
        cross join (select supplier_id from supplier order by voen limit 1) s
        where a.state = 5
        and not exists (select from order_line l where l.award_id = a.award_id)
        limit 1";
    const IN_STOCK: &str = "
        select a.award_id as award, a.office, s.asset_id as asset, to_char(s.received_at, 'YYYY-MM-DD') as day
        from award a
        join asset s on s.person_id = a.person_id and s.award_id = a.award_id
        join case_file f on f.person_id = a.person_id and f.case_id = a.case_id
        where a.state = 5
        and s.state = 1
        and f.stage in (22, 27)
        order by s.received_at
        limit 1";
    const HANDED_OVER: &str = "select award_id as award, delivery_id as delivery, office from award_delivery limit 1";
    vec![
        Route::page("/awards/{award}/order", ORDER, order::get).sample(Sample::find(TO_ORDER)),
        Route::form("/awards/{award}/order", ORDER, order::post)
            .sample(Sample::find(TO_ORDER).fields(&[("supplier", "{supplier}"), ("due_on", "{day}")])),
        Route::page("/awards/{award}/delivery", DELIVER, hand_over::get).sample(Sample::find(IN_STOCK)),
        Route::form("/awards/{award}/delivery", DELIVER, hand_over::post).sample(Sample::find(IN_STOCK).fields(&[
            ("happened_on", "{day}"),
            ("time", "12:00"),
            ("place", "Gəncə, Nizami küçəsi 14"),
            ("witness", "Könül Əhmədova"),
            ("take-{asset}", "accepted"),
            ("condition-{asset}", "1"),
            ("confirmed", "yes"),
        ])),
        Route::file("/awards/{award}/deliveries/{delivery}", READ, act::get).sample(Sample::find(HANDED_OVER)),
    ]
}
