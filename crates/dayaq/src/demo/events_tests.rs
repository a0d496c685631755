use super::events::events;
use super::programme::Simulated;
use super::shape;
use super::simulate::simulate;
use super::simulate_tests::{SMALL, programme, setting, wanted};
use registry::case::duty::exclude_each_other;
use registry::case::{Duty, Law, duties_of, fold};
use std::collections::BTreeMap;
use values::id::OfficerId;

#[test]
fn every_history_folds_under_the_state_machine() {
    assert_legal(&SMALL);
}

#[test]
fn what_is_cut_short_taken_back_or_thinned_folds_as_well() {
    assert_legal(&simulate(setting(), wanted(2_000, shape::SEASON)));
}

#[test]
fn nobody_has_duties_that_exclude_each_other() {
    for case in 0..SMALL.histories.len() as u32 {
        let mut done: Vec<(Duty, OfficerId)> = Vec::new();
        for event in events(&SMALL, case) {
            duties_of(&event, |duty, officer| {
                let clash = done.iter().find(|(other, same)| *same == officer && exclude_each_other(duty, *other));
                assert!(clash.is_none(), "case {case}: {duty:?} and {clash:?}");
                done.push((duty, officer));
            });
        }
    }
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
