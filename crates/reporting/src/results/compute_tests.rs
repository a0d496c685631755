use super::{
    compute::{Asked, behind, compute},
    report::{Measured, Number},
    subject::{Days, Followup, Membership, Pause, Status, Subject},
};
use chrono::NaiveDate;
use values::id::PersonId;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date of a table")
}

pub(super) fn asked(as_of: &str) -> Asked {
    Asked {
        as_of: day(as_of),
        training_settled_days: 60,
        ownership_settled_days: 60,
        followup_window_months: 3,
        seen_within_days: 180,
        pause_max_days: 90,
        unreachable_tries: 3,
        ..Asked::default()
    }
}

pub(super) fn person(number: u128) -> Subject {
    Subject {
        person: Some(PersonId(uuid::Uuid::from_u128(number))),
        phase: "P1".into(),
        sex: Some(if number.is_multiple_of(2) { 'M' } else { 'F' }),
        residence: "R1".into(),
        wished: "TAILOR".into(),
        ..Subject::default()
    }
}

pub(super) fn equipped(number: u128, on: &str) -> Subject {
    let days = Days { received: Some(day(on)), started: Some(day(on)), ..Days::default() };
    Subject { days, business_region: Some("R2".into()), direction: Some("BAKER".into()), ..person(number) }
}

pub(super) fn of<'m>(all: &'m [Measured], code: &str) -> &'m Measured {
    all.iter().find(|one| one.code == code).expect("an indicator")
}

#[test]
fn an_event_counts_from_its_day_on() {
    let subjects = [equipped(1, "2024-03-01"), equipped(2, "2024-03-02")];
    let at = |as_of: &str| of(&compute(&subjects, &asked(as_of)), "EQUIPPED").value;
    assert_eq!(at("2024-02-29"), Some(Number::Whole(0)));
    assert_eq!(at("2024-03-01"), Some(Number::Whole(1)));
    assert_eq!(at("2024-03-02"), Some(Number::Whole(2)));
}

#[test]
fn one_person_counts_once_a_phase_but_every_application_is_an_application() {
    let applied = |phase: &str| Subject {
        phase: phase.into(),
        days: Days { applied: Some(day("2023-01-09")), ..Days::default() },
        ..person(1)
    };
    let subjects = [applied("P1"), applied("P1"), applied("P2")];
    let all = compute(&subjects, &asked("2023-12-31"));
    assert_eq!(of(&all, "APPLIED").value, Some(Number::Whole(3)));
    assert_eq!(of(&all, "APPLICANTS").value, Some(Number::Whole(2)));
}

#[test]
fn groups_are_those_valid_at_the_event_and_nobody_is_lost() {
    let mut one = equipped(1, "2024-03-01");
    one.groups = vec![
        Membership { code: "TSA".into(), from: day("2020-01-01"), to: Some(day("2024-02-29")) },
        Membership { code: "DISAB".into(), from: day("2020-01-01"), to: None },
    ];
    let subjects = [one, equipped(2, "2024-03-01")];
    let all = compute(&subjects, &asked("2024-12-31"));
    let cuts = &of(&all, "EQUIPPED").by;
    assert_eq!(cuts.group.get("TSA"), None);
    assert_eq!(cuts.group["DISAB"], Some(Number::Whole(1)));
    assert_eq!(cuts.group["NONE"], Some(Number::Whole(1)));
    assert_eq!(cuts.region["R2"], Some(Number::Whole(2)));
    assert_eq!(cuts.direction["BAKER"], Some(Number::Whole(2)));
}

#[test]
fn survival_keeps_the_unreachable_apart_from_the_closed() {
    let seen = |number, status| Subject {
        followups: [None, None, Some(Followup { status, on: day("2024-03-10") })],
        ..equipped(number, "2022-03-01")
    };
    let mut ended = equipped(5, "2022-03-01");
    ended.days.ended = Some(day("2023-05-01"));
    let never = Subject { days: Days { started: None, ..equipped(6, "2022-03-01").days }, ..equipped(6, "2022-03-01") };
    let subjects = [
        seen(1, Status::InBusiness),
        seen(2, Status::InBusiness),
        seen(3, Status::Unreachable),
        equipped(4, "2022-03-01"),
        ended,
        never,
        equipped(7, "2024-01-01"),
    ];
    let all = compute(&subjects, &asked("2024-09-02"));
    let measured = of(&all, "SURVIVING_24M");
    let beside = |key: &str| measured.beside[key];
    assert_eq!(beside("due"), Number::Whole(6));
    assert_eq!(beside("unreachable"), Number::Whole(1));
    assert_eq!(beside("not_visited"), Number::Whole(1));
    assert_eq!(beside("ended"), Number::Whole(2));
    assert_eq!(measured.value, Some(Number::Fraction(50.0)));
    assert_eq!(beside("low_bound"), Number::Fraction(33.33));
    assert_eq!(behind("SURVIVING_24M", "", &subjects, &asked("2024-09-02")).map(|cases| cases.len()), Some(2));
}

#[test]
fn the_landholder_cap_counts_unemployed_people_only() {
    let admitted = |number, landholder| Subject {
        landholder,
        days: Days { accepted: Some(day("2024-02-01")), ..Days::default() },
        ..person(number)
    };
    let subjects: Vec<Subject> = (0..15).map(|number| admitted(number, number < 5)).collect();
    let all = compute(&subjects, &asked("2024-09-02"));
    assert_eq!(of(&all, "LANDHOLDER_CAP").value, Some(Number::Fraction(50.0)));
    assert_eq!(of(&compute(&subjects, &asked("2025-09-02")), "LANDHOLDER_CAP").value, None);
}

#[test]
fn a_median_is_the_nearest_rank() {
    let decided = |number, on: &str| Subject {
        days: Days { applied: Some(day("2024-01-01")), decided: Some(day(on)), ..Days::default() },
        ..person(number)
    };
    let subjects = [decided(1, "2024-01-03"), decided(2, "2024-01-09"), decided(3, "2024-01-31")];
    let all = compute(&subjects, &asked("2024-09-02"));
    let measured = of(&all, "TIME_TO_DECISION");
    assert_eq!(measured.value, Some(Number::Whole(8)));
    assert_eq!(measured.beside["p90"], Number::Whole(30));
}

#[test]
fn the_rest_of_the_trained_wait_were_refused_or_left() {
    let trained = |number, of: fn(&mut Subject)| {
        let mut one = Subject { days: Days { trained: Some(day("2023-05-10")), ..Days::default() }, ..person(number) };
        of(&mut one);
        one
    };
    let subjects = [
        trained(1, |one| one.days.received = Some(day("2023-09-01"))),
        trained(2, |_| {}),
        trained(3, |one| (one.days.plan_decided, one.days.closed) = (Some(day("2023-08-01")), Some(day("2023-09-15")))),
        trained(4, |one| one.days.closed = Some(day("2023-06-15"))),
        // Refused, and the time to appeal still runs.
        trained(5, |one| one.days.plan_decided = Some(day("2024-08-20"))),
    ];
    let measured = compute(&subjects, &asked("2024-09-02"));
    let measured = of(&measured, "EQUIPPED_OF_TRAINED");
    assert_eq!(measured.value, Some(Number::Fraction(20.0)));
    let beside = ["waiting", "refused", "left"].map(|part| measured.beside[part]);
    assert_eq!(beside, [Number::Whole(2), Number::Whole(1), Number::Whole(1)]);
    let asked = asked("2024-09-02");
    let waiting = behind("EQUIPPED_OF_TRAINED", "waiting", &subjects, &asked);
    assert_eq!(waiting.map(|cases| cases.len()), Some(2));
    assert!(behind("EQUIPPED_OF_TRAINED", "absent", &subjects, &asked).is_none());
}

#[test]
fn a_pause_that_grew_too_long_is_not_in_business() {
    let paused = |number, from: &str, to: Option<&str>| {
        let pause = Pause { from: day(from), to: to.map(day) };
        Subject {
            pauses: vec![pause],
            followups: [Some(Followup { status: Status::InBusiness, on: day("2024-08-01") }), None, None],
            ..equipped(number, "2024-02-01")
        }
    };
    // 90 days before the second of September is the fourth of June.
    let subjects = [
        paused(1, "2024-06-04", None),
        paused(2, "2024-06-03", None),
        paused(3, "2024-05-01", Some("2024-08-25")),
        paused(4, "2024-05-01", Some("2024-10-25")),
    ];
    let all = compute(&subjects, &asked("2024-09-02"));
    assert_eq!(of(&all, "OPERATING").value, Some(Number::Whole(2)));
    assert_eq!(of(&all, "STATUS_STALE").value, Some(Number::Whole(0)));
}

#[test]
fn a_denominator_opens_to_its_cases_too() {
    let subjects = [equipped(1, "2024-03-01"), equipped(2, "2024-03-02"), equipped(4, "2024-03-02")];
    let cases = |part: &str| behind("WOMEN_SHARE", part, &subjects, &asked("2024-09-02")).map(|cases| cases.len());
    assert_eq!((cases(""), cases("denominator")), (Some(1), Some(3)));
}
