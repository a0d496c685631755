//! Minimum-cost flow by a network simplex made for people and hubs, started again from where it stopped.
//!
//! The tree is kept strongly feasible (Cunningham 1976). In this network that has a form which needs no node for a
//! person: every hub hangs on another by one *link*, a person who is at the hub and would as gladly be at its parent,
//! or hangs on the root by its free room. A pivot walks a few hubs; most pivots only hang a hub elsewhere.

use crate::model::{Model, ROOT};

const NOBODY: u32 = u32::MAX;
const BLOCK: usize = 48;

/// A best assignment for given worths of options, with the prices that prove it.
pub(crate) struct Flow {
    /// The option where each person is.
    pub at: Vec<u32>,
    /// The price of a place at each hub; below zero at out-hubs that must hold people back.
    pub price: Vec<f64>,
    /// How many people are at each hub; at the root too.
    pub load: Vec<i64>,
    parent: Vec<u32>,
    /// The person a hub hangs by, or nobody where it hangs on the root by its room.
    link: Vec<u32>,
    /// The option of that person at the parent.
    link_option: Vec<u32>,
    child: Vec<u32>,
    next: Vec<u32>,
    previous: Vec<u32>,
    stack: Vec<u32>,
    path: Vec<u32>,
    moved: Vec<(u32, u32)>,
    cursor: usize,
    pub pivots: u64,
}

impl Flow {
    /// Everybody stays out, every hub hangs on the root.
    pub fn new(model: &Model) -> Self {
        let hubs = model.hubs();
        let at: Vec<u32> = model.first[..model.people()].to_vec();
        let mut load = vec![0; hubs];
        at.iter().for_each(|&option| load[model.hub[option as usize] as usize] += 1);
        let mut flow = Self {
            at,
            price: vec![0.0; hubs],
            load,
            parent: vec![NOBODY; hubs],
            link: vec![NOBODY; hubs],
            link_option: vec![NOBODY; hubs],
            child: vec![NOBODY; hubs],
            next: vec![NOBODY; hubs],
            previous: vec![NOBODY; hubs],
            stack: vec![],
            path: vec![],
            moved: vec![],
            cursor: 0,
            pivots: 0,
        };
        (1..hubs).for_each(|hub| flow.hang(hub, (ROOT, NOBODY, NOBODY)));
        flow
    }

    /// Makes the assignment best for these worths, to `within` for each person, starting from the one it holds. False when `stop` cut it short; then
    /// the assignment keeps the network's bounds all the same.
    pub fn solve(&mut self, model: &Model, worth: &[f64], within: f64, stop: &dyn Fn() -> bool) -> bool {
        self.reprice(worth);
        let largest = worth.iter().fold(1.0_f64, |most, w| most.max(w.abs()));
        let least_gain = within.max(largest * 1e-11);
        let people = model.people();
        let mut unchanged = 0;
        let mut since_asked = 0_usize;
        while unchanged < people {
            let end = (self.cursor + BLOCK).min(people);
            let best = self.best_in(model, worth, self.cursor..end, least_gain);
            unchanged += end - self.cursor;
            self.cursor = if end == people { 0 } else { end };
            if let Some((person, option, gain)) = best {
                self.enter(model, person, option, gain);
                unchanged = 0;
            }
            if unchanged >= people && self.enter_room(model, least_gain) {
                unchanged = 0;
            }
            since_asked += 1;
            if since_asked >= 1 << 12 {
                since_asked = 0;
                if stop() {
                    return false;
                }
            }
        }
        true
    }

    /// The bound on the worth of any assignment that the prices prove, rounding aside.
    pub fn bound(&self, model: &Model, worth: &[f64]) -> f64 {
        let best = |person: usize| {
            let options = model.options(person);
            let gains = worth[options.clone()].iter().zip(&model.hub[options]).map(|(w, &hub)| w - self.price[hub as usize]);
            gains.fold(f64::NEG_INFINITY, f64::max)
        };
        let places = (1..model.hubs()).map(|hub| {
            if hub <= model.cohorts {
                self.price[hub].max(0.0) * model.most[hub] as f64
            } else {
                self.price[hub].min(0.0) * model.least[hub] as f64
            }
        });
        (0..model.people()).map(best).sum::<f64>() + places.sum::<f64>()
    }

    /// The prices that the tree gives under these worths.
    fn reprice(&mut self, worth: &[f64]) {
        self.price[ROOT] = 0.0;
        self.stack.push(ROOT as u32);
        while let Some(hub) = self.stack.pop() {
            let mut child = self.child[hub as usize];
            while child != NOBODY {
                let c = child as usize;
                self.price[c] = match self.link[c] {
                    NOBODY => 0.0,
                    person => {
                        let here = worth[self.at[person as usize] as usize];
                        self.price[hub as usize] + here - worth[self.link_option[c] as usize]
                    }
                };
                self.stack.push(child);
                child = self.next[c];
            }
        }
    }

    fn best_in(&self, model: &Model, worth: &[f64], people: std::ops::Range<usize>, least: f64) -> Option<(usize, u32, f64)> {
        let mut best = None;
        let mut most = least;
        for person in people {
            let here = self.at[person] as usize;
            let kept = worth[here] - self.price[model.hub[here] as usize];
            let options = model.options(person);
            for (k, (&worth, &hub)) in worth[options.clone()].iter().zip(&model.hub[options.clone()]).enumerate() {
                let gain = worth - self.price[hub as usize] - kept;
                if gain > most {
                    most = gain;
                    best = Some((person, (options.start + k) as u32, gain));
                }
            }
        }
        best
    }

    /// Lets the room of a hub enter where its price has the wrong sign: a full cohort priced below zero gives a place
    /// back, an out-hub at its least priced above zero takes one more.
    fn enter_room(&mut self, model: &Model, least: f64) -> bool {
        let mut found = false;
        for hub in 1..model.hubs() {
            let price = self.price[hub];
            if self.link[hub] == NOBODY || (hub <= model.cohorts && price >= -least) || (hub > model.cohorts && price <= least) {
                continue;
            }
            self.pivots += 1;
            found = true;
            if hub <= model.cohorts {
                self.collect_path(hub, ROOT);
                self.load[hub] -= 1;
                self.push_up(model, ROOT, (ROOT, NOBODY, NOBODY));
            } else {
                self.hang_elsewhere(hub, (ROOT, NOBODY, NOBODY));
            }
            self.shift(hub, -price);
        }
        found
    }

    /// One pivot: the person gains by moving to the option.
    fn enter(&mut self, model: &Model, person: usize, option: u32, gain: f64) {
        self.pivots += 1;
        let old = self.at[person];
        let (from, to) = (model.hub[old as usize] as usize, model.hub[option as usize] as usize);
        let by_room = from != ROOT && self.link[from] == NOBODY;
        let below = self.collect_path(to, from);
        let gives_room = by_room && self.load[from] > model.least[from];
        if !below && !gives_room {
            // Nobody moves: the hub where the person is hangs on the other from now on.
            self.hang_elsewhere(from, (to, person as u32, option));
            self.shift(from, -gain);
            return;
        }
        self.at[person] = option;
        if from != ROOT && self.link[from] == person as u32 {
            // The person's own link closes the circle: those on the way move up, and all hang the other way round.
            let above = (self.parent[from] as usize, person as u32, self.link_option[from]);
            self.move_people(self.path.len());
            self.path.push(from as u32);
            self.turn(self.path.len(), above);
        } else {
            self.load[from] -= 1;
            if !self.push_up(model, if below { from } else { ROOT }, (from, person as u32, old)) {
                return;
            }
        }
        self.shift(to, gain);
    }

    /// One person more has come to the first hub of `self.path`: each hub on it sends one up, into `apex` or into the
    /// room of the last. What is thereby cut off hangs on `elsewhere`. True when something was; its prices are left to the caller.
    fn push_up(&mut self, model: &Model, apex: usize, elsewhere: (usize, u32, u32)) -> bool {
        let hubs = self.path.len();
        let Some(&top) = self.path.last() else {
            self.load[apex] += 1;
            return false;
        };
        let top = top as usize;
        let mut cut = hubs;
        if self.link[top] == NOBODY {
            self.move_people(hubs - 1);
            self.load[top] += 1;
            cut -= usize::from(self.load[top] < model.most[top]);
        } else {
            self.move_people(hubs);
            self.load[apex] += 1;
        }
        self.turn(cut, elsewhere);
        cut > 0
    }

    /// Moves the links of the first hubs of the path up to the parents; `self.moved` keeps where they were.
    fn move_people(&mut self, hubs: usize) {
        self.moved.clear();
        for &hub in &self.path[..hubs] {
            let person = self.link[hub as usize];
            self.moved.push((person, std::mem::replace(&mut self.at[person as usize], self.link_option[hub as usize])));
        }
    }

    /// Hangs the first `cut` hubs of the path the other way round, each on the one before it, and the first on `elsewhere`.
    fn turn(&mut self, cut: usize, elsewhere: (usize, u32, u32)) {
        for k in (1..cut).rev() {
            let (person, option) = self.moved[k - 1];
            self.hang_elsewhere(self.path[k] as usize, (self.path[k - 1] as usize, person, option));
        }
        if cut > 0 {
            self.hang_elsewhere(self.path[0] as usize, elsewhere);
        }
    }

    /// Collects the hubs from one up to an ancestor (left out). False when it is none; then all up to the root.
    fn collect_path(&mut self, from: usize, ancestor: usize) -> bool {
        self.path.clear();
        let mut hub = from;
        while hub != ancestor && hub != ROOT {
            self.path.push(hub as u32);
            hub = self.parent[hub] as usize;
        }
        hub == ancestor
    }

    /// Takes a hub from its parent and hangs it on another by a person, or by its room.
    fn hang_elsewhere(&mut self, hub: usize, place: (usize, u32, u32)) {
        let (previous, next) = (self.previous[hub], self.next[hub]);
        match previous {
            NOBODY => self.child[self.parent[hub] as usize] = next,
            previous => self.next[previous as usize] = next,
        }
        if next != NOBODY {
            self.previous[next as usize] = previous;
        }
        self.hang(hub, place);
    }

    fn hang(&mut self, hub: usize, (parent, link, option): (usize, u32, u32)) {
        let first = self.child[parent];
        if first != NOBODY {
            self.previous[first as usize] = hub as u32;
        }
        (self.next[hub], self.previous[hub]) = (first, NOBODY);
        self.child[parent] = hub as u32;
        (self.parent[hub], self.link[hub], self.link_option[hub]) = (parent as u32, link, option);
    }

    /// Changes the prices of a hub and of all that hang on it.
    fn shift(&mut self, hub: usize, by: f64) {
        self.stack.push(hub as u32);
        while let Some(hub) = self.stack.pop() {
            self.price[hub as usize] += by;
            let mut child = self.child[hub as usize];
            while child != NOBODY {
                self.stack.push(child);
                child = self.next[child as usize];
            }
        }
    }
}
