use super::rules::{Refusal, ends_on, number, open};
use chrono::NaiveDate;
use registry::{case::Stage, programme::Months};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn a_term_ends_on_the_same_day_of_a_later_month() {
    assert_eq!(ends_on(day("2024-08-02"), Months(12)), day("2025-08-02"));
    assert_eq!(ends_on(day("2020-02-29"), Months(24)), day("2022-02-28"));
    assert_eq!(ends_on(day("2021-08-31"), Months(6)), day("2022-02-28"));
}

#[test]
fn only_an_approved_plan_opens_a_contract() {
    for stage in Stage::ALL {
        let expected = if *stage == Stage::Approved { Ok(()) } else { Err(Refusal::NotApproved) };
        assert_eq!(open(*stage), expected, "{stage:?}");
    }
}

#[test]
fn the_number_names_the_application() {
    assert_eq!(number("2024-0021-00317-4"), "M-2024-0021-00317-4");
}
