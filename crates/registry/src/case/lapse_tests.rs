//! What ends by itself, and on which day.

use super::story::{Story, at, tell};
use super::*;
use chrono::Days;
use values::WorkingDays;

/// The first day within a year on which the case closes by itself, and why.
#[track_caller]
fn check(story: &Story, expected: &str) {
    let days = WorkingDays::new([], []);
    let first = (0..366).map(|more| story.today + Days::new(more)).find_map(|day| {
        let reason = lapse::by_itself(&story.state(), &story.terms, &days, day)?;
        Some(format!("{} {day}", reason.code()))
    });
    assert_eq!(first.as_deref().unwrap_or("never"), expected);
}

#[test]
fn refusals_close_when_the_time_to_appeal_is_over() {
    let refused = at::applied().then(tell::ineligible(story::MONDAY));
    check(&refused, "ineligible 2023-04-06");
    let appealed = refused.clone().then(Facts::AppealLodged {
        appeal: story::id(5),
        against: Kind::EligibilityRefused,
        entry: story::id(2),
        told_on: refused.today,
    });
    check(&appealed, "never");
}

#[test]
fn papers_and_contracts_lapse_by_working_days() {
    check(&at::applied().then(Facts::DocumentsRequested { missing: 1 }), "no_answer 2023-03-21");
    check(&at::approved(), "contract_lapsed 2023-07-08");
}

#[test]
fn what_rests_and_what_goes_on_does_not_close() {
    let asked = at::applied().then(Facts::DocumentsRequested { missing: 1 });
    let until = asked.today + Days::new(90);
    check(&asked.then(Facts::Suspended { cause: SuspensionCause::Illness, until }), "never");
    for story in [at::eligible(), at::reserve(), at::enrolled(), at::trained(), at::contracted(), at::operating(), at::owner()] {
        check(&story, "never");
    }
}
