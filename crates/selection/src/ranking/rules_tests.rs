//! Tables of runs that anyone in an office could read.

use super::{Bucket, Candidate, Cap, Floor, Terms, rank};
use chrono::{Days, NaiveDate};
use insta::assert_snapshot;
use uuid::Uuid;
use values::id::CaseId;

const OPEN_CAP: Cap = Cap { percent: 50, landholders: 0, unemployed: 1_000 };

fn terms(places: u32, reserve_places: u32) -> Terms {
    Terms {
        places,
        reserve_places,
        priority: vec!["TSA".into(), "DISAB".into()],
        buckets: vec![bucket("BAKU", 100), bucket("GANJA", 100)],
        floors: vec![],
        cap: OPEN_CAP,
    }
}

fn bucket(region: &str, free: u32) -> Bucket {
    Bucket { call: "CALL_2024".into(), region: region.into(), free }
}

/// `name waited-days groups`: `land` marks a landholder, `ganja` the second bucket; other words are groups.
fn candidate(number: u128, line: &str) -> Candidate {
    let words: Vec<&str> = line.split_whitespace().collect();
    let day = NaiveDate::from_ymd_opt(2024, 9, 2).unwrap();
    let waited: u64 = words[1].parse().unwrap();
    let is_group = |word: &&&str| !["land", "ganja"].contains(*word);
    Candidate {
        case: CaseId(Uuid::from_u128(number)),
        bucket: u16::from(words.contains(&"ganja")),
        groups: words[2..].iter().filter(is_group).map(|word| (*word).to_owned()).collect(),
        landholder: words.contains(&"land"),
        waiting_since: day - Days::new(waited),
        lot: number as i64,
    }
}

fn check(terms: &Terms, lines: &[&str]) -> String {
    let candidates: Vec<Candidate> = lines.iter().enumerate().map(|(at, line)| candidate(at as u128 + 1, line)).collect();
    let name = |case: CaseId| lines[case.0.as_u128() as usize - 1].split(' ').next().unwrap();
    let list = rank(terms, &candidates).into_iter().map(|placed| {
        let (outcome, reason) = (placed.outcome.code(), placed.reason.code());
        format!("{}. {}: {outcome} {} ({reason})", placed.rank, name(placed.case), placed.position)
    });
    list.collect::<Vec<_>>().join("\n")
}

#[test]
fn priority_comes_first_then_the_longest_waiting() {
    let list = check(&terms(3, 1), &["Aygün 300", "Rauf 20 TSA", "Sevda 400", "Elçin 30 DISAB", "Nigar 10"]);
    assert_snapshot!(list, @"
    1. Elçin: selected 1 (priority)
    2. Rauf: selected 2 (priority)
    3. Sevda: selected 3 (waiting-time)
    4. Aygün: reserve 1 (places-gone)
    5. Nigar: waiting 1 (places-gone)
    ");
}

#[test]
fn equals_are_placed_by_lot_alone() {
    let list = check(&terms(1, 1), &["first 50", "second 50", "third 50"]);
    assert_snapshot!(list, @"
    1. first: selected 1 (waiting-time)
    2. second: reserve 1 (places-gone)
    3. third: waiting 1 (places-gone)
    ");
}

#[test]
fn a_region_without_seats_leaves_them_to_the_next_of_another_region() {
    let mut terms = terms(3, 1);
    terms.buckets[1].free = 1;
    let list = check(&terms, &["Aygün 300 ganja", "Rauf 200 ganja", "Sevda 100", "Elçin 50", "Nigar 40"]);
    assert_snapshot!(list, @"
    1. Aygün: selected 1 (waiting-time)
    2. Rauf: reserve 1 (quota-gone)
    3. Sevda: selected 2 (waiting-time)
    4. Elçin: selected 3 (waiting-time)
    5. Nigar: waiting 1 (places-gone)
    ");
}

#[test]
fn the_landholder_cap_counts_unemployed_people_only() {
    let mut terms = terms(2, 0);
    terms.cap = Cap { percent: 50, landholders: 50, unemployed: 100 };
    let list = check(&terms, &["Vaqif 300 land", "Aygün 200", "Sevda 100"]);
    assert_snapshot!(list, @"
    1. Vaqif: waiting 1 (landholder-cap)
    2. Aygün: selected 1 (waiting-time)
    3. Sevda: selected 2 (waiting-time)
    ");
}

#[test]
fn unemployed_people_of_the_same_list_make_room_for_landholders() {
    let mut terms = terms(3, 2);
    terms.cap = Cap { percent: 50, landholders: 0, unemployed: 0 };
    let list = check(&terms, &["Vaqif 300 land", "Tofiq 250 land", "Aygün 200", "Sevda 100", "Akif 90 land", "Nigar 80"]);
    assert_snapshot!(list, @"
    1. Vaqif: selected 1 (waiting-time)
    2. Tofiq: waiting 1 (landholder-cap)
    3. Aygün: selected 2 (waiting-time)
    4. Sevda: selected 3 (waiting-time)
    5. Akif: reserve 1 (places-gone)
    6. Nigar: reserve 2 (places-gone)
    ");
}

#[test]
fn a_cap_broken_before_lets_no_landholder_in_and_stops_nobody_else() {
    let mut terms = terms(2, 1);
    terms.cap = Cap { percent: 50, landholders: 90, unemployed: 100 };
    let list = check(&terms, &["Vaqif 300 land TSA", "Aygün 200", "Sevda 100"]);
    assert_snapshot!(list, @"
    1. Vaqif: waiting 1 (landholder-cap)
    2. Aygün: selected 1 (waiting-time)
    3. Sevda: selected 2 (waiting-time)
    ");
}

#[test]
fn a_least_share_brings_the_best_of_the_group_in_for_the_last_of_the_others() {
    let mut terms = terms(3, 1);
    terms.floors = vec![Floor { group: "WOMAN".into(), least: 2 }];
    let list = check(&terms, &["Rauf 300", "Elçin 200", "Vaqif 150", "Aygün 100 WOMAN", "Sevda 90 WOMAN", "Nigar 80 WOMAN"]);
    assert_snapshot!(list, @"
    1. Rauf: selected 1 (waiting-time)
    2. Elçin: reserve 1 (gave-way)
    3. Vaqif: waiting 1 (gave-way)
    4. Aygün: selected 2 (least-share)
    5. Sevda: selected 3 (least-share)
    6. Nigar: waiting 2 (places-gone)
    ");
}

#[test]
fn a_least_share_never_sets_a_priority_back() {
    let mut terms = terms(2, 1);
    terms.floors = vec![Floor { group: "WOMAN".into(), least: 2 }];
    let list = check(&terms, &["Rauf 30 TSA", "Elçin 200", "Aygün 100 WOMAN", "Sevda 90 WOMAN"]);
    assert_snapshot!(list, @"
    1. Rauf: selected 1 (priority)
    2. Elçin: reserve 1 (gave-way)
    3. Aygün: selected 2 (least-share)
    4. Sevda: waiting 1 (places-gone)
    ");
}

#[test]
fn a_least_share_does_not_eat_another() {
    let mut terms = terms(2, 1);
    terms.floors = vec![Floor { group: "FORMER_IDP".into(), least: 1 }, Floor { group: "WOMAN".into(), least: 1 }];
    let list = check(&terms, &["Rauf 300", "Elçin 200 FORMER_IDP", "Aygün 100 WOMAN", "Nigar 50 WOMAN"]);
    assert_snapshot!(list, @"
    1. Rauf: reserve 1 (gave-way)
    2. Elçin: selected 1 (waiting-time)
    3. Aygün: selected 2 (least-share)
    4. Nigar: waiting 1 (places-gone)
    ");
}

#[test]
fn nobody_is_selected_without_places() {
    assert_snapshot!(check(&terms(0, 0), &["Aygün 300"]), @"1. Aygün: waiting 1 (places-gone)");
}
