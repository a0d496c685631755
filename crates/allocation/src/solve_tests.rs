//! The solver against brute force on tiny instances, and against itself on changed ones.

use crate::{
    Allocation, Choice, Cohort, Constraint, Instance, Maximum, MinShare, Person, Reason, Share, allocate, faults, value,
};
use proptest::prelude::*;

const GROUPS: [&str; 4] = ["F", "disabled", "rayon:AZ-GA", "rayon:AZ-SA"];

fn person(at: usize, groups: u8, choices: &[(u32, i64, i64)]) -> Person {
    let groups = (0..GROUPS.len()).filter(|k| groups & (1 << k) != 0).map(|k| GROUPS[k].to_owned()).collect();
    let choices = choices.iter().map(|&(cohort, value, cost)| Choice { cohort, value, cost }).collect();
    Person { id: format!("p{at}"), groups, choices }
}

fn cohorts(seats: &[i64]) -> Vec<Cohort> {
    seats.iter().enumerate().map(|(at, &seats)| Cohort { id: format!("c{at}"), seats }).collect()
}

fn maximum(group: usize, people: i64) -> Maximum {
    Maximum { group: GROUPS[group].into(), people }
}

fn min_share(group: usize, percent: i64) -> MinShare {
    MinShare { group: GROUPS[group].into(), share: Share::new(percent, 100).unwrap() }
}

prop_compose! {
    fn tiny()(
        seats in prop::collection::vec(0_i64..3, 1..4),
        people in prop::collection::vec((0_u8..16, prop::collection::vec((0_i64..60, 0_i64..20), 3), 0_u8..8), 0..7),
        budget in prop::option::of(0_i64..60),
        maxima in prop::collection::vec((0_usize..4, 0_i64..4), 0..4),
        shares in prop::collection::vec((0_usize..4, 0_i64..=100), 0..3),
    ) -> Instance {
        let chosen = |chosen: u8, costs: &[(i64, i64)]| -> Vec<(u32, i64, i64)> {
            (0..seats.len()).filter(|k| chosen & (1 << k) != 0).map(|k| (k as u32, costs[k].0, costs[k].1)).collect()
        };
        let people = people.iter().enumerate().map(|(at, (groups, costs, which))| person(at, *groups, &chosen(*which, costs)));
        Instance::new(
            people.collect(),
            cohorts(&seats),
            budget,
            maxima.into_iter().map(|(group, people)| maximum(group, people)).collect(),
            shares.into_iter().map(|(group, percent)| min_share(group, percent)).collect(),
        ).unwrap()
    }
}

/// The largest value, and the most people placed, over every assignment.
fn brute_force(instance: &Instance) -> (i128, usize) {
    let mut chosen = vec![None; instance.people().len()];
    let mut best = (0, 0);
    loop {
        if faults(instance, &chosen).is_empty() {
            best.0 = best.0.max(value(instance, &chosen));
            best.1 = best.1.max(chosen.iter().flatten().count());
        }
        let next = chosen.iter_mut().zip(instance.people()).find_map(|(choice, person)| {
            *choice = match *choice {
                None if person.choices.is_empty() => None,
                None => Some(0),
                Some(k) if k as usize + 1 < person.choices.len() => Some(k + 1),
                Some(_) => None,
            };
            choice.map(|_| ())
        });
        if next.is_none() {
            return best;
        }
    }
}

fn solved(instance: &Instance) -> Allocation {
    allocate(instance, 1, &|| false)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_answer_is_feasible_and_the_optimum_lies_between_it_and_the_bound(instance in tiny()) {
        let found = solved(&instance);
        let (optimum, most_placed) = brute_force(&instance);
        prop_assert_eq!(faults(&instance, &found.chosen), vec![]);
        prop_assert_eq!(value(&instance, &found.chosen), found.objective);
        prop_assert!(found.greedy <= found.objective && found.objective <= optimum && optimum <= found.bound,
            "{} ≤ {} ≤ {} ≤ {}", found.greedy, found.objective, optimum, found.bound);
        prop_assert_eq!(found.left_out.len() + found.chosen.iter().flatten().count(), instance.people().len());
        prop_assert!(found.conflict.is_empty() || most_placed == 0);
    }

    #[test]
    fn cut_short_at_once_the_answer_is_still_feasible_and_the_bound_still_holds(instance in tiny()) {
        let found = allocate(&instance, 1, &|| true);
        prop_assert_eq!(faults(&instance, &found.chosen), vec![]);
        prop_assert!(brute_force(&instance).0 <= found.bound);
    }

    #[test]
    fn the_order_of_rows_changes_nothing(instance in tiny(), by in 1_usize..6) {
        let turned = |len: usize| (0..len).map(move |at| (at + by) % len);
        let (people, seats) = (instance.people().len(), instance.cohorts().len());
        let mut new_place = vec![0; seats];
        turned(seats).enumerate().for_each(|(new, old)| new_place[old] = new as u32);
        let moved = turned(people).map(|old| {
            let mut person = instance.people()[old].clone();
            person.choices.iter_mut().for_each(|choice| choice.cohort = new_place[choice.cohort as usize]);
            person.choices.reverse();
            person.groups.reverse();
            person
        });
        let other = Instance::new(
            moved.collect(),
            turned(seats).map(|old| instance.cohorts()[old].clone()).collect(),
            instance.budget(),
            instance.maxima().iter().rev().cloned().collect(),
            instance.min_shares().iter().rev().cloned().collect(),
        ).unwrap();
        prop_assert_eq!(placed(&instance, &solved(&instance)), placed(&other, &solved(&other)));
    }

    #[test]
    fn other_names_change_neither_the_value_nor_the_bound(instance in tiny()) {
        let renamed = |id: &str| format!("another {}", id.chars().rev().collect::<String>());
        let people = instance.people().iter().map(|person| Person { id: renamed(&person.id), ..person.clone() });
        let cohorts = instance.cohorts().iter().map(|cohort| Cohort { id: renamed(&cohort.id), ..cohort.clone() });
        let other = Instance::new(
            people.collect(), cohorts.collect(), instance.budget(), instance.maxima().to_vec(), instance.min_shares().to_vec(),
        ).unwrap();
        let (one, two) = (solved(&instance), solved(&other));
        prop_assert_eq!((one.objective, one.bound), (two.objective, two.bound));
    }
}

fn placed(instance: &Instance, found: &Allocation) -> Vec<(String, String)> {
    let people = instance.people().iter().zip(&found.chosen);
    let mut placed: Vec<(String, String)> = people
        .filter_map(|(person, choice)| {
            let cohort = person.choices[(*choice)? as usize].cohort;
            Some((person.id.clone(), instance.cohorts()[cohort as usize].id.clone()))
        })
        .collect();
    placed.sort();
    placed
}

fn reasons(people: Vec<Person>, seats: &[i64], budget: Option<i64>, maxima: Vec<Maximum>, shares: Vec<MinShare>) -> Vec<Reason> {
    let instance = Instance::new(people, cohorts(seats), budget, maxima, shares).unwrap();
    solved(&instance).left_out.into_iter().map(|left| left.reason).collect()
}

#[test]
fn each_person_left_out_gets_the_limit_that_binds() {
    let two = |groups| vec![person(0, groups, &[(0, 50, 10)]), person(1, groups, &[(0, 40, 10)])];
    assert_eq!(reasons(two(0), &[1], None, vec![], vec![]), [Reason::Seats]);
    assert_eq!(reasons(two(0), &[2], Some(15), vec![], vec![]), [Reason::Budget]);
    assert_eq!(reasons(two(4), &[2], None, vec![maximum(2, 1)], vec![]), [Reason::Maximum("rayon:AZ-GA".into())]);
    assert_eq!(reasons(vec![person(0, 0, &[])], &[2], None, vec![], vec![]), [Reason::NoSuitableCohort]);
    assert_eq!(reasons(vec![person(0, 0, &[(0, 5, 5)])], &[0], None, vec![], vec![]), [Reason::Seats]);
    let mixed = vec![person(0, 1, &[(0, 50, 10)]), person(1, 0, &[(0, 40, 10)]), person(2, 0, &[(0, 30, 10)])];
    assert_eq!(reasons(mixed, &[3], None, vec![], vec![min_share(0, 50)]), [Reason::MinShare("F".into())]);
}

#[test]
fn what_would_have_had_to_change_names_the_value_that_would_have_won() {
    let people = vec![person(0, 0, &[(0, 50, 10)]), person(1, 0, &[(0, 40, 10)])];
    let instance = Instance::new(people, cohorts(&[1]), None, vec![], vec![]).unwrap();
    let left = &solved(&instance).left_out[0];
    assert_eq!(left.person, 1);
    assert_eq!(left.change(&instance), "More seats in c0, or by the prices found a value there of 51 instead of 40.");
}

#[test]
fn shares_that_cannot_both_be_met_are_named_and_nothing_else_is() {
    let people = (0..6).map(|at| person(at, if at % 2 == 0 { 1 } else { 2 }, &[(0, 50, 10)])).collect();
    let instance =
        Instance::new(people, cohorts(&[4, 3]), Some(500), vec![maximum(2, 3)], vec![min_share(0, 60), min_share(1, 60)])
            .unwrap();
    let found = solved(&instance);
    assert_eq!((found.objective, found.bound), (0, 0));
    assert_eq!(found.conflict, [Constraint::MinShare(0, "F".into()), Constraint::MinShare(1, "disabled".into())]);
}

#[test]
fn a_share_of_a_group_that_may_have_nobody_conflicts_with_its_maximum() {
    let people = (0..4).map(|at| person(at, if at < 2 { 1 } else { 0 }, &[(0, 50, 10)])).collect();
    let instance = Instance::new(people, cohorts(&[4]), None, vec![maximum(0, 0)], vec![min_share(0, 20)]).unwrap();
    assert_eq!(solved(&instance).conflict, [Constraint::MinShare(0, "F".into()), Constraint::Maximum(0, "F".into())]);
}

#[test]
fn values_as_large_as_may_be_are_added_without_loss() {
    let most = crate::LARGEST;
    let people = (0..5).map(|at| person(at, 0, &[(0, most - at as i64, most)])).collect();
    let instance = Instance::new(people, cohorts(&[most]), Some(most), vec![], vec![]).unwrap();
    let found = solved(&instance);
    assert_eq!(found.objective, i128::from(most));
    assert!(found.bound >= found.objective);
    let people = (0..5).map(|at| person(at, 0, &[(0, most, 1)])).collect();
    let instance = Instance::new(people, cohorts(&[4]), None, vec![], vec![]).unwrap();
    assert_eq!((solved(&instance).objective, solved(&instance).bound), (4 * i128::from(most), 4 * i128::from(most)));
}

#[test]
fn what_costs_more_than_the_whole_budget_is_no_choice_and_the_budget_is_why() {
    let people = vec![person(0, 4, &[(0, 78, 99_999)]), person(1, 0, &[(0, 50, 50)])];
    let instance = Instance::new(people, cohorts(&[1]), Some(60_029), vec![], vec![]).unwrap();
    let found = solved(&instance);
    assert_eq!((found.objective, found.bound), (50, 50));
    assert_eq!((found.left_out[0].reason.clone(), found.left_out[0].value_needed), (Reason::Budget, None));
    assert_eq!(found.left_out[0].change(&instance), "More budget, for 99999 in c0.");
    // If only who is too dear could meet the share, nobody can be placed, and both limits are named.
    let shared = Instance::new(instance.people().to_vec(), cohorts(&[1]), Some(60_029), vec![], vec![min_share(2, 5)]).unwrap();
    let found = solved(&shared);
    assert_eq!((found.objective, found.bound), (0, 0));
    assert_eq!(found.conflict, [Constraint::MinShare(0, "rayon:AZ-GA".into()), Constraint::Budget]);
}

#[test]
fn a_choice_worth_nothing_in_a_full_group_waits_for_the_group() {
    let people = vec![person(0, 1, &[(0, 0, 10)]), person(1, 1, &[(0, 5, 10)])];
    assert_eq!(reasons(people, &[3], None, vec![maximum(0, 1)], vec![]), [Reason::Maximum("F".into())]);
}

#[test]
fn the_bound_lies_on_the_grain_of_the_values_and_the_budget_on_that_of_the_costs() {
    let people = (0..9).map(|at| person(at, 0, &[(0, 500, 1_000)])).collect();
    let instance = Instance::new(people, cohorts(&[9]), Some(4_333), vec![], vec![]).unwrap();
    let found = solved(&instance);
    assert_eq!((found.objective, found.bound), (2_000, 2_000));
}

/// Each group overlaps with every other, and exchanges alone do not meet all of their maxima.
#[test]
fn many_overlapping_maxima_leave_the_answer_near_its_bound() {
    const MANY: u64 = 24;
    let mix = |a: u64, b: u64| crate::order::mix(a, b);
    let person = |at: u64| Person {
        id: format!("p{at}"),
        groups: (0..MANY).filter(|group| mix(at, *group).is_multiple_of(6)).map(|group| format!("g{group}")).collect(),
        choices: (0..6)
            .map(|k| Choice {
                cohort: (mix(at, 100 + k) % 8 + 8 * k) as u32,
                value: 100 + (mix(at, 200) % 700 + mix(at, 300 + k) % 120) as i64,
                cost: 900 + (mix(at, 400) % 1_700) as i64,
            })
            .collect(),
    };
    let maxima = (0..MANY).map(|group| Maximum { group: format!("g{group}"), people: 24 }).collect();
    let people = (0..400).map(person).collect();
    let instance = Instance::new(people, cohorts(&[6; 48]), Some(350_000), maxima, vec![]).unwrap();
    // The search is cut short once the flows are found: the rest only comes nearer.
    let asked = std::cell::Cell::new(0);
    let found = allocate(&instance, 1, &|| asked.replace(asked.get() + 1) > 260);
    assert_eq!(faults(&instance, &found.chosen), vec![]);
    assert!(found.gap() < 0.02, "{} of {}, greedy {}", found.objective, found.bound, found.greedy);
}
