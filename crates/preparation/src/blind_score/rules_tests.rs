//! Tables of cases: when blind scores are enough, what they amount to, and who may be asked for one.

use super::{Measure, Refusal, Scoring, choose, scoring};
use proptest::prelude::*;
use registry::case::Mark;
use uuid::Uuid;
use values::id::OfficerId;

const MEASURE: Measure = Measure { needed: 2, spread: 20 };

fn evaluator(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn stand(points: &[Option<i16>]) -> Scoring {
    scoring(points.iter().zip(1..).map(|(points, number)| (evaluator(number), *points)), MEASURE)
}

fn mark(number: u128, points: u8) -> Mark {
    Mark { evaluator: OfficerId(evaluator(number)), points }
}

#[test]
fn two_scores_near_each_other_are_enough_and_a_third_settles_a_quarrel() {
    assert_eq!(stand(&[]), Scoring::Needs(2));
    assert_eq!(stand(&[Some(70)]), Scoring::Needs(1));
    assert_eq!(stand(&[Some(70), None]), Scoring::Waits);
    let done = Scoring::Done { first: mark(1, 70), second: mark(2, 51), third: None, mean_tenths: 605 };
    assert_eq!(stand(&[Some(70), Some(51)]), done);
    assert_eq!(stand(&[Some(80), Some(50)]), Scoring::NeedsThird { spread: 30 });
    assert_eq!(stand(&[Some(80), Some(60)]).missing(), 0, "as far apart as the limit is near enough");
    assert_eq!(stand(&[Some(80), Some(50), None]), Scoring::Waits);
    let settled = Scoring::Done { first: mark(1, 80), second: mark(2, 50), third: Some(mark(3, 66)), mean_tenths: 653 };
    assert_eq!(stand(&[Some(80), Some(50), Some(66)]), settled);
}

#[test]
fn evaluators_are_missing_until_enough_have_it_and_one_more_when_two_quarrel() {
    let missing = |points: &[Option<i16>]| stand(points).missing();
    assert_eq!([missing(&[]), missing(&[None]), missing(&[None, None])], [2, 1, 0]);
    assert_eq!([missing(&[Some(90), Some(40)]), missing(&[Some(90), Some(40), None])], [1, 0]);
}

#[test]
fn only_free_evaluators_are_asked_and_no_more_than_needed() {
    let ids = |numbers: &[u128]| numbers.iter().map(|number| evaluator(*number)).collect::<Vec<_>>();
    let check = |chosen: &[u128], needed, expected| {
        assert_eq!(choose(&ids(chosen), needed, ids(&[1, 2, 3])), expected, "{chosen:?} of {needed}");
    };
    check(&[1, 2], 2, Ok(()));
    check(&[3], 2, Ok(()));
    check(&[], 2, Err(Refusal::Empty));
    check(&[1, 1], 2, Err(Refusal::SameEvaluator));
    check(&[1, 2, 3], 2, Err(Refusal::TooMany { needed: 2 }));
    check(&[1, 9], 2, Err(Refusal::NotEvaluator));
    check(&[1], 0, Err(Refusal::Enough));
}

proptest! {
    #[test]
    fn the_mean_lies_between_the_scores(one in 0i16..=100, two in 0i16..=100, three in 0i16..=100) {
        let Scoring::Done { mean_tenths, .. } = stand(&[Some(one), Some(two), Some(three)]) else { panic!("three scores are enough") };
        let low = one.min(two).min(three) * 10;
        let high = one.max(two).max(three) * 10;
        prop_assert!((low..=high).contains(&i16::try_from(mean_tenths).unwrap()));
    }
}
