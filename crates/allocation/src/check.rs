//! Whether an answer keeps every limit, counted again from the instance alone.

use crate::instance::Instance;
use hashbrown::HashSet;

/// A limit that an answer breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A choice that the person does not have.
    #[error("{0} has no such choice")]
    NoChoice(String),
    /// More people than seats.
    #[error("cohort {0}: more people than seats")]
    Seats(String),
    /// More spent than there is.
    #[error("the budget is overspent")]
    Budget,
    /// Too many people of a group.
    #[error("{0}: more people than its maximum")]
    Maximum(String),
    /// Too few people of a group.
    #[error("{0}: less than its share")]
    MinShare(String),
}

/// Everything that is wrong with giving each person this one of the person's choices.
#[must_use]
pub fn faults(instance: &Instance, chosen: &[Option<u32>]) -> Vec<Fault> {
    let mut faults = vec![];
    let mut used = vec![0_i64; instance.cohorts().len()];
    let (mut spent, mut placed) = (0_i128, vec![]);
    for (person, choice) in instance.people().iter().zip(chosen).filter_map(|(p, c)| c.map(|c| (p, c))) {
        let Some(choice) = person.choices.get(choice as usize) else {
            faults.push(Fault::NoChoice(person.id.clone()));
            continue;
        };
        used[choice.cohort as usize] += 1;
        spent += i128::from(choice.cost);
        placed.push(person.groups.iter().map(String::as_str).collect::<HashSet<&str>>());
    }
    let count = |group: &str| placed.iter().filter(|groups| groups.contains(group)).count();
    let over = instance.cohorts().iter().zip(&used).filter(|(cohort, used)| **used > cohort.seats);
    faults.extend(over.map(|(cohort, _)| Fault::Seats(cohort.id.clone())));
    if instance.budget().is_some_and(|budget| spent > i128::from(budget)) {
        faults.push(Fault::Budget);
    }
    let over = instance.maxima().iter().filter(|row| count(&row.group) as i128 > i128::from(row.people));
    faults.extend(over.map(|row| Fault::Maximum(row.group.clone())));
    let under = instance.min_shares().iter().filter(|row| {
        (count(&row.group) as i128) * i128::from(row.share.of) < i128::from(row.share.parts) * placed.len() as i128
    });
    faults.extend(under.map(|row| Fault::MinShare(row.group.clone())));
    faults
}

/// The value of giving each person this one of the person's choices.
#[must_use]
pub fn value(instance: &Instance, chosen: &[Option<u32>]) -> i128 {
    let people = instance.people().iter().zip(chosen);
    people.filter_map(|(person, choice)| person.choices.get((*choice)? as usize)).map(|choice| i128::from(choice.value)).sum()
}
