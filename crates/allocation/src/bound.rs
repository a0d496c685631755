//! The bound, proven: the Lagrangian's value for rounded multipliers and prices, in whole numbers that cannot overflow
//! unseen. Any multipliers and prices of the right sign prove a bound, so how they were found does not matter.

use crate::model::{Limit, Model};

/// Multipliers and prices are whole multiples of 2⁻³⁶.
const POINT: u32 = 36;
/// Larger ones are cut to this.
const MOST: f64 = (1_u128 << 92) as f64;

/// A whole number that no feasible assignment exceeds, by these multipliers (per row and norm) and prices (per hub).
pub(crate) fn proven(model: &Model, multiplier: &[f64], price: &[f64]) -> i128 {
    let trivial = (0..model.people()).map(|p| model.value[model.options(p)].iter().max().map_or(0, |&v| i128::from(v))).sum();
    let proven = lagrangian(model, multiplier, price).map_or(trivial, |sum| (sum >> POINT).clamp(0, trivial));
    proven - proven % i128::from(model.grain)
}

fn lagrangian(model: &Model, multiplier: &[f64], price: &[f64]) -> Option<i128> {
    let multiplier: Vec<i128> = model.rows.iter().zip(multiplier).map(|(row, &m)| fixed(m / unit(row.limit, row.norm))).collect();
    let price: Vec<i128> =
        (0..model.hubs()).map(|hub| if hub <= model.cohorts { fixed(price[hub]) } else { -fixed(-price[hub]) }).collect();
    let per_cost = model.budget.map_or(0, |row| multiplier[row]);
    let mut sum = 0_i128;
    for person in 0..model.people() {
        let charge = charge(model, &multiplier, person)?;
        let mut best = i128::MIN;
        for option in model.options(person) {
            let mut gain = -price[model.hub[option] as usize];
            if !model.is_out(option) {
                let spent = per_cost.checked_mul(i128::from(model.cost[option]))?.checked_add(charge)?;
                gain = gain.checked_add(i128::from(model.value[option]) << POINT)?.checked_sub(spent)?;
            }
            best = best.max(gain);
        }
        sum = sum.checked_add(best)?;
    }
    for (hub, price) in price.iter().enumerate().skip(1) {
        let places = if hub <= model.cohorts { model.most[hub] } else { model.least[hub] };
        sum = sum.checked_add(price.checked_mul(i128::from(places))?)?;
    }
    for (row, multiplier) in model.rows.iter().zip(&multiplier) {
        sum = sum.checked_add(multiplier.checked_mul(i128::from(row.right))?)?;
    }
    Some(sum)
}

/// What the rows charge for placing a person, the budget aside; rounded down, which keeps the bound a bound.
fn charge(model: &Model, multiplier: &[i128], person: usize) -> Option<i128> {
    let mut charge = 0_i128;
    for (row, &m) in model.rows.iter().zip(multiplier).filter(|(row, _)| matches!(row.limit, Limit::MinShare(_))) {
        let (parts, of) = (i128::from(row.each), -i128::from(row.member));
        charge = charge.checked_add((m / of) * parts + (m % of) * parts / of)?;
    }
    for &row in model.member_rows(person) {
        let m = multiplier[row as usize];
        let is_share = matches!(model.rows[row as usize].limit, Limit::MinShare(_));
        charge = charge.checked_add(if is_share { -m } else { m })?;
    }
    Some(charge)
}

/// Share rows stay divided by their whole, so that their multipliers keep their digits; others stand as written.
fn unit(limit: Limit, norm: f64) -> f64 {
    if matches!(limit, Limit::MinShare(_)) { 1.0 } else { norm }
}

fn fixed(number: f64) -> i128 {
    (number.max(0.0) * (1_u64 << POINT) as f64).round().min(MOST) as i128
}
