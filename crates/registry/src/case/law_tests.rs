//! The law that the repository's own programme sets.

use super::story::day;
use super::*;
use crate::programme::{self, Term};
use std::path::Path;

fn law() -> Law {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/employment-support");
    Law::of(&programme::load(&dir).expect("the programme of the repository"))
}

#[test]
fn the_programmes_parameters_are_the_terms_of_the_life_cycle() {
    let law = law();
    let terms = law.terms_on(day("2024-09-02"));
    assert_eq!(terms.training_floor_minutes, 1728, "80 % of 36 hours");
    assert_eq!((terms.revisions, terms.training_repeats, terms.panel_members, terms.score_spread), (1, 1, 2, 20));
    assert_eq!(
        (terms.offer, terms.appeal, terms.mourning),
        (Term::WorkingDays(5), Term::CalendarDays(30), Term::CalendarDays(40))
    );
    assert_eq!((terms.reserve, terms.reapply_fraud), (Term::Months(12), Term::Months(36)));
}

#[test]
fn a_case_from_before_the_first_version_is_under_the_first() {
    let law = law();
    assert_eq!(law.terms_on(day("1999-01-01")), law.terms_on(day("2020-03-01")));
}

#[test]
fn a_typical_case_is_legal_under_the_programmes_own_terms() {
    let story = story::at::owner();
    let law = law();
    let state = fold(&story.events, law.terms_on(day(story::MONDAY))).expect("legal").expect("a case");
    assert_eq!(state.stage, Stage::Owner);
}
