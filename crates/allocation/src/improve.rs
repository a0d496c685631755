//! From the relaxed optimum to an assignment that keeps every limit, as near the bound as exchanges bring it.

use crate::{
    combine::{self, Found, Reach},
    exchange::{self, Pool},
    greedy,
    model::Model,
    multipliers::Duals,
    order::mix,
    repair,
    seating::{Costs, Seating},
};

/// Steps and look-ups in all; about two seconds' work.
const EFFORT: u64 = 60_000_000;
/// So many while the answer to a large instance is not [`NEAR_BOUND`].
const HARD_EFFORT: u64 = 240_000_000;
/// As a part of the bound: as near as most large instances come. On small ones the bound itself may be farther from the best.
const NEAR_BOUND: f64 = 1e-6;
/// The choices of a large instance.
const LARGE: usize = 100_000;
/// Steps for one pool of exchanges.
const STEPS: usize = 200_000;
/// Exchanges after which no dearer ones are sought: from a flow, and in most walks from a kicked copy.
const FULL_POOL: usize = 15_000;
const SMALL_POOL: usize = 1_500;
/// Every so many walks from a kicked copy, the full pool.
const FULL_EVERY: u64 = 4;
/// Every so many walks, back to the best.
const BACK_EVERY: u64 = 8;
/// A seating so many times as far from the bound as the best is near enough to go on from.
const NEAR: f64 = 1.25;
/// The most kicked copies walked from.
const MOST_ROUNDS: u64 = 200;
/// How much dearer exchanges may become where none helps.
const DEARER: f64 = 2.5;
/// A kick makes two exchanges, and fewer than this beside.
const KICKS: u64 = 6;

/// The best feasible seating so far.
pub(crate) struct Best {
    pub seating: Seating,
}

impl Best {
    pub fn offer(&mut self, model: &Model, seating: &Seating) {
        if seating.value > self.seating.value && seating.is_feasible(model) {
            self.seating = seating.clone();
        }
    }
}

struct Walk<'a> {
    model: &'a Model,
    costs: &'a Costs,
    bound: i128,
    spent: u64,
    stop: &'a dyn Fn() -> bool,
}

/// Walks from the relaxed optimum's flows, then from kicked copies of the best, until the bound is met or the effort is
/// spent.
pub(crate) fn improve(model: &Model, duals: &Duals, seed: u64, bound: i128, best: &mut Best, stop: &dyn Fn() -> bool) {
    let costs = Costs::new(model, duals);
    let mut walk = Walk { model, costs: &costs, bound, spent: 0, stop };
    let flows = std::iter::once(&duals.flow.at).chain(duals.mixture.iter().map(|(at, _)| at));
    for at in flows {
        walk.walk_and_repair(Seating::new(model, at.clone()), best, FULL_POOL);
    }
    let (mut round, mut current) = (0, best.seating.clone());
    while !walk.is_over(best) {
        round += 1;
        let from = walk.kicked(current, mix(seed, round));
        walk.spent += EFFORT / MOST_ROUNDS;
        let reached = walk.walk_and_repair(from, best, if round.is_multiple_of(FULL_EVERY) { FULL_POOL } else { SMALL_POOL });
        // What is nearly as near is the next to start from, so that the search does not stay in one place.
        let is_near = costs.of(model, &reached) <= NEAR * costs.of(model, &best.seating);
        current = if is_near && !round.is_multiple_of(BACK_EVERY) { reached } else { best.seating.clone() };
    }
    let mut order: Vec<u32> = (0..model.hub.len() as u32).filter(|&option| !model.is_out(option as usize)).collect();
    order.sort_by_key(|&option| std::cmp::Reverse(model.value[option as usize]));
    let filled = greedy::fill(model, &order, best.seating.clone());
    best.offer(model, &filled);
}

impl Walk<'_> {
    fn is_over(&self, best: &Best) -> bool {
        best.seating.value >= self.bound || self.is_spent(best) || (self.stop)()
    }

    fn is_spent(&self, best: &Best) -> bool {
        let is_near = (self.bound - best.seating.value) as f64 <= NEAR_BOUND * self.bound as f64;
        self.spent >= if is_near || self.model.hub.len() < LARGE { EFFORT } else { HARD_EFFORT }
    }

    /// Walks; where the end of the way breaks rows, it is made to keep them and walked from once more.
    fn walk_and_repair(&mut self, seating: Seating, best: &mut Best, full: usize) -> Seating {
        let reached = self.walk(seating, best, full);
        // Also when the effort is spent: it costs little and always finds something.
        if reached.keeps_rows(self.model) || best.seating.value >= self.bound || (self.stop)() {
            return reached;
        }
        self.spent += self.model.hub.len() as u64;
        self.walk(repair::repaired(self.model, self.costs, reached), best, full)
    }

    /// Walks to nearer seatings until no exchanges of a pool of about this size help.
    fn walk(&mut self, mut seating: Seating, best: &mut Best, full: usize) -> Seating {
        let mut dearest = 0.05_f64;
        best.offer(self.model, &seating);
        while !self.is_over(best) {
            let distance = self.costs.of(self.model, &seating);
            let pool = self.pool(&seating, dearest.min(distance));
            match self.next(&seating, distance, &pool, best) {
                Some(found) => {
                    let moves = found.exchanges.iter().flat_map(|&at| &pool.exchanges[at as usize].moves);
                    moves.for_each(|&option| seating.move_to(self.model, option));
                    best.offer(self.model, &seating);
                }
                None if dearest >= distance || pool.exchanges.len() > full => break,
                None => dearest *= DEARER,
            }
        }
        seating
    }

    fn pool(&mut self, seating: &Seating, dearest: f64) -> Pool {
        let (pool, steps) = exchange::collect(self.model, seating, self.costs, dearest, STEPS);
        self.spent += steps as u64 + self.model.hub.len() as u64 / 16;
        pool
    }

    /// The best exchanges to make next: two where two help, else three, else a deep search.
    fn next(&mut self, seating: &Seating, distance: f64, pool: &Pool, best: &Best) -> Option<Found> {
        let rest = distance - self.costs.of_rows(self.model, seating);
        for reach in [Reach::Two, Reach::Three, Reach::Deep] {
            let (found, looked) = combine::best(self.model, self.costs, seating, pool, (rest, distance), reach);
            self.spent += looked;
            if found.is_some() {
                return found;
            }
            if self.is_over(best) {
                return None;
            }
        }
        None
    }

    /// A few cheap exchanges made blindly.
    fn kicked(&mut self, mut seating: Seating, seed: u64) -> Seating {
        let distance = self.costs.of(self.model, &seating);
        for kick in 0..2 + mix(seed, 11) % KICKS {
            let pool = self.pool(&seating, distance * (1 + mix(seed, 12) % 4) as f64 / 4.0);
            if pool.exchanges.is_empty() {
                break;
            }
            let at = mix(seed, kick + 13) % pool.exchanges.len() as u64;
            pool.exchanges[at as usize].moves.iter().for_each(|&option| seating.move_to(self.model, option));
        }
        seating
    }
}
