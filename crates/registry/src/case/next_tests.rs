//! Whose turn it is, and until when.

use super::story::{Story, at, day, id, tell};
use super::*;
use values::WorkingDays;

/// "duty role since due" of the first step; Novruz is a holiday.
#[track_caller]
fn check(story: &Story, expected: &str) {
    let novruz = (20..=26).filter_map(|date| chrono::NaiveDate::from_ymd_opt(2023, 3, date));
    let step = next_step(&story.state(), &story.terms, &WorkingDays::new(novruz, []));
    let told = step.map(|step| {
        let due = step.due.map_or("-".into(), |due| due.to_string());
        format!("{} {} {} {due}", step.duty.code(), step.role.code(), step.since)
    });
    assert_eq!(told.as_deref().unwrap_or("nothing"), expected);
}

#[test]
fn each_stage_has_its_duty_its_hands_and_its_day() {
    check(&at::applied(), "decide_eligibility officer 2023-03-06 2023-03-13");
    check(&at::eligible(), "assess_readiness counsellor 2023-03-10 -");
    check(&at::selected(), "record_answer officer 2023-04-09 2023-04-14");
    check(&at::reserve(), "propose_closing officer 2024-04-09 2024-04-09");
    check(&at::enrolled(), "start_training trainer 2023-04-12 -");
    check(&at::in_training(), "train trainer 2023-05-02 -");
    check(&at::trained(), "submit_plan officer 2023-05-11 2023-06-10");
    check(&at::submitted(), "screen officer 2023-05-25 2023-06-08");
    check(&at::scored(), "hold_defence secretary 2023-06-07 2023-07-05");
    check(&at::scored().then(tell::defended(1)), "call_sitting secretary 2023-06-07 2023-07-05");
    check(&at::approved(), "prepare_contract officer 2023-06-16 2023-07-07");
    check(&at::contracted(), "order procurement 2023-06-28 2023-09-26");
    check(&at::equipped(), "confirm_start monitor 2023-08-27 2023-10-26");
    check(&at::in_breach(), "settle_breach office_head 2023-12-16 2024-01-12");
}

#[test]
fn working_days_skip_the_holidays() {
    let asked = at::applied().wait(9).then(Facts::DocumentsRequested { missing: 2 });
    check(&asked, "collect_papers officer 2023-03-15 2023-04-05");
}

#[test]
fn an_operating_business_waits_for_its_follow_up_and_then_for_the_end_of_its_term() {
    check(&at::operating(), "follow_up monitor 2024-02-27 2024-05-27");
    let seen = at::operating().wait(180);
    let seen = seen.clone().then(tell::followup(6, FollowupStatus::InBusiness, seen.today));
    check(&seen, "propose_ownership officer 2024-06-28 2024-08-27");
}

#[test]
fn an_early_end_and_a_loss_by_fault_call_for_a_notice() {
    let ended = at::operating().wait(30).then(tell::ended(EndReason::Demand));
    check(&ended, "notice_breach officer 2023-10-17 -");
    let sold = at::operating().wait(3);
    let lost =
        Facts::LossReported { asset: id(90), happened_on: sold.today, cause: LossCause::Sold, finding: LossFinding::Fault };
    check(&sold.then(lost), "notice_breach officer 2023-09-20 -");
}

#[test]
fn a_refusal_closes_after_the_time_to_appeal_or_waits_for_the_appeal() {
    let refused = at::ineligible();
    check(&refused, "propose_closing officer 2023-04-10 2023-04-10");
    let (told_on, entry) = (refused.today, refused.entry_of(Kind::EligibilityRefused));
    let appealed = refused.wait(4).then(tell::appeal(Kind::EligibilityRefused, entry, told_on));
    check(&appealed, "decide_appeal manager 2023-03-14 2023-04-11");
    let steps = next_steps(&appealed.state(), &appealed.terms, &WorkingDays::default());
    assert_eq!(steps.len(), 1, "closing waits for the appeal");
}

#[test]
fn a_suspended_case_waits_for_its_end_and_a_transfer_for_its_answer() {
    let rests = Facts::Suspended { cause: SuspensionCause::Maternity, until: day("2023-09-01") };
    check(&at::trained().then(rests), "end_suspension officer 2023-09-01 2023-09-01");
    let moving = at::trained().then(Facts::TransferRequested { to: story::SHEKI });
    let steps = next_steps(&moving.state(), &moving.terms, &WorkingDays::default());
    assert_eq!(steps.iter().map(|step| step.duty).collect::<Vec<_>>(), [Duty::AnswerTransfer, Duty::SubmitPlan]);
}

#[test]
fn after_a_death_nobody_asks_for_forty_days() {
    let died = at::operating().wait(10);
    check(&died.clone().then(Facts::Deceased { died_on: died.today }), "settle_death officer 2023-11-07 -");
}

#[test]
fn skipped_training_stays_somebodys_task() {
    let order = Facts::OrderOverridden { skipped: Kind::TrainingCompleted };
    let story = at::enrolled().then(order).wait(3).then(tell::plan(1));
    let duties: Vec<Duty> =
        next_steps(&story.state(), &story.terms, &WorkingDays::default()).iter().map(|step| step.duty).collect();
    assert_eq!(duties, [Duty::Screen, Duty::StartTraining]);
}

#[test]
fn a_closed_case_still_has_its_follow_ups_and_nothing_else() {
    let closed = at::owner().then(tell::closed_with_a_second_person(CloseReason::Graduated));
    check(&closed, "follow_up monitor 2024-02-27 2024-05-27");
    let all = [6, 12, 24].into_iter().fold(closed.wait(400), |story, months| {
        let seen = tell::followup(months, FollowupStatus::InBusiness, story.today);
        story.then(seen)
    });
    check(&all, "nothing");
    check(&at::eligible().then(Facts::Withdrawn { reason: CloseReason::Withdrew }), "nothing");
}
