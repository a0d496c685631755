//! The programme's words for reasons and duties are about exactly those that the program knows.

use super::{
    duty::{CONFLICTS, Duty},
    reasons::{CloseReason, EndReason, LeaveReason, LossCause, PauseReason, RepeatCause, SuspensionCause},
};
use crate::programme::{Programme, load};
use std::{collections::BTreeSet, path::Path};

fn programme() -> Programme {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/employment-support")).unwrap()
}

#[test]
fn every_list_of_reasons_has_exactly_the_codes_of_the_case() {
    let programme = programme();
    let check = |list: &str, known: Vec<&str>| {
        let written: Vec<&str> = programme.reasons(list).map(|reason| reason.code.as_str()).collect();
        assert_eq!(written, known, "{list}");
    };
    check("closing", CloseReason::ALL.iter().map(|reason| reason.code()).collect());
    check("leave", LeaveReason::ALL.iter().map(|reason| reason.code()).collect());
    check("repeat", RepeatCause::ALL.iter().map(|cause| cause.code()).collect());
    check("pause", PauseReason::ALL.iter().map(|reason| reason.code()).collect());
    check("end", EndReason::ALL.iter().map(|reason| reason.code()).collect());
    check("suspension", SuspensionCause::ALL.iter().map(|cause| cause.code()).collect());
    check("loss", LossCause::ALL.iter().map(|cause| cause.code()).collect());
}

#[test]
fn the_incompatible_duties_of_the_programme_are_those_that_the_database_refuses() {
    let programme = programme();
    let known: BTreeSet<(i16, &str, &str)> =
        CONFLICTS.iter().map(|conflict| (conflict.number, conflict.duties[0].code(), conflict.duties[1].code())).collect();
    let written: BTreeSet<(i16, &str, &str)> = programme
        .incompatible_duties()
        .iter()
        .map(|pair| (pair.number, pair.duties[0].as_str(), pair.duties[1].as_str()))
        .collect();
    assert_eq!(written, known);
    let names: Vec<&str> = programme.duties().iter().map(|duty| duty.code.as_str()).collect();
    assert_eq!(names, Duty::ALL.iter().map(|duty| duty.code()).collect::<Vec<_>>());
}
