//! A seating that breaks rows is made to keep them: those are left out whose places cost least for what they free, then
//! others are seated as far as there is room. Where many limits overlap, exchanges alone do not find such a seating.

use crate::{
    greedy,
    model::Model,
    seating::{Costs, Seating},
};

/// The seating with fewer people and then others, so that every row is kept.
pub(crate) fn repaired(model: &Model, costs: &Costs, mut seating: Seating) -> Seating {
    while !seating.keeps_rows(model) {
        let mut placed: Vec<(f64, u32)> = (0..seating.at.len())
            .filter(|&person| !model.is_out(seating.at[person] as usize))
            .filter_map(|person| {
                let freed = freed(model, &seating, person);
                let out = model.first[person] as usize;
                // What is lost by staying out; a place that becomes free is worth its price to somebody else.
                let lost = costs.option[out] - costs.option[seating.at[person] as usize];
                (freed > 0.0).then(|| (lost.max(0.0) / freed, person as u32))
            })
            .collect();
        placed.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        let mut has_left = false;
        // A few at a time: what others free changes as they leave.
        for (_, person) in placed.iter().take(placed.len() / PARTS + 1) {
            if freed(model, &seating, *person as usize) > 0.0 {
                seating.move_to(model, model.first[*person as usize]);
                has_left = true;
            }
        }
        if !has_left {
            return Seating::empty(model);
        }
    }
    greedy::fill(model, &cheapest_first(model, costs), seating)
}

/// The part of those who could leave that does so before all are looked at again.
const PARTS: usize = 50;

/// By how much less the rows are broken, by their norms, if this person leaves.
fn freed(model: &Model, seating: &Seating, person: usize) -> f64 {
    let members = model.member_rows(person);
    let rows = model.rows.iter().zip(&seating.used).enumerate();
    rows.map(|(k, (row, &used))| {
        let uses = if Some(k) == model.budget {
            model.cost[seating.at[person] as usize]
        } else {
            row.each + if members.contains(&(k as u16)) { row.member } else { 0 }
        };
        let broken = |used: i128| (used - i128::from(row.right)).max(0) as f64 / row.norm;
        broken(used) - broken(used - i128::from(uses))
    })
    .sum()
}

/// The choices, those first that take a person least far from the bound.
fn cheapest_first(model: &Model, costs: &Costs) -> Vec<u32> {
    let gain = |option: usize| {
        let out = model.first[model.owner[option] as usize] as usize;
        costs.option[option] - costs.option[out]
    };
    let mut order: Vec<(f64, u32)> =
        (0..model.hub.len()).filter(|&option| !model.is_out(option)).map(|option| (gain(option), option as u32)).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    order.into_iter().map(|(_, option)| option).collect()
}
