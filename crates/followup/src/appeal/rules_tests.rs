use super::rules::{self, Effect};
use chrono::NaiveDate;
use registry::case::{CONFLICTS, Code, Duty, Facts, Kind, RankingOutcome};
use values::id::{AwardId, OfficerId, PlanId, RunId, SittingId};

fn today() -> NaiveDate {
    "2024-09-02".parse().unwrap()
}

fn refused() -> Facts {
    Facts::EligibilityRefused {
        rules_version: 3,
        facts_as_of: "2024-08-01".parse().unwrap(),
        rule: Code::new("WORKING").unwrap(),
    }
}

fn listed(outcome: RankingOutcome) -> Facts {
    let (run, proposed_by) = (RunId(uuid::Uuid::from_u128(1)), OfficerId(uuid::Uuid::from_u128(2)));
    Facts::RankingApproved { run, outcome, position: 4, proposed_by }
}

#[test]
fn a_changed_refusal_becomes_what_lets_the_case_go_on() {
    let confirmed = Facts::EligibilityConfirmed { rules_version: 3, facts_as_of: today() };
    assert_eq!(rules::changed(&refused(), today()), Effect::Replaced(confirmed));
    let selected = listed(RankingOutcome::Selected);
    assert_eq!(rules::changed(&listed(RankingOutcome::Reserve), today()), Effect::Replaced(selected));
    let (sitting, plan) = (SittingId::default(), PlanId::default());
    let reserve = Facts::CommissionReserve { sitting, plan };
    assert_eq!(rules::changed(&Facts::CommissionRefused { sitting, plan }, today()), Effect::Replaced(reserve.clone()));
    assert_eq!(rules::changed(&reserve, today()), Effect::None);
    let heard_on = today();
    assert_eq!(rules::changed(&Facts::BreachUpheld { heard_on }, today()), Effect::Replaced(Facts::BreachRemedied));
    let obligation = Code::new("moved").unwrap();
    assert_eq!(rules::changed(&Facts::BreachNoticed { obligation }, today()), Effect::Void);
}

#[test]
fn what_goes_back_is_void_unless_the_goods_have_moved() {
    assert_eq!(rules::sent_back(&refused()), Effect::Void);
    assert_eq!(rules::sent_back(&listed(RankingOutcome::Reserve)), Effect::Void);
    let award = Facts::AwardRefused { award: AwardId::default() };
    assert_eq!((rules::changed(&award, today()), rules::sent_back(&award)), (Effect::Void, Effect::Void));
    let value = values::Money::default();
    let recovered = Facts::RecoveryCompleted { returned: 1, lost: 0, written_off: 0, value };
    assert_eq!(rules::sent_back(&recovered), Effect::None);
    assert_eq!(rules::changed(&recovered, today()), Effect::None);
}

#[test]
fn every_decision_that_may_be_appealed_has_a_conflict_with_deciding_the_appeal() {
    for kind in Kind::ALL.iter().filter(|kind| kind.may_be_appealed()) {
        let number = rules::conflict(*kind);
        let pair = CONFLICTS.iter().find(|pair| pair.number == number).unwrap_or_else(|| panic!("{kind:?} has none"));
        assert_eq!(pair.duties[1], Duty::DecideAppeal, "{kind:?}");
    }
    assert_eq!(rules::conflict(Kind::EligibilityRefused), 30);
}
