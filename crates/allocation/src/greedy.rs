//! Greedy: the floor under every answer. Choices by value, each taken if every limit stays kept, again until none is.

use crate::{model::Model, seating::Seating};

/// The better of going by value and by value for money.
pub(crate) fn greedy(model: &Model) -> Seating {
    let by_value = |option: usize| (model.value[option] as f64, -(model.cost[option] as f64));
    let by_money =
        |option: usize| (model.value[option] as f64 / (model.cost[option] as f64).max(1.0), model.value[option] as f64);
    let first = fill(model, &sorted(model, by_value), Seating::empty(model));
    if model.budget.is_none() {
        return first;
    }
    let second = fill(model, &sorted(model, by_money), Seating::empty(model));
    if second.value > first.value { second } else { first }
}

fn sorted(model: &Model, key: impl Fn(usize) -> (f64, f64)) -> Vec<u32> {
    let mut options: Vec<(f64, f64, u32)> = (0..model.hub.len())
        .filter(|&option| !model.is_out(option))
        .map(|option| {
            let (first, second) = key(option);
            (first, second, option as u32)
        })
        .collect();
    options.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.total_cmp(&a.1)).then_with(|| a.2.cmp(&b.2)));
    options.into_iter().map(|(.., option)| option).collect()
}

/// Takes options in this order for people who stay out, while the limits stay kept, until a whole round takes none.
pub(crate) fn fill(model: &Model, order: &[u32], mut seating: Seating) -> Seating {
    loop {
        let before = seating.value;
        let mut placed = false;
        for &option in order {
            if may_take(model, &seating, option as usize) {
                seating.move_to(model, option);
                placed = true;
            }
        }
        if !placed || model.rows.is_empty() || seating.value == before {
            return seating;
        }
    }
}

/// Whether somebody who stays out may take the option, and every limit stays kept.
pub(crate) fn may_take(model: &Model, seating: &Seating, option: usize) -> bool {
    let person = model.owner[option] as usize;
    let out = seating.at[person] as usize;
    let (hub, out_hub) = (model.hub[option] as usize, model.hub[out] as usize);
    if !model.is_out(out)
        || seating.load[hub] >= model.most[hub]
        || (out_hub > model.cohorts && seating.load[out_hub] <= model.least[out_hub])
    {
        return false;
    }
    let members = model.member_rows(person);
    model.rows.iter().enumerate().all(|(k, row)| {
        let mut more = i128::from(row.each);
        if Some(k) == model.budget {
            more = i128::from(model.cost[option]);
        } else if members.contains(&(k as u16)) {
            more += i128::from(row.member);
        }
        more <= 0 || seating.used[k] + more <= i128::from(row.right)
    })
}
