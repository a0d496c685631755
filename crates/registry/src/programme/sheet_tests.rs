use super::{Answer, load_tests::programme, sheet::Sheet};
use platform::form::Posted;

/// What the visit form makes of a date typed as day, month and year.
#[track_caller]
fn check(day: &str, month: &str, year: &str, expected: Option<&str>, refused: bool) {
    let programme = programme();
    let form = &programme.monitoring().form;
    let posted = Posted::of([("status_since-day", day), ("status_since-month", month), ("status_since-year", year)]);
    let sheet = Sheet::of(form, &posted);
    let answer = sheet.answer(form.field("status_since").unwrap(), "status_since");
    assert_eq!(answer, expected.map(|date| Answer::Date(date.parse().unwrap())));
    let is_wrong = sheet.problems(form).list.iter().any(|error| error.field.as_deref() == Some("status_since"));
    assert_eq!(is_wrong, refused);
    assert_eq!(sheet.value("status_since").is_empty(), [day, month, year].iter().all(|part| part.is_empty()));
}

#[test]
fn a_date_typed_in_three_parts_is_an_answer_and_never_lost() {
    check("9", "10", "2024", Some("2024-10-09"), false);
    check("", "", "", None, false);
    check("31", "2", "2024", None, true);
    check("9", "10", "24", None, true);
    check("9", "", "", None, true);
}
