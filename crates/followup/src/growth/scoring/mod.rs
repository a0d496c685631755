//! Blind scoring of applications for awards: two evaluators, a third where they differ too far.

mod assign;
mod score;
pub(super) use score::blind;
pub(super) mod show;
pub mod store;
pub(super) mod waiting;

use platform::{
    journal::EntryKind,
    role::{Permission, Role},
    route::{Route, Sample},
};
use values::id::AwardId;

/// Who gives applications to evaluators.
pub const ASSIGN: Permission = Permission::new("awards.assign", &[Role::Secretary]);

/// Who scores.
pub const SCORE: Permission = Permission::new("awards.score", &[Role::Evaluator]);

/// The sheet by which applications are marked.
pub const SHEET: &str = "AWARD";

const ASSIGNED: EntryKind = EntryKind::new(745, "award.evaluators_assigned");
const SEALED: EntryKind = EntryKind::new(746, "award.score_sealed");
const RECUSED: EntryKind = EntryKind::new(747, "award.evaluator_recused");

/// The page on which an evaluator scores.
pub fn link(award: AwardId) -> String {
    format!("/award-scores/{award}")
}

pub(super) fn routes() -> Vec<Route> {
    const UNASSIGNED: &str = "
        select a.award_id as award, a.office, r.officer_id as one
        from award a
        join officer_role r on r.role = 6
        where a.state = 2
        and not exists (select from award_score s where s.award_id = a.award_id)
        and not exists (select from case_duty d where d.case_id = a.case_id and d.officer_id = r.officer_id)
        order by a.award_id, r.officer_id
        limit 1";
    const TO_SCORE: &str = "
        select s.award_id as award, s.officer_id as officer
        from award_score s
        join award a using (person_id, award_id)
        where s.sealed_at is null
        and s.recused_at is null
        and a.state = 2
        limit 1";
    vec![
        Route::page("/awards/{award}/evaluators", ASSIGN, assign::get).sample(Sample::find(UNASSIGNED)),
        Route::form("/awards/{award}/evaluators", ASSIGN, assign::post)
            .sample(Sample::find(UNASSIGNED).fields(&[("evaluator", "{one}")])),
        Route::page("/award-scores/{award}", SCORE, score::get).sample(Sample::find(TO_SCORE)),
        Route::form("/award-scores/{award}", SCORE, score::post)
            .sample(Sample::find(TO_SCORE).fields(&[("mark-RESULTS", "7"), ("reason-RESULTS", "Satış səfərlərdə artır")])),
        Route::form("/award-scores/{award}/recusal", SCORE, score::recuse)
            .sample(Sample::find(TO_SCORE).fields(&[("why", "Müəllifi tanıyıram")])),
    ]
}
