use super::against::{Planned, of_month, share};
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn a_visit_is_held_against_the_month_that_went_before_it() {
    let sales = [100, 200, 300];
    let started = day("2024-03-10");
    for (on, expected) in [
        ("2024-03-09", None),
        ("2024-03-20", Some(Planned { month: 1, sales: 100 })),
        ("2024-05-09", Some(Planned { month: 1, sales: 100 })),
        ("2024-05-10", Some(Planned { month: 2, sales: 200 })),
        ("2024-06-30", Some(Planned { month: 3, sales: 300 })),
        ("2025-03-10", Some(Planned { month: 12, sales: 300 })),
    ] {
        assert_eq!(of_month(&sales, started, day(on)), expected, "{on}");
    }
    assert_eq!(of_month(&[], started, day("2024-05-10")), None);
    assert_eq!(of_month(&[0], started, day("2024-05-10")), None);
}

#[test]
fn sales_are_told_as_a_share_of_the_plan() {
    assert_eq!(share(Planned { month: 2, sales: 20_000 }, 9_900), 49);
    assert_eq!(share(Planned { month: 2, sales: 20_000 }, 26_000), 130);
}
