use super::{Programme, load_tests::programme, monitoring::RISK_FACTS, screening::Answers};
use rules::{Facts, Kind};

/// Every check answered so that it shows no risk.
fn harmless(programme: &Programme) -> Answers {
    let checks = &programme.screening().checks;
    Answers { checks: checks.iter().map(|check| (check.code.to_string(), !check.risk_when)).collect(), ..Answers::default() }
}

#[track_caller]
fn check(risky: &[&str], prohibited: &[&str], expected: &str) {
    let programme = programme();
    let mut answers = harmless(&programme);
    for code in risky {
        let check = programme.screening().check(code).unwrap();
        answers.checks.insert(code.to_string(), check.risk_when);
    }
    answers.prohibited.extend(prohibited.iter().map(|code| code.to_string()));
    let rating = programme.screening().rate(&answers).result.unwrap();
    let stops = if programme.screening().stops(&rating) { ", stops" } else { "" };
    assert_eq!(format!("{rating}{stops}"), expected);
}

#[test]
fn the_gravest_risk_gives_the_rating() {
    check(&[], &[], "LOW");
    check(&["FIRE_RISK"], &[], "MODERATE");
    check(&["WASTE_PLACE", "FIRE_RISK"], &[], "MODERATE");
    check(&["FIRE_RISK", "WATER_BODY"], &[], "SUBSTANTIAL, stops");
    check(&["WATER_BODY", "CHILD_WORK"], &[], "HIGH, stops");
    check(&[], &["WEAPONS"], "PROHIBITED, stops");
}

#[test]
fn an_unanswered_check_leaves_the_rating_open_and_is_named() {
    let programme = programme();
    let mut answers = harmless(&programme);
    answers.checks.remove("LARGE_HARM");
    let outcome = programme.screening().rate(&answers);
    assert_eq!((outcome.result, outcome.missing), (None, vec!["LARGE_HARM".to_owned()]));
}

#[test]
fn what_already_stops_the_plan_needs_no_further_answers() {
    let programme = programme();
    let answers = Answers { prohibited: ["ASBESTOS".to_owned()].into(), ..Answers::default() };
    assert_eq!(programme.screening().rate(&answers).result.as_deref(), Some("PROHIBITED"));
}

#[test]
fn risk_shortens_the_time_between_visits() {
    let programme = programme();
    let calm = RISK_FACTS.iter().fold(Facts::new(), |facts, (name, kind)| match kind {
        Kind::Bool => facts.with(name, false),
        _ => facts.with(name, 0),
    });
    let level = |facts: &Facts| programme.monitoring().risk(facts).and_then(|outcome| outcome.result);
    assert_eq!(level(&calm).as_deref(), Some("ordinary"));
    assert_eq!(level(&calm.clone().with("equipment_unseen", 1)).as_deref(), Some("at_risk"));
    assert_eq!(level(&calm.with("sales_fell_percent", 50)).as_deref(), Some("at_risk"));
    assert_eq!(programme.monitoring().level("at_risk").unwrap().interval, "VISIT_INTERVAL_AT_RISK");
}
