use super::{
    compute::{Asked, compute},
    compute_tests::{asked, day, equipped, of},
    report::Number,
    subject::{Household, Membership, Subject, Visit},
};

fn told(made: &str, income: Option<i64>, is_assisted: Option<bool>) -> Visit {
    Visit { due: day(made), made: Some(day(made)), household_income: income, is_assisted, is_met: true, ..Visit::default() }
}

/// Equipped on 31 August 2022: the anniversary is 31 August 2023, the window runs from 31 May to 30 November.
fn household(visits: Vec<Visit>) -> Subject {
    let mut one = equipped(1, "2022-08-31");
    one.days.contracted = Some(day("2022-07-01"));
    one.groups = vec![Membership { code: "AID".into(), from: day("2021-01-01"), to: None }];
    one.household = Some(Household { registered_on: day("2021-05-01"), income: 40_000, size: 4 });
    Subject { visits, ..one }
}

fn measured(subjects: &[Subject], as_of: &str, code: &str) -> (Option<Number>, Option<Number>) {
    let prices = vec![(day("2021-01-01"), 1000), (day("2023-01-01"), 1250)];
    let asked = Asked { assistance: Some("AID".to_owned()), prices, ..asked(as_of) };
    let all = compute(subjects, &asked);
    (of(&all, code).value, of(&all, code).numerator)
}

#[test]
fn income_is_compared_a_head_in_the_prices_of_the_registration() {
    let check = |made: &str, as_of: &str, expected: Option<i64>| {
        let subjects = [household(vec![told(made, Some(100_000), None)])];
        assert_eq!(measured(&subjects, as_of, "INCOME_GAIN").0, expected.map(Number::Whole), "{made} as of {as_of}");
    };
    // 100,000 at a level of 1250 are 80,000 at 1000: 40,000 more for four heads.
    check("2023-09-05", "2023-12-31", Some(10_000));
    // The window's ends fall on the last days of shorter months.
    check("2023-05-31", "2023-12-31", Some(10_000));
    check("2023-11-30", "2023-12-31", Some(10_000));
    check("2023-05-30", "2023-12-31", None);
    check("2023-12-01", "2023-12-31", None);
    // Seen early, but the twelve months are not over.
    check("2023-07-01", "2023-08-30", None);
    check("2023-07-01", "2023-08-31", Some(10_000));
}

#[test]
fn the_answer_nearest_to_the_anniversary_counts() {
    let subjects = [household(vec![told("2023-06-20", Some(500_000), None), told("2023-09-10", Some(50_000), None)])];
    assert_eq!(measured(&subjects, "2023-12-31", "INCOME_GAIN").0, Some(Number::Whole(0)));
}

#[test]
fn who_left_assistance_and_who_came_back() {
    let free = household(vec![told("2023-09-05", None, Some(false)), told("2024-09-01", None, Some(true))]);
    let still = household(vec![told("2023-09-05", None, Some(true))]);
    let silent = household(vec![told("2023-09-05", Some(1), None)]);
    let never = Subject { groups: Vec::new(), ..free.clone() };
    let subjects = [free, still, silent, never];
    let half = Some(Number::Fraction(50.0));
    assert_eq!(measured(&subjects, "2024-12-31", "ASSISTANCE_EXIT"), (half, Some(Number::Whole(1))));
    assert_eq!(measured(&subjects, "2024-12-31", "ASSISTANCE_REENTRY").0, Some(Number::Fraction(100.0)));
    assert_eq!(measured(&subjects, "2024-08-31", "ASSISTANCE_REENTRY").0, Some(Number::Fraction(0.0)));
}
