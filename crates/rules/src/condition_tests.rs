use crate::{Condition, Facts, Kind, Truth, Value, Vocabulary};
use chrono::NaiveDate;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn vocabulary() -> Vocabulary {
    Vocabulary::new()
        .with("draws_insurance", Kind::Bool)
        .with("has_land", Kind::Bool)
        .with("admitted", Kind::Integer)
        .with("today", Kind::Date)
        .with("birth_date", Kind::Date)
        .with("groups", Kind::Codes)
        .with("$AGE_MIN", Kind::Integer)
}

fn facts() -> Facts {
    Facts::new()
        .with("draws_insurance", false)
        .with("admitted", 50)
        .with("today", date("2024-09-02"))
        .with("birth_date", date("2006-09-03"))
        .with("groups", Value::codes(["TSA", "DISAB"]))
        .with("$AGE_MIN", 18)
}

fn check(source: &str, expected: Truth) {
    let condition = Condition::parse(source, &vocabulary()).unwrap_or_else(|fault| panic!("{source}: {fault}"));
    assert_eq!(condition.ask(&facts()).truth, expected, "{source}");
}

#[test]
fn conditions_read_as_people_say_them() {
    use Truth::{No, Yes};
    check("not draws_insurance", Yes);
    check("draws_insurance == false", Yes);
    check(r#""TSA" in groups"#, Yes);
    check(r#""LTU_1Y" in groups"#, No);
    check(r#"any_of(groups, "LTU_1Y", "DISAB")"#, Yes);
    check("admitted >= 50 and admitted < 51", Yes);
    check("admitted + 1 > 50", Yes);
    check("(admitted - 10) * 2 == 80", Yes);
    check("admitted - 10 * 2 == 30", Yes);
    check("years(birth_date, today) < $AGE_MIN", Yes);
    check("years(birth_date, 2024-09-03) < $AGE_MIN", No);
    check("today >= 2024-09-02", Yes);
    check("not not draws_insurance", No);
    check("true or has_land", Yes);
}

#[test]
fn and_binds_closer_than_or() {
    check("true or false and false", Truth::Yes);
    check("(true or false) and false", Truth::No);
}

#[test]
fn months_and_years_count_whole_ones_and_close_on_the_last_day() {
    let vocabulary = Vocabulary::new().with("from", Kind::Date).with("to", Kind::Date);
    let months = |from: &str, to: &str, expected: i64| {
        let condition = Condition::parse(&format!("months(from, to) == {expected}"), &vocabulary);
        // Negative literals do not exist, so the expected value is asked for by its opposite.
        let condition = match condition {
            Ok(condition) => condition,
            Err(_) => Condition::parse(&format!("months(to, from) == {}", -expected), &vocabulary).unwrap(),
        };
        let facts = Facts::new().with("from", date(from)).with("to", date(to));
        assert_eq!(condition.ask(&facts).truth, Truth::Yes, "{from} to {to} is not {expected} months");
    };
    months("2023-01-31", "2023-02-28", 1);
    months("2024-01-31", "2024-02-28", 0);
    months("2024-01-15", "2024-02-14", 0);
    months("2022-09-02", "2024-09-02", 24);
    months("2024-02-29", "2025-02-28", 12);
    months("2024-03-01", "2024-01-01", -2);
}

#[test]
fn a_missing_fact_matters_only_when_it_could_decide() {
    use Truth::{No, Unknown, Yes};
    check("has_land", Unknown);
    check("has_land or not draws_insurance", Yes);
    check("has_land and draws_insurance", No);
    check("has_land and not draws_insurance", Unknown);
    check("not has_land", Unknown);
    check("known(has_land)", No);
    check("not known(has_land) or has_land", Yes);
}

#[test]
fn the_answer_names_the_facts_used_and_the_missing_ones() {
    let condition = Condition::parse("admitted > 10 and has_land", &vocabulary()).unwrap();
    let answer = condition.ask(&facts());
    assert_eq!(answer.truth, Truth::Unknown);
    assert_eq!(answer.used.into_iter().collect::<Vec<_>>(), [("admitted".to_owned(), Value::Integer(50))]);
    assert_eq!(answer.missing, ["has_land"]);
    assert_eq!(condition.names(), ["admitted", "has_land"]);
}

#[test]
fn a_decided_condition_reports_nothing_missing() {
    let condition = Condition::parse("has_land or admitted > 10", &vocabulary()).unwrap();
    let answer = condition.ask(&facts());
    assert_eq!((answer.truth, answer.missing), (Truth::Yes, Vec::new()));
}

fn refuse(source: &str, at: usize, words: &str) {
    let fault = Condition::parse(source, &vocabulary()).expect_err(source);
    assert_eq!((fault.at, fault.to_string().as_str()), (at, words), "{source}");
}

#[test]
fn faults_are_placed_and_say_what_was_expected() {
    refuse("draws_insurence", 0, "there is no fact draws_insurence; expected a known name such as draws_insurance");
    refuse("admitted > $AGE_MAX", 11, "there is no parameter $AGE_MAX; expected a known name such as $AGE_MIN");
    refuse("admitted", 0, "this is a whole number; expected yes or no");
    refuse("admitted > today", 11, "a whole number is compared with a date; expected a whole number");
    refuse("groups == groups", 0, "a set of codes cannot be compared so; expected in, or any_of() for codes");
    refuse("has_land has_land", 9, "has_land after a complete condition; expected and, or, or the end");
    refuse("(has_land", 9, "the end here; expected )");
    refuse(
        r#""TSA" = groups"#,
        6,
        "the character '=' has no meaning here; expected a fact, a number, a date, a code in quotes or a sign",
    );
    refuse(r#""TSA in groups"#, 0, "the quote is never closed; expected a closing \"");
    refuse("today > 2024-13-01", 8, "2024-13-01 is not a date; expected a date such as 2024-09-02");
    refuse("", 0, "the end where a value belongs; expected a fact, a number, a date or (");
    refuse("years(admitted, today) > 1", 6, "this is a whole number; expected a date");
    refuse("has_land and", 12, "the end where a value belongs; expected a fact, a number, a date or (");
}

#[test]
fn endless_nesting_is_refused() {
    let deep = format!("{}has_land{}", "(".repeat(60), ")".repeat(60));
    let fault = Condition::parse(&deep, &vocabulary()).expect_err("too deep");
    assert_eq!(fault.what, "the condition is nested too deeply");
    let negated = format!("{}has_land", "not ".repeat(100));
    assert_eq!(Condition::parse(&negated, &vocabulary()).expect_err("too deep").what, "the condition is nested too deeply");
}

#[test]
fn no_text_makes_the_reader_panic() {
    use proptest::prelude::*;
    proptest!(|(source in r#"[a-z_$"(),<>=!+*0-9 \-əİ]{0,60}"#)| {
        let _ = Condition::parse(&source, &vocabulary()).map(|condition| condition.ask(&facts()));
    });
}
