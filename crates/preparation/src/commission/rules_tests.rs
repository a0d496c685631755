//! Tables of cases: what a sitting may decide on plans.

use super::rules::{Case, Decision, Refusal, final_tenths, may_decide};
use crate::sitting::{self, Votes};
use proptest::prelude::*;

fn case(position: i16, decision: Decision) -> Case {
    Case { position, amount: 500_000, mark: Some(700), votes: Votes { in_favour: 3, against: 1, ..Votes::default() }, decision }
}

/// A refusal that plans share with whatever else is voted on.
fn voting(refusal: sitting::Refusal) -> Result<i64, Refusal> {
    Err(Refusal::Sitting(refusal))
}

#[test]
fn a_sitting_grants_what_was_voted_for_what_passed_and_what_there_is() {
    let all = [case(1, Decision::Approved), case(2, Decision::Revise), case(3, Decision::Approved)];
    assert_eq!(may_decide(&all, 3, 60, 1_000_000), Ok(1_000_000));
    assert_eq!(may_decide(&all, 3, 60, 999_999), Err(Refusal::OverBudget));
    let unvoted = Case { votes: Votes { in_favour: 2, against: 2, ..Votes::default() }, ..case(4, Decision::Approved) };
    assert_eq!(may_decide(&[unvoted], 3, 60, 1_000_000), voting(sitting::Refusal::NotVoted { position: 4 }));
    let poor = Case { mark: Some(599), ..case(5, Decision::Reserve) };
    assert_eq!(may_decide(&[poor], 3, 60, 1_000_000), voting(sitting::Refusal::BelowPass { position: 5 }));
}

#[test]
fn nobody_is_refused_or_granted_without_a_quorum_of_votes_but_whoever_did_not_come_to_defend() {
    let silent = Case { mark: None, ..case(6, Decision::Approved) };
    assert_eq!(may_decide(&[silent], 3, 60, 1_000_000), Err(Refusal::NoDefence { position: 6 }));
    let absent = Case { mark: None, votes: Votes::default(), ..case(7, Decision::Refused) };
    assert_eq!(may_decide(&[absent], 3, 60, 0), Ok(0));
    let aside = Case { votes: Votes { in_favour: 2, recused: 3, ..Votes::default() }, ..case(8, Decision::Approved) };
    assert_eq!(
        may_decide(&[aside], 3, 60, 1_000_000),
        voting(sitting::Refusal::TooFewVotes { position: 8, voted: 2, needed: 3 })
    );
    let unheard = Case { votes: Votes::default(), ..case(9, Decision::Refused) };
    assert_eq!(may_decide(&[unheard], 3, 60, 0), voting(sitting::Refusal::TooFewVotes { position: 9, voted: 0, needed: 3 }));
    assert_eq!(may_decide(&[case(10, Decision::Refused)], 3, 60, 0), voting(sitting::Refusal::VotedFor { position: 10 }));
    let against = Case { votes: Votes { in_favour: 1, against: 3, ..Votes::default() }, ..case(11, Decision::Refused) };
    assert_eq!(may_decide(&[against], 3, 60, 0), Ok(0));
}

#[test]
fn what_too_few_may_vote_on_is_put_off_and_takes_no_money() {
    let aside = Case { votes: Votes { in_favour: 1, recused: 4, ..Votes::default() }, ..case(12, Decision::PutOff) };
    assert_eq!(may_decide(&[aside.clone(), case(13, Decision::Approved)], 3, 60, 500_000), Ok(500_000));
    assert_eq!(may_decide(&[Case { mark: None, votes: Votes::default(), ..aside }], 3, 60, 0), Ok(0));
}

proptest! {
    #[test]
    fn the_final_mark_lies_between_its_parts(mean in 0u16..=1000, defence in 0u8..=100, weight in 0i64..=100) {
        let found = final_tenths(mean, defence, weight);
        let (low, high) = (mean.min(u16::from(defence) * 10), mean.max(u16::from(defence) * 10));
        prop_assert!((low..=high).contains(&found), "{found}");
    }
}
