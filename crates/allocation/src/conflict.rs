//! Where limits together allow nobody: an irreducible set of them, by divide and conquer (QuickXplain, Junker 2004).

use crate::{
    instance::{Cohort, Instance},
    solve::bound_alone,
};

/// One limit of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// The seats of a cohort, by its id.
    Seats(String),
    /// The budget.
    Budget,
    /// The maximum of a group, by its place in the list and its name.
    Maximum(usize, String),
    /// The minimum share of a group, by its place in the list and its name.
    MinShare(usize, String),
}

impl std::fmt::Display for Constraint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Seats(cohort) => write!(f, "the seats of {cohort}"),
            Self::Budget => write!(f, "the budget"),
            Self::Maximum(at, group) => write!(f, "the maximum of {group} (max[{at}])"),
            Self::MinShare(at, group) => write!(f, "the minimum share of {group} (min_share[{at}])"),
        }
    }
}

/// Limits that together allow nobody, none of which can be spared; nothing when somebody can be placed, or when nobody
/// has a choice, or when neither can be shown.
pub(crate) fn find(instance: &Instance, stop: &dyn Fn() -> bool) -> Vec<Constraint> {
    // Each placement counts one, so that choices worth nothing count too.
    let all = constraints(instance);
    if all.is_empty() || !instance.people().iter().any(|person| !person.choices.is_empty()) {
        return vec![];
    }
    if !allows_nobody(instance, &all, stop) {
        return vec![];
    }
    let found = explain(instance, &[], false, &all, stop);
    if stop() { vec![] } else { found }
}

fn constraints(instance: &Instance) -> Vec<Constraint> {
    let shares = instance.min_shares().iter().enumerate().filter(|(_, row)| row.share.parts > 0);
    let mut all: Vec<Constraint> = shares.map(|(at, row)| Constraint::MinShare(at, row.group.clone())).collect();
    all.extend(instance.budget().map(|_| Constraint::Budget));
    all.extend(instance.maxima().iter().enumerate().map(|(at, row)| Constraint::Maximum(at, row.group.clone())));
    all.extend(instance.cohorts().iter().map(|cohort| Constraint::Seats(cohort.id.clone())));
    all
}

/// The irreducible part of `rest`, given that `base` holds as well and that both together allow nobody.
fn explain(
    instance: &Instance,
    base: &[Constraint],
    base_grew: bool,
    rest: &[Constraint],
    stop: &dyn Fn() -> bool,
) -> Vec<Constraint> {
    if stop() || (base_grew && allows_nobody(instance, base, stop)) {
        return vec![];
    }
    if rest.len() <= 1 {
        return rest.to_vec();
    }
    let (first, second) = rest.split_at(rest.len() / 2);
    let needed = explain(instance, &[base, first].concat(), true, second, stop);
    let mut found = explain(instance, &[base, &needed].concat(), !needed.is_empty(), first, stop);
    found.extend(needed);
    found
}

/// Whether it is proven that these limits alone allow nobody.
fn allows_nobody(instance: &Instance, limits: &[Constraint], stop: &dyn Fn() -> bool) -> bool {
    let has = |limit: &Constraint| limits.contains(limit);
    let mut people = instance.people().to_vec();
    people.iter_mut().flat_map(|person| &mut person.choices).for_each(|choice| choice.value = 1);
    let unlimited = people.len() as i64;
    let seats = |cohort: &Cohort| if has(&Constraint::Seats(cohort.id.clone())) { cohort.seats } else { unlimited };
    let cohorts = instance.cohorts().iter().map(|cohort| Cohort { id: cohort.id.clone(), seats: seats(cohort) }).collect();
    let maxima = instance.maxima().iter().enumerate();
    let maxima = maxima.filter(|(at, row)| has(&Constraint::Maximum(*at, row.group.clone()))).map(|(_, row)| row.clone());
    let shares = instance.min_shares().iter().enumerate();
    let shares = shares.filter(|(at, row)| has(&Constraint::MinShare(*at, row.group.clone()))).map(|(_, row)| row.clone());
    let budget = instance.budget().filter(|_| has(&Constraint::Budget));
    let Ok(counted) = Instance::new(people, cohorts, budget, maxima.collect(), shares.collect()) else { return false };
    bound_alone(&counted, stop) == 0
}
