//! Why a person was left out, read from the prices at the choice where the person came nearest to a seat.

use crate::{
    greedy,
    instance::{Choice, Instance, Person},
    model::{Limit, Model},
    multipliers::Duals,
    seating::Seating,
};

use std::cmp::Reverse;

/// The limit that kept a person out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No cohort suits the person.
    NoSuitableCohort,
    /// The seats of the nearest choice are given to others.
    Seats,
    /// As many of the group are placed as may be.
    Maximum(String),
    /// The money goes further with others.
    Budget,
    /// One more who is not in the group would break its share.
    MinShare(String),
    /// The choices are worth nothing, so placing the person adds nothing.
    NoGain,
}

/// A person left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The person, by place in the instance.
    pub person: u32,
    /// The limit that binds.
    pub reason: Reason,
    /// The choice where the person came nearest to a seat.
    pub nearest: Option<u32>,
    /// What that choice would have had to be worth at least, all else equal, by the prices found.
    pub value_needed: Option<i64>,
}

impl LeftOut {
    /// What would have had to change, in a sentence.
    #[must_use]
    pub fn change(&self, instance: &Instance) -> String {
        let person = &instance.people()[self.person as usize];
        let Some(choice) = self.nearest.and_then(|k| person.choices.get(k as usize)) else {
            return "A cohort that suits this person.".into();
        };
        let cohort = &instance.cohorts()[choice.cohort as usize].id;
        let instead = match self.value_needed {
            Some(needed) if needed > choice.value => {
                format!(", or by the prices found a value there of {needed} instead of {}", choice.value)
            }
            _ => String::new(),
        };
        match &self.reason {
            Reason::NoSuitableCohort => "A cohort that suits this person.".into(),
            Reason::Seats => format!("More seats in {cohort}{instead}."),
            Reason::Maximum(group) => format!("A higher maximum of {group}{instead}."),
            Reason::Budget => format!("More budget, for {} in {cohort}{instead}.", choice.cost),
            Reason::MinShare(group) => format!("More people of {group} placed, or a lower share for them{instead}."),
            Reason::NoGain => format!("A value above 0 in {cohort}."),
        }
    }
}

/// Finds the reason for everybody whom the seating leaves out, in the instance's order.
pub(crate) fn left_out(instance: &Instance, model: &Model, duals: &Duals, seating: &Seating) -> Vec<LeftOut> {
    let mut in_model = vec![u32::MAX; instance.people().len()];
    (0..).zip(&model.person).for_each(|(p, &at)| in_model[at as usize] = p);
    let mut left = vec![];
    for (at, person) in (0_u32..).zip(instance.people()) {
        match in_model[at as usize] {
            u32::MAX if person.choices.is_empty() => {
                left.push(LeftOut { person: at, reason: Reason::NoSuitableCohort, nearest: None, value_needed: None });
            }
            u32::MAX => {
                left.push(never(instance, at, person));
            }
            p if model.is_out(seating.at[p as usize] as usize) => left.push(reason(instance, model, duals, seating, p as usize)),
            _ => {}
        }
    }
    left
}

/// For somebody with choices, of which each has no seats at all or costs more than the whole budget.
fn never(instance: &Instance, at: u32, person: &Person) -> LeftOut {
    let has_seats = |choice: &Choice| instance.cohorts()[choice.cohort as usize].seats > 0;
    let best = (0_u32..).zip(&person.choices).max_by_key(|(k, choice)| (has_seats(choice), choice.value, Reverse(*k)));
    let reason = if best.is_some_and(|(_, choice)| has_seats(choice)) { Reason::Budget } else { Reason::Seats };
    LeftOut { person: at, reason, nearest: best.map(|(k, _)| k), value_needed: None }
}

fn reason(instance: &Instance, model: &Model, duals: &Duals, seating: &Seating, person: usize) -> LeftOut {
    let gain = |option: usize| duals.worth[option] - duals.flow.price[model.hub[option] as usize];
    let out = model.first[person] as usize;
    let choices = out + 1..model.options(person).end;
    let nearest = choices.max_by(|&a, &b| gain(a).total_cmp(&gain(b)).then(b.cmp(&a))).unwrap_or(out);
    let short = (gain(out) - gain(nearest)).max(0.0);
    let found = if model.value[nearest] == 0 && short < 1e-6 && greedy::may_take(model, seating, nearest) {
        Reason::NoGain
    } else {
        binding(instance, model, duals, seating, nearest)
    };
    LeftOut {
        person: model.person[person],
        reason: found,
        nearest: Some(model.choice[nearest]),
        value_needed: Some(model.value[nearest].saturating_add((short + 1e-6).floor() as i64).saturating_add(1)),
    }
}

/// The limit that takes most from the choice; where none has a price, the one that is in its way.
fn binding(instance: &Instance, model: &Model, duals: &Duals, seating: &Seating, option: usize) -> Reason {
    let person = model.owner[option] as usize;
    let (hub, out) = (model.hub[option] as usize, model.hub[model.first[person] as usize] as usize);
    let name = |limit: Limit| match limit {
        Limit::Budget => Reason::Budget,
        Limit::Maximum(at) => Reason::Maximum(instance.maxima()[at as usize].group.clone()),
        Limit::MinShare(at) => Reason::MinShare(instance.min_shares()[at as usize].group.clone()),
    };
    let full = seating.load[hub] >= model.most[hub];
    let mut taken = vec![(duals.flow.price[hub], full, Reason::Seats)];
    if out > model.cohorts {
        let limit = Limit::Maximum(model.out_limit[out - model.cohorts - 1]);
        taken.push((-duals.flow.price[out], seating.load[out] <= model.least[out], name(limit)));
    }
    for (k, row) in model.rows.iter().enumerate() {
        let is_member = model.member_rows(person).contains(&(k as u16));
        let uses = match row.limit {
            Limit::Budget => model.cost[option],
            _ => row.each + if is_member { row.member } else { 0 },
        };
        let blocks = uses > 0 && seating.used[k] + i128::from(uses) > i128::from(row.right);
        taken.push((duals.multiplier[k] * uses as f64 / row.norm, blocks, name(row.limit)));
    }
    let priced = |taken: &&(f64, bool, Reason)| taken.0 > 1e-9;
    let most = taken.iter().filter(priced).max_by(|a, b| a.1.cmp(&b.1).then(a.0.total_cmp(&b.0)));
    most.or_else(|| taken.iter().find(|taken| taken.1)).map_or(Reason::NoGain, |(.., reason)| reason.clone())
}
