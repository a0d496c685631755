//! Many futures become a median and bands.

use super::history::Steps;
use chrono::NaiveDate;

/// What half, 80 % and 95 % of the futures lie between, on one day.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Bands {
    pub on: NaiveDate,
    pub low_95: f64,
    pub low_80: f64,
    pub low_50: f64,
    pub median: f64,
    pub high_50: f64,
    pub high_80: f64,
    pub high_95: f64,
}

/// The places in the distribution of the futures, in the order of the fields.
const PLACES: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

/// The bands of one stage at the end of each step.
pub(crate) fn of(steps: &Steps, futures: &[Vec<Vec<f64>>], stage: usize) -> Vec<Bands> {
    let at = |ahead: usize| {
        let mut counts: Vec<f64> = futures.iter().map(|future| future[stage][ahead]).collect();
        counts.sort_unstable_by(f64::total_cmp);
        let [low_95, low_80, low_50, median, high_50, high_80, high_95] = PLACES.map(|place| quantile(&counts, place));
        Bands { on: steps.end(ahead), low_95, low_80, low_50, median, high_50, high_80, high_95 }
    };
    (0..steps.ahead).map(at).collect()
}

/// How many have reached a stage at the end of each future, sorted.
pub(crate) fn ends(futures: &[Vec<Vec<f64>>], stage: usize) -> Vec<f64> {
    let mut ends: Vec<f64> = futures.iter().filter_map(|future| future[stage].last().copied()).collect();
    ends.sort_unstable_by(f64::total_cmp);
    ends
}

/// The value at a place of sorted values, straight between neighbours.
pub(crate) fn quantile(sorted: &[f64], place: f64) -> f64 {
    let at = place * (sorted.len().saturating_sub(1)) as f64;
    let below = sorted.get(at as usize).copied().unwrap_or_default();
    let above = sorted.get(at as usize + 1).copied().unwrap_or(below);
    below + (above - below) * at.fract()
}
