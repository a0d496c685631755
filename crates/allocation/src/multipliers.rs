//! The multipliers of the rows: the Lagrangian dual (Held and Karp 1971, Geoffrion 1974) by cutting planes, kept near the
//! best point so far (Wentges 1997). Each point costs one flow, which starts from the last.

use crate::{flow::Flow, master::Master, model::Model};

const MOST_FLOWS: usize = 400;
const LOOSENESS: f64 = 0.3;

/// The lowest bound found, with the multipliers and prices that prove it.
pub(crate) struct Duals {
    /// Per row, in units of the row itself divided by its norm.
    pub multiplier: Vec<f64>,
    pub flows: usize,
    /// The assignments that the best mixture is made of, with their parts, the largest first.
    pub mixture: Vec<(Vec<u32>, f64)>,
    /// Worths of options under the multipliers.
    pub worth: Vec<f64>,
    pub flow: Flow,
}

/// Writes what each option is worth when the rows are priced. Only staying out differs by person, so that the worth of
/// a choice is its value less its part of the budget.
pub(crate) fn price_options(model: &Model, multiplier: &[f64], worth: &mut [f64]) {
    let per_cost = model.budget.map_or(0.0, |row| multiplier[row] / model.rows[row].norm);
    for ((worth, &value), &cost) in worth.iter_mut().zip(&model.value).zip(&model.cost) {
        *worth = value as f64 - per_cost * cost as f64;
    }
    let each: f64 = model.rows.iter().zip(multiplier).map(|(row, m)| m * row.each as f64 / row.norm).sum();
    for person in 0..model.people() {
        let members = model.member_rows(person).iter().map(|&row| {
            let row = row as usize;
            multiplier[row] * model.rows[row].member as f64 / model.rows[row].norm
        });
        worth[model.first[person] as usize] = each + members.sum::<f64>();
    }
}

/// What the worths count too much, so that prices of rows come to `worth` − this: the charge stands at staying out.
fn charge_of_all(model: &Model, worth: &[f64]) -> f64 {
    (0..model.people()).map(|person| worth[model.first[person] as usize]).sum()
}

/// Finds the multipliers. `stop` cuts the search short; the bound is then the best so far.
pub(crate) fn find(model: &Model, stop: &dyn Fn() -> bool) -> Duals {
    let rows = model.rows.len();
    let right: Vec<f64> = model.rows.iter().map(|row| row.right as f64 / row.norm).collect();
    let mut master = Master::new(right.clone());
    let mut columns: Vec<Vec<u32>> = vec![model.first[..model.people()].to_vec()];
    let mut flow = Flow::new(model);
    let mut worth = vec![0.0; model.hub.len()];
    let (mut at, mut best, mut best_at) = (vec![0.0; rows], f64::INFINITY, vec![0.0; rows]);
    let mut best_price = vec![0.0; model.hubs()];
    let mut flows = 0;
    let mean = model.value.iter().map(|&v| v as f64).sum::<f64>() / model.hub.len().max(1) as f64;
    // Early flows need not be exact: the prices' bound and the flow's place hold all the same.
    let mut within = mean * LOOSENESS;
    for step in 0..MOST_FLOWS {
        price_options(model, &at, &mut worth);
        let whole = flow.solve(model, &worth, within, stop);
        if !whole {
            break;
        }
        flows += 1;
        let bound =
            flow.bound(model, &worth) - charge_of_all(model, &worth) + at.iter().zip(&right).map(|(m, r)| m * r).sum::<f64>();
        if bound < best {
            (best, best_at) = (bound, at.clone());
            best_price.clone_from(&flow.price);
        }
        if rows == 0 {
            columns.push(flow.at.clone());
            break;
        }
        let (used, value) = model.use_and_value(&flow.at);
        let used = used.iter().zip(&model.rows).map(|(&used, row)| used as f64 / row.norm).collect();
        master.add(value as f64, used);
        columns.push(flow.at.clone());
        let (mixed, target) = master.solve();
        if best - mixed <= (best.abs() * 1e-9).max(0.01) || stop() {
            break;
        }
        within = if best - mixed < best.abs() * 1e-6 { 0.0 } else { LOOSENESS * (best - mixed) / model.people() as f64 };
        let half = |(a, b): (&f64, &f64)| if step % 4 == 3 { *b } else { (a + b) / 2.0 };
        at = best_at.iter().zip(&target).map(half).collect();
    }
    price_options(model, &best_at, &mut worth);
    if !flow.solve(model, &worth, 0.0, stop) {
        flow.price = best_price;
    }
    let mut mixture: Vec<(Vec<u32>, f64)> =
        master.mixture().into_iter().filter(|&(_, part)| part > 1e-9).map(|(c, part)| (columns[c].clone(), part)).collect();
    mixture.sort_by(|a, b| b.1.total_cmp(&a.1));
    Duals { multiplier: best_at, flows, mixture, worth, flow }
}
