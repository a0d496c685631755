//! The instance as a network with rows beside it: what the solver works on.
//!
//! Everybody is at exactly one *hub*: a cohort, or staying out. Groups with a maximum that do not overlap stay out at
//! hubs of their own, where at least (members − maximum) people must be; so seats and these maxima are bounds on hubs,
//! a transportation problem. The budget, the shares and the other maxima are *rows*, priced by multipliers.

use crate::{
    instance::{Choice, Instance},
    order::Order,
};
use hashbrown::{HashMap, HashSet};
use num_integer::Integer;

/// The hub of those who stay out and are in no group whose maximum is in the network. It has no bounds.
pub(crate) const ROOT: usize = 0;

/// Which limit a row or an out-hub is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Budget,
    Maximum(u32),
    MinShare(u32),
}

/// One row: `(parts × all placed, or 0) + inside × placed members ≤ right`, or the sum of costs for the budget.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub limit: Limit,
    /// What each placed person adds.
    pub each: i64,
    /// What each placed member adds beside that.
    pub member: i64,
    pub right: i64,
    /// The row is divided by this where multipliers are sought, so that they are of one size.
    pub norm: f64,
}

/// The network. Options of a person stand together, staying out first.
pub(crate) struct Model {
    /// The person's place in the instance, for each person of the model.
    pub person: Vec<u32>,
    /// Where each person's options begin; one more than people.
    pub first: Vec<u32>,
    /// The person of each option.
    pub owner: Vec<u32>,
    pub hub: Vec<u32>,
    pub value: Vec<i64>,
    pub cost: Vec<i64>,
    /// The choice's place among the person's choices; `u32::MAX` for staying out.
    pub choice: Vec<u32>,
    /// Hubs 1 to this are cohorts.
    pub cohorts: usize,
    pub least: Vec<i64>,
    pub most: Vec<i64>,
    /// The maximum that each out-hub stands for; hubs after the cohorts.
    pub out_limit: Vec<u32>,
    pub rows: Vec<Row>,
    /// The rows other than the budget that each person is a member for.
    pub member_first: Vec<u32>,
    pub member_of: Vec<u16>,
    /// The place of the budget's row, when the budget can bind.
    pub budget: Option<usize>,
    /// All values are whole multiples of this, so that what is reached is one too.
    pub grain: i64,
}

impl Model {
    pub fn new(instance: &Instance, order: &Order) -> Self {
        let mut cohort_hub = vec![u32::MAX; instance.cohorts().len()];
        let cohort: Vec<u32> = order.cohorts.iter().copied().filter(|&at| instance.cohorts()[at as usize].seats > 0).collect();
        (1..).zip(&cohort).for_each(|(hub, &at)| cohort_hub[at as usize] = hub);
        // Seats that there are, and not dearer than the whole budget.
        let open = |choice: &Choice| {
            let is_affordable = instance.budget().is_none_or(|budget| choice.cost <= budget);
            Some(cohort_hub[choice.cohort as usize]).filter(|&hub| hub != u32::MAX && is_affordable)
        };
        let is_open = |choice: &Choice| open(choice).is_some();
        let person: Vec<u32> =
            order.people.iter().copied().filter(|&at| instance.people()[at as usize].choices.iter().any(is_open)).collect();
        let members = members(instance, &person);
        let mut model = Self::empty(instance, person, cohort);
        let rest = model.add_out_hubs(instance, &members);
        model.add_options(instance, open, rest.1);
        model.grain = grain(&model.value);
        model.add_rows(instance, &members, &rest.0);
        model
    }

    fn empty(instance: &Instance, person: Vec<u32>, cohort: Vec<u32>) -> Self {
        let mut most = vec![i64::MAX];
        most.extend(cohort.iter().map(|&at| instance.cohorts()[at as usize].seats.min(person.len() as i64)));
        Self {
            person,
            first: vec![0],
            owner: vec![],
            hub: vec![],
            value: vec![],
            cost: vec![],
            choice: vec![],
            cohorts: cohort.len(),
            least: vec![0; most.len()],
            most,
            out_limit: vec![],
            rows: vec![],
            member_first: vec![],
            member_of: vec![],
            budget: None,
            grain: 1,
        }
    }

    /// Gives groups with a maximum, smallest first, a hub to stay out at while they do not overlap.
    /// The maxima that can bind and got none, and where each person stays out.
    fn add_out_hubs(&mut self, instance: &Instance, members: &HashMap<&str, Vec<u32>>) -> (Vec<u32>, Vec<u32>) {
        let mut out = vec![ROOT as u32; self.person.len()];
        let mut rest = vec![];
        let maxima = instance.maxima().iter().map(|row| (row.group.as_str(), row.people));
        for (at, group) in tightest(maxima, members) {
            let size = instance.maxima()[at as usize].people;
            if size >= group.len() as i64 {
                continue;
            }
            if group.iter().any(|&p| out[p as usize] != ROOT as u32) {
                rest.push(at);
                continue;
            }
            group.iter().for_each(|&p| out[p as usize] = self.most.len() as u32);
            self.least.push(group.len() as i64 - size);
            self.most.push(i64::MAX);
            self.out_limit.push(at);
        }
        (rest, out)
    }

    /// Adds everybody's choices that are open, by the hubs to which they lead.
    fn add_options(&mut self, instance: &Instance, open: impl Fn(&Choice) -> Option<u32>, out: Vec<u32>) {
        for (p, out) in (0_u32..).zip(out) {
            self.push_option(p, out, 0, 0, u32::MAX);
            let choices = &instance.people()[self.person[p as usize] as usize].choices;
            let mut open: Vec<(u32, u32)> =
                (0..).zip(choices).filter_map(|(k, choice)| open(choice).map(|hub| (hub, k))).collect();
            open.sort_unstable();
            for (hub, k) in open {
                let choice = &choices[k as usize];
                self.push_option(p, hub, choice.value, choice.cost, k);
            }
            self.first.push(self.hub.len() as u32);
        }
    }

    fn push_option(&mut self, person: u32, hub: u32, value: i64, cost: i64, choice: u32) {
        self.owner.push(person);
        self.hub.push(hub);
        self.value.push(value);
        self.cost.push(cost);
        self.choice.push(choice);
    }

    fn add_rows(&mut self, instance: &Instance, members: &HashMap<&str, Vec<u32>>, rest: &[u32]) {
        let dearest: i128 =
            (0..self.person.len()).map(|p| self.cost[self.options(p)].iter().max().map_or(0, |&c| c.into())).sum();
        if let Some(right) = instance.budget().filter(|&budget| i128::from(budget) < dearest) {
            let norm = (self.cost.iter().map(|&c| c as f64).sum::<f64>() / self.hub.len().max(1) as f64).max(1.0);
            self.budget = Some(0);
            // What is less than the least step of costs can never be spent.
            let right = right - right % grain(&self.cost);
            self.rows.push(Row { limit: Limit::Budget, each: 0, member: 0, right, norm });
        }
        let mut inside: Vec<Vec<u16>> = vec![vec![]; self.person.len()];
        let mut add = |model: &mut Self, group: &str, row: Row| {
            for &p in members.get(group).into_iter().flatten() {
                inside[p as usize].push(model.rows.len() as u16);
            }
            model.rows.push(row);
        };
        let shares = instance.min_shares().iter().map(|row| (row.group.as_str(), std::cmp::Reverse(row.share)));
        for (at, group) in tightest(shares, members) {
            let row = &instance.min_shares()[at as usize];
            if row.share.parts > 0 && group.len() < self.person.len() {
                let norm = row.share.of as f64;
                let (each, member) = (row.share.parts, -row.share.of);
                add(self, &row.group, Row { limit: Limit::MinShare(at), each, member, right: 0, norm });
            }
        }
        for &at in rest {
            let row = &instance.maxima()[at as usize];
            add(self, &row.group, Row { limit: Limit::Maximum(at), each: 0, member: 1, right: row.people, norm: 1.0 });
        }
        self.member_first.push(0);
        for rows in inside {
            self.member_of.extend(rows);
            self.member_first.push(self.member_of.len() as u32);
        }
    }

    pub fn people(&self) -> usize {
        self.person.len()
    }

    pub fn hubs(&self) -> usize {
        self.most.len()
    }

    /// The options of a person; the first is staying out.
    pub fn options(&self, person: usize) -> std::ops::Range<usize> {
        self.first[person] as usize..self.first[person + 1] as usize
    }

    pub fn member_rows(&self, person: usize) -> &[u16] {
        &self.member_of[self.member_first[person] as usize..self.member_first[person + 1] as usize]
    }

    pub fn is_out(&self, option: usize) -> bool {
        self.choice[option] == u32::MAX
    }

    /// What the option adds to each row, exactly.
    pub fn add_use(&self, option: usize, sign: i64, used: &mut [i128]) {
        if self.is_out(option) {
            return;
        }
        for (row, used) in self.rows.iter().zip(&mut *used) {
            *used += i128::from(sign * row.each);
        }
        if let Some(budget) = self.budget {
            used[budget] += i128::from(sign * self.cost[option]);
        }
        for &row in self.member_rows(self.owner[option] as usize) {
            used[row as usize] += i128::from(sign * self.rows[row as usize].member);
        }
    }

    /// What an assignment (one option a person) uses of each row, and its value.
    pub fn use_and_value(&self, at: &[u32]) -> (Vec<i128>, i128) {
        let mut used = vec![0; self.rows.len()];
        at.iter().for_each(|&option| self.add_use(option as usize, 1, &mut used));
        (used, at.iter().map(|&option| i128::from(self.value[option as usize])).sum())
    }
}

/// The largest number that all are whole multiples of; 1 where all are 0.
fn grain(numbers: &[i64]) -> i64 {
    let grain = numbers.iter().fold(0, |grain: i64, &number| if grain == 1 { 1 } else { grain.gcd(&number) });
    grain.max(1)
}

/// The people of the model in each group that has a limit.
fn members<'a>(instance: &'a Instance, people: &[u32]) -> HashMap<&'a str, Vec<u32>> {
    let limited: HashSet<&str> = instance
        .maxima()
        .iter()
        .map(|row| row.group.as_str())
        .chain(instance.min_shares().iter().map(|row| row.group.as_str()))
        .collect();
    let mut members: HashMap<&str, Vec<u32>> = HashMap::new();
    for (p, &at) in (0_u32..).zip(people) {
        for group in instance.people()[at as usize].groups.iter().filter(|group| limited.contains(group.as_str())) {
            let list = members.entry(group.as_str()).or_default();
            if list.last() != Some(&p) {
                list.push(p);
            }
        }
    }
    members
}

/// The limits that speak of a group, each group's tightest once: smallest groups first, then the tightest limits. Where
/// these are equal the members decide, so that neither names nor the order of rows have a part in it.
fn tightest<'a, K: Ord + Copy>(
    rows: impl Iterator<Item = (&'a str, K)>,
    members: &'a HashMap<&str, Vec<u32>>,
) -> Vec<(u32, &'a [u32])> {
    let mut tightest: HashMap<&str, (K, u32)> = HashMap::new();
    for (at, (group, key)) in (0..).zip(rows) {
        let kept = tightest.entry(group).or_insert((key, at));
        if key < kept.0 {
            *kept = (key, at);
        }
    }
    let of = |group: &str| members.get(group).map_or(&[][..], Vec::as_slice);
    let mut rows: Vec<(usize, K, &[u32], u32)> =
        tightest.into_iter().map(|(group, (key, at))| (of(group).len(), key, of(group), at)).collect();
    rows.sort_unstable();
    rows.into_iter().map(|(.., members, at)| (at, members)).collect()
}
