//! Results: every indicator as of any date, derived from events, with its cuts, its target, and the cases behind it.

mod answers;
#[cfg(test)]
mod answers_tests;
mod apart;
mod cache;
mod cases;
mod compute;
#[cfg(test)]
mod compute_tests;
mod gathered;
mod households;
#[cfg(test)]
mod households_tests;
mod indicators;
mod milestones;
mod obligations;
#[cfg(test)]
mod obligations_tests;
mod outlook;
pub(crate) mod page;
mod pieces;
#[cfg(test)]
mod pieces_tests;
mod recorded;
pub mod report;
mod staying;
mod store;
pub mod subject;
mod survival_24m;
#[cfg(test)]
mod survival_24m_tests;
mod visits;
#[cfg(test)]
mod visits_tests;

pub use cache::Cache;
pub use report::{Cuts, Measured, Report};
pub use store::{Known, Readers, Source, report, report_from};

use platform::{
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{MenuEntry, Slice},
};

/// Who may read results, each within scope.
pub const READ: Permission = Permission::new(
    "results.read",
    &[Role::OfficeHead, Role::Manager, Role::Results, Role::Finance, Role::Bank, Role::Auditor, Role::Administrator],
);

/// Who may open a number to the cases behind it.
pub const OPEN: Permission =
    Permission::new("results.open", &[Role::OfficeHead, Role::Manager, Role::Results, Role::Bank, Role::Auditor]);

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "results",
        routes: vec![
            Route::page("/results", READ, page::get),
            Route::page("/results/survival", READ, staying::page::get).sample(Sample::NONE.query("by=group&as_of=2024-06-30")),
            Route::page("/results/forecast", READ, outlook::page::get).sample(Sample::NONE.query("as_of=2024-06-30")),
            Route::page("/results/{code}", READ, page::one).sample(Sample::find("select 'EQUIPPED' as code")),
            Route::page("/results/{code}/cases", OPEN, cases::get).sample(Sample::find("select 'EQUIPPED' as code")),
        ],
        menu: vec![MenuEntry { path: "/results", key: "results-menu", permission: READ, order: 90 }],
        ..Slice::default()
    }
}
