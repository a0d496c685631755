//! Tables of cases: who may have an award, and what a round may give.

use super::{
    rules::{Condition, Facts, Heard, Limits, Refusal, failed, judge, least_own_share, may_give, trend},
    state::Decision,
};
use chrono::NaiveDate;

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
    Heard { position, amount, mean_tenths: 700, carried: true, stands: true, decision }
}

#[test]
fn a_sitting_gives_within_votes_marks_conditions_and_money() {
    let (give, refuse, later) = (Decision::Granted, Decision::Refused, Decision::PutOff);
    let two = [heard(1, 300_000, give), heard(2, 500_000, give)];
    assert_eq!(may_give(&two, 65, 800_000), Ok(800_000));
    assert_eq!(may_give(&two, 65, 799_999), Err(Refusal::OverBudget { left: 799_999 }));
    assert_eq!(may_give(&[heard(1, 300_000, give), heard(2, 500_000, later)], 65, 300_000), Ok(300_000));
    assert_eq!(may_give(&[heard(1, 300_000, refuse)], 65, 0), Ok(0));
    let odd = |change: fn(&mut Heard)| {
        let mut one = heard(3, 1, give);
        change(&mut one);
        may_give(&[one], 65, 10)
    };
    assert_eq!(odd(|one| one.carried = false), Err(Refusal::NotVoted { position: 3 }));
    assert_eq!(odd(|one| one.mean_tenths = 649), Err(Refusal::BelowPass { position: 3 }));
    assert_eq!(odd(|one| one.mean_tenths = 650), Ok(1));
    assert_eq!(odd(|one| one.stands = false), Err(Refusal::Unmet { position: 3 }));
    assert_eq!(odd(|one| (one.stands, one.decision) = (false, Decision::Refused)), Ok(0));
}
