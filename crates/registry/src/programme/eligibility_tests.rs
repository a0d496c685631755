use super::{
    Programme, Step,
    eligibility::FACTS,
    load_tests::{day, programme},
};
use rules::{Facts, Kind, Value, Verdict};

/// A tailor from Gəncə, long unemployed, on the day on which the programme opens.
fn tailor() -> Facts {
    Facts::new()
        .with("birth_date", day("1988-04-12"))
        .with("sex", Value::code("F"))
        .with("education", Value::code("SECONDARY"))
        .with("groups", Value::codes([]))
        .with("status", Value::code("UNEMPLOYED"))
        .with("status_since", day("2023-01-16"))
        .with("facts_checked_on", day("2024-08-26"))
        .with("pension_age_on", day("2053-04-12"))
        .with("may_work_here", true)
        .with("consent_given", true)
        .with("has_work", false)
        .with("has_farm_land", false)
        .with("draws_insurance", false)
        .with("draws_pension", false)
        .with("call_open", true)
        .with("direction_offered", true)
        .with("wished_sector", Value::code("PRODUCTION"))
        .with("other_open_case", false)
        .with("equipped_in_phase", false)
        .with("household_packages", 0)
        .with("earlier_state_support", false)
}

/// The verdict of a step on 2 September 2024 with the rules that did not pass.
#[track_caller]
fn check(step: Step, facts: Facts, expected: &str) {
    let assessment = programme().assess(step, &facts, day("2024-09-02"));
    let told: Vec<String> = assessment
        .findings
        .iter()
        .filter(|finding| matches!(finding.verdict, Verdict::Fail | Verdict::Unknown))
        .map(|finding| match finding.missing.is_empty() {
            true => format!("{} ({})", finding.code, finding.article),
            false => format!("{} without {}", finding.code, finding.missing.join(", ")),
        })
        .collect();
    assert_eq!(format!("{:?}: {}", assessment.verdict, told.join("; ")), expected);
}

#[test]
fn the_tailor_is_eligible() {
    check(Step::Eligibility, tailor(), "Pass: ");
}

#[test]
fn each_obstacle_is_told_with_its_article() {
    let fails = |name: &str, value: Value, expected: &str| check(Step::Eligibility, tailor().with(name, value), expected);
    fails("draws_insurance", true.into(), "Fail: NO_INSURANCE_PAYMENT (1.3; 24.10)");
    fails("has_work", true.into(), "Fail: NO_OTHER_WORK (1.1)");
    fails("status", Value::code("JOBSEEKER"), "Fail: STATUS (1.1; 24.8)");
    fails("birth_date", day("2006-09-03").into(), "Fail: AGE (design)");
    fails("pension_age_on", day("2024-09-02").into(), "Fail: BELOW_PENSION_AGE (1.1)");
    fails("wished_sector", Value::code("FARMING"), "Fail: SCOPE (1.1)");
    fails("household_packages", 1.into(), "Fail: HOUSEHOLD_PACKAGE (design)");
    fails("facts_checked_on", day("2024-08-02").into(), "Fail: FACTS_FRESH (design)");
    fails("left_training_on", day("2024-05-20").into(), "Fail: WAIT_AFTER_TRAINING (design)");
    fails("left_training_on", day("2024-03-02").into(), "Pass: ");
    fails("fraud_on", day("2022-01-10").into(), "Fail: WAIT_AFTER_FRAUD (design)");
}

#[test]
fn a_jobseeker_with_a_land_share_and_no_other_work_is_eligible() {
    let landholder = tailor().with("status", Value::code("JOBSEEKER")).with("has_farm_land", true);
    check(Step::Eligibility, landholder, "Pass: ");
}

#[test]
fn a_register_that_did_not_answer_leaves_the_question_open() {
    let all = tailor();
    let mut facts = Facts::new();
    for (name, value) in all.iter().filter(|(name, _)| *name != "draws_insurance") {
        facts.set(name, value.clone());
    }
    check(Step::Eligibility, facts, "Unknown: NO_INSURANCE_PAYMENT without draws_insurance");
}

#[test]
fn the_landholder_cap_is_asked_at_admission_and_counts_unemployed_people_only() {
    let landholder = |admitted: i64, unemployed: i64| {
        let facts = tailor().with("status", Value::code("JOBSEEKER")).with("has_farm_land", true);
        facts.with("landholders_admitted", admitted).with("unemployed_admitted", unemployed)
    };
    check(Step::Admission, landholder(49, 100), "Pass: ");
    check(Step::Admission, landholder(50, 100), "Fail: LANDHOLDER_CAP (1.4; 24.8)");
    check(Step::Admission, tailor(), "Pass: ");
}

#[test]
fn a_decision_replays_from_what_was_stored_with_it() {
    let programme = programme();
    let decided = programme.assess(Step::Eligibility, &tailor(), day("2024-09-02"));
    assert_eq!(decided.facts.get("$AGE_MIN"), Some(&Value::Integer(18)));
    let stored: Facts = serde_json::from_str(&serde_json::to_string(&decided.facts).unwrap()).unwrap();
    let again = programme.assess(Step::Eligibility, &stored, day("2024-09-02"));
    assert_eq!(again.findings, decided.findings);
}

#[test]
fn groups_follow_from_facts_where_no_paper_is_needed() {
    let groups = |programme: &Programme, facts: &Facts| {
        let mut codes: Vec<String> = programme.groups_by_facts(facts, day("2024-09-02")).into_iter().map(String::from).collect();
        codes.sort();
        codes.join(" ")
    };
    let programme = programme();
    assert_eq!(groups(&programme, &tailor()), "LTU_1Y WOMAN");
    assert_eq!(groups(&programme, &tailor().with("status_since", day("2023-09-03"))), "WOMAN");
    let near_pension = tailor().with("sex", Value::code("M")).with("pension_age_on", day("2026-09-01"));
    assert_eq!(groups(&programme, &near_pension), "LTU_1Y PREPENSION_2Y");
    assert_eq!(groups(&programme, &near_pension.with("pension_age_on", day("2026-09-02"))), "LTU_1Y");
    assert_eq!(groups(&programme, &tailor().with("birth_date", day("2004-09-03"))), "LTU_1Y WOMAN YOUTH YOUTH_U20");
}

#[test]
fn every_fact_has_words_and_every_rule_tells_what_to_do_next() {
    let programme = programme();
    assert_eq!(programme.facts().len(), FACTS.len());
    assert!(programme.facts().iter().any(|fact| fact.code == "birth_date" && fact.kind == Kind::Date));
    for rule in programme.rules() {
        let words = [&rule.name, &rule.passed, &rule.failed, &rule.next];
        assert!(words.iter().all(|words| !words.az.is_empty() && !words.en.is_empty() && !words.ru.is_empty()), "{}", rule.code);
    }
}
