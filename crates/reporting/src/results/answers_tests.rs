use super::{
    answers::{behind, measure},
    compute::compute,
    compute_tests::{asked, day, equipped, of},
    report::{Measured, Number},
    subject::{Appeal, Grievance, Subject},
};
use values::id::CaseId;

fn grievance(lodged: &str, due: &str, told: Option<&str>) -> Grievance {
    Grievance { region: "R9".to_owned(), lodged: day(lodged), due: day(due), told: told.map(day), ..Grievance::default() }
}

fn measured(subjects: &[Subject], grievances: &[Grievance], as_of: &str) -> Vec<Measured> {
    let asked = asked(as_of);
    measure(subjects, grievances, &asked, &compute(subjects, &asked))
}

#[test]
fn a_grievance_counts_once_it_is_answered_or_its_clock_has_run_out() {
    let check = |told: Option<&str>, as_of: &str, expected: (i64, i64)| {
        let all = measured(&[], &[grievance("2024-05-01", "2024-05-22", told)], as_of);
        let one = of(&all, "GRIEVANCES_ON_TIME");
        let expected = (Some(Number::Whole(expected.0)), Some(Number::Whole(expected.1)));
        assert_eq!((one.numerator, one.denominator), expected, "told {told:?}, as of {as_of}");
    };
    check(None, "2024-05-21", (0, 0));
    check(None, "2024-05-22", (0, 1));
    check(Some("2024-05-10"), "2024-05-09", (0, 0));
    check(Some("2024-05-10"), "2024-05-10", (1, 1));
    check(Some("2024-05-22"), "2024-06-30", (1, 1));
    check(Some("2024-05-23"), "2024-06-30", (0, 1));
}

#[test]
fn what_was_withdrawn_is_out_of_the_share_and_in_the_rate() {
    let withdrawn = Grievance { withdrawn: Some(day("2024-05-03")), ..grievance("2024-05-01", "2024-05-22", None) };
    let grievances = [withdrawn, grievance("2024-05-02", "2024-05-23", Some("2024-05-20"))];
    let subjects: Vec<Subject> = (1..=4).map(|number| equipped(number, "2024-01-10")).collect();
    let all = measured(&subjects, &grievances, "2024-06-30");
    assert_eq!(of(&all, "GRIEVANCES_ON_TIME").denominator, Some(Number::Whole(1)));
    let rate = of(&all, "GRIEVANCE_RATE");
    assert_eq!((rate.value, rate.denominator), (Some(Number::Fraction(50.0)), Some(Number::Whole(4))));
    assert_eq!(rate.by.region["R9"], None, "nobody was equipped in that region");
}

#[test]
fn a_grievance_opens_to_the_case_that_it_is_about() {
    let case = CaseId(uuid::Uuid::from_u128(7));
    let subjects = [Subject { case: Some(case), ..equipped(1, "2024-01-10") }];
    let about = Grievance { case: Some(case), ..grievance("2024-05-01", "2024-05-22", Some("2024-05-20")) };
    let grievances = [about, grievance("2024-05-01", "2024-05-22", None)];
    let asked = asked("2024-06-30");
    let count = |part: &str| behind("GRIEVANCES_ON_TIME", part, &subjects, &grievances, &asked).map(|cases| cases.len());
    assert_eq!((count(""), count("denominator"), count("absent")), (Some(1), Some(1), None));
}

#[test]
fn appeals_that_changed_a_decision_of_those_decided() {
    let appeal = |on: &str, is_changed| Appeal { decided: day(on), is_changed };
    let appeals = vec![appeal("2024-03-01", false), appeal("2024-04-01", true), appeal("2024-08-01", true)];
    let subjects = [Subject { appeals, ..equipped(1, "2024-01-10") }];
    let all = compute(&subjects, &asked("2024-07-31"));
    assert_eq!(of(&all, "APPEALS_CHANGED").value, Some(Number::Fraction(50.0)));
}
