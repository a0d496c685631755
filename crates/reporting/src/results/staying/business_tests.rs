use super::{
    super::{
        compute_tests::{asked, day, equipped},
        subject::{Days, Followup, Pause, Status, Subject, Visit},
    },
    business::{End, Fate, businesses},
};
use registry::case::EndReason;

/// Received on 1 January 2023, seen as the rest says; as of 1 September 2024.
fn check(one: Subject, days: i64, fate: Fate) {
    let found = businesses(std::slice::from_ref(&one), &asked("2024-09-01"));
    assert_eq!((found[0].days, found[0].fate), (days, fate), "{one:?}");
}

fn received() -> Subject {
    equipped(1, "2023-01-01")
}

fn with(days: impl FnOnce(&mut Days)) -> Subject {
    let mut one = received();
    days(&mut one.days);
    one
}

fn over(on: &str, reason: EndReason) -> Subject {
    Subject { end_reason: Some(reason), ..with(|days| days.ended = Some(day(on))) }
}

fn visit(on: &str, is_met: bool) -> Visit {
    Visit { due: day(on), made: Some(day(on)), is_met, ..Visit::default() }
}

#[test]
fn a_business_is_watched_until_it_was_last_seen() {
    check(received(), 0, Fate::Staying);
    check(Subject { visits: vec![visit("2023-03-01", true), visit("2023-12-31", true)], ..received() }, 364, Fate::Staying);
    check(Subject { visits: vec![visit("2023-03-01", true), visit("2023-12-31", false)], ..received() }, 59, Fate::Staying);
    check(Subject { visits: vec![visit("2023-03-01", true), visit("2024-10-01", true)], ..received() }, 59, Fate::Staying);
    let found = |status, on| [None, Some(Followup { status, on: day(on) }), None];
    check(Subject { followups: found(Status::InBusiness, "2024-01-01"), ..received() }, 365, Fate::Staying);
    check(Subject { followups: found(Status::NotVisited, "2024-01-01"), ..received() }, 0, Fate::Staying);
}

#[test]
fn an_end_counts_from_its_day_by_its_reason_and_the_first_end_is_the_end() {
    check(over("2023-04-11", EndReason::Demand), 100, Fate::Over(End::Closed));
    check(over("2023-04-11", EndReason::EquipmentSold), 100, Fate::Over(End::Sold));
    check(over("2023-04-11", EndReason::FoundWork), 100, Fate::Over(End::FoundWork));
    check(over("2024-09-02", EndReason::Demand), 0, Fate::Staying);
    check(with(|days| days.recovered = Some(day("2023-04-11"))), 100, Fate::Over(End::Recovered));
    check(with(|days| days.deceased = Some(day("2023-04-11"))), 100, Fate::Over(End::Died));
    let both = |ended: &str, died: &str| Subject {
        end_reason: Some(EndReason::Illness),
        ..with(|days| (days.ended, days.deceased) = (Some(day(ended)), Some(day(died))))
    };
    check(both("2023-04-11", "2023-04-12"), 100, Fate::Over(End::Closed));
    check(both("2023-04-11", "2023-04-11"), 100, Fate::Over(End::Died));
}

#[test]
fn a_pause_that_grows_too_long_closes_the_business_on_its_first_day() {
    let rests = |to: Option<&str>| {
        let pauses = vec![Pause { from: day("2023-04-11"), to: to.map(day) }];
        Subject { pauses, visits: vec![visit("2024-01-01", true)], ..received() }
    };
    check(rests(Some("2023-07-10")), 365, Fate::Staying);
    check(rests(Some("2023-07-11")), 100, Fate::Over(End::Closed));
    check(rests(None), 100, Fate::Over(End::Closed));
}

#[test]
fn whoever_was_sought_in_vain_since_is_unreachable_and_no_end() {
    let tried = |days: &[&str]| {
        let mut visits = vec![visit("2023-04-11", true)];
        visits.extend(days.iter().map(|on| visit(on, false)));
        Subject { visits, ..received() }
    };
    check(tried(&["2023-05-01", "2023-06-01"]), 100, Fate::Staying);
    check(tried(&["2023-05-01", "2023-06-01", "2023-07-01"]), 100, Fate::Unreachable);
    check(tried(&["2023-02-01", "2023-06-01", "2023-07-01"]), 100, Fate::Staying);
    let told = |on: &str| {
        let followups = [None, Some(Followup { status: Status::Unreachable, on: day(on) }), None];
        Subject { followups, ..tried(&[]) }
    };
    check(told("2024-01-20"), 100, Fate::Unreachable);
    check(told("2023-04-01"), 100, Fate::Staying);
}
