//! Tables of cases: who may have an award, and what a round may give.

use super::{
    rules::{Condition, Facts, Heard, Limits, Refusal, Standing, failed, judge, least_own_share, may_give, trend},
    state::Decision,
};
use chrono::NaiveDate;
use preparation::sitting::{self, Votes};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A tailor who has worked for eight months and asks for 4,000 manats.
fn tailor() -> Facts {
    Facts {
        on: day("2024-09-02"),
        in_business: true,
        suspended: false,
        received_on: Some(day("2024-01-05")),
        limits: Limits {
            from: Some(day("2024-07-05")),
            months: 6,
            visits: 2,
            trend: 80,
            own_share: 15,
            least: 300_000,
            most: 800_000,
        },
        sales: vec![60_000, 70_000, 90_000],
        seen_on: Some(day("2024-08-10")),
        seen_working: true,
        seen_until: Some(day("2025-02-10")),
        breach_open: false,
        held: false,
        asked: 400_000,
        own_share: 60_000,
        other_open: false,
    }
}

fn check(change: impl Fn(&mut Facts), unmet: &[Condition]) {
    let mut facts = tailor();
    change(&mut facts);
    let findings = judge(&facts);
    let found: Vec<Condition> = failed(&findings).iter().map(|finding| finding.condition).collect();
    assert_eq!(found, unmet, "{facts:?}");
    assert!(findings.iter().all(|finding| finding.message.key.ends_with("-not") != finding.met));
}

#[test]
fn an_award_needs_months_results_duties_and_an_own_share() {
    check(|_| {}, &[]);
    check(|f| f.on = day("2024-07-05"), &[]);
    check(|f| f.on = day("2024-07-04"), &[Condition::Months]);
    check(|f| (f.received_on, f.limits.from) = (None, None), &[Condition::Months]);
    check(|f| f.in_business = false, &[Condition::InBusiness]);
    check(|f| f.suspended = true, &[Condition::InBusiness]);
    check(|f| f.sales = vec![70_000], &[Condition::Visits, Condition::Trend]);
    check(|f| f.sales = vec![100_000, 79_000], &[Condition::Trend]);
    check(|f| f.sales = vec![100_000, 80_000], &[]);
    check(|f| f.seen_working = false, &[Condition::Working]);
    check(|f| f.seen_until = Some(day("2024-09-01")), &[Condition::Working]);
    check(|f| (f.seen_on, f.seen_until, f.seen_working) = (None, None, false), &[Condition::Working]);
    check(|f| f.breach_open = true, &[Condition::Duties]);
    check(|f| f.held = true, &[Condition::Free]);
    check(|f| f.other_open = true, &[Condition::OneAtATime]);
    check(|f| (f.asked, f.own_share) = (299_999, 60_000), &[Condition::Amount]);
    check(|f| (f.asked, f.own_share) = (800_001, 200_000), &[Condition::Amount]);
    check(|f| f.own_share = 59_999, &[Condition::OwnShare]);
}

#[test]
fn the_later_half_of_visits_is_held_against_the_earlier() {
    for (sales, percent) in [
        (vec![], None),
        (vec![50], None),
        (vec![0, 50], None),
        (vec![100, 150], Some(150)),
        (vec![100, 5, 90], Some(90)),
        (vec![100, 100, 200, 300], Some(250)),
    ] {
        assert_eq!(trend(&sales), percent, "{sales:?}");
    }
}

#[test]
fn an_own_share_is_rounded_up() {
    assert_eq!(least_own_share(400_000, 15), 60_000);
    assert_eq!(least_own_share(333_333, 15), 50_000);
    assert_eq!(least_own_share(333_340, 15), 50_001);
}

fn heard(position: i16, amount: i64, decision: Decision) -> Heard {
    let votes = match decision {
        Decision::Granted => Votes { in_favour: 3, ..Votes::default() },
        Decision::Refused => Votes { against: 3, ..Votes::default() },
        Decision::PutOff => Votes::default(),
    };
    Heard { position, amount, mean_tenths: 700, votes, standing: Standing::Holds, decision }
}

#[test]
fn a_sitting_gives_within_votes_marks_conditions_and_money() {
    let (give, refuse, later) = (Decision::Granted, Decision::Refused, Decision::PutOff);
    let may = |heard: &[Heard], left| may_give(heard, 3, 65, left);
    let two = [heard(1, 300_000, give), heard(2, 500_000, give)];
    assert_eq!(may(&two, 800_000), Ok(800_000));
    assert_eq!(may(&two, 799_999), Err(Refusal::OverBudget { left: 799_999 }));
    assert_eq!(may(&[heard(1, 300_000, give), heard(2, 500_000, later)], 300_000), Ok(300_000));
    assert_eq!(may(&[heard(1, 300_000, refuse)], 0), Ok(0));
}

/// One application at a sitting of which three are a quorum; `change` says in what it is odd.
fn check_one(decision: Decision, change: fn(&mut Heard), expected: Result<i64, Refusal>) {
    let mut one = heard(3, 1, decision);
    change(&mut one);
    assert_eq!(may_give(std::slice::from_ref(&one), 3, 65, 10), expected, "{one:?}");
}

#[test]
fn an_award_is_decided_by_a_quorum_of_votes_on_it() {
    let position = 3;
    let voting = |refusal| Err(Refusal::Sitting(refusal));
    check_one(Decision::Granted, |_| {}, Ok(1));
    check_one(Decision::Granted, |one| one.votes.against = 3, voting(sitting::Refusal::NotVoted { position }));
    check_one(Decision::Granted, |one| one.mean_tenths = 649, voting(sitting::Refusal::BelowPass { position }));
    check_one(Decision::Granted, |one| one.mean_tenths = 650, Ok(1));
    // Two voted and two stepped aside: four were there, and yet two are no quorum.
    let aside: fn(&mut Heard) = |one| one.votes = Votes { in_favour: 2, recused: 2, ..Votes::default() };
    let few = |voted| voting(sitting::Refusal::TooFewVotes { position, voted, needed: 3 });
    check_one(Decision::Granted, aside, few(2));
    check_one(Decision::Refused, aside, few(2));
    check_one(Decision::PutOff, aside, Ok(0));
    check_one(Decision::Refused, |one| one.votes = Votes::default(), few(0));
    check_one(Decision::Refused, |one| one.votes.in_favour = 4, voting(sitting::Refusal::VotedFor { position }));
    check_one(Decision::Refused, |one| (one.votes.in_favour, one.mean_tenths) = (4, 649), Ok(0));
}

#[test]
fn what_no_longer_meets_the_conditions_is_refused_or_put_off_and_what_was_taken_back_is_not_voted_on() {
    let unmet = Err(Refusal::Unmet { position: 3 });
    check_one(Decision::Granted, |one| one.standing = Standing::Unmet, unmet.clone());
    check_one(Decision::Granted, |one| one.standing = Standing::TakenBack, unmet);
    // They voted for it before it was known that the conditions fail.
    check_one(Decision::Refused, |one| (one.standing, one.votes.in_favour) = (Standing::Unmet, 4), Ok(0));
    let few = sitting::Refusal::TooFewVotes { position: 3, voted: 0, needed: 3 };
    check_one(
        Decision::Refused,
        |one| (one.standing, one.votes) = (Standing::Unmet, Votes::default()),
        Err(Refusal::Sitting(few)),
    );
    check_one(Decision::PutOff, |one| one.standing = Standing::Unmet, Ok(0));
    check_one(Decision::Refused, |one| (one.standing, one.votes) = (Standing::TakenBack, Votes::default()), Ok(0));
}
