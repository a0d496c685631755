use super::events::events;
use super::programme::Simulated;
use super::shape;
use super::simulate::simulate;
use super::simulate_tests::{SMALL, programme, setting, wanted};
use registry::case::{Law, fold};
use std::collections::BTreeMap;

#[test]
fn every_history_folds_under_the_state_machine() {
    assert_legal(&SMALL);
}

#[test]
fn what_is_cut_short_taken_back_or_thinned_folds_as_well() {
    assert_legal(&simulate(setting(), wanted(2_000, shape::SEASON)));
}

#[track_caller]
fn assert_legal(made: &Simulated) {
    let law = Law::of(&programme());
    let mut refusals: BTreeMap<String, u32> = BTreeMap::new();
    for case in 0..made.histories.len() as u32 {
        let opened_on = made.history(case).application.lodged.at.date();
        if let Err(refusal) = fold(&events(made, case), law.terms_on(opened_on)) {
            refusals.insert(format!("{refusal:?}"), case);
        }
    }
    assert!(refusals.is_empty(), "{refusals:#?}");
}
