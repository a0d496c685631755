//! What must hold for every life of a case, tried on random ones.

use super::story::{Story, at};
use super::walk::{self, Attempt, attempts};
use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn a_legal_walk_always_folds(attempts in attempts(60)) {
        let story = walk::story(&attempts);
        let state = fold(&story.events, &story.terms).expect("what was admitted folds").expect("a case");
        prop_assert_eq!(state.version as usize, story.events.len());
    }

    #[test]
    fn folding_a_beginning_and_going_on_gives_the_same_as_folding_all(attempts in attempts(60), cut in any::<prop::sample::Index>()) {
        let story = walk::story(&attempts);
        let cut = cut.index(story.events.len()) + 1;
        let mut state = fold(&story.events[..cut], &story.terms).expect("a beginning folds");
        for event in &story.events[cut..] {
            apply(&mut state, event, &story.terms).expect("the rest goes on");
        }
        prop_assert_eq!(state, fold(&story.events, &story.terms).expect("all folds"));
    }

    #[test]
    fn the_order_in_which_events_are_read_does_not_matter(attempts in attempts(40), seed in any::<u64>()) {
        let story = walk::story(&attempts);
        let mut shuffled = story.events.clone();
        shuffled.sort_by_key(|event| event.entry.0.as_u128().wrapping_mul(u128::from(seed) | 1) % 1009);
        prop_assert_eq!(fold(&shuffled, &story.terms), fold(&story.events, &story.terms));
    }

    #[test]
    fn a_refused_event_leaves_the_state_as_it_was(attempts in attempts(40), kind in 0..Kind::ALL.len(), pick in any::<u32>()) {
        let story = walk::story(&attempts);
        let before = Some(story.state());
        let event = story.event(walk::propose(Kind::ALL[kind], before.as_ref().expect("a case"), story.today, pick));
        let mut after = before.clone();
        if apply(&mut after, &event, &story.terms).is_err() {
            prop_assert_eq!(after, before);
        } else {
            prop_assert!(after != before);
        }
    }

    #[test]
    fn an_event_from_before_the_last_is_refused_until_the_case_is_folded_again(attempts in attempts(40)) {
        let story = walk::story(&attempts);
        let last = story.events.last().expect("an event").clone();
        let mut state = Some(story.state());
        prop_assert!(apply(&mut state, &last, &story.terms).is_err());
        prop_assert_eq!(state, Some(story.state()));
    }

    #[test]
    fn voiding_the_last_event_brings_back_the_state_before_it(attempts in attempts(40)) {
        let story = walk::story(&attempts);
        prop_assume!(story.events.len() > 1);
        let (last, earlier) = story.events.split_last().expect("two events");
        let corrected = correct(&story.events, story.event(story::tell::void(last.entry)), &story.terms).expect("the last may go");
        let mut before = fold(earlier, &story.terms).expect("folds").expect("a case");
        let after = fold(&corrected, &story.terms).expect("folds").expect("a case");
        before.version = after.version;
        prop_assert_eq!(after, before);
    }

    #[test]
    fn a_correction_is_legal_exactly_when_the_rest_folds_without_its_entry(attempts in attempts(40), which in any::<prop::sample::Index>()) {
        let story = walk::story(&attempts);
        prop_assume!(story.events.len() > 1);
        let entry = story.events[1 + which.index(story.events.len() - 1)].entry;
        let rest: Vec<Event> = story.events.iter().filter(|event| event.entry != entry).cloned().collect();
        let legal = fold(&rest, &story.terms).is_ok();
        prop_assert_eq!(correct(&story.events, story.event(story::tell::void(entry)), &story.terms).is_ok(), legal);
    }

    #[test]
    fn every_day_of_the_past_can_be_read(attempts in attempts(50), back in 0u64..2000) {
        let story = walk::story(&attempts);
        let on = story.today - chrono::Days::new(back);
        let then = as_of(&story.events, on, None, &story.terms).expect("every beginning is legal");
        let by_then: Vec<Event> = story.events.iter().filter(|event| event.effective_on <= on).cloned().collect();
        prop_assert_eq!(&then, &fold(&by_then, &story.terms).expect("folds"));
        let known = as_of(&story.events, on, Some(chrono::DateTime::<chrono::Utc>::MAX_UTC), &story.terms).expect("folds");
        prop_assert_eq!(then, known);
    }

    #[test]
    fn a_closed_case_accepts_only_what_may_follow_closing(attempts in attempts(60), kind in 0..Kind::ALL.len(), pick in any::<u32>()) {
        let mut story = walk::story(&attempts);
        for way in [Kind::Withdrawn, Kind::CaseClosed] {
            let facts = walk::propose(way, &story.state(), story.today, pick);
            let _ = story.take(facts);
        }
        let mut state = Some(story.state());
        if state.as_ref().is_none_or(|state| state.stage != Stage::Closed) {
            return Ok(());
        }
        let kind = Kind::ALL[kind];
        let event = story.event(walk::propose(kind, state.as_ref().expect("a case"), story.today, pick));
        if apply(&mut state, &event, &story.terms).is_ok() {
            prop_assert!(kind.after_closing());
            prop_assert_eq!(state.map(|state| state.stage), Some(Stage::Closed));
        }
    }

    #[test]
    fn whoever_must_act_next_is_told_without_fail(attempts in attempts(60)) {
        let story = walk::story(&attempts);
        let state = story.state();
        let steps = next_steps(&state, &story.terms, &values::WorkingDays::default());
        prop_assert!(steps.iter().all(|step| step.due.is_none_or(|due| due >= step.since)));
        // Only these wait for nobody: what is closed or owned, and who waits for a ranking, which has a work queue of its own.
        let waits_for_a_ranking = state.stage == Stage::Eligible && state.milestones.readiness_on.is_some();
        let waits_for_nobody = waits_for_a_ranking || matches!(state.stage, Stage::Closed | Stage::Owner);
        prop_assert!(waits_for_nobody || !steps.is_empty(), "{:?} has no next step", state.stage);
    }

    #[test]
    fn facts_survive_json(attempts in attempts(40)) {
        for event in walk::story(&attempts).events {
            let text = serde_json::to_string(&event.facts).expect("written");
            prop_assert_eq!(serde_json::from_str::<Facts>(&text).expect("read"), event.facts);
        }
    }

    #[test]
    fn broken_json_is_refused_and_never_panics(attempts in attempts(10), place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let story = walk::story(&attempts);
        for event in &story.events {
            let mut bytes = serde_json::to_vec(&event.facts).expect("written");
            let place = place.index(bytes.len());
            bytes[place] = byte;
            if let Ok(facts) = serde_json::from_slice::<Facts>(&bytes) {
                let _ = admit(&story.events, &Event { facts, ..story.event(Facts::Resumed) }, &story.terms);
            }
        }
    }

    #[test]
    fn bytes_that_are_no_facts_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(serde_json::from_slice::<Facts>(&bytes).is_err());
    }
}

/// Without a random source, so that it either reaches everything or fails every time.
#[test]
fn every_kind_and_every_stage_is_reached_by_some_walk() {
    let mut kinds: BTreeSet<Kind> = BTreeSet::from([Kind::Corrected]);
    let mut stages = BTreeSet::new();
    for seed in 1..=3000u32 {
        let story = walk::story(&drawn(seed));
        let mut state = None;
        for event in &story.events {
            apply(&mut state, event, &story.terms).expect("a legal story");
            kinds.insert(event.kind());
            stages.extend(state.as_ref().map(|state| state.stage));
        }
    }
    let missing_kinds: Vec<&Kind> = Kind::ALL.iter().filter(|kind| !kinds.contains(kind)).collect();
    let missing_stages: Vec<&Stage> = Stage::ALL.iter().filter(|stage| !stages.contains(stage)).collect();
    assert!(missing_kinds.is_empty() && missing_stages.is_empty(), "never reached: {missing_kinds:?}, {missing_stages:?}");
}

#[test]
fn a_correction_too_is_reached() {
    let story = at::eligible();
    let void = story::tell::void(story.entry_of(Kind::EligibilityConfirmed));
    assert_eq!(story.then(void).state().stage, Stage::Applied);
}

/// Eighty attempts from a seed, by a linear congruence.
fn drawn(seed: u32) -> Vec<Attempt> {
    let mut number = seed;
    let mut draw = move || {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        number >> 8
    };
    (0..80)
        .map(|_| Attempt { kind: Kind::ALL[draw() as usize % Kind::ALL.len()], days: (draw() % 40) as u16, pick: draw() })
        .collect()
}

/// Stories are made by one builder everywhere; this keeps it honest.
#[test]
fn a_story_without_events_is_no_case() {
    assert_eq!(fold(&Story::new().events, &story::terms()), Ok(None));
}
