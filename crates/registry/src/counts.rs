//! Counts of long lists, each kept for some seconds: counting a hundred thousand rows is most of the cost of a page, and
//! nobody acts on the last digit. Short lists are always counted.

use platform::scope::Tx;
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Who asked (by their offices) and for what.
type Asked<F> = (Vec<i32>, F);

/// Counts by who asked and for what, each with when it was counted.
#[derive(Debug)]
pub struct Counts<F> {
    kept: Mutex<HashMap<Asked<F>, (i64, Instant)>>,
}

impl<F> Default for Counts<F> {
    fn default() -> Self {
        Self { kept: Mutex::default() }
    }
}

impl<F: Eq + Hash + Clone> Counts<F> {
    const LIFE: Duration = Duration::from_secs(20);

    /// More are forgotten.
    const MOST: usize = 2_000;

    /// The count that is kept, unless it is old.
    pub fn recent(&self, tx: &Tx, filter: &F) -> Option<i64> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&(offices(tx), filter.clone())).filter(|(_, at)| at.elapsed() < Self::LIFE).map(|(count, _)| *count)
    }

    /// Keeps a count.
    pub fn keep(&self, tx: &Tx, filter: F, count: i64) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= Self::MOST {
            kept.clear();
        }
        kept.insert((offices(tx), filter), (count, Instant::now()));
    }
}

fn offices(tx: &Tx) -> Vec<i32> {
    tx.who().offices.iter().map(|office| office.0).collect()
}
