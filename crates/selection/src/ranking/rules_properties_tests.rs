//! What holds for every run, whoever the candidates are.

use super::{Bucket, Candidate, Cap, Floor, Outcome, Terms, rank};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use values::id::CaseId;

const GROUPS: [&str; 4] = ["TSA", "DISAB", "WOMAN", "FORMER_IDP"];

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (0u16..4, 0u8..16, any::<bool>(), 0u64..40, -3i64..3);
    prop::collection::vec(one, 0..60).prop_map(|list| {
        let day = NaiveDate::from_ymd_opt(2024, 9, 2).unwrap();
        let make = |(number, (bucket, groups, land, waited, lot)): (usize, (u16, u8, bool, u64, i64))| Candidate {
            case: CaseId(Uuid::from_u128(number as u128)),
            bucket,
            groups: GROUPS.iter().enumerate().filter(|(at, _)| groups >> at & 1 == 1).map(|(_, g)| (*g).to_owned()).collect(),
            landholder: land,
            waiting_since: day - Days::new(waited),
            lot,
        };
        list.into_iter().enumerate().map(make).collect()
    })
}

fn terms() -> impl Strategy<Value = Terms> {
    let floors = prop::collection::vec((0usize..4, 0u32..8), 0..3);
    let cap = (0u32..101, 0u32..20, 0u32..40);
    (0u32..40, 0u32..10, prop::collection::vec(0u32..15, 3), floors, cap).prop_map(
        |(places, reserve_places, free, floors, cap)| Terms {
            places,
            reserve_places,
            priority: vec!["TSA".into(), "DISAB".into()],
            // Candidates of a fourth bucket have no seats anywhere.
            buckets: free
                .into_iter()
                .enumerate()
                .map(|(at, free)| Bucket { call: "CALL".into(), region: format!("R{at}"), free })
                .collect(),
            floors: floors.into_iter().map(|(group, least)| Floor { group: GROUPS[group].into(), least }).collect(),
            cap: Cap { percent: cap.0, landholders: cap.1, unemployed: cap.2 },
        },
    )
}

/// Where each selected candidate is counted.
fn selected<'a>(terms: &Terms, candidates: &'a [Candidate]) -> Vec<&'a Candidate> {
    let by_case: BTreeMap<CaseId, &Candidate> = candidates.iter().map(|candidate| (candidate.case, candidate)).collect();
    let placed = rank(terms, candidates);
    placed.iter().filter(|placed| placed.outcome == Outcome::Selected).map(|placed| by_case[&placed.case]).collect()
}

proptest! {
    #[test]
    fn everybody_is_placed_once_and_positions_count_from_one(terms in terms(), candidates in candidates()) {
        let placed = rank(&terms, &candidates);
        let cases: BTreeSet<CaseId> = placed.iter().map(|placed| placed.case).collect();
        prop_assert_eq!(cases.len(), candidates.len());
        prop_assert!(placed.iter().enumerate().all(|(at, placed)| placed.rank as usize == at + 1));
        for outcome in [Outcome::Selected, Outcome::Reserve, Outcome::Waiting] {
            let positions: Vec<u32> = placed.iter().filter(|p| p.outcome == outcome).map(|p| p.position).collect();
            prop_assert!(positions.iter().enumerate().all(|(at, position)| *position as usize == at + 1));
        }
    }

    #[test]
    fn neither_places_nor_quotas_nor_the_cap_are_exceeded(terms in terms(), candidates in candidates()) {
        let selected = selected(&terms, &candidates);
        prop_assert!(selected.len() <= terms.places as usize);
        for bucket in 0..4u16 {
            let taken = selected.iter().filter(|candidate| candidate.bucket == bucket).count();
            let free = terms.buckets.get(usize::from(bucket)).map_or(0, |bucket| bucket.free);
            prop_assert!(taken <= free as usize);
        }
        let landholders = selected.iter().filter(|candidate| candidate.landholder).count() as u32;
        let unemployed = selected.len() as u32 - landholders;
        if landholders > 0 {
            let cap = &terms.cap;
            prop_assert!((cap.landholders + landholders) * 100 <= (cap.unemployed + unemployed) * cap.percent);
        }
        let reserve = rank(&terms, &candidates).iter().filter(|placed| placed.outcome == Outcome::Reserve).count();
        prop_assert!(reserve <= terms.reserve_places as usize);
    }

    #[test]
    fn the_order_of_the_candidates_changes_nothing(terms in terms(), candidates in candidates(), by in any::<prop::sample::Index>()) {
        let mut turned = candidates.clone();
        turned.reverse();
        if !turned.is_empty() {
            let middle = by.index(turned.len());
            turned.rotate_left(middle);
        }
        prop_assert_eq!(rank(&terms, &candidates), rank(&terms, &turned));
    }

    #[test]
    fn a_run_read_back_from_what_was_kept_gives_the_same_list(terms in terms(), candidates in candidates()) {
        let kept = serde_json::to_string(&(&terms, &candidates)).unwrap();
        let (terms_again, candidates_again): (Terms, Vec<Candidate>) = serde_json::from_str(&kept).unwrap();
        prop_assert_eq!(rank(&terms, &candidates), rank(&terms_again, &candidates_again));
    }

    #[test]
    fn without_quotas_shares_and_cap_nobody_stands_before_a_priority_or_a_longer_waiting_person(
        mut terms in terms(), candidates in candidates()
    ) {
        terms.floors.clear();
        terms.cap = Cap { percent: 100, landholders: 0, unemployed: 1_000 };
        terms.buckets = (0..4).map(|_| Bucket { call: "CALL".into(), region: "R".into(), free: 1_000 }).collect();
        let key = |c: &Candidate| (!c.groups.iter().any(|g| terms.priority.contains(g)), c.waiting_since);
        let selected = selected(&terms, &candidates);
        prop_assert_eq!(selected.len(), candidates.len().min(terms.places as usize));
        let worst = selected.iter().map(|candidate| key(candidate)).max();
        let chosen: BTreeSet<CaseId> = selected.iter().map(|candidate| candidate.case).collect();
        let best_left = candidates.iter().filter(|candidate| !chosen.contains(&candidate.case)).map(key).min();
        if let (Some(worst), Some(best_left)) = (worst, best_left) {
            prop_assert!(worst <= best_left);
        }
    }

    #[test]
    fn a_least_share_is_met_when_nothing_else_stands_in_its_way(least in 0u32..8, candidates in candidates()) {
        let mut terms = Terms {
            places: 10,
            priority: vec![],
            buckets: (0..4).map(|_| Bucket { call: "CALL".into(), region: "R".into(), free: 1_000 }).collect(),
            cap: Cap { percent: 100, landholders: 0, unemployed: 1_000 },
            ..Terms::default()
        };
        terms.floors = vec![Floor { group: "WOMAN".into(), least }];
        let is_woman = |candidate: &&Candidate| candidate.groups.iter().any(|group| group == "WOMAN");
        let there_are = candidates.iter().filter(is_woman).count();
        let chosen = selected(&terms, &candidates).into_iter().filter(|candidate| is_woman(candidate)).count();
        prop_assert!(chosen >= there_are.min(least as usize));
    }
}
