//! The whole way: order, network, multipliers, walk, proof, reasons.

use crate::{
    bound, conflict,
    conflict::Constraint,
    greedy,
    improve::{self, Best},
    instance::Instance,
    model::Model,
    multipliers,
    order::order,
    reasons::{self, LeftOut},
    seating::Seating,
};

/// Who gets which seat, and what is proven about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// For each person of the instance the choice given, by its place among the person's choices.
    pub chosen: Vec<Option<u32>>,
    /// The sum of the values of the choices given.
    pub objective: i128,
    /// No feasible assignment is worth more than this.
    pub bound: i128,
    /// What greedy alone would have reached.
    pub greedy: i128,
    /// Everybody left out, in the instance's order, each with the reason.
    pub left_out: Vec<LeftOut>,
    /// Where nobody can be placed: limits that together allow nobody, none of which could be spared from the list.
    pub conflict: Vec<Constraint>,
    /// How many minimum-cost flows were solved.
    pub flows: usize,
    /// Whether the caller's `stop` cut the search short; such an answer depends on the machine's speed.
    pub cut_short: bool,
}

impl Allocation {
    /// How far the answer may be from the best, as a part of the bound.
    #[must_use]
    pub fn gap(&self) -> f64 {
        (self.bound - self.objective) as f64 / self.bound.max(1) as f64
    }
}

/// Allocates seats. The seed decides between equals; the same instance and seed give the same answer, unless `stop`,
/// which is asked now and then, says that it is enough: then the best so far is given.
#[must_use]
pub fn allocate(instance: &Instance, seed: u64, stop: &dyn Fn() -> bool) -> Allocation {
    let model = Model::new(instance, &order(instance, seed));
    let floor = greedy::greedy(&model);
    let duals = multipliers::find(&model, stop);
    let bound = bound::proven(&model, &duals.multiplier, &duals.flow.price);
    let greedy = floor.value;
    let mut best = Best { seating: floor };
    improve::improve(&model, &duals, seed, bound, &mut best, stop);
    let seating = best.seating;
    let conflict = if seating.value == 0 { conflict::find(instance, stop) } else { vec![] };
    Allocation {
        chosen: chosen(instance, &model, &seating),
        objective: seating.value,
        bound: bound.max(seating.value),
        greedy,
        left_out: reasons::left_out(instance, &model, &duals, &seating),
        conflict,
        flows: duals.flows,
        cut_short: stop(),
    }
}

fn chosen(instance: &Instance, model: &Model, seating: &Seating) -> Vec<Option<u32>> {
    let mut chosen = vec![None; instance.people().len()];
    for (&at, &option) in model.person.iter().zip(&seating.at) {
        if !model.is_out(option as usize) {
            chosen[at as usize] = Some(model.choice[option as usize]);
        }
    }
    chosen
}

/// The bound alone, for whether anybody can be placed; what greedy reaches, where it places somebody.
pub(crate) fn bound_alone(instance: &Instance, stop: &dyn Fn() -> bool) -> i128 {
    let model = Model::new(instance, &order(instance, 1));
    let reached = greedy::greedy(&model).value;
    if reached > 0 {
        return reached;
    }
    let duals = multipliers::find(&model, stop);
    bound::proven(&model, &duals.multiplier, &duals.flow.price)
}
