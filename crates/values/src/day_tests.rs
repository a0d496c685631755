use crate::{Age, WorkingDays, add_months, exchanged_for};
use chrono::NaiveDate;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Novruz and Ramazan of 2025 with their rest days, and the Saturday worked for a rest day in January.
fn calendar() -> WorkingDays {
    let holidays = (20..=31).map(|d| NaiveDate::from_ymd_opt(2025, 3, d).unwrap());
    WorkingDays::new(holidays.chain([day("2025-01-01"), day("2025-01-02"), day("2025-01-03")]), [day("2024-12-28")])
}

#[test]
fn weekends_and_holidays_rest_and_moved_days_work() {
    let check = |date: &str, working: bool| assert_eq!(calendar().is_working(day(date)), working, "{date}");
    check("2025-03-19", true);
    check("2025-03-20", false);
    check("2025-03-22", false);
    check("2025-04-05", false);
    check("2024-12-28", true);
    check("2024-12-29", false);
}

#[test]
fn a_term_skips_days_of_rest() {
    let check = |from: &str, n: i32, to: &str| {
        assert_eq!(calendar().add(day(from), n), day(to), "{from} {n}");
        assert_eq!(calendar().between(day(from), day(to)), n, "{from} {n}");
    };
    check("2025-03-19", 1, "2025-04-01");
    check("2025-03-19", 0, "2025-03-19");
    check("2025-04-01", -1, "2025-03-19");
    check("2024-12-27", 1, "2024-12-28");
    check("2024-12-27", 4, "2025-01-06");
    check("2025-03-22", 5, "2025-04-07");
}

#[test]
fn a_day_of_rest_moves_to_the_next_working_day() {
    assert_eq!(calendar().on_or_after(day("2025-03-22")), day("2025-04-01"));
    assert_eq!(calendar().on_or_after(day("2025-04-01")), day("2025-04-01"));
}

#[test]
fn a_calendar_arrives_in_any_order() {
    let json = r#"{"holidays":["2025-03-21","2025-03-20"],"moved":[]}"#;
    let calendar: WorkingDays = serde_json::from_str(json).unwrap();
    assert_eq!(calendar.add(day("2025-03-19"), 1), day("2025-03-24"));
}

#[test]
fn the_exchanged_day_is_read_from_the_official_wording() {
    let check = |name: &str, expected: Option<&str>| assert_eq!(exchanged_for(name), expected.map(day), "{name}");
    check("İstirahət günü (28.12.2019 ilə əvəz edilmişdir)", Some("2019-12-28"));
    check("Qadınlar günü (müşahidə olunur)", None);
    check("Yeni il bayramı", None);
    check("İstirahət günü (31.02.2019 ilə əvəz edilmişdir)", None);
}

#[test]
fn months_end_on_the_last_day_of_a_shorter_month() {
    let check = |date: &str, months: i32, to: &str| assert_eq!(add_months(day(date), months), day(to), "{date} {months}");
    check("2024-02-29", 12, "2025-02-28");
    check("2024-02-29", 48, "2028-02-29");
    check("2025-01-31", 1, "2025-02-28");
    check("2025-03-31", -1, "2025-02-28");
    check("2025-12-15", 1, "2026-01-15");
    assert_eq!(add_months(NaiveDate::MAX, 1), NaiveDate::MAX);
}

#[test]
fn age_counts_completed_months() {
    let check = |birth: &str, on: &str, months: Option<u32>| {
        assert_eq!(Age::at(day(birth), day(on)).map(Age::in_months), months, "{birth} {on}");
    };
    check("1990-05-20", "2025-05-19", Some(35 * 12 - 1));
    check("1990-05-20", "2025-05-20", Some(35 * 12));
    check("2004-02-29", "2025-02-27", Some(21 * 12 - 1));
    check("2004-02-29", "2025-02-28", Some(21 * 12));
    check("2025-05-20", "2025-05-20", Some(0));
    check("2025-05-20", "2025-05-19", None);
    assert_eq!(Age::at(day("1990-05-20"), day("2025-05-19")).unwrap().years(), 34);
}

proptest! {
    #[test]
    fn between_undoes_add(start in 0i64..900, n in -300i32..300) {
        let from = day("2024-01-01") + chrono::Days::new(start.unsigned_abs());
        let to = calendar().add(from, n);
        // Counting back from a day of rest does not count the day itself.
        prop_assume!(n >= 0 || calendar().is_working(from));
        prop_assert_eq!(calendar().between(from, to), n);
        prop_assert!(n == 0 || calendar().is_working(to));
    }

    #[test]
    fn add_there_and_back_returns_to_a_working_day(start in 0u64..900, n in -300i32..300) {
        let from = calendar().on_or_after(day("2024-01-01") + chrono::Days::new(start));
        prop_assert_eq!(calendar().add(calendar().add(from, n), -n), from);
    }

    #[test]
    fn age_grows_by_one_month_in_a_month(days in 0u64..30_000, months in 0i32..1_200) {
        let birth = day("1930-01-01") + chrono::Days::new(days);
        let months_old = Age::at(birth, add_months(birth, months)).unwrap().in_months();
        prop_assert_eq!(i64::from(months_old), i64::from(months));
    }
}
