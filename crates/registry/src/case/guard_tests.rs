//! What a case refuses, and in which words an officer is told.

use super::story::{Story, at, cast, code, day, id, tell};
use super::*;
use values::Money;

#[track_caller]
fn check(story: &Story, facts: Facts, expected: Refusal) {
    assert_eq!(story.refused(facts), expected);
}

#[test]
fn only_an_application_opens_a_case_and_only_once() {
    check(&Story::new(), Facts::OfferAccepted, Refusal::NotOpened);
    check(&at::applied(), tell::application(), Refusal::AlreadyOpen);
}

#[test]
fn an_application_names_two_different_directions_and_a_consent_given_by_then() {
    let Facts::ApplicationLodged(application) = tell::application() else { unreachable!() };
    let twice = Application { wished_second: Some(application.wished), ..(*application).clone() };
    check(&Story::new(), Facts::ApplicationLodged(Box::new(twice)), Refusal::DirectionTwice { direction: code("TAILOR") });
    let later = Application { consent_on: day("2023-03-07"), ..*application };
    check(&Story::new(), Facts::ApplicationLodged(Box::new(later)), Refusal::ConsentMissing);
}

#[test]
fn nothing_takes_effect_before_it_is_recorded_or_without_its_reason() {
    let story = at::applied();
    let mut early = story.event(Facts::DocumentsRequested { missing: 1 });
    early.effective_on = day("2023-03-08");
    assert_eq!(admit(&story.events, &early, &story.terms), Err(Refusal::InFuture { on: day("2023-03-08") }));

    let mut silent = story.event(tell::ineligible(story::MONDAY));
    silent.reason = Some("  ".into());
    assert_eq!(admit(&story.events, &silent, &story.terms), Err(Refusal::ReasonMissing { kind: Kind::EligibilityRefused }));
}

#[test]
fn an_event_of_another_case_is_refused() {
    let story = at::applied();
    let other = Event { case: id(77), ..story.event(Facts::DocumentsRequested { missing: 1 }) };
    assert_eq!(admit(&story.events, &other, &story.terms), Err(Refusal::OtherCase));
}

#[test]
fn whoever_registered_does_not_decide() {
    let story = at::applied();
    let own = Event { officer: story.state().registered_by, ..story.event(tell::confirmed(story::MONDAY)) };
    let refusal = Refusal::SamePerson { one: Duty::Register, other: Duty::DecideEligibility };
    assert_eq!(admit(&story.events, &own, &story.terms), Err(refusal));
}

#[test]
fn nobody_approves_an_own_proposal() {
    let table = [
        (at::eligible(), tell::ranked(RankingOutcome::Selected), cast(1), Duty::ProposeRanking, Duty::ApproveRanking),
        (at::submitted(), tell::cleared(1), cast(2), Duty::Screen, Duty::ClearScreening),
        (
            at::operating(),
            Facts::TermExtended { months: 3, proposed_by: cast(7) },
            cast(7),
            Duty::ProposeExtension,
            Duty::ApproveExtension,
        ),
        (at::operating().wait(330), tell::owner(day("2024-08-12")), cast(7), Duty::ProposeOwnership, Duty::ApproveOwnership),
        (
            at::owner(),
            tell::closed_with_a_second_person(CloseReason::Graduated),
            cast(8),
            Duty::ProposeClosing,
            Duty::ApproveClosing,
        ),
    ];
    for (story, facts, officer, one, other) in table {
        let own = Event { officer, ..story.event(facts) };
        assert_eq!(admit(&story.events, &own, &story.terms), Err(Refusal::SamePerson { one, other }));
    }
}

#[test]
fn a_decision_stands_on_facts_of_at_most_thirty_days() {
    let story = at::applied().wait(31);
    check(&story, tell::confirmed(story::MONDAY), Refusal::StaleFacts { as_of: day(story::MONDAY), until: day("2023-04-05") });
    check(&story, tell::confirmed("2024-01-01"), Refusal::FactLater { date: day("2024-01-01"), on: story.today });
}

#[test]
fn a_certificate_needs_its_hours_and_its_mark() {
    let result =
        |attended_minutes, score| Facts::TrainingCompleted { cohort: id(40), attended_minutes, score, certificate: code("C") };
    let story = at::in_training().wait(9);
    check(&story, result(1727, 80), Refusal::HoursShort { attended_minutes: 1727, needed_minutes: 1728 });
    check(&story, result(1728, 59), Refusal::MarkShort { score: 59, needed: 60 });
    check(&story, result(1728, 101), Refusal::MarkTooHigh { points: 101 });
    assert_eq!(story.then(result(1728, 60)).state().stage, Stage::Trained);
}

#[test]
fn a_plan_keeps_to_a_direction_that_was_chosen() {
    let plan = |direction, version| Facts::PlanSubmitted { plan: id(51), version, direction, total: Money::from_qepik(1) };
    check(&at::trained(), plan(code("BAKER"), 1), Refusal::DirectionNotOffered { direction: code("BAKER") });
    check(&at::trained(), plan(code("TAILOR"), 2), Refusal::PlanVersion { expected: 1 });
    let changed = at::trained().then(Facts::DirectionChanged { direction: code("BAKER"), sitting: None });
    assert_eq!(changed.then(plan(code("BAKER"), 1)).state().direction, code("BAKER"));
}

#[test]
fn a_moderate_rating_needs_its_management_plan() {
    let moderate = |management_plan_on| Facts::PlanCleared {
        plan: id(51),
        rating: Rating::Moderate,
        screened_by: cast(2),
        management_plan_on,
        no_objection: None,
    };
    check(&at::submitted(), moderate(None), Refusal::ManagementPlanMissing);
    assert_eq!(at::submitted().then(moderate(Some(day("2023-05-20")))).state().stage, Stage::Screened);
}

#[test]
fn scores_come_from_different_hands_and_a_wide_spread_calls_a_third() {
    let screened = at::submitted().wait(5).then(tell::cleared(1));
    let scored = |one: u8, two: u8, third: Option<u8>, second_hand, mean_tenths| Facts::PlanScored {
        plan: id(51),
        first: Mark { evaluator: cast(3), points: one },
        second: Mark { evaluator: cast(second_hand), points: two },
        third: third.map(|points| Mark { evaluator: cast(9), points }),
        mean_tenths,
    };
    check(&screened, scored(50, 60, None, 3, 550), Refusal::SameEvaluator);
    check(&screened, scored(50, 71, None, 4, 605), Refusal::ThirdScoreMissing { spread: 21 });
    check(&screened, scored(50, 60, None, 4, 601), Refusal::MeanOutside);
    assert_eq!(screened.clone().then(scored(50, 70, None, 4, 600)).state().mean_tenths, Some(600));
    assert_eq!(screened.then(scored(50, 71, Some(66), 4, 685)).state().stage, Stage::Scored);
}

#[test]
fn a_defence_has_a_panel_of_two_different_people() {
    let held = |panel| Facts::DefenceHeld { plan: id(51), panel, mark: 70 };
    check(&at::scored(), held(vec![cast(5)]), Refusal::PanelTooSmall { needed: 2 });
    check(&at::scored(), held(vec![cast(5), cast(5)]), Refusal::PanelTwice);
}

#[test]
fn a_contract_keeps_to_the_grant_the_term_and_a_fresh_check() {
    let story = at::approved().wait(12);
    let today = story.today;
    let contract = |ends_on, qepik, status_checked_on| Facts::ContractSigned {
        contract: id(70),
        term_months: 12,
        ends_on,
        amount: Money::from_qepik(qepik),
        region: code("GENCE"),
        status_checked_on,
        premises_seen_on: today,
    };
    let end = values::add_months(today, 12);
    check(&story, contract(today, 360_000, today), Refusal::TermWrong { ends_on: end });
    check(&story, contract(end, 360_001, today), Refusal::AmountNotGranted);
    let stale = today - chrono::Days::new(11);
    check(&story, contract(end, 360_000, stale), Refusal::StaleFacts { as_of: stale, until: day("2023-06-27") });
}

#[test]
fn ownership_waits_for_the_term_a_fresh_visit_and_a_clean_file() {
    let before = at::operating().wait(280);
    check(&before, tell::owner(before.today), Refusal::TooEarly { kind: Kind::OwnershipTransferred, from: day("2024-06-28") });
    let after = at::operating().wait(330);
    let old = after.today - chrono::Days::new(61);
    check(&after, tell::owner(old), Refusal::VisitStale { visited_on: old, until: day("2024-08-11") });
    let held = after.clone().then(Facts::HoldPlaced { cause: HoldCause::Audit, blocks: KindSet::EMPTY });
    check(&held, tell::owner(held.today), Refusal::HoldOpen);
    let lost =
        Facts::LossReported { asset: id(90), happened_on: after.today, cause: LossCause::Sold, finding: LossFinding::Fault };
    let fault = after.clone().then(lost);
    check(&fault, tell::owner(fault.today), Refusal::BreachOpen);
    let two = after.then(Facts::Merged { other: id(9), side: MergeSide::Survives, packages: 2 });
    check(&two, tell::owner(two.today), Refusal::FraudReviewOpen);
}

#[test]
fn a_business_that_ended_before_the_term_is_never_owned_and_one_that_ended_after_it_may_be() {
    let early = at::operating().wait(200).then(tell::ended(EndReason::Demand)).wait(130);
    let refusal = Refusal::WrongStage { kind: Kind::OwnershipTransferred, stage: Stage::Ended };
    check(&early, tell::owner(early.today), refusal);
    let late = at::operating().wait(300).then(tell::ended(EndReason::Demand)).wait(20);
    let owner = tell::owner(late.today);
    assert_eq!(late.then(owner).state().stage, Stage::Owner);
}

#[test]
fn an_extension_moves_the_term_by_twelve_months_at_most() {
    let extended = |months| Facts::TermExtended { months, proposed_by: cast(7) };
    let story = at::operating().then(extended(7));
    assert_eq!(story.state().milestones.term_ends_on, Some(day("2025-01-28")));
    check(&story, extended(6), Refusal::ExtensionTooLong { left: 5 });
}

#[test]
fn recovery_accounts_for_every_item() {
    let story = at::operating().then(Facts::Withdrawn { reason: CloseReason::Withdrew });
    let counted = |returned, lost| Facts::RecoveryCompleted { returned, lost, written_off: 0, value: Money::default() };
    check(&story, counted(3, 1), Refusal::AssetsUnaccounted { held: 5, counted: 4 });
    assert_eq!(story.then(counted(3, 2)).state().assets_held, 0);
}

#[test]
fn an_item_written_off_is_no_longer_held() {
    let lost = Facts::LossReported {
        asset: id(90),
        happened_on: day("2023-09-18"),
        cause: LossCause::Fire,
        finding: LossFinding::WriteOff,
    };
    assert_eq!(at::operating().wait(2).then(lost).state().assets_held, 4);
}

#[test]
fn a_case_closes_only_for_a_reason_that_its_stage_has() {
    let table = [
        (at::eligible(), CloseReason::Graduated),
        (at::eligible(), CloseReason::Ineligible),
        (at::trained(), CloseReason::PlanRefused),
        (at::selected(), CloseReason::Declined),
        (at::operating(), CloseReason::BusinessEnded),
        (at::owner(), CloseReason::Deceased),
    ];
    for (story, reason) in table {
        let stage = story.state().stage;
        check(&story, tell::closed(reason), Refusal::CloseReasonWrong { reason, stage });
    }
}

#[test]
fn a_case_with_equipment_out_closes_by_two_people() {
    let owner = at::owner();
    check(&owner, tell::closed(CloseReason::Graduated), Refusal::SecondPersonMissing { kind: Kind::CaseClosed });
    let died = at::operating().wait(3);
    let died = died.clone().then(Facts::Deceased { died_on: died.today });
    check(&died, tell::closed_with_a_second_person(CloseReason::Deceased), Refusal::AssetsHeld { items: 5 });
}

#[test]
fn a_refused_case_closes_by_itself_only_after_the_time_to_appeal() {
    let refused = at::ineligible();
    let closing = tell::closed(CloseReason::Ineligible);
    check(&refused.clone().wait(30), closing.clone(), Refusal::TooEarly { kind: Kind::CaseClosed, from: day("2023-04-09") });
    assert_eq!(refused.clone().wait(31).then(closing.clone()).state().stage, Stage::Closed);
    let told_on = refused.today;
    let entry = refused.entry_of(Kind::EligibilityRefused);
    let appealed = refused.wait(20).then(tell::appeal(Kind::EligibilityRefused, entry, told_on)).wait(20);
    check(&appealed, closing.clone(), Refusal::AppealOpen);
    let upheld = appealed.then(tell::appeal_decided(AppealOutcome::Upheld));
    assert_eq!(upheld.then(closing).state().stage, Stage::Closed);
}

#[test]
fn an_office_closes_for_silence_only_after_the_persons_time_ran_out() {
    let table = [
        (at::applied().then(Facts::DocumentsRequested { missing: 1 }), CloseReason::NoAnswer, 10),
        (at::trained(), CloseReason::NoAnswer, 30),
        (at::scored().then(tell::revise(1)), CloseReason::NoAnswer, 10),
        (at::approved(), CloseReason::ContractLapsed, 15),
    ];
    for (story, reason, days) in table {
        let from = story.today + chrono::Days::new(days);
        check(&story.clone().wait(days), tell::closed(reason), Refusal::TooEarly { kind: Kind::CaseClosed, from });
        assert_eq!(story.wait(days + 1).then(tell::closed(reason)).state().closed, Some(reason));
    }
}

#[test]
fn an_appeal_after_its_time_holds_nothing_up() {
    let refused = at::ineligible();
    let (told_on, entry) = (refused.today, refused.entry_of(Kind::EligibilityRefused));
    let late = refused.wait(31).then(tell::appeal(Kind::EligibilityRefused, entry, told_on));
    assert!(late.state().appeals.is_empty());
    assert_eq!(late.then(tell::closed(CloseReason::Ineligible)).state().stage, Stage::Closed);
    check(
        &at::applied(),
        tell::appeal(Kind::OfferAccepted, id(1), day(story::MONDAY)),
        Refusal::NotAppealable { kind: Kind::OfferAccepted },
    );
}

#[test]
fn applying_again_waits_as_long_as_the_closing_asks() {
    let again = |call: &str, phase: &str| Facts::Reapplied { case: id(4), call: code(call), phase: code(phase) };
    let withdrawn = at::eligible().then(Facts::Withdrawn { reason: CloseReason::FoundWork });
    check(&withdrawn, again("2023-1", "first"), Refusal::SameCall);
    assert!(withdrawn.clone().take(again("2023-2", "first")).is_ok());

    let failed = at::in_training().wait(9).then(tell::failed()).wait(31).then(tell::closed(CloseReason::Failed));
    check(&failed, again("2023-2", "first"), Refusal::ReapplyFrom { from: day("2023-12-11") });

    let graduated = at::owner().then(tell::closed_with_a_second_person(CloseReason::Graduated));
    check(&graduated, again("2025-1", "first"), Refusal::SamePhase);
    assert!(graduated.clone().take(again("2026-1", "second")).is_ok());

    let fraud = at::eligible().then(tell::closed(CloseReason::Fraud));
    check(&fraud.wait(365), again("2024-1", "first"), Refusal::ReapplyFrom { from: day("2026-03-10") });
}

#[test]
fn a_case_with_equipment_is_not_the_one_that_ceases() {
    let ceases = Facts::Merged { other: id(9), side: MergeSide::Ceases, packages: 1 };
    check(&at::operating(), ceases.clone(), Refusal::AssetsHeld { items: 5 });
    let ceased = at::selected().then(ceases).state();
    assert_eq!((ceased.closed, ceased.merged_into), (Some(CloseReason::Duplicate), Some(id(9))));
}
