//! Intake: calls for applications, and applications taken in by staff, each with its receipt number.

mod apply;
mod receipt;
mod rules;
#[cfg(test)]
mod rules_tests;
pub mod store;

pub use rules::receipt as receipt_number;

use maud::html;
use platform::{
    page::button_link,
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{Move, Panel, Place, Slice},
};

/// Who takes in applications.
pub const APPLY: Permission = Permission::new("applications.lodge", &[Role::Officer]);

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    const FREE: &str = "
        select p.person_id as person, p.office, d.direction
        from person p
        cross join (select direction from case_file order by opened_on desc limit 1) d
        where p.deceased_on is null
        and p.basis is not null
        and exists (select from consent c where c.person_id = p.person_id and c.kind = 'DATA' and c.withdrawn_on is null)
        and not exists (select from case_file c where c.person_id = p.person_id)
        limit 1";
    const LODGED: &str = "select case_id as case, office from application limit 1";
    Slice {
        name: "intake",
        routes: vec![
            Route::page("/people/{person}/application", APPLY, apply::get).sample(Sample::find(FREE)),
            Route::form("/people/{person}/application", APPLY, apply::post).sample(Sample::find(FREE).fields(&[
                ("wished", "{direction}"),
                ("experience_years", "3"),
                ("own_contribution", "250"),
                ("premises", "home"),
                ("tools", "tikiş maşını"),
                ("earlier_support", "no"),
                ("truth", "yes"),
            ])),
            Route::page("/cases/{case}/receipt", crate::case::READ, receipt::get).sample(Sample::find(LODGED)),
        ],
        panels: vec![Panel {
            place: Place::Person,
            key: "intake-panel",
            order: 10,
            draw: |tx, page, subject| {
                Box::pin(async move {
                    let may = page.may(&APPLY) && !store::has_open_case(tx, subject.person.0).await?;
                    let href = format!("/people/{}/application", subject.person);
                    Ok(may.then(|| html! { (button_link(&page.t("intake-apply"), &href)) }))
                })
            },
        }],
        moves: vec![Move::OfCase("update application set office = $2 where person_id = $1 and case_id = $3")],
        ..Slice::default()
    }
}
