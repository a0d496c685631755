use super::rules::{Refusal, may_apply_again, receipt};
use crate::case::{
    self, CloseReason, Facts, Stage,
    story::{Story, at, code, tell},
};
use chrono::Days;

#[test]
fn a_receipt_tells_year_office_and_number() {
    assert_eq!(&receipt(2024, 501, 7)[..16], "2024-0501-00007-");
    assert!(receipt(2024, 9_999, 99_999).len() <= 23);
}

#[test]
fn the_check_digit_finds_every_single_mistyped_digit() {
    let good = receipt(2024, 501, 1_234);
    let (body, check) = good.rsplit_once('-').expect("a check digit");
    for number in (0..10_000).filter(|number| *number != 1_234) {
        let other = receipt(2024, 501, number);
        let (other_body, other_check) = other.rsplit_once('-').expect("a check digit");
        let differing = body.chars().zip(other_body.chars()).filter(|(a, b)| a != b).count();
        assert!(differing != 1 || check != other_check, "{good} and {other}");
    }
}

/// Whether the person of a case may apply so many days later, in another call of a phase.
#[track_caller]
fn check(story: &Story, days: u64, call: &str, phase: &str, expected: Result<(), Refusal>) {
    let on = story.today + Days::new(days);
    assert_eq!(may_apply_again(&story.state(), code(call), code(phase), on, &story.terms), expected);
}

#[test]
fn a_closed_case_says_when_its_person_may_apply_again() {
    let left = at::eligible().wait(3).then(Facts::Withdrawn { reason: CloseReason::FoundWork });
    let (call, phase) = (left.state().call, left.state().phase);
    check(&left, 1, "2030_NEXT", phase.as_str(), Ok(()));
    check(&left, 1, call.as_str(), phase.as_str(), Err(Refusal::Earlier(case::Refusal::SameCall)));
    let graduated = at::owner().then(tell::closed_with_a_second_person(CloseReason::Graduated));
    check(&graduated, 400, "2030_NEXT", phase.as_str(), Err(Refusal::Earlier(case::Refusal::SamePhase)));
    check(&graduated, 400, "2030_NEXT", "PHASE_LATER", Ok(()));
}

#[test]
fn a_refusal_that_may_be_appealed_bars_its_own_call_only() {
    let refused = at::applied().then(tell::ineligible(case::story::MONDAY));
    assert_eq!(refused.state().stage, Stage::Ineligible);
    let (call, phase) = (refused.state().call, refused.state().phase);
    check(&refused, 2, call.as_str(), phase.as_str(), Err(Refusal::EarlierEnds));
    check(&refused, 2, "2030_NEXT", phase.as_str(), Ok(()));
}
