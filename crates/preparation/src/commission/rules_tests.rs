use super::rules::{Case, Decision, Refusal, Scoring, Votes, final_tenths, may_decide, quorum, scoring};
use proptest::prelude::*;
use registry::case::Mark;
use uuid::Uuid;
use values::id::OfficerId;

fn evaluator(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn scores(points: &[Option<u8>]) -> Vec<(Uuid, Option<u8>)> {
    points.iter().zip(1..).map(|(points, number)| (evaluator(number), *points)).collect()
}

fn mark(number: u128, points: u8) -> Mark {
    Mark { evaluator: OfficerId(evaluator(number)), points }
}

#[test]
fn two_scores_near_each_other_are_enough_and_a_third_settles_a_quarrel() {
    let stand = |points: &[Option<u8>]| scoring(&scores(points), 2, 20);
    assert_eq!(stand(&[]), Scoring::Needs(2));
    assert_eq!(stand(&[Some(70)]), Scoring::Needs(1));
    assert_eq!(stand(&[Some(70), None]), Scoring::Waits);
    let done = Scoring::Done { first: mark(1, 70), second: mark(2, 51), third: None, mean_tenths: 605 };
    assert_eq!(stand(&[Some(70), Some(51)]), done);
    assert_eq!(stand(&[Some(80), Some(50)]), Scoring::NeedsThird { spread: 30 });
    assert_eq!(stand(&[Some(80), Some(50), None]), Scoring::Waits);
    let settled = Scoring::Done { first: mark(1, 80), second: mark(2, 50), third: Some(mark(3, 66)), mean_tenths: 653 };
    assert_eq!(stand(&[Some(80), Some(50), Some(66)]), settled);
}

#[test]
fn a_quorum_is_rounded_up() {
    assert_eq!(
        [(5, 50), (5, 60), (4, 67), (0, 50), (3, 100)].map(|(members, percent)| quorum(members, percent)),
        [3, 3, 3, 1, 3]
    );
}

fn case(position: i16, decision: Decision) -> Case {
    Case { position, amount: 500_000, mark: Some(700), votes: Votes { in_favour: 3, against: 1, ..Votes::default() }, decision }
}

#[test]
fn a_sitting_grants_what_was_voted_for_what_passed_and_what_there_is() {
    let all = [case(1, Decision::Approved), case(2, Decision::Revise), case(3, Decision::Approved)];
    assert_eq!(may_decide(&all, 3, 60, 1_000_000), Ok(1_000_000));
    assert_eq!(may_decide(&all, 3, 60, 999_999), Err(Refusal::OverBudget));
    let unvoted = Case { votes: Votes { in_favour: 2, against: 2, ..Votes::default() }, ..case(4, Decision::Approved) };
    assert_eq!(may_decide(&[unvoted], 3, 60, 1_000_000), Err(Refusal::NotVoted { position: 4 }));
    let poor = Case { mark: Some(599), ..case(5, Decision::Reserve) };
    assert_eq!(may_decide(&[poor], 3, 60, 1_000_000), Err(Refusal::BelowPass { position: 5 }));
}

#[test]
fn nobody_is_refused_or_granted_without_a_quorum_of_votes_but_whoever_did_not_come_to_defend() {
    let silent = Case { mark: None, ..case(6, Decision::Approved) };
    assert_eq!(may_decide(&[silent], 3, 60, 1_000_000), Err(Refusal::NoDefence { position: 6 }));
    let absent = Case { mark: None, votes: Votes::default(), ..case(7, Decision::Refused) };
    assert_eq!(may_decide(&[absent], 3, 60, 0), Ok(0));
    let aside = Case { votes: Votes { in_favour: 2, recused: 3, ..Votes::default() }, ..case(8, Decision::Approved) };
    assert_eq!(may_decide(&[aside], 3, 60, 1_000_000), Err(Refusal::TooFewVotes { position: 8, voted: 2, needed: 3 }));
    let unheard = Case { votes: Votes::default(), ..case(9, Decision::Refused) };
    assert_eq!(may_decide(&[unheard], 3, 60, 0), Err(Refusal::TooFewVotes { position: 9, voted: 0, needed: 3 }));
    assert_eq!(may_decide(&[case(10, Decision::Refused)], 3, 60, 0), Err(Refusal::VotedFor { position: 10 }));
    let against = Case { votes: Votes { in_favour: 1, against: 3, ..Votes::default() }, ..case(11, Decision::Refused) };
    assert_eq!(may_decide(&[against], 3, 60, 0), Ok(0));
}

proptest! {
    #[test]
    fn the_final_mark_lies_between_its_parts(mean in 0u16..=1000, defence in 0u8..=100, weight in 0i64..=100) {
        let found = final_tenths(mean, defence, weight);
        let (low, high) = (mean.min(u16::from(defence) * 10), mean.max(u16::from(defence) * 10));
        prop_assert!((low..=high).contains(&found), "{found}");
    }

    #[test]
    fn the_mean_lies_between_the_scores(one in 0u8..=100, two in 0u8..=100, three in 0u8..=100) {
        let points = [Some(one), Some(two), Some(three)];
        let Scoring::Done { mean_tenths, .. } = scoring(&scores(&points), 2, 20) else { panic!("three scores are enough") };
        let low = u16::from(one.min(two).min(three)) * 10;
        let high = u16::from(one.max(two).max(three)) * 10;
        prop_assert!((low..=high).contains(&mean_tenths));
    }
}
