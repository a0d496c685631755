use super::{
    rules::{propose, shares, value},
    types::{Candidate, Distance, Outcome, Points, Proposal, Room, Terms, Why},
};
use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;
use values::id::{CaseId, CohortId};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const POINTS: Points =
    Points { seat: 1_000, priority: 40, week_waited: 1, weeks_counted: 26, near: 20, in_region: 10, language: 20, soon: 10 };

fn room(number: u128, free: u32, starts_on: &str) -> Room {
    Room {
        cohort: CohortId(Uuid::from_u128(number)),
        number: format!("T-{number}"),
        free,
        starts_on: day(starts_on),
        online: false,
        language: Some("az".to_owned()),
    }
}

fn somebody(number: u128, groups: &[&str], waited_weeks: i32) -> Candidate {
    Candidate {
        case: CaseId(Uuid::from_u128(number)),
        groups: groups.iter().map(|group| (*group).to_owned()).collect(),
        priority: false,
        waited_weeks,
        distance: Distance::SamePlace,
        language: "az".to_owned(),
    }
}

const WOMEN: (&str, i64) = ("WOMAN", 50);
const LANDHOLDERS: (&str, i64) = ("LANDHOLDER", 50);

fn terms(candidates: &[Candidate], rooms: Vec<Room>) -> Terms {
    let (floors, ceilings) = shares(candidates, &rooms, &[WOMEN], &[LANDHOLDERS]);
    Terms { as_of: day("2024-09-02"), points: POINTS, rooms, floors, ceilings }
}

/// Who sits where: case and cohort, or the reason and what was needed.
fn check(candidates: &[Candidate], rooms: Vec<Room>, expected: &[&str]) {
    let found = propose(&terms(candidates, rooms), candidates, "seed").unwrap();
    let said: Vec<String> = found
        .placed
        .iter()
        .map(|placed| match &placed.outcome {
            Outcome::Seat { cohort, .. } => format!("{} in {}", placed.case.0.as_u128(), cohort.0.as_u128()),
            Outcome::Without { why, needed, .. } => format!("{} {why:?} {needed:?}", placed.case.0.as_u128()),
        })
        .collect();
    assert_eq!(said, expected);
}

#[test]
fn points_add_up_for_priority_waiting_nearness_language_and_an_early_start() {
    let mut who = somebody(1, &[], 40);
    let mut where_to = room(1, 1, "2024-09-16");
    let terms = terms(&[], vec![]);
    assert_eq!(value(&terms, &who, &where_to), 1_000 + 26 + 20 + 20 + 8);
    who.priority = true;
    who.distance = Distance::SameRegion;
    where_to.language = None;
    assert_eq!(value(&terms, &who, &where_to), 1_000 + 40 + 26 + 10 + 8);
    who.distance = Distance::Elsewhere;
    assert_eq!(value(&terms, &who, &where_to), 1_000 + 40 + 26 + 8);
    where_to.online = true;
    where_to.starts_on = day("2025-06-02");
    assert_eq!(value(&terms, &who, &where_to), 1_000 + 40 + 26 + 20);
}

#[test]
fn the_longest_waiting_sit_first_and_the_earlier_course_fills_first() {
    let waiting = [somebody(1, &["WOMAN"], 3), somebody(2, &["WOMAN"], 9), somebody(3, &["WOMAN"], 5)];
    check(&waiting, vec![room(1, 1, "2024-09-09")], &["1 Seats Some(1059)", "2 in 1", "3 Seats Some(1059)"]);
    check(&waiting[..1], vec![room(1, 5, "2024-09-09"), room(2, 5, "2024-11-04")], &["1 in 1"]);
}

#[test]
fn a_group_gets_its_share_and_whoever_gives_way_is_told_why() {
    let men: Vec<_> = (1..=4).map(|number| somebody(number, &[], 20)).collect();
    let women: Vec<_> = (5..=6).map(|number| somebody(number, &["WOMAN"], 1)).collect();
    let all = [men, women].concat();
    let found = propose(&terms(&all, vec![room(1, 4, "2024-09-09")]), &all, "seed").unwrap();
    let seated = |from: usize, to: usize| {
        found.placed[from..to].iter().filter(|placed| matches!(placed.outcome, Outcome::Seat { .. })).count()
    };
    assert_eq!((seated(0, 4), seated(4, 6)), (2, 2));
    for placed in &found.placed[..4] {
        if let Outcome::Without { why, .. } = &placed.outcome {
            assert_eq!(*why, Why::Least("WOMAN".to_owned()));
        }
    }
}

#[test]
fn a_share_never_leaves_a_seat_empty() {
    let men: Vec<_> = (1..=4).map(|number| somebody(number, &["LANDHOLDER"], 2)).collect();
    let everybody = |found: &Proposal| found.placed.iter().all(|placed| matches!(placed.outcome, Outcome::Seat { .. }));
    assert!(everybody(&propose(&terms(&men, vec![room(1, 6, "2024-09-09")]), &men, "seed").unwrap()));
    let mut with_one_woman = men.clone();
    with_one_woman.push(somebody(5, &["WOMAN"], 0));
    let found = propose(&terms(&with_one_woman, vec![room(1, 5, "2024-09-09")]), &with_one_woman, "seed").unwrap();
    assert!(everybody(&found));
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (any::<bool>(), any::<bool>(), any::<bool>(), 0..40_i32, 1..=3_i16);
    proptest::collection::vec(one, 0..40).prop_map(|list| {
        (1..)
            .zip(list)
            .map(|(number, (woman, landholder, priority, waited, distance))| {
                let groups = [("WOMAN", woman), ("LANDHOLDER", landholder)];
                let groups: Vec<&str> = groups.into_iter().filter(|(_, is_in)| *is_in).map(|(group, _)| group).collect();
                let distance = Distance::from_number(distance).unwrap();
                Candidate { priority, distance, ..somebody(number, &groups, waited) }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_cohort_takes_more_than_its_seats_no_seat_stays_empty_and_replay_is_equal(
        waiting in candidates(), seats in proptest::collection::vec(1..9_u32, 1..4),
    ) {
        let rooms: Vec<Room> = (1..).zip(seats).map(|(number, free)| room(number, free, "2024-09-16")).collect();
        let terms = terms(&waiting, rooms);
        let found = propose(&terms, &waiting, "2024").unwrap();
        let mut taken = 0;
        for room in &terms.rooms {
            let here = found.placed.iter().filter(|placed| matches!(placed.outcome, Outcome::Seat { cohort, .. } if cohort == room.cohort));
            let here = here.count();
            prop_assert!(here <= room.free as usize);
            taken += here;
        }
        let room_for = terms.rooms.iter().map(|room| room.free as usize).sum::<usize>();
        prop_assert_eq!(taken, room_for.min(waiting.len()), "a share left a seat empty");
        prop_assert!(found.bound >= found.value);
        prop_assert_eq!(&found, &propose(&terms, &waiting, "2024").unwrap());
    }
}
