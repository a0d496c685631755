//! A case: one person's path through one phase. Its events, the pure state machine that folds them, and what comes next.
//!
//! The case is its events: [`fold::admit`] says whether one more may happen, [`fold::fold`] what they amount to,
//! [`fold::as_of`] what they amounted to on a day, [`next::next_steps`] who must act and by when. Nothing here knows
//! of SQL, HTTP or a clock.

pub mod action;
pub mod acts;
pub mod bulk;
pub mod closing;
pub mod code;
mod coded;
pub mod correction;
pub mod duty;
pub mod event;
pub mod facts;
pub mod fold;
mod guard;
pub mod heading;
pub mod kind;
mod lapse;
pub mod law;
mod list;
pub mod next;
mod open_steps;
mod path;
pub mod projection;
mod queue;
pub mod reasons;
pub mod refusal;
pub mod replay;
pub mod sets;
mod show;
pub mod stage;
pub mod state;
mod step;
mod step_admission;
mod step_beside;
mod step_operation;
mod step_overlay;
mod step_plan;
mod step_provision;
mod step_training;
pub mod store;
pub mod table;
pub mod terms;
mod timeline;

use platform::{
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{Daily, MenuEntry, Slice},
};

pub use closing::may_reapply;
pub use code::{Code, blind_code};
pub use correction::correct;
pub use duty::{CONFLICTS, Conflict, Duty, conflicts_of, duties_of, exclude_each_other};
pub use event::{Event, Position};
pub use facts::{Application, Facts, Mark, Replacement};
pub use fold::{admit, apply, as_of, fold};
pub use kind::Kind;
pub use law::{Law, law};
pub use list::Counts;
pub use next::{NextStep, next_step, next_steps};
pub use reasons::*;
pub use refusal::Refusal;
pub use sets::{KindSet, StageSet};
pub use stage::Stage;
pub use state::{Business, CaseState, Milestones};
pub use store::{CaseFile, Happening, Loaded};
pub use terms::Terms;

/// Who may see a case as a whole: not those who judge it blind.
pub const READ: Permission = Permission::new(
    "cases.read",
    &[
        Role::Officer,
        Role::Counsellor,
        Role::OfficeHead,
        Role::Trainer,
        Role::Environment,
        Role::Secretary,
        Role::Procurement,
        Role::Storekeeper,
        Role::Monitor,
        Role::Grievance,
        Role::Adviser,
        Role::Manager,
        Role::Auditor,
    ],
);

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    const SOME_CASE: &str = "select case_id as case, office from case_file limit 1";
    let mut routes = vec![
        Route::page("/cases", READ, list::get).sample(Sample::NONE.query("state=open&stage=operating&q=2023")),
        Route::page("/cases/{case}", READ, show::get).sample(Sample::find(SOME_CASE)),
    ];
    routes.extend(acts::routes());
    Slice {
        name: "case",
        routes,
        queue: [queue::parts(), acts::queue()].concat(),
        menu: vec![
            MenuEntry { path: "/cases", key: "case-menu", permission: READ, order: 12 },
            MenuEntry { path: "/assistance/questions", key: "case-asking-menu", permission: acts::ASK, order: 88 },
        ],
        duties: acts::duties(),
        moves: acts::moves(),
        daily: vec![Daily { name: "cases", run: |app| Box::pin(lapse::run(app)) }],
        ..Slice::default()
    }
}

#[cfg(test)]
mod correction_tests;
#[cfg(test)]
mod guard_tests;
#[cfg(test)]
mod lapse_tests;
#[cfg(test)]
mod law_tests;
#[cfg(test)]
mod next_tests;
#[cfg(test)]
mod path_tests;
#[cfg(test)]
mod programme_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
pub(crate) mod story;
#[cfg(test)]
mod walk;
#[cfg(test)]
mod words_tests;
