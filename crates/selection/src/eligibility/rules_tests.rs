//! The programme's own rules over an applicant's facts: who is confirmed, who is refused and by which article, what is
//! still open, and that a decision asked again gives the same.

use super::{
    Check, Elsewhere, Kept, Known, Origin, Outcome, evidence,
    known::{JOBSEEKER, UNEMPLOYED},
    rules::{first_failing, may_decide},
    ruleset::{RuleSet, verdict_in, verdicts},
};
use ::rules::{Value, Verdict};
use chrono::NaiveDate;
use registry::programme::{Programme, Step, load};
use std::{path::Path, sync::LazyLock};
use values::Sex;

static PROGRAMME: LazyLock<Programme> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/employment-support");
    load(&folder).unwrap_or_else(|problems| panic!("{problems:?}"))
});

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2024-09-02";

/// The tailor from Gəncə, who applied two weeks ago.
fn tailor() -> Known {
    Known {
        applied_on: day("2024-08-19"),
        call: "CALL_2024".into(),
        phase: "FIRST".into(),
        wished: "TAILOR".into(),
        registered_on: day("2023-03-01"),
        birth_date: Some(day("1988-05-04")),
        sex: Some(Sex::Female),
        education: Some("SECONDARY".into()),
        household_size: Some(4),
        children: Some(2),
        income: Some(60_000),
        may_work_here: Some(true),
        status: Some((UNEMPLOYED, day("2023-03-01"))),
        groups: vec![("TSA".into(), day("2023-06-01"))],
        consent_on: Some(day("2024-08-19")),
        earlier_support: Some(false),
        ..Known::default()
    }
}

/// The verdict, the first failing article, and whether each decision may be taken.
fn check(known: &Known) -> String {
    let evidence = evidence(known, &PROGRAMME, day(TODAY));
    let assessment = PROGRAMME.assess(Step::Eligibility, &evidence.facts(), day(TODAY));
    let may = |outcome| match may_decide(outcome, &assessment, &evidence, &PROGRAMME) {
        Ok(()) => "may".to_owned(),
        Err(refusal) => format!("{refusal:?}"),
    };
    let failing =
        first_failing(&assessment.findings).map_or_else(|| "none".to_owned(), |f| format!("{} ({})", f.code, f.article));
    format!("fails: {failing}; confirm: {}; refuse: {}", may(Outcome::Confirmed), may(Outcome::Refused))
}

#[test]
fn whoever_meets_every_rule_may_be_confirmed_and_not_refused() {
    assert_eq!(check(&tailor()), "fails: none; confirm: may; refuse: NothingFails");
}

#[test]
fn insurance_payments_exclude_by_article_1_3() {
    let known = Known { draws_insurance: true, ..tailor() };
    assert_eq!(check(&known), "fails: NO_INSURANCE_PAYMENT (1.3; 24.10); confirm: Fails { rules: 1 }; refuse: may");
}

#[test]
fn a_jobseeker_needs_a_farm_land_share() {
    let jobseeker = Known { status: Some((JOBSEEKER, day("2024-01-10"))), ..tailor() };
    assert_eq!(check(&jobseeker), "fails: STATUS (1.1; 24.8); confirm: Fails { rules: 1 }; refuse: may");
    let landholder = Known { has_farm_land: true, ..jobseeker };
    assert_eq!(check(&landholder), "fails: none; confirm: may; refuse: NothingFails");
}

#[test]
fn a_lost_status_is_enough_to_refuse_although_other_rules_stay_open() {
    let known = Known { status: None, ..tailor() };
    assert_eq!(check(&known), "fails: STATUS (1.1; 24.8); confirm: Fails { rules: 1 }; refuse: may");
}

#[test]
fn farming_lies_outside_production_and_services() {
    let known = Known { wished: "FARMING".into(), ..tailor() };
    assert_eq!(check(&known), "fails: SCOPE (1.1); confirm: Fails { rules: 2 }; refuse: may");
}

#[test]
fn one_package_a_household_and_one_open_case_a_person() {
    let known = Known { elsewhere: Elsewhere { household_packages: 1, ..Elsewhere::default() }, ..tailor() };
    assert_eq!(check(&known), "fails: HOUSEHOLD_PACKAGE (design); confirm: Fails { rules: 1 }; refuse: may");
    let known = Known { elsewhere: Elsewhere { other_open_case: true, ..Elsewhere::default() }, ..tailor() };
    assert_eq!(check(&known), "fails: ONE_OPEN_CASE (design); confirm: Fails { rules: 1 }; refuse: may");
}

#[test]
fn an_unknown_fact_leaves_the_decision_open() {
    let known = Known { earlier_support: None, ..tailor() };
    assert_eq!(check(&known), "fails: none; confirm: Open { rules: 1 }; refuse: Open { rules: 1 }");
}

#[test]
fn facts_older_than_thirty_days_must_be_checked_again_before_any_decision() {
    let old = Known { applied_on: day("2024-07-30"), draws_insurance: true, ..tailor() };
    assert_eq!(check(&old), "fails: NO_INSURANCE_PAYMENT (1.3; 24.10); confirm: Stale { facts: 7 }; refuse: Stale { facts: 7 }");
}

#[test]
fn a_later_check_takes_the_place_of_what_was_known_and_an_earlier_one_does_not() {
    let check_of = |on: &str| Check {
        fact: "draws_insurance".into(),
        value: Value::Bool(true),
        observed_on: day(on),
        origin: Origin::InsuranceRegister,
    };
    let later = Known { checks: vec![check_of("2024-09-01")], ..tailor() };
    assert!(check(&later).starts_with("fails: NO_INSURANCE_PAYMENT"));
    let earlier = Known { checks: vec![check_of("2024-08-01")], ..tailor() };
    assert!(check(&earlier).starts_with("fails: none"));
}

#[test]
fn groups_join_evidence_with_what_follows_from_facts() {
    let evidence = evidence(&tailor(), &PROGRAMME, day(TODAY));
    let groups = evidence.fact("groups").unwrap().value.clone().unwrap();
    assert_eq!(groups, Value::codes(["LTU_1Y", "TSA", "WOMAN"]));
}

#[test]
fn a_kept_decision_asked_again_under_its_frozen_rules_gives_the_same() {
    let evidence = evidence(&Known { draws_insurance: true, ..tailor() }, &PROGRAMME, day(TODAY));
    let assessment = PROGRAMME.assess(Step::Eligibility, &evidence.facts(), day(TODAY));
    let rules = RuleSet::of(&PROGRAMME, Step::Eligibility, day(TODAY));
    let kept = serde_json::to_string(&evidence.kept(&assessment.facts, |fact| rules.mentions(fact))).unwrap();
    let frozen = serde_json::to_string(&rules).unwrap();

    let kept: Kept = serde_json::from_str(&kept).unwrap();
    let frozen: RuleSet = serde_json::from_str(&frozen).unwrap();
    let (verdict, findings) = frozen.ask(&kept.facts()).unwrap();

    assert_eq!(verdict, Verdict::Fail);
    assert_eq!(findings, assessment.findings);
    assert_eq!(verdict_in(&verdicts(&findings), "NO_INSURANCE_PAYMENT"), Some(Verdict::Fail));
    assert_eq!(verdict_in(&verdicts(&findings), "STATUS"), Some(Verdict::Pass));
}

#[test]
fn other_rules_have_another_digest() {
    let then = RuleSet::of(&PROGRAMME, Step::Eligibility, day(TODAY));
    let mut now = then.clone();
    now.rules[1].fail_when = Some("not draws_insurance".into());
    assert_ne!(then.digest().unwrap(), now.digest().unwrap());
    assert_eq!(then.digest().unwrap(), RuleSet::of(&PROGRAMME, Step::Eligibility, day("2024-09-03")).digest().unwrap());
}
