use super::rules::{Answered, Refusal, Verdict, checks_of, open, verdict};
use registry::{
    case::{Rating, Stage, StopCause},
    programme::{self, AskedOf, Programme},
};
use std::path::Path;

fn programme() -> Programme {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/employment-support");
    programme::load(&folder).expect("the programme reads")
}

/// Every check answered so that no risk shows.
fn harmless(programme: &Programme) -> Answered {
    let checks = programme.screening().checks.iter().map(|check| (check.code.to_string(), !check.risk_when)).collect();
    Answered { checks, ..Answered::default() }
}

#[test]
fn a_risk_moves_the_rating_and_the_rating_decides() {
    let programme = programme();
    let screening = programme.screening();
    let rated = |answered: &Answered| {
        let rating = screening.rate(&answered.answers()).result?;
        verdict(screening, &rating)
    };
    let mut answered = harmless(&programme);
    assert_eq!(rated(&answered), Some(Verdict::Clears(Rating::Low)));
    for (check, expected) in [
        ("FIRE_RISK", Verdict::Clears(Rating::Moderate)),
        ("WATER_BODY", Verdict::Stops(StopCause::Substantial)),
        ("LARGE_HARM", Verdict::Stops(StopCause::High)),
    ] {
        let risky = screening.check(check).expect("a check of the programme").risk_when;
        answered.checks.insert(check.to_owned(), risky);
        assert_eq!(rated(&answered), Some(expected), "{check}");
    }
    answered.prohibited.insert("WEAPONS".to_owned());
    assert_eq!(rated(&answered), Some(Verdict::Stops(StopCause::Prohibited)));
}

#[test]
fn an_unanswered_check_leaves_the_rating_open() {
    let programme = programme();
    let mut answered = harmless(&programme);
    let specialist: Vec<String> = checks_of(programme.screening(), true).map(|check| check.code.to_string()).collect();
    assert!(!specialist.is_empty());
    answered.checks.retain(|code, _| !specialist.contains(code));
    assert_eq!(programme.screening().rate(&answered.answers()).result, None);
    assert!(checks_of(programme.screening(), false).all(|check| check.asked_of != AskedOf::Specialist));
}

#[test]
fn only_a_submitted_plan_is_screened() {
    let open_at: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| open(*stage).is_ok()).collect();
    assert_eq!(open_at, [Stage::PlanSubmitted]);
    assert_eq!(open(Stage::Trained), Err(Refusal::NotNow));
}
