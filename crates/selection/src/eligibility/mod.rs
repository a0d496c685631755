//! Eligibility: facts with day and origin, rules with articles, an officer who confirms what they say; then readiness.

mod check;
mod gather;
mod ground;
pub mod known;
mod letter;
mod panel;
mod papers;
mod readiness;
mod replay;
pub mod rules;
pub mod ruleset;
pub mod store;
pub mod types;
mod verify;
mod words;

#[cfg(test)]
mod rules_tests;

use platform::{
    role::{Permission, Role},
    route::{Route, Sample},
    slice::{DutyLink, Move, Panel, Place, Slice},
};
use registry::case::Duty;

pub(crate) use gather::{facts_of, status_code};
pub use ground::{Decided, Ground};
pub use known::{Check, Elsewhere, Known, evidence};
pub use readiness::score as readiness_score;
pub use replay::{Replay, replay};
pub use types::{Evidence, Fact, Kept, Origin, Outcome};

/// Who may see what the rules say and what was decided.
pub const READ: Permission = Permission::new(
    "eligibility.read",
    &[Role::Officer, Role::Counsellor, Role::OfficeHead, Role::Grievance, Role::Manager, Role::Auditor],
);

/// Who may look facts up, ask for papers and decide.
pub const DECIDE: Permission = Permission::new("eligibility.decide", &[Role::Officer, Role::OfficeHead]);

/// Who may assess readiness.
pub const ASSESS: Permission = Permission::new("readiness.assess", &[Role::Counsellor]);

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice {
        name: "eligibility",
        routes: routes(),
        panels: vec![Panel {
            place: Place::Case,
            key: "eligibility-panel",
            order: 20,
            draw: |tx, page, subject| Box::pin(panel::draw(tx, page, subject)),
        }],
        duties: vec![
            DutyLink { duty: Duty::DecideEligibility as i16, path: "/cases/{case}/eligibility" },
            DutyLink { duty: Duty::CollectPapers as i16, path: "/cases/{case}/papers" },
            DutyLink { duty: Duty::AssessReadiness as i16, path: "/cases/{case}/readiness" },
        ],
        moves: vec![
            Move::OfCase("update fact_check set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update paper_request set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update eligibility_decision set office = $2 where person_id = $1 and case_id = $3"),
            Move::OfCase("update readiness set office = $2 where person_id = $1 and case_id = $3"),
        ],
        ..Slice::default()
    }
}

fn routes() -> Vec<Route> {
    vec![
        Route::page("/cases/{case}/eligibility", READ, verify::get).sample(Sample::find(APPLIED)),
        Route::form("/cases/{case}/eligibility", DECIDE, verify::post)
            .sample(Sample::find(READY).fields(&[("outcome", "confirmed")])),
        Route::page("/cases/{case}/eligibility/replay", READ, replay::get).sample(Sample::find(DECIDED)),
        Route::file("/cases/{case}/eligibility/letter", READ, letter::get).sample(Sample::find(DECIDED)),
        Route::page("/cases/{case}/fact-checks", DECIDE, check::get).sample(Sample::find(APPLIED)),
        Route::form("/cases/{case}/fact-checks", DECIDE, check::post).sample(Sample::find(APPLIED).fields(&[
            ("observed_on", "{today}"),
            ("fact-draws_insurance", "no"),
            ("origin-draws_insurance", "insurance-register"),
        ])),
        Route::page("/cases/{case}/papers", DECIDE, papers::get).sample(Sample::find(APPLIED)),
        Route::form("/cases/{case}/papers", DECIDE, papers::post)
            .sample(Sample::find(APPLIED).fields(&[("papers", "IDENTITY_DOCUMENT")])),
        Route::form("/cases/{case}/papers/receipt", DECIDE, papers::post_receipt)
            .sample(Sample::find(INCOMPLETE).fields(&[("all_here", "yes")])),
        Route::page("/cases/{case}/readiness", ASSESS, readiness::get).sample(Sample::find(ELIGIBLE)),
        Route::form("/cases/{case}/readiness", ASSESS, readiness::post).sample(Sample::find(ELIGIBLE).fields(&[
            ("topics", "LABOUR_MARKET"),
            ("item-EXPERIENCE", "3"),
            ("item-MARKET", "2"),
            ("item-PREMISES", "2"),
            ("item-OWN_CONTRIBUTION", "1"),
            ("item-NUMERACY", "3"),
            ("item-MOTIVATION", "4"),
            ("item-TIME", "4"),
            ("similar_nearby", "2"),
            ("advised", "TAILOR"),
            ("chosen", "TAILOR"),
        ])),
    ]
}

const APPLIED: &str = "
    select case_id as case, office, version, opened_on::text as today
    from case_file
    where stage = 1
    and not suspended
    order by opened_on desc, case_id
    limit 1";

/// A case that every rule lets in, and an officer of its office who did not take the application.
const READY: &str = "
    select f.case_id as case, f.office, f.version, r.officer_id as officer
    from case_file f
    join unemployment_spell s on s.person_id = f.person_id and s.ended_on is null and s.basis = 1
    join officer_role r on r.home_office = f.office and r.role = 1
    where f.stage = 1
    and not f.suspended
    and not exists (
        select from case_duty d
        where d.person_id = f.person_id
        and d.case_id = f.case_id
        and d.officer_id = r.officer_id)
    order by f.opened_on desc, f.case_id, r.officer_id
    limit 1";

const INCOMPLETE: &str = "
    select case_id as case, office, version
    from case_file
    where stage = 2
    and not suspended
    order by opened_on desc, case_id
    limit 1";

const ELIGIBLE: &str = "
    select case_id as case, office, version
    from case_file
    where stage = 3
    and not suspended
    order by opened_on desc, case_id
    limit 1";

const DECIDED: &str = "
    select case_id as case, office
    from eligibility_decision
    order by outcome desc, decided_on desc, case_id
    limit 1";
