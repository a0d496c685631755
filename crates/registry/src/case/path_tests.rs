//! The main path and its branches, as office people would tell them.

use super::story::{Story, at, cast, code, day, id, tell};
use super::*;

/// The stages that a story passed, in order.
fn path(story: &Story) -> String {
    let mut state = None;
    let mut stages = Vec::new();
    for event in &story.events {
        apply(&mut state, event, &story.terms).expect("a legal story");
        stages.extend(state.as_ref().map(|state| state.stage.code()));
    }
    stages.dedup();
    stages.join(" → ")
}

#[track_caller]
fn check(story: &Story, ends: &str) {
    let path = path(story);
    assert!(path.ends_with(ends), "{path}");
}

#[test]
fn a_tailor_goes_from_application_to_ownership() {
    assert_eq!(
        path(&at::owner()),
        "applied → eligible → selected → enrolled → in_training → trained → plan_submitted → screened → scored → approved \
         → contracted → equipped → operating → owner"
    );
}

#[test]
fn every_milestone_of_the_tailor_has_its_day() {
    let milestones = at::owner().state().milestones;
    assert_eq!(milestones.applied_on, Some(day("2023-03-06")));
    assert_eq!(milestones.decided_on, Some(day("2023-03-10")));
    assert_eq!(milestones.selected_on, Some(day("2023-04-09")));
    assert_eq!(milestones.trained_on, Some(day("2023-05-11")));
    assert_eq!(milestones.approved_on, Some(day("2023-06-16")));
    assert_eq!(milestones.contracted_on, Some(day("2023-06-28")));
    assert_eq!(milestones.term_ends_on, Some(day("2024-06-28")));
    assert_eq!(milestones.received_on, Some(day("2023-08-27")));
    assert_eq!(milestones.started_on, Some(day("2023-09-17")));
    assert_eq!(milestones.transferred_on, Some(day("2024-08-12")));
    assert_eq!((milestones.ended_on, milestones.closed_on), (None, None));
}

#[test]
fn missing_papers_stop_the_clock_of_the_decision() {
    let asked = at::applied().wait(2).then(Facts::DocumentsRequested { missing: 1 });
    check(&asked, "applied → incomplete");
    let supplied = asked.wait(10).then(Facts::DocumentsSupplied);
    check(&supplied, "incomplete → applied");
    assert_eq!(supplied.state().clock_since, day("2023-03-16"));
}

#[test]
fn the_reserve_is_called_within_its_year() {
    let called = Facts::ReserveCalled { run: id(30), position: 1 };
    check(&at::reserve().wait(300).then(called.clone()), "reserve → selected");
    assert_eq!(at::reserve().wait(400).refused(called), Refusal::TooLate { kind: Kind::ReserveCalled, until: day("2024-04-09") });
}

#[test]
fn an_offer_is_declined_or_lapses_and_the_case_closes() {
    let declined = at::selected().wait(1).then(Facts::OfferDeclined { reason: LeaveReason::FoundWork });
    assert_eq!(declined.state().closed, Some(CloseReason::Declined));
    let too_early = at::selected().wait(5).refused(Facts::OfferLapsed);
    assert_eq!(too_early, Refusal::TooEarly { kind: Kind::OfferLapsed, from: day("2023-04-14") });
    assert_eq!(at::selected().wait(8).then(Facts::OfferLapsed).state().closed, Some(CloseReason::NoAnswer));
}

#[test]
fn a_course_is_repeated_once_and_for_good_cause() {
    let failed = at::in_training().wait(9).then(tell::failed());
    assert_eq!(failed.refused(tell::started()), Refusal::RepeatCauseMissing);
    let again = Facts::TrainingStarted { cohort: id(40), repeat: Some(RepeatCause::Illness) };
    let failed_again = failed.wait(20).then(again.clone()).wait(9).then(tell::failed());
    check(&failed_again, "failed → in_training → failed");
    assert_eq!(failed_again.refused(again), Refusal::RepeatUsed);
}

#[test]
fn a_plan_is_revised_once() {
    let revising = at::scored().wait(3).then(tell::revise(1));
    let second = revising.wait(8).then(tell::plan(2)).wait(5).then(tell::cleared(2)).wait(5).then(tell::scored(2));
    check(&second, "scored → revising → plan_submitted → screened → scored");
    assert_eq!(second.refused(tell::revise(2)), Refusal::RevisionUsed);
    assert_eq!(second.refused(tell::approved(2)), Refusal::DefenceMissing);
    assert_eq!(second.refused(tell::refused(1)), Refusal::OtherPlan);
    check(&second.wait(1).then(tell::defended(2)).then(tell::approved(2)), "scored → approved");
}

#[test]
fn a_milestone_keeps_its_first_day() {
    let twice = at::scored().wait(3).then(tell::revise(1)).wait(8).then(tell::plan(2)).wait(5).then(tell::cleared(2));
    let milestones = twice.state().milestones;
    assert_eq!(milestones.plan_submitted_on, Some(day("2023-05-25")));
    assert_eq!(milestones.screened_on, Some(day("2023-05-31")));
    let again = Facts::TrainingStarted { cohort: id(40), repeat: Some(RepeatCause::Illness) };
    let repeated = at::in_training().wait(9).then(tell::failed()).wait(20).then(again);
    assert_eq!(repeated.state().milestones.training_started_on, Some(day("2023-05-02")));
}

#[test]
fn after_a_stopped_plan_one_new_plan_may_come() {
    let stopped = at::submitted().wait(4).then(tell::stopped(1));
    let stopped_again = stopped.wait(9).then(tell::plan(2)).wait(4).then(tell::stopped(2));
    check(&stopped_again, "plan_stopped → plan_submitted → plan_stopped");
    assert_eq!(stopped_again.refused(tell::plan(3)), Refusal::NewPlanUsed);
}

#[test]
fn a_good_plan_without_money_waits_for_the_next_sitting() {
    let reserve = at::scored().then(tell::defended(1)).then(Facts::CommissionReserve { sitting: id(60), plan: id(51) });
    check(&reserve.wait(30).then(tell::approved(1)), "scored → plan_reserve → approved");
}

#[test]
fn the_receipt_date_is_that_of_the_last_item() {
    let partial = Facts::HandoverPartial { contract: id(70), items: 3, value: values::Money::from_qepik(200_000) };
    let refused = Facts::HandoverRefused { contract: id(70), items: 2 };
    let story = at::contracted().wait(40).then(partial).then(refused);
    check(&story, "contracted");
    assert_eq!((story.state().assets_held, story.state().milestones.received_on), (3, None));
    let complete = story.wait(20).then(tell::handed_over());
    assert_eq!((complete.state().assets_held, complete.state().milestones.received_on), (8, Some(day("2023-08-27"))));
}

#[test]
fn a_business_that_ends_before_the_term_is_in_breach_until_it_is_remedied_or_upheld() {
    let ended = at::operating().wait(100).then(tell::ended(EndReason::Illness));
    check(&ended, "operating → ended");
    let noticed = ended.wait(5).then(tell::breach());
    let remedied = noticed.clone().wait(10).then(Facts::BusinessResumed).wait(1).then(Facts::BreachRemedied);
    check(&remedied, "ended → in_breach → operating");
    assert_eq!(remedied.state().milestones.ended_on, None, "an end of 15 days was a pause");
    let upheld = noticed.wait(30).then(Facts::BreachUpheld { heard_on: day("2024-01-20") });
    let recovered = Facts::RecoveryCompleted { returned: 4, lost: 0, written_off: 1, value: values::Money::from_qepik(200_000) };
    let recovered = upheld.wait(14).then(recovered);
    check(&recovered, "in_breach → recovering → recovered");
    check(&recovered.wait(1).then(tell::closed(CloseReason::BusinessEnded)), "recovered → closed");
}

#[test]
fn an_end_that_lasts_longer_than_a_pause_may_stays_the_first_end() {
    let revived = at::operating().wait(50).then(tell::ended(EndReason::Demand)).wait(120).then(Facts::BusinessResumed);
    assert_eq!(revived.state().stage, Stage::Operating);
    assert_eq!(revived.state().milestones.ended_on, Some(day("2023-11-06")));
}

#[test]
fn an_owners_business_may_end_without_moving_the_case() {
    let ended = at::owner().wait(200).then(tell::ended(EndReason::FoundWork));
    assert_eq!((ended.state().stage, ended.state().milestones.end_reason), (Stage::Owner, Some(EndReason::FoundWork)));
}

#[test]
fn a_person_who_withdraws_before_handover_leaves_and_after_it_returns_the_equipment() {
    let withdrawn = Facts::Withdrawn { reason: CloseReason::MovedAbroad };
    assert_eq!(at::contracted().wait(5).then(withdrawn.clone()).state().closed, Some(CloseReason::MovedAbroad));
    check(&at::operating().wait(5).then(withdrawn), "operating → recovering");
}

#[test]
fn death_closes_before_handover_and_waits_forty_days_after_it() {
    let died = |story: &Story| Facts::Deceased { died_on: story.today };
    let before = at::trained().wait(3);
    assert_eq!(before.clone().then(died(&before)).state().closed, Some(CloseReason::Deceased));

    let after = at::operating().wait(30);
    let after = after.clone().then(died(&after));
    assert_eq!(after.state().stage, Stage::Operating);
    assert_eq!(after.refused(tell::breach()), Refusal::Deceased { kind: Kind::BreachNoticed });
    let returned = Facts::RecoveryCompleted { returned: 5, lost: 0, written_off: 0, value: values::Money::default() };
    assert_eq!(
        after.clone().wait(40).refused(returned.clone()),
        Refusal::TooEarly { kind: Kind::RecoveryCompleted, from: day("2023-11-26") }
    );
    check(&after.clone().wait(41).then(returned), "operating → recovered");
    let owner = at::owner().wait(1);
    let owner = owner.clone().then(died(&owner)).wait(41);
    assert_eq!(
        owner.refused(Facts::RecoveryCompleted { returned: 0, lost: 0, written_off: 0, value: values::Money::default() }),
        Refusal::WrongStage { kind: Kind::RecoveryCompleted, stage: Stage::Owner },
        "the title has passed"
    );
    let goes_on = Facts::CaseClosed { reason: CloseReason::Deceased, proposed_by: Some(cast(8)), continued_by: Some(id(5)) };
    check(&after.wait(10).then(goes_on), "operating → closed");
}

#[test]
fn equipment_before_training_leaves_the_training_due() {
    let order = Facts::OrderOverridden { skipped: Kind::TrainingCompleted };
    let planned = at::enrolled().wait(2).then(order).wait(5).then(tell::plan(1));
    check(&planned, "enrolled → plan_submitted");
    assert!(planned.state().owed.has(Kind::TrainingCompleted));
    let late = planned.wait(40).then(tell::started()).wait(9).then(tell::trained());
    check(&late, "enrolled → plan_submitted");
    assert_eq!((late.state().owed, late.state().milestones.trained_on), (KindSet::EMPTY, Some(late.today)));
}

#[test]
fn screening_scoring_and_decision_are_never_skipped() {
    for kind in [Kind::PlanCleared, Kind::PlanScored, Kind::CommissionApproved, Kind::ContractSigned] {
        let skipped = at::enrolled().refused(Facts::OrderOverridden { skipped: kind });
        assert_eq!(skipped, Refusal::CannotSkip { kind });
    }
}

#[test]
fn a_transfer_moves_the_office_but_not_the_office_of_selection() {
    let asked = at::trained().then(Facts::TransferRequested { to: story::SHEKI });
    assert_eq!(asked.refused(Facts::TransferAccepted { to: OfficeIds::OTHER }), Refusal::OtherOffice);
    let moved = asked.wait(3).then(Facts::TransferAccepted { to: story::SHEKI }).state();
    assert_eq!((moved.office, moved.office_of_selection), (story::SHEKI, Some(story::GANJA)));
}

struct OfficeIds;
impl OfficeIds {
    const OTHER: values::id::OfficeId = values::id::OfficeId(99);
}

#[test]
fn a_suspended_case_rests_and_its_clock_goes_on_afterwards() {
    let rests = Facts::Suspended { cause: SuspensionCause::Illness, until: day("2023-08-01") };
    let suspended = at::trained().wait(4).then(rests.clone());
    assert_eq!(suspended.refused(tell::plan(1)), Refusal::Suspended { kind: Kind::PlanSubmitted, until: day("2023-08-01") });
    let renewed = suspended.wait(70).then(Facts::Suspended { cause: SuspensionCause::Illness, until: day("2024-01-31") });
    let again = Facts::Suspended { cause: SuspensionCause::Illness, until: day("2024-03-01") };
    assert_eq!(renewed.refused(again), Refusal::RenewalUsed);
    let resumed = renewed.wait(26).then(Facts::Resumed);
    assert_eq!(resumed.state().clock_since, day("2023-08-15"), "96 days of rest after 11 May");
    assert_eq!(resumed.then(tell::plan(1)).state().stage, Stage::PlanSubmitted);
}

#[test]
fn a_hold_blocks_only_what_it_names() {
    let blocks = KindSet::of(&[Kind::ContractSigned]);
    let held = at::approved().wait(2).then(Facts::HoldPlaced { cause: HoldCause::Grievance, blocks });
    let contract = tell::contract(held.today);
    assert_eq!(held.refused(contract.clone()), Refusal::OnHold { kind: Kind::ContractSigned, since: held.today });
    let changed = Facts::DirectionChanged { direction: code("BAKER"), sitting: Some(id(60)) };
    let hold = held.entry_of(Kind::HoldPlaced);
    let free = held.then(changed).then(Facts::HoldReleased { hold });
    check(&free.then(contract), "approved → contracted");
}

#[test]
fn the_tailor_wins_an_award_beside_her_stage() {
    let award = |story: &Story| Facts::AwardDelivered {
        award: id(95),
        form: AwardForm::Equipment,
        amount: values::Money::from_qepik(500_000),
        decided_on: story.today,
    };
    let early = at::operating().wait(60);
    assert_eq!(early.refused(award(&early)), Refusal::AwardTooEarly { from: day("2024-02-27") });
    let later = at::operating().wait(200);
    let won = later.clone().then(award(&later)).state();
    assert_eq!((won.stage, won.milestones.awarded_on), (Stage::Operating, Some(later.today)));
}

#[test]
fn follow_up_goes_on_after_the_case_is_closed() {
    let closed = at::owner().wait(30).then(tell::closed_with_a_second_person(CloseReason::Graduated)).wait(400);
    let seen = tell::followup(24, FollowupStatus::InBusiness, closed.today);
    let state = closed.then(seen).state();
    assert_eq!(state.stage, Stage::Closed);
    assert_eq!(state.followups[2].map(|followup| followup.status), Some(FollowupStatus::InBusiness));
}

#[test]
fn knowing_beats_not_knowing_and_the_nearest_observation_counts() {
    let receipt = day("2023-08-27");
    let at_six = values::add_months(receipt, 6);
    let seen = |days: i64, status| tell::followup(6, status, at_six + chrono::TimeDelta::days(days));
    let story = at::operating().wait(300);
    let check = |tales: &[(i64, FollowupStatus)], expected| {
        let told = tales.iter().fold(story.clone(), |story, (days, status)| story.then(seen(*days, *status)));
        assert_eq!(told.state().followups[0].map(|followup| followup.status), Some(expected), "{tales:?}");
    };
    use FollowupStatus::{Ended, InBusiness, Unreachable};
    check(&[(2, Unreachable), (40, InBusiness)], InBusiness);
    check(&[(40, InBusiness), (2, Unreachable)], InBusiness);
    check(&[(-5, InBusiness), (30, Ended)], InBusiness);
    check(&[(30, Ended), (-5, InBusiness)], InBusiness);
}
