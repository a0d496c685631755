use super::{
    compute::{Asked, compute},
    report::{Measured, Number},
    subject::{Days, Subject, Visit},
};
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn asked() -> Asked {
    Asked {
        as_of: day("2024-09-02"),
        training_settled_days: 60,
        ownership_settled_days: 60,
        followup_window_months: 3,
        seen_within_days: 180,
        ..Asked::default()
    }
}

fn visit(due: &str, made: Option<&str>) -> Visit {
    Visit { due: day(due), made: made.map(day), is_planned: true, is_met: true, ..Visit::default() }
}

fn business(visits: Vec<Visit>) -> Subject {
    let days = Days { received: Some(day("2023-06-01")), started: Some(day("2023-06-20")), ..Days::default() };
    Subject { sex: Some('F'), residence: "R1".into(), days, visits, ..Subject::default() }
}

fn measured(subjects: &[Subject], code: &str) -> Measured {
    compute(subjects, &asked()).into_iter().find(|measured| measured.code == code).expect("an indicator")
}

#[test]
fn only_planned_visits_whose_day_has_come_can_be_late() {
    let unplanned = Visit { is_planned: false, ..visit("2024-08-01", Some("2024-08-01")) };
    let subjects = [business(vec![
        visit("2024-05-01", Some("2024-04-29")),
        visit("2024-07-01", Some("2024-07-09")),
        visit("2024-08-20", None),
        visit("2024-12-01", None),
        unplanned,
    ])];
    let on_time = measured(&subjects, "VISITS_ON_TIME");
    assert_eq!((on_time.numerator, on_time.denominator), (Some(Number::Whole(1)), Some(Number::Whole(3))));
    assert_eq!(on_time.value, Some(Number::Fraction(33.33)));
}

#[test]
fn jobs_are_those_of_the_latest_fresh_visit_by_the_workers_sex() {
    let staff = |made: &str, women, men| Visit { women, men, asks_workers: true, ..visit(made, Some(made)) };
    let mut ended = business(vec![staff("2024-08-01", 5, 5)]);
    ended.days.ended = Some(day("2024-08-15"));
    let subjects = [
        business(vec![staff("2024-03-20", 4, 0), staff("2024-08-01", 1, 2), visit("2024-08-20", Some("2024-08-20"))]),
        business(vec![staff("2023-12-01", 3, 3)]),
        ended,
    ];
    let jobs = measured(&subjects, "JOBS");
    assert_eq!(jobs.value, Some(Number::Whole(3)));
    assert_eq!((jobs.by.sex["F"], jobs.by.sex["M"]), (Some(Number::Whole(1)), Some(Number::Whole(2))));
}

#[test]
fn satisfaction_is_the_latest_answer_with_its_margin() {
    let said = |made: &str, satisfaction| Visit { satisfaction: Some(satisfaction), ..visit(made, Some(made)) };
    let subjects = [
        business(vec![said("2024-03-01", 2), said("2024-06-01", 5)]),
        business(vec![said("2024-06-01", 3)]),
        business(vec![visit("2024-06-01", Some("2024-06-01"))]),
    ];
    let satisfaction = measured(&subjects, "SATISFACTION");
    assert_eq!(satisfaction.value, Some(Number::Fraction(50.0)));
    assert_eq!(satisfaction.denominator, Some(Number::Whole(2)));
    assert_eq!(satisfaction.beside["margin"], Number::Fraction(69.3));
}

#[test]
fn a_business_met_at_a_visit_is_not_stale() {
    let met = business(vec![visit("2024-06-01", Some("2024-06-01"))]);
    let away = business(vec![Visit { is_met: false, ..visit("2024-06-01", Some("2024-06-01")) }]);
    let later = business(vec![visit("2024-10-01", Some("2024-10-01"))]);
    let subjects = [met, away, later];
    assert_eq!(measured(&subjects, "OPERATING").value, Some(Number::Whole(1)));
    assert_eq!(measured(&subjects, "STATUS_STALE").value, Some(Number::Whole(2)));
}
