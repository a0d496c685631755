//! Corrections, late records, and reading the past.

use super::story::{Story, at, day, id, tell};
use super::*;

#[test]
fn a_wrong_date_is_replaced_and_both_stay_to_be_read() {
    let story = at::operating();
    let start = story.entry_of(Kind::BusinessStarted);
    let earlier = tell::replace(start, day("2023-09-10"), Facts::BusinessStarted { visit: None });
    let corrected = story.then(earlier);
    assert_eq!(corrected.state().milestones.started_on, Some(day("2023-09-10")));
    assert_eq!(corrected.events.iter().filter(|event| event.kind() == Kind::BusinessStarted).count(), 1);
    assert_eq!(corrected.state().version as usize, corrected.events.len());
}

#[test]
fn a_correction_under_which_a_later_event_falls_is_refused_and_names_it() {
    let story = at::trained();
    let refusal = story.refused(tell::void(story.entry_of(Kind::OfferAccepted)));
    let because = Box::new(Refusal::WrongStage { kind: Kind::TrainingStarted, stage: Stage::Selected });
    assert_eq!(refusal, Refusal::Breaks { kind: Kind::TrainingStarted, on: day("2023-05-02"), because });
}

#[test]
fn a_replacement_that_is_itself_wrong_says_its_own_reason() {
    let story = at::trained();
    let short = Facts::TrainingCompleted { cohort: id(40), attended_minutes: 100, score: 90, certificate: story::code("C") };
    let refusal = story.refused(tell::replace(story.entry_of(Kind::TrainingCompleted), story.today, short));
    assert_eq!(refusal, Refusal::HoursShort { attended_minutes: 100, needed_minutes: 1728 });
}

#[test]
fn a_correction_can_be_taken_back() {
    let story = at::operating();
    let voided = story.clone().wait(1).then(tell::void(story.entry_of(Kind::BusinessStarted)));
    assert_eq!(voided.state().stage, Stage::Equipped);
    assert_eq!(voided.refused(tell::void(story.entry_of(Kind::BusinessStarted))), Refusal::AlreadyVoid);
    let back = voided.clone().wait(1).then(tell::void(voided.entry_of(Kind::Corrected)));
    assert_eq!(back.state().stage, Stage::Operating);
}

#[test]
fn the_last_word_on_an_entry_counts() {
    let story = at::operating();
    let start = story.entry_of(Kind::BusinessStarted);
    let on = |date| tell::replace(start, day(date), Facts::BusinessStarted { visit: None });
    let twice = story.then(on("2023-09-10")).then(on("2023-09-12"));
    assert_eq!(twice.state().milestones.started_on, Some(day("2023-09-12")));
}

#[test]
fn an_application_is_restated_but_never_voided_and_corrections_are_not_replaced() {
    let story = at::eligible();
    let opening = story.entry_of(Kind::ApplicationLodged);
    assert_eq!(story.refused(tell::void(opening)), Refusal::OpeningEntry);
    assert_eq!(story.refused(tell::replace(opening, story.today, Facts::OfferAccepted)), Refusal::OpeningEntry);
    assert_eq!(story.refused(tell::void(id(4711))), Refusal::NoSuchEntry);
    let Facts::ApplicationLodged(application) = tell::application() else { unreachable!() };
    let other = Application { wished: story::code("BAKER"), ..*application };
    let restated = story.then(tell::replace(opening, day(story::MONDAY), Facts::ApplicationLodged(Box::new(other))));
    assert_eq!(restated.state().wished, story::code("BAKER"));
    let correction = restated.entry_of(Kind::Corrected);
    let replaced = restated.refused(tell::replace(correction, restated.today, Facts::OfferAccepted));
    assert_eq!(replaced, Refusal::CorrectionOfCorrection);
}

#[test]
fn a_refusal_changed_on_appeal_lets_the_closed_case_go_on() {
    let refused = at::ineligible();
    let (told_on, decision) = (refused.today, refused.entry_of(Kind::EligibilityRefused));
    let appealed = refused.wait(10).then(tell::appeal(Kind::EligibilityRefused, decision, told_on));
    let changed = appealed.wait(10).then(tell::appeal_decided(AppealOutcome::Changed));
    let confirmed =
        tell::replace(decision, changed.today, Facts::EligibilityConfirmed { rules_version: 1, facts_as_of: changed.today });
    let eligible = changed.then(confirmed);
    assert_eq!(eligible.state().stage, Stage::Eligible);
    assert_eq!(eligible.state().milestones.eligible_on, Some(day("2023-03-30")));
    assert_eq!(eligible.wait(20).then(tell::ranked(RankingOutcome::Selected)).state().stage, Stage::Selected);
}

#[test]
fn an_event_told_late_takes_its_place_in_time() {
    let story = at::operating().wait(60);
    let mut late = story.event(tell::ended(EndReason::Illness));
    late.effective_on = day("2023-10-01");
    let state = admit(&story.events, &late, &story.terms).expect("legal");
    assert_eq!((state.stage, state.milestones.ended_on), (Stage::Ended, Some(day("2023-10-01"))));

    let mut too_late = story.event(Facts::OfferDeclined { reason: LeaveReason::Other });
    too_late.effective_on = day("2023-04-10");
    let refusal = admit(&story.events, &too_late, &story.terms).expect_err("the offer was accepted two days later");
    assert!(matches!(refusal, Refusal::Breaks { kind: Kind::OfferAccepted, .. }), "{refusal:?}");
}

#[test]
fn the_past_is_read_by_what_was_so_and_by_what_was_known() {
    let story = at::operating();
    let start = story.entry_of(Kind::BusinessStarted);
    let before_correction = story.event(Facts::Resumed).recorded_at;
    let corrected = story.wait(30).then(tell::replace(start, day("2023-09-10"), Facts::BusinessStarted { visit: None }));
    let read = |on: &str, known_on| {
        let state = as_of(&corrected.events, day(on), known_on, &corrected.terms).expect("legal").expect("a case");
        state.milestones.started_on.map(|date| date.to_string())
    };
    assert_eq!(read("2023-09-12", None).as_deref(), Some("2023-09-10"));
    assert_eq!(read("2023-09-12", Some(before_correction)), None);
    assert_eq!(read("2023-09-20", Some(before_correction)).as_deref(), Some("2023-09-17"));
    let nothing = as_of(&corrected.events, day("2023-03-05"), None, &corrected.terms);
    assert_eq!(nothing, Ok(None));
}

#[test]
fn a_stream_that_nobody_admitted_is_refused_and_named() {
    let mut story = Story::new();
    story.events.push(story.event(Facts::OfferAccepted));
    let refusal = fold(&story.events, &story.terms).expect_err("no application");
    assert!(matches!(refusal, Refusal::Breaks { kind: Kind::OfferAccepted, because, .. } if *because == Refusal::NotOpened));
}
