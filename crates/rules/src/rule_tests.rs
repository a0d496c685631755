use crate::{Condition, Facts, Kind, Rule, Test, Verdict, Vocabulary, apply, verdict_of};

fn vocabulary() -> Vocabulary {
    Vocabulary::new()
        .with("draws_insurance", Kind::Bool)
        .with("landholder", Kind::Bool)
        .with("landholders_admitted", Kind::Integer)
        .with("unemployed_admitted", Kind::Integer)
        .with("$CAP", Kind::Integer)
}

fn condition(source: &str) -> Condition {
    Condition::parse(source, &vocabulary()).unwrap()
}

fn insurance() -> Rule {
    Rule {
        code: "NO_INSURANCE".into(),
        article: "1.3".into(),
        applies_when: None,
        test: Test::FailWhen(condition("draws_insurance")),
    }
}

fn cap() -> Rule {
    Rule {
        code: "LANDHOLDER_CAP".into(),
        article: "1.4".into(),
        applies_when: Some(condition("landholder")),
        test: Test::PassWhen(condition("(landholders_admitted + 1) * 100 <= unemployed_admitted * $CAP")),
    }
}

fn admitted(landholders: i64, unemployed: i64) -> Facts {
    Facts::new()
        .with("landholder", true)
        .with("landholders_admitted", landholders)
        .with("unemployed_admitted", unemployed)
        .with("$CAP", 50)
}

#[test]
fn a_prohibition_fails_when_its_condition_holds() {
    let ask = |draws: bool| insurance().ask(&Facts::new().with("draws_insurance", draws)).verdict;
    assert_eq!((ask(true), ask(false)), (Verdict::Fail, Verdict::Pass));
}

#[test]
fn the_landholder_cap_counts_unemployed_people_only() {
    assert_eq!(cap().ask(&admitted(49, 100)).verdict, Verdict::Pass);
    assert_eq!(cap().ask(&admitted(50, 100)).verdict, Verdict::Fail);
}

#[test]
fn a_rule_that_does_not_apply_says_so_whatever_else_is_missing() {
    let finding = cap().ask(&Facts::new().with("landholder", false));
    assert_eq!((finding.verdict, finding.missing), (Verdict::NotApplicable, vec![]));
}

#[test]
fn a_missing_fact_leaves_the_rule_open_and_is_named() {
    let finding = insurance().ask(&Facts::new());
    assert_eq!((finding.verdict, finding.missing), (Verdict::Unknown, vec!["draws_insurance".to_owned()]));
}

#[test]
fn a_failure_is_not_certain_while_it_is_open_whether_the_rule_applies() {
    let facts = Facts::new().with("landholders_admitted", 50).with("unemployed_admitted", 100).with("$CAP", 50);
    let finding = cap().ask(&facts);
    assert_eq!((finding.verdict, finding.missing), (Verdict::Unknown, vec!["landholder".to_owned()]));
    let few = facts.with("landholders_admitted", 3);
    assert_eq!(cap().ask(&few).verdict, Verdict::Pass);
}

#[test]
fn the_finding_carries_the_article_and_every_value_it_rests_on() {
    let finding = cap().ask(&admitted(50, 100));
    assert_eq!(finding.article, "1.4");
    let used: Vec<String> = finding.used.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(used, ["$CAP=50", "landholder=true", "landholders_admitted=50", "unemployed_admitted=100"]);
}

#[test]
fn one_failure_outweighs_what_is_unknown() {
    let rules = [insurance(), cap()];
    let verdict = |facts: &Facts| verdict_of(&apply(&rules, facts));
    assert_eq!(verdict(&Facts::new().with("draws_insurance", true)), Verdict::Fail);
    assert_eq!(verdict(&Facts::new().with("draws_insurance", false)), Verdict::Unknown);
    assert_eq!(verdict(&admitted(1, 100).with("draws_insurance", false)), Verdict::Pass);
    assert_eq!(verdict_of(&[]), Verdict::Pass);
}

#[test]
fn stored_facts_replay_to_the_same_finding() {
    let facts = admitted(50, 100);
    let stored = serde_json_round_trip(&facts);
    assert_eq!(cap().ask(&stored), cap().ask(&facts));
}

fn serde_json_round_trip(facts: &Facts) -> Facts {
    let text = serde_json::to_string(facts).unwrap();
    serde_json::from_str(&text).unwrap()
}
