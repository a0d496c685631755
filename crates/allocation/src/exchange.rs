//! Exchanges: chains of people who each take the next one's place, from a hub that may lose one to a hub that may gain
//! one, or around. Only cheap ones are collected: each costs little by the prices and changes the rows a little.

use crate::{
    model::{Model, ROOT},
    order::mix,
    seating::{Costs, Seating},
};
use hashbrown::HashMap;

const MOST_STEPS: usize = 7;
const MOST_ALIKE: u32 = 3;

/// One exchange.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    /// The options that people move to.
    pub moves: Vec<u32>,
    /// By how much the distance from the bound grows, rows aside.
    pub cost: f64,
    /// By how much the budget's use grows.
    pub spent: i64,
    /// What else changes: everybody placed, then the members of each row.
    pub key: u32,
    /// The hubs that lose and gain one; the root where none does.
    pub ends: (u32, u32),
}

/// Exchanges and the different changes that they make.
#[derive(Default)]
pub(crate) struct Pool {
    pub exchanges: Vec<Exchange>,
    pub keys: Vec<Box<[i8]>>,
    /// A number for each key; the number of a sum of changes is the sum of the numbers.
    pub marks: Vec<u64>,
    index: HashMap<Box<[i8]>, u32>,
}

struct Step {
    option: u32,
    to: u32,
    cost: f64,
}

struct Search<'a> {
    model: &'a Model,
    seating: &'a Seating,
    costs: &'a Costs,
    steps: Vec<Vec<Step>>,
    dearest: f64,
    left: usize,
    chain: Vec<u32>,
    alike: HashMap<(u32, i64), u32>,
    pool: Pool,
}

/// Collects exchanges that cost at most `dearest`, looking at no more than `effort` steps. And the steps looked at.
pub(crate) fn collect(model: &Model, seating: &Seating, costs: &Costs, dearest: f64, effort: usize) -> (Pool, usize) {
    let mut steps: Vec<Vec<Step>> = (0..model.hubs()).map(|_| vec![]).collect();
    for (person, &here) in seating.at.iter().enumerate() {
        for option in model.options(person).filter(|&option| option != here as usize) {
            let cost = costs.option[option] - costs.option[here as usize];
            if cost <= dearest {
                steps[model.hub[here as usize] as usize].push(Step { option: option as u32, to: model.hub[option], cost });
            }
        }
    }
    steps.iter_mut().for_each(|list| list.sort_by(|a, b| a.cost.total_cmp(&b.cost)));
    let mut search =
        Search { model, seating, costs, steps, dearest, left: 0, chain: vec![], alike: HashMap::new(), pool: Pool::default() };
    let starts: usize = search.steps.iter().map(Vec::len).sum();
    let share = (effort / starts.max(1)).max(8);
    let mut looked = 0;
    for hub in 0..model.hubs() {
        let may_lose = hub <= model.cohorts || seating.load[hub] > model.least[hub];
        for k in 0..search.steps[hub].len() {
            search.left = share;
            search.go(hub, hub, k, 0.0, if may_lose { Some(costs.price[hub]) } else { None });
            looked += share - search.left;
        }
    }
    (search.pool, looked)
}

impl Search<'_> {
    /// Takes the k-th step out of `hub`, and goes on from where it leads.
    fn go(&mut self, start: usize, hub: usize, k: usize, before: f64, losing: Option<f64>) {
        let Step { option, to, cost } = self.steps[hub][k];
        let cost = before + cost;
        if self.left == 0 || cost + losing.unwrap_or(0.0).min(0.0) > self.dearest {
            return;
        }
        self.left -= 1;
        let owner = self.model.owner[option as usize];
        if self.chain.iter().any(|&earlier| self.model.owner[earlier as usize] == owner) {
            return;
        }
        self.chain.push(option);
        let to_hub = to as usize;
        if to_hub == start {
            self.keep(cost, (ROOT as u32, ROOT as u32));
        } else {
            let may_gain = to_hub > self.model.cohorts || self.seating.load[to_hub] < self.model.most[to_hub];
            if let Some(losing) = losing.filter(|_| may_gain) {
                self.keep(cost + losing - self.costs.price[to_hub], (start as u32, to));
            }
            if self.chain.len() < MOST_STEPS && to_hub != ROOT && !self.passes(to) {
                for k in 0..self.steps[to_hub].len() {
                    if self.left == 0 || cost + self.steps[to_hub][k].cost > self.dearest {
                        break;
                    }
                    self.go(start, to_hub, k, cost, losing);
                }
            }
        }
        self.chain.pop();
    }

    fn passes(&self, hub: u32) -> bool {
        self.chain[..self.chain.len() - 1].iter().any(|&option| self.model.hub[option as usize] == hub)
    }

    fn keep(&mut self, cost: f64, ends: (u32, u32)) {
        if cost > self.dearest {
            return;
        }
        let mut key = vec![0_i8; self.model.rows.len() + 1];
        let mut spent = 0;
        for &option in &self.chain {
            let person = self.model.owner[option as usize] as usize;
            let (new, old) = (option as usize, self.seating.at[person] as usize);
            spent += self.model.cost[new] - self.model.cost[old];
            let more = i8::from(!self.model.is_out(new)) - i8::from(!self.model.is_out(old));
            key[0] += more;
            self.model.member_rows(person).iter().for_each(|&row| key[row as usize + 1] += more);
        }
        if self.model.budget.is_none() {
            spent = 0;
        }
        let key = self.pool.key(key);
        let alike = self.alike.entry((key, spent)).or_default();
        if *alike < MOST_ALIKE {
            *alike += 1;
            self.pool.exchanges.push(Exchange { moves: self.chain.clone(), cost, spent, key, ends });
        }
    }
}

impl Pool {
    fn key(&mut self, key: Vec<i8>) -> u32 {
        let key = key.into_boxed_slice();
        if let Some(&known) = self.index.get(&key) {
            return known;
        }
        let new = self.keys.len() as u32;
        self.index.insert(key.clone(), new);
        let marks = (1_u64..).zip(&*key).map(|(at, &change)| mix(at, 11).wrapping_mul(change as u64));
        self.marks.push(marks.fold(0, u64::wrapping_add));
        self.keys.push(key);
        new
    }
}
