//! Names, each kept once: its search key, its skeleton and how many people bear it.

use crate::normalise::{hash, skeleton};
use hashbrown::HashMap;

/// A list of distinct keys. Number 0 is the missing name.
#[derive(Default)]
pub struct Words {
    keys: String,
    ends: Vec<u32>,
    /// A hash of each word's skeleton, by which names are blocked; 0 for the missing name.
    bones: Vec<u32>,
    /// How many different records bear the name.
    counts: Vec<u32>,
    numbers: HashMap<Box<str>, u32>,
}

impl Words {
    pub(crate) fn new() -> Self {
        let mut words = Self::default();
        words.number("");
        words
    }

    /// The number of a key, which is added if it is new.
    pub(crate) fn number(&mut self, key: &str) -> u32 {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        let number = self.ends.len() as u32;
        self.keys.push_str(key);
        self.ends.push(self.keys.len() as u32);
        let bones = skeleton(key);
        self.bones.push(if key.is_empty() { 0 } else { (hash(bones.as_bytes()) as u32).max(1) });
        self.numbers.insert(key.into(), number);
        number
    }

    /// The search key of a word.
    pub fn key(&self, number: u32) -> &str {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.keys[start as usize..self.ends[at] as usize]
    }

    pub(crate) fn bones(&self, number: u32) -> u32 {
        self.bones[number as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Counts how often each number occurs, once all are read; the way to find numbers by key is let go.
    pub(crate) fn count(&mut self, numbers: impl Iterator<Item = u32>) {
        self.numbers = HashMap::new();
        self.counts = vec![0; self.len()];
        numbers.for_each(|number| self.counts[number as usize] += 1);
    }

    /// How many records bear the name.
    pub fn bearers(&self, number: u32) -> u32 {
        self.counts[number as usize]
    }

    pub(crate) fn counts(&self) -> &[u32] {
        &self.counts
    }
}
