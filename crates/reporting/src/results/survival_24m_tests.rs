use super::{
    compute::compute,
    compute_tests::{asked, day, equipped, of},
    report::Number,
    subject::{Followup, Pause, Status, Subject, Visit},
};

fn parts(one: Subject, as_of: &str) -> Vec<&'static str> {
    let all = compute(&[one], &asked(as_of));
    let beside = &of(&all, "SURVIVING_24M").beside;
    let named = ["due", "in_business", "ended", "unreachable", "not_visited", "deceased"];
    named.into_iter().filter(|part| beside[part] == Number::Whole(1)).collect()
}

fn check(one: Subject, as_of: &str, expected: &[&str]) {
    assert_eq!(parts(one.clone(), as_of), expected, "{one:?} as of {as_of}");
}

fn seen(on: &str, status: Status) -> Option<Followup> {
    Some(Followup { status, on: day(on) })
}

#[test]
fn a_receipt_on_the_last_of_february_is_due_on_the_28th() {
    check(equipped(1, "2020-02-29"), "2022-02-27", &[]);
    check(equipped(1, "2020-02-29"), "2022-02-28", &["due", "not_visited"]);
}

#[test]
fn only_what_was_seen_within_three_months_tells_of_the_anniversary() {
    // Due on 31 August 2024: from 31 May to 30 November.
    let told = |on: &str| Subject { followups: [None, None, seen(on, Status::Ended)], ..equipped(1, "2022-08-31") };
    check(told("2024-05-31"), "2025-01-01", &["due", "ended"]);
    check(told("2024-11-30"), "2025-01-01", &["due", "ended"]);
    check(told("2024-05-30"), "2025-01-01", &["due", "not_visited"]);
    check(told("2024-12-01"), "2025-01-01", &["due", "not_visited"]);
    // What was seen after the day of the report is not known on it.
    check(told("2024-11-30"), "2024-11-29", &["due", "not_visited"]);
}

#[test]
fn a_later_observation_proves_the_day() {
    let later = Subject { followups: [None, None, seen("2025-02-01", Status::InBusiness)], ..equipped(1, "2022-08-31") };
    check(later.clone(), "2025-03-01", &["due", "in_business"]);
    check(later, "2025-01-31", &["due", "not_visited"]);
}

#[test]
fn three_vain_tries_make_somebody_unreachable() {
    let tried = |days: &[&str]| {
        let visit = |made: &&str| Visit { due: day(made), made: Some(day(made)), ..Visit::default() };
        Subject { visits: days.iter().map(visit).collect(), ..equipped(1, "2022-08-31") }
    };
    check(tried(&["2024-08-20", "2024-09-01", "2024-09-20"]), "2024-12-31", &["due", "unreachable"]);
    check(tried(&["2024-08-20", "2024-09-01"]), "2024-12-31", &["due", "not_visited"]);
    check(tried(&["2024-04-20", "2024-09-01", "2024-09-20"]), "2024-12-31", &["due", "not_visited"]);
}

#[test]
fn a_person_counts_once_a_phase() {
    let subjects = [equipped(1, "2022-08-31"), equipped(1, "2022-06-30")];
    let all = compute(&subjects, &asked("2024-12-31"));
    assert_eq!(of(&all, "SURVIVING_24M").beside["due"], Number::Whole(1));
}

#[test]
fn a_pause_that_grows_too_long_ends_the_curve_and_a_short_one_does_not() {
    let rests = |to: &str| {
        let pauses = vec![Pause { from: day("2022-10-01"), to: Some(day(to)) }];
        let one =
            Subject { pauses, followups: [None, None, seen("2024-09-01", Status::InBusiness)], ..equipped(1, "2022-08-31") };
        of(&compute(&[one], &asked("2024-12-31")), "SURVIVING_24M").beside["km_6m"]
    };
    assert_eq!(rests("2022-12-30"), Number::Fraction(100.0));
    assert_eq!(rests("2022-12-31"), Number::Fraction(0.0));
}
