//! The contract on an award: drawn up by an officer, signed by the head of the office with the person, printed from what the
//! signature froze.

mod draft;
mod paper;
mod sign;
pub mod store;

pub use draft::number;

use super::{PREPARE, READ, SIGN, link, store::Award};
use maud::Markup;
use platform::{
    journal::EntryKind,
    page::{SummaryRow, summary_list},
    request::Page,
    route::{Route, Sample},
};
use registry::people::codes;
use store::Contract;

const DRAFTED: EntryKind = EntryKind::new(752, "award_contract.drafted");
const SIGNED: EntryKind = EntryKind::new(753, "award_contract.signed");

pub(super) fn routes() -> Vec<Route> {
    const GRANTED: &str = "select award_id as award, office from award where state = 4 limit 1";
    const DRAWN: &str = "select award_id as award, office from award_contract limit 1";
    const UNSIGNED: &str = "
        select c.award_id as award, c.office, r.officer_id as officer
        from award_contract c
        join award a using (person_id, award_id)
        join officer_role r on r.role = 3 and c.office = any (r.offices) and r.officer_id <> c.drafted_by
        where c.signed_on is null
        and a.state = 4
        limit 1";
    vec![
        Route::page("/awards/{award}/contract", PREPARE, draft::get).sample(Sample::find(GRANTED)),
        Route::form("/awards/{award}/contract", PREPARE, draft::post).sample(Sample::find(GRANTED).fields(&[
            ("place_of_use", "Gəncə, Nizami küçəsi 14"),
            ("explained_in", "az"),
            ("conditions_same", "yes"),
        ])),
        Route::page("/awards/{award}/signature", SIGN, sign::get).sample(Sample::find(UNSIGNED)),
        Route::form("/awards/{award}/signature", SIGN, sign::post)
            .sample(Sample::find(UNSIGNED).fields(&[("explained", "yes"), ("beneficiary_signed", "yes")])),
        Route::file("/awards/{award}/contract.pdf", READ, paper::get).sample(Sample::find(DRAWN)),
    ]
}

/// The contract on the award's page.
pub(super) fn show(page: &Page, _: &Award, contract: &Contract) -> Markup {
    let lang = page.lang;
    let signed = match (contract.signed_on, &contract.head) {
        (Some(day), Some(head)) => format!("{}, {head}", lang.date(day)),
        _ => page.t("growth-contract-unsigned"),
    };
    summary_list(&[
        SummaryRow::text(page.t("growth-contract-number"), &contract.number),
        SummaryRow::text(page.t("growth-contract-place"), &contract.place_of_use),
        SummaryRow::text(page.t("contract-explained-in"), &codes::words(lang, "language", &contract.explained_in)),
        SummaryRow::text(page.t("growth-contract-signed"), &signed),
        SummaryRow::text(page.t("growth-contract-ends"), &contract.ends_on.map_or_else(|| "–".to_owned(), |day| lang.date(day))),
    ])
}
