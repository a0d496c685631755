//! Tables of cases: who is a quorum, whose votes count, and which decisions may stand.

use super::{Attendance, Ballot, Choice, Effect, Motion, Refusal, Votes, attendance, counted, may_close, may_stand, quorum};
use proptest::prelude::*;
use uuid::Uuid;

fn member(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn members(numbers: &[u128]) -> Vec<Uuid> {
    numbers.iter().map(|number| member(*number)).collect()
}

/// The plan or the application that is voted on.
const ITEM: Uuid = Uuid::from_u128(100);

fn ballots(cast: &[(u128, Choice)]) -> Vec<Ballot> {
    cast.iter().map(|(number, choice)| Ballot { item: ITEM, member: member(*number), choice: *choice }).collect()
}

#[test]
fn a_quorum_is_rounded_up() {
    assert_eq!(
        [(5, 50), (5, 60), (4, 67), (0, 50), (3, 100)].map(|(members, percent)| quorum(members, percent)),
        [3, 3, 3, 1, 3]
    );
}

#[test]
fn a_sitting_is_closed_once_and_not_before_its_day() {
    let day = |text: &str| text.parse().unwrap();
    let close = |is_closed, today: &str| may_close(is_closed, day("2024-09-05"), day(today));
    assert_eq!(close(false, "2024-09-04"), Err(Refusal::Early { on: day("2024-09-05") }));
    assert_eq!([close(false, "2024-09-05"), close(false, "2024-09-09")], [Ok(()), Ok(())]);
    assert_eq!(close(true, "2024-09-05"), Err(Refusal::Closed));
}

#[test]
fn only_members_who_were_called_make_a_quorum_and_each_once() {
    let called = || members(&[1, 2, 3, 4, 5]);
    let came = |numbers: &[u128]| attendance(called(), &members(numbers), 60);
    assert_eq!(came(&[1, 2, 3]), Ok(Attendance { present: members(&[1, 2, 3]), quorum: 3 }));
    assert_eq!(came(&[1, 2]), Err(Refusal::NoQuorum { present: 2, needed: 3 }));
    assert_eq!(came(&[1, 2, 9]), Err(Refusal::NoQuorum { present: 2, needed: 3 }));
    assert_eq!(came(&[1, 2, 2]), Err(Refusal::NoQuorum { present: 2, needed: 3 }));
    assert_eq!(came(&[]), Err(Refusal::NoQuorum { present: 0, needed: 3 }));
}

#[test]
fn whoever_voted_ahead_and_did_not_come_has_not_voted() {
    let cast = ballots(&[(1, Choice::For), (2, Choice::Recused), (3, Choice::Abstained), (4, Choice::Against)]);
    let all = Votes { in_favour: 1, against: 1, abstained: 1, recused: 1 };
    assert_eq!(counted(cast.clone())[&ITEM], all);
    assert_eq!(all.voted(), 3);
    let three = attendance(members(&[1, 2, 3, 4]), &members(&[1, 2, 3]), 50).unwrap();
    assert_eq!(three.count(cast)[&ITEM], Votes { against: 0, ..all });
}

fn check(in_favour: u16, against: u16, recused: u16, passes: bool, effect: Effect, expected: Result<(), Refusal>) {
    let votes = Votes { in_favour, against, abstained: 0, recused };
    let motion = Motion { position: 7, votes, passes, effect };
    assert_eq!(may_stand(&motion, 3), expected, "{motion:?}");
}

#[test]
fn an_item_is_decided_by_a_quorum_of_votes_on_it() {
    let few = |voted| Err(Refusal::TooFewVotes { position: 7, voted, needed: 3 });
    for effect in [Effect::Grants, Effect::SendsBack, Effect::Refuses] {
        check(2, 0, 3, true, effect, few(2));
        check(0, 0, 5, true, effect, few(0));
        check(0, 0, 0, false, effect, few(0));
    }
    check(2, 0, 3, true, Effect::PutsOff, Ok(()));
    check(0, 0, 0, false, Effect::PutsOff, Ok(()));
}

#[test]
fn a_majority_grants_what_passed_and_nothing_else_is_refused_against_it() {
    let position = 7;
    check(3, 1, 0, true, Effect::Grants, Ok(()));
    check(2, 2, 0, true, Effect::Grants, Err(Refusal::NotVoted { position }));
    check(3, 1, 0, false, Effect::Grants, Err(Refusal::BelowPass { position }));
    check(3, 1, 0, true, Effect::Refuses, Err(Refusal::VotedFor { position }));
    check(3, 1, 0, false, Effect::Refuses, Ok(()));
    check(1, 3, 0, true, Effect::Refuses, Ok(()));
    check(3, 1, 0, true, Effect::SendsBack, Ok(()));
    check(1, 3, 0, false, Effect::SendsBack, Ok(()));
    check(3, 1, 0, true, Effect::PutsOff, Ok(()));
}

#[test]
fn a_choice_is_known_by_its_code_and_its_number() {
    for choice in Choice::ALL {
        assert_eq!(Choice::from_code(choice.code()), Some(choice));
        assert_eq!(Choice::from_number(choice as i16), Some(choice));
    }
    assert_eq!((Choice::from_code("yes"), Choice::from_number(0)), (None, None));
}

proptest! {
    #[test]
    fn nothing_is_granted_by_fewer_votes_than_a_quorum(in_favour in 0u16..6, against in 0u16..6, recused in 0u16..6, needed in 1usize..8) {
        let votes = Votes { in_favour, against, abstained: 0, recused };
        let stands = may_stand(&Motion { position: 1, votes, passes: true, effect: Effect::Grants }, needed).is_ok();
        prop_assert_eq!(stands, usize::from(in_favour + against) >= needed && in_favour > against);
    }
}
