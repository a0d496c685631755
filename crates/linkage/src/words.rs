//! Names, each kept once: its search key, its skeleton and how many people bear it.

use crate::normalise::{hash, skeleton};
use hashbrown::HashMap;
use std::sync::LazyLock;

/// A list of distinct keys. Number 0 is the missing name.
#[derive(Clone)]
pub(crate) struct Words {
    keys: String,
    ends: Vec<u32>,
    /// A hash of each word's skeleton, by which names are blocked; 0 for the missing name.
    bones: Vec<u32>,
    /// How many different records bear the name.
    counts: Vec<u32>,
    /// ln of these numbers, once all are read.
    logs: Vec<f32>,
    numbers: HashMap<Box<str>, u32>,
}

impl Default for Words {
    fn default() -> Self {
        let mut words = Self {
            keys: String::new(),
            ends: Vec::new(),
            bones: Vec::new(),
            counts: Vec::new(),
            logs: Vec::new(),
            numbers: HashMap::new(),
        };
        words.number("");
        words
    }
}

impl Words {
    /// The number of a key, which is added if it is new.
    pub fn number(&mut self, key: &str) -> u32 {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        let number = self.ends.len() as u32;
        self.keys.push_str(key);
        self.ends.push(self.keys.len() as u32);
        self.bones.push(bones(key));
        self.counts.push(0);
        self.numbers.insert(key.into(), number);
        number
    }

    /// The number of a key; None where nobody ever bore it.
    pub fn find(&self, key: &str) -> Option<u32> {
        self.numbers.get(key).copied()
    }

    /// The search key of a word.
    pub fn key(&self, number: u32) -> &str {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.keys[start as usize..self.ends[at] as usize]
    }

    pub fn bones(&self, number: u32) -> u32 {
        self.bones[number as usize]
    }

    /// Counts how often each number occurs, once all are read; the way to find numbers by key is let go.
    pub fn settle(&mut self, numbers: impl Iterator<Item = u32>) {
        self.numbers = HashMap::new();
        self.counts.fill(0);
        numbers.for_each(|number| self.counts[number as usize] += 1);
        self.logs = self.counts.iter().map(|&count| ln(count)).collect();
    }

    /// One more person bears the name.
    pub fn add(&mut self, number: u32) {
        self.counts[number as usize] += 1;
    }

    /// One person fewer bears the name.
    pub fn take(&mut self, number: u32) {
        self.counts[number as usize] = self.counts[number as usize].saturating_sub(1);
    }

    /// How many records bear the name, and ln of that number.
    pub fn bearers(&self, number: u32) -> (u32, f32) {
        let count = self.counts[number as usize];
        (count, self.logs.get(number as usize).copied().unwrap_or_else(|| ln(count)))
    }

    pub fn counts(&self) -> &[u32] {
        &self.counts
    }
}

/// A hash of a key's skeleton, never 0 but for the missing name.
pub(crate) fn bones(key: &str) -> u32 {
    if key.is_empty() { 0 } else { (hash(skeleton(key).as_bytes()) as u32).max(1) }
}

/// ln of a number of records; of none as of one.
pub(crate) fn ln(count: u32) -> f32 {
    static SMALL: LazyLock<[f32; 4096]> = LazyLock::new(|| std::array::from_fn(|count| (count.max(1) as f32).ln()));
    SMALL.get(count as usize).copied().unwrap_or_else(|| (count as f32).ln())
}
