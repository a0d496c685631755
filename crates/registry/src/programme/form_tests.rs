use super::{Answer, FieldKind, load_tests::programme};
use values::{Money, Refusal};

/// What the plan form makes of something typed: the answer in JSON, or the key of the refusal.
#[track_caller]
fn check(field: &str, typed: &[&str], expected: &str) {
    let programme = programme();
    let told = match programme.plan_form().field(field).unwrap().read(typed) {
        Ok(answer) => serde_json::to_string(&answer).unwrap(),
        Err(refusal) => refusal.key().trim_start_matches("programme-answer-").to_owned(),
    };
    assert_eq!(told, expected, "{field}: {typed:?}");
}

#[test]
fn answers_are_read_by_their_kind() {
    check("summary", &["  tikiş sexi  "], "\"tikiş sexi\"");
    check("area_m2", &["24"], "24");
    check("price", &["1.234,50"], "123450");
    check("tenure", &["rented"], "\"rented\"");
    check("channels", &["online", "orders"], "[\"online\",\"orders\"]");
    check("own_work", &["yes"], "true");
    check("season", &[""], "null");
}

#[test]
fn wrong_answers_are_refused_in_words() {
    check("summary", &[" "], "missing");
    check("summary", &["ə".repeat(1501).as_str()], "too-long");
    check("area_m2", &["24,5"], "not-a-number");
    check("area_m2", &["0"], "out-of-range");
    check("price", &["on manat"], "values-money-sign");
    check("price", &["999999"], "money-out-of-range");
    check("tenure", &["castle"], "not-a-choice");
    check("own_work", &["bəli"], "not-a-choice");
}

#[test]
fn every_refusal_has_its_limits_as_arguments() {
    let programme = programme();
    let refusal = programme.plan_form().field("area_m2").unwrap().read(&["9000"]).unwrap_err();
    assert_eq!(refusal.args(), [("min", "1".to_owned()), ("max", "2000".to_owned())]);
}

#[test]
fn the_cash_flow_has_a_row_for_each_of_twelve_months() {
    let programme = programme();
    let section = programme.plan_form().section("cash_flow").unwrap();
    assert_eq!(section.rows, Some((12, 12)));
    let month = &section.fields[0];
    assert_eq!(month.kind, FieldKind::Number { min: 1, max: 12 });
    let sales = programme.plan_form().field("sales").unwrap().read(&["900"]).unwrap();
    assert_eq!(sales, Some(Answer::Money(Money::from_qepik(90_000))));
}
