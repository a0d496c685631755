//! An assignment on its way: who is where, what it uses, and how far it is from the bound.

use crate::{model::Model, multipliers::Duals};

/// Everybody's option, with the sums that change as people move.
#[derive(Clone)]
pub(crate) struct Seating {
    pub at: Vec<u32>,
    pub load: Vec<i64>,
    pub used: Vec<i128>,
    pub value: i128,
}

impl Seating {
    pub fn new(model: &Model, at: Vec<u32>) -> Self {
        let mut load = vec![0; model.hubs()];
        at.iter().for_each(|&option| load[model.hub[option as usize] as usize] += 1);
        let (used, value) = model.use_and_value(&at);
        Self { at, load, used, value }
    }

    /// Everybody stays out.
    pub fn empty(model: &Model) -> Self {
        Self::new(model, model.first[..model.people()].to_vec())
    }

    pub fn move_to(&mut self, model: &Model, option: u32) {
        let person = model.owner[option as usize] as usize;
        let old = std::mem::replace(&mut self.at[person], option);
        self.load[model.hub[old as usize] as usize] -= 1;
        self.load[model.hub[option as usize] as usize] += 1;
        model.add_use(old as usize, -1, &mut self.used);
        model.add_use(option as usize, 1, &mut self.used);
        self.value += i128::from(model.value[option as usize]) - i128::from(model.value[old as usize]);
    }

    /// Whether every bound of a hub and every row is kept.
    pub fn is_feasible(&self, model: &Model) -> bool {
        self.keeps_rows(model) && (1..model.hubs()).all(|hub| (model.least[hub]..=model.most[hub]).contains(&self.load[hub]))
    }

    pub fn keeps_rows(&self, model: &Model) -> bool {
        model.rows.iter().zip(&self.used).all(|(row, &used)| used <= i128::from(row.right))
    }
}

/// What deviations from the relaxed optimum cost, by the prices and multipliers found. For a feasible assignment the
/// costs of its options, of places left empty at a price and of slack in priced rows add up to bound − value.
pub(crate) struct Costs {
    pub option: Vec<f64>,
    pub price: Vec<f64>,
    /// What one unit (by its norm) of slack costs in each row.
    pub slack: Vec<f64>,
    /// What one unit too much costs.
    pub excess: Vec<f64>,
}

impl Costs {
    pub fn new(model: &Model, duals: &Duals) -> Self {
        let price: Vec<f64> = (0..model.hubs())
            .map(|hub| {
                let price = duals.flow.price[hub];
                if hub <= model.cohorts { price.max(0.0) } else { price.min(0.0) }
            })
            .collect();
        let mut option = vec![0.0; model.hub.len()];
        for person in 0..model.people() {
            let gain = |o: usize| duals.worth[o] - price[model.hub[o] as usize];
            let best = model.options(person).map(gain).fold(f64::NEG_INFINITY, f64::max);
            model.options(person).for_each(|o| option[o] = best - gain(o));
        }
        let mean = model.value.iter().map(|&v| v as f64).sum::<f64>() / model.hub.len().max(1) as f64;
        let excess = duals.multiplier.iter().map(|m| 2.0 * m + 0.05 * mean).collect();
        Self { option, price, slack: duals.multiplier.clone(), excess }
    }

    /// What the rows' slack or excess costs; `slack` in units of the norms.
    pub fn of_row(&self, row: usize, slack: f64) -> f64 {
        if slack >= -1e-9 { self.slack[row] * slack.max(0.0) } else { -self.excess[row] * slack }
    }

    /// The whole distance of a seating from the bound, with penalties for rows not kept.
    pub fn of(&self, model: &Model, seating: &Seating) -> f64 {
        let options: f64 = seating.at.iter().map(|&o| self.option[o as usize]).sum();
        let places: f64 = (1..model.hubs())
            .map(|hub| {
                let bound = if hub <= model.cohorts { model.most[hub] } else { model.least[hub] };
                self.price[hub] * (bound - seating.load[hub]) as f64
            })
            .sum();
        options + places + self.of_rows(model, seating)
    }

    /// What slack and excess of all rows cost.
    pub fn of_rows(&self, model: &Model, seating: &Seating) -> f64 {
        let rows = model.rows.iter().zip(&seating.used).enumerate();
        rows.map(|(k, (row, &used))| self.of_row(k, (i128::from(row.right) - used) as f64 / row.norm)).sum()
    }
}
