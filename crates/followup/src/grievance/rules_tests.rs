use super::{
    rules::{self, Refusal, Step},
    store::Grievance,
    types::Outcome,
};
use chrono::NaiveDate;
use platform::role::Role;
use registry::{
    case::Kind,
    programme::{self, Programme},
};
use std::path::Path;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A grievance of a registered person, just taken in by phone.
fn new() -> Grievance {
    let today = day("2024-09-02");
    Grievance {
        person_id: Uuid::from_u128(1),
        grievance_id: Uuid::from_u128(2),
        case_id: None,
        office: 501,
        number: "G-2024-0501-00001-0".to_owned(),
        channel: "HOTLINE".to_owned(),
        category: "DELIVERY".to_owned(),
        language: "az".to_owned(),
        anonymous: false,
        confidential: false,
        retaliation_risk: false,
        needs_study: false,
        matter: String::new(),
        contact: None,
        lodged_on: today,
        lodged_at: chrono::DateTime::UNIX_EPOCH,
        lodged_by: Uuid::from_u128(3),
        acknowledged_on: None,
        acknowledged_by: None,
        sorted_on: None,
        sorted_by: None,
        studied_on: None,
        studied_by: None,
        finding: None,
        update_due_on: day("2024-09-17"),
        updated_on: None,
        updated_by: None,
        due_on: day("2024-09-23"),
        told_on: None,
        level: 1,
        decided_on: None,
        decision_due_on: None,
        decision_told_on: None,
        answered_on: None,
        accepted: None,
        escalated_on: None,
        escalated_by: None,
        withdrawn_on: None,
        referred_on: None,
        referred_to: None,
        reopened_on: None,
        closed_on: None,
        closed_by: None,
        outcome: None,
        cause: None,
        action: None,
        hold_entry: None,
        version: 1,
    }
}

/// The grievance after these words have happened, in order.
fn after(words: &str) -> Grievance {
    let (mut g, on) = (new(), Some(day("2024-09-05")));
    for word in words.split_whitespace() {
        match word {
            "acknowledged" => g.acknowledged_on = on,
            "sorted" => g.sorted_on = on,
            "needs-study" => g.needs_study = true,
            "studied" => g.studied_on = on,
            "proposed" => (g.decided_on, g.decision_told_on, g.accepted) = (on, None, None),
            "told" => (g.decision_told_on, g.told_on) = (on, on),
            "accepted" => g.accepted = Some(true),
            "refused" => g.accepted = Some(false),
            "second" => (g.level, g.escalated_on, g.decided_on, g.decision_told_on, g.accepted) = (2, on, None, None, None),
            "closed" => g.closed_on = on,
            "confidential" => g.confidential = true,
            "nameless" => g.person_id = Uuid::nil(),
            other => panic!("nobody knows {other}"),
        }
    }
    g
}

#[test]
fn a_grievance_waits_for_one_step_at_a_time_and_for_one_role() {
    let table = [
        ("", Step::Acknowledge, Role::Grievance),
        ("nameless", Step::Sort, Role::Grievance),
        ("acknowledged", Step::Sort, Role::Grievance),
        ("acknowledged sorted", Step::Propose, Role::OfficeHead),
        ("acknowledged sorted confidential", Step::Propose, Role::Grievance),
        ("acknowledged sorted needs-study", Step::Study, Role::Grievance),
        ("acknowledged sorted needs-study studied", Step::Propose, Role::OfficeHead),
        ("acknowledged sorted proposed", Step::Tell, Role::Grievance),
        ("acknowledged sorted proposed told", Step::HearAnswer, Role::Grievance),
        ("nameless sorted proposed told", Step::Close, Role::Grievance),
        ("acknowledged sorted proposed told accepted", Step::Close, Role::Grievance),
        ("acknowledged sorted proposed told refused", Step::GoOn, Role::Grievance),
        ("acknowledged sorted proposed told refused second", Step::Propose, Role::Manager),
        ("acknowledged sorted confidential proposed told refused second", Step::Propose, Role::Grievance),
        ("acknowledged sorted proposed told accepted closed", Step::Closed, Role::Grievance),
    ];
    for (words, step, role) in table {
        let grievance = after(words);
        assert_eq!(rules::step(&grievance), step, "after «{words}»");
        assert_eq!(rules::turn(&grievance), role, "after «{words}»");
    }
}

#[test]
fn a_grievance_ends_only_after_its_answer_and_a_refused_solution_goes_up_first() {
    let table = [
        ("acknowledged sorted", Err(Refusal::NotTold)),
        ("acknowledged sorted proposed", Err(Refusal::NotTold)),
        ("acknowledged sorted proposed told", Ok(Outcome::NoAnswer)),
        ("acknowledged sorted proposed told accepted", Ok(Outcome::Settled)),
        ("acknowledged sorted proposed told refused", Err(Refusal::EscalateFirst)),
        ("acknowledged sorted proposed told refused second proposed told refused", Ok(Outcome::NotSettled)),
        ("closed", Err(Refusal::Closed)),
    ];
    for (words, expected) in table {
        assert_eq!(rules::ending(&after(words)), expected, "after «{words}»");
    }
}

#[test]
fn each_committee_proposes_in_its_turn_and_not_without_end() {
    let may = |words: &str, role, proposed| rules::may_propose(&after(words), role, proposed, 3);
    let waits = "acknowledged sorted";
    assert_eq!(may(waits, Role::OfficeHead, 0), Ok(()));
    assert_eq!(may(waits, Role::Manager, 0), Err(Refusal::NotTheirTurn));
    assert_eq!(may("acknowledged", Role::OfficeHead, 0), Err(Refusal::NotSorted));
    assert_eq!(may("acknowledged sorted needs-study", Role::OfficeHead, 0), Err(Refusal::StudyFirst));
    assert_eq!(may("acknowledged sorted proposed", Role::OfficeHead, 1), Err(Refusal::Proposed));
    let refused = "acknowledged sorted proposed told refused";
    assert_eq!(may(refused, Role::OfficeHead, 2), Ok(()));
    assert_eq!(may(refused, Role::OfficeHead, 3), Err(Refusal::NoMoreSolutions { most: 3 }));
    let second = "acknowledged sorted proposed told refused second";
    assert_eq!(may(second, Role::OfficeHead, 1), Err(Refusal::NotTheirTurn));
    assert_eq!(may(second, Role::Manager, 1), Ok(()));
    assert_eq!(may("acknowledged sorted confidential", Role::OfficeHead, 0), Err(Refusal::NotTheirTurn));
}

fn carried() -> Programme {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/employment-support");
    programme::load(&folder).unwrap()
}

#[test]
fn clocks_run_in_working_days_and_a_holiday_stops_them() {
    let programme = carried();
    let due = |from: &str, study| rules::answer_due(&programme, day(from), study).to_string();
    // Fifteen and thirty working days from a Monday.
    assert_eq!(due("2024-09-02", false), "2024-09-23");
    assert_eq!(due("2024-09-02", true), "2024-10-14");
    // Novruz lies between.
    assert!(due("2024-03-11", false).as_str() > "2024-04-01", "{}", due("2024-03-11", false));
    assert_eq!(rules::committee_due(&programme, 1, day("2024-09-02")).to_string(), "2024-09-23");
    assert_eq!(rules::committee_due(&programme, 2, day("2024-09-02")).to_string(), "2024-10-14");
}

#[test]
fn what_an_open_grievance_holds_back_is_what_its_category_names() {
    let programme = carried();
    let blocked = |code: &str| rules::blocked(programme.grievances().category(code).unwrap());
    assert!(blocked("DELIVERY").is_empty());
    assert!(blocked("GOODS_QUALITY").has(Kind::CaseClosed));
    assert!(!blocked("GOODS_QUALITY").has(Kind::OwnershipTransferred));
    assert!(blocked("OWNERSHIP").has(Kind::OwnershipTransferred));
    let bribery = blocked("BRIBERY");
    assert!(bribery.has(Kind::RankingApproved) && bribery.has(Kind::HandoverCompleted) && bribery.has(Kind::AwardDelivered));
    for category in &programme.grievances().categories {
        assert!(rules::blocked(category).iter().all(Kind::may_be_held), "{}", category.code);
    }
}

#[test]
fn the_word_on_the_fifteenth_day_waits_only_while_no_answer_was_told() {
    let on = day("2024-09-17");
    assert!(rules::update_waits(&after("acknowledged sorted"), on));
    assert!(!rules::update_waits(&after("acknowledged sorted"), day("2024-09-16")));
    assert!(!rules::update_waits(&after("acknowledged sorted proposed told"), on));
    assert!(!rules::update_waits(&after("nameless sorted"), on));
}
