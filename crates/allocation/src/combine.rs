//! The best one, two or three exchanges at once: what one overspends another saves, and a share is met to the person.

use crate::{
    exchange::{Exchange, Pool},
    model::{Model, ROOT},
    seating::{Costs, Seating},
};
use hashbrown::HashMap;

const MOST_LOOKED_AT: usize = 24;

/// Exchanges found, by how little the seating is then from the bound, rows included and options that stay aside.
pub(crate) struct Found {
    pub exchanges: Vec<u32>,
    pub distance: f64,
}

struct Bucket {
    /// By what they spend, then by cost.
    entries: Vec<(i64, f64, u32)>,
    /// For each entry, the cheapest up to there.
    cheapest: Vec<u32>,
    least: f64,
}

/// How far to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    Two,
    Three,
    /// Up to [`DEEPEST`], though not all of them.
    Deep,
}

/// The most exchanges of a deep search.
const DEEPEST: usize = 5;
/// The most sets kept for one sum of changes, and exchanges tried for one change.
const MOST_FOR_A_SUM: usize = 6;
const MOST_SETS: usize = 20_000;
const MOST_PAIRS: usize = 300_000;

/// So many rows of a change are looked at in the time of one look-up.
const ROWS_A_LOOK: usize = 8;

/// Exchanges that fit together.
struct Set {
    cost: f64,
    mark: u64,
    /// Where to go on among the exchanges of each change, so that each set comes up once.
    next: (usize, usize),
    exchanges: Vec<u32>,
}

struct Combiner<'a> {
    model: &'a Model,
    costs: &'a Costs,
    pool: &'a Pool,
    buckets: Vec<Bucket>,
    /// Slack of each row now, by its norm.
    slack: Vec<f64>,
    /// Room in the budget now.
    room: i64,
    best: Found,
    fitting: HashMap<u64, Vec<(u32, f64)>>,
    looked: u64,
}

/// Finds the best set of exchanges within reach that brings the seating nearer than `below`, where `rest` is the
/// distance that no exchange changes. And the look-ups made.
pub(crate) fn best(
    model: &Model,
    costs: &Costs,
    seating: &Seating,
    pool: &Pool,
    (rest, below): (f64, f64),
    reach: Reach,
) -> (Option<Found>, u64) {
    let slack = model.rows.iter().zip(&seating.used).map(|(row, &used)| (i128::from(row.right) - used) as f64 / row.norm);
    let room = model.budget.map_or(0, |row| i128::from(model.rows[row].right) - seating.used[row]);
    let mut combiner = Combiner {
        model,
        costs,
        pool,
        buckets: buckets(pool),
        slack: slack.collect(),
        room: i64::try_from(room).unwrap_or(i64::MIN / 4),
        best: Found { exchanges: vec![], distance: below - 1e-9 },
        fitting: HashMap::new(),
        looked: 0,
    };
    let mut order: Vec<u32> = (0..pool.exchanges.len() as u32).collect();
    order.sort_by(|&a, &b| pool.exchanges[a as usize].cost.total_cmp(&pool.exchanges[b as usize].cost));
    match reach {
        Reach::Two => {
            combiner.look(&[], rest);
            order.iter().for_each(|&a| combiner.look(&[a], rest));
        }
        Reach::Three => combiner.look_at_pairs(&order, rest),
        Reach::Deep => combiner.look_deep(&order, rest),
    }
    let found = if combiner.best.exchanges.is_empty() { None } else { Some(combiner.best) };
    (found, combiner.looked)
}

fn buckets(pool: &Pool) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> =
        pool.keys.iter().map(|_| Bucket { entries: vec![], cheapest: vec![], least: f64::INFINITY }).collect();
    for (at, exchange) in (0..).zip(&pool.exchanges) {
        buckets[exchange.key as usize].entries.push((exchange.spent, exchange.cost, at));
    }
    for bucket in &mut buckets {
        bucket.entries.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)).then_with(|| a.2.cmp(&b.2)));
        let mut best = 0;
        for (at, entry) in bucket.entries.iter().enumerate() {
            if entry.1 < bucket.entries[best].1 {
                best = at;
            }
            bucket.cheapest.push(best as u32);
            bucket.least = bucket.least.min(entry.1);
        }
    }
    buckets
}

impl Combiner<'_> {
    fn look_at_pairs(&mut self, order: &[u32], rest: f64) {
        let mut left = MOST_PAIRS;
        // By the larger of the two places in order of cost, so that cheap pairs come first.
        for (k, &b) in order.iter().enumerate() {
            let cost = self.pool.exchanges[b as usize].cost;
            if rest + cost + self.pool.exchanges[order[0] as usize].cost >= self.best.distance || left == 0 {
                break;
            }
            for &a in &order[..k] {
                if rest + cost + self.pool.exchanges[a as usize].cost >= self.best.distance || left == 0 {
                    break;
                }
                left -= 1;
                if self.fit(&self.pool.exchanges[a as usize], &self.pool.exchanges[b as usize]) {
                    self.look(&[a, b], rest);
                }
            }
        }
    }

    /// The cheapest sets for each sum of changes, one exchange more in each round; then the best last one for each.
    fn look_deep(&mut self, order: &[u32], rest: f64) {
        let choice = self.cheapest_of_each(order);
        let mut sets = vec![Set { cost: rest, mark: 0, next: (0, 0), exchanges: vec![] }];
        for _ in 1..DEEPEST {
            sets = self.grown(&sets, &choice);
            for set in &sets {
                if set.cost >= self.best.distance {
                    break;
                }
                self.look(&set.exchanges, rest);
            }
        }
    }

    /// For each change its cheapest exchanges; the change with the cheapest first.
    fn cheapest_of_each(&self, order: &[u32]) -> Vec<Vec<u32>> {
        let mut place = vec![usize::MAX; self.buckets.len()];
        let mut choice: Vec<Vec<u32>> = vec![];
        for &at in order {
            let place = &mut place[self.pool.exchanges[at as usize].key as usize];
            if *place == usize::MAX {
                *place = choice.len();
                choice.push(vec![]);
            }
            if choice[*place].len() < MOST_FOR_A_SUM {
                choice[*place].push(at);
            }
        }
        choice
    }

    /// Sets with one exchange more, the cheapest few for each sum; sorted by cost.
    fn grown(&mut self, sets: &[Set], choice: &[Vec<u32>]) -> Vec<Set> {
        let mut grown: HashMap<u64, Vec<Set>> = HashMap::new();
        for set in sets {
            for (bucket, list) in choice.iter().enumerate().skip(set.next.0) {
                let from = if bucket == set.next.0 { set.next.1 } else { 0 };
                for (k, &at) in list.iter().enumerate().skip(from) {
                    let exchange = &self.pool.exchanges[at as usize];
                    let cost = set.cost + exchange.cost;
                    self.looked += 1;
                    let mark = set.mark.wrapping_add(self.pool.marks[exchange.key as usize]);
                    let kept = grown.entry(mark).or_default();
                    let is_full = kept.len() == MOST_FOR_A_SUM && kept[MOST_FOR_A_SUM - 1].cost <= cost;
                    if cost >= self.best.distance || is_full {
                        break;
                    }
                    if self.fits_all(&set.exchanges, at) {
                        let exchanges = set.exchanges.iter().copied().chain([at]).collect();
                        let place = kept.partition_point(|other| other.cost <= cost);
                        kept.insert(place, Set { cost, mark, next: (bucket, k + 1), exchanges });
                        kept.truncate(MOST_FOR_A_SUM);
                    }
                }
            }
        }
        let mut sets: Vec<Set> = grown.into_values().flatten().collect();
        sets.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| a.exchanges.cmp(&b.exchanges)));
        sets.truncate(MOST_SETS);
        sets
    }

    /// Looks for the best last exchange beside those given.
    fn look(&mut self, given: &[u32], rest: f64) {
        let (mut cost, mut spent, mut mark) = (rest, 0, 0_u64);
        for &at in given {
            let exchange = &self.pool.exchanges[at as usize];
            mark = mark.wrapping_add(self.pool.marks[exchange.key as usize]);
            cost += exchange.cost;
            spent += exchange.spent;
        }
        let list = self.fitting.remove(&mark).unwrap_or_else(|| {
            self.looked += (self.pool.keys.len() * self.slack.len() / ROWS_A_LOOK) as u64;
            self.fitting_keys(given)
        });
        for &(last, rows) in &list {
            if cost + rows >= self.best.distance {
                break;
            }
            if cost + rows + self.buckets[last as usize].least < self.best.distance {
                self.look_in(last as usize, given, cost + rows, self.room - spent);
            }
        }
        self.fitting.insert(mark, list);
    }

    /// What the rows cost after the given exchanges and each last change, the least first.
    fn fitting_keys(&self, given: &[u32]) -> Vec<(u32, f64)> {
        let mut key = vec![0_i32; self.slack.len() + 1];
        for &at in given {
            let changes = &self.pool.keys[self.pool.exchanges[at as usize].key as usize];
            key.iter_mut().zip(&**changes).for_each(|(sum, &change)| *sum += i32::from(change));
        }
        let after = |last: &[i8]| {
            let change = |at: usize| f64::from(key[at]) + f64::from(last[at]);
            let rows = self.model.rows.iter().enumerate().filter(|&(k, _)| Some(k) != self.model.budget);
            rows.map(|(k, row)| {
                let used = (row.each as f64 * change(0) + row.member as f64 * change(k + 1)) / row.norm;
                self.costs.of_row(k, self.slack[k] - used)
            })
            .sum::<f64>()
        };
        let mut list: Vec<(u32, f64)> = (0..).zip(&self.pool.keys).map(|(at, last)| (at, after(last))).collect();
        list.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        list
    }

    fn look_in(&mut self, bucket: usize, given: &[u32], cost: f64, room: i64) {
        let entries = &self.buckets[bucket].entries;
        let fits = entries.partition_point(|entry| entry.0 <= room);
        let near = fits.saturating_sub(MOST_LOOKED_AT)..(fits + MOST_LOOKED_AT / 2).min(entries.len());
        let cheapest = fits.checked_sub(1).map(|last| self.buckets[bucket].cheapest[last] as usize);
        for at in near.chain(cheapest) {
            let (spent, more, exchange) = self.buckets[bucket].entries[at];
            self.looked += 1;
            let budget =
                self.model.budget.map_or(0.0, |row| self.costs.of_row(row, (room - spent) as f64 / self.model.rows[row].norm));
            let distance = cost + more + budget;
            if distance < self.best.distance && self.fits_all(given, exchange) {
                let exchanges = given.iter().copied().chain([exchange]).collect();
                self.best = Found { exchanges, distance };
            }
        }
    }

    fn fits_all(&self, given: &[u32], last: u32) -> bool {
        let last = &self.pool.exchanges[last as usize];
        given.iter().all(|&at| self.fit(&self.pool.exchanges[at as usize], last))
    }

    /// Whether two exchanges can both happen: they move different people and do not meet at an end.
    fn fit(&self, a: &Exchange, b: &Exchange) -> bool {
        let meet = |x: u32, y: u32| x == y && x != ROOT as u32;
        let owner = |&option: &u32| self.model.owner[option as usize];
        !meet(a.ends.0, b.ends.0)
            && !meet(a.ends.1, b.ends.1)
            && !a.moves.iter().any(|x| b.moves.iter().any(|y| owner(x) == owner(y)))
    }
}
