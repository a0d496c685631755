//! How likely one who waits goes on or leaves in a step, by how long one has waited. Who still waits counts as long as
//! he has waited (right censoring); going on and leaving compete.

use super::history::{OLDEST, Stage};
use rand::Rng;
use rand_distr::{Distribution, Exp1, StandardNormal};

/// Chances by age.
#[derive(Clone, Debug)]
pub(crate) struct Hazards {
    pub going_on: Vec<f64>,
    pub leaving: Vec<f64>,
}

/// Ages that share one chance: finer where most happens.
const CLASSES: [usize; 12] = [0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 23];
/// What is known before anything is seen weighs as much as so many waiting for a step.
const PRIOR: f64 = 4.0;

fn class(age: usize) -> usize {
    CLASSES.partition_point(|from| *from <= age) - 1
}

/// One draw of the chances: cohorts of entry weighed at random (the Bayesian bootstrap, Rubin 1981), so that what
/// differs between cohorts shows as uncertainty. Only steps from `from` on count: before it nobody could go on.
pub(crate) fn draw(stage: &Stage, from: usize, rng: &mut impl Rng) -> Hazards {
    let mut sums = [[0.0f64; 3]; CLASSES.len()];
    for (entry, entered) in stage.entered.iter().enumerate() {
        let weight: f64 = Exp1.sample(rng);
        let mut waiting = *entered;
        if waiting <= 0.0 {
            continue;
        }
        for age in 0..stage.went_on[entry].len() {
            let (on, left, lost) = (stage.went_on[entry][age], stage.left[entry][age], stage.lost[entry][age]);
            if entry + age >= from {
                let sums = &mut sums[class(age.min(OLDEST))];
                sums[0] += weight * waiting;
                sums[1] += weight * on;
                sums[2] += weight * left;
            }
            waiting -= on + left + lost;
            if waiting <= 0.5 {
                break;
            }
        }
    }
    let usual = |median: f64, rng: &mut dyn rand::RngCore| {
        let z: f64 = StandardNormal.sample(rng);
        (median * (0.7 * z).exp()).min(0.5)
    };
    let (on, left) = (usual(0.12, rng), usual(0.012, rng));
    let chance = |class: usize, which: usize, usual: f64| {
        // The first step is not a whole one for those who enter in it.
        let usual = if class == 0 { usual / 2.0 } else { usual };
        ((sums[class][which] + PRIOR * usual) / (sums[class][0] + PRIOR)).clamp(0.0, 0.98)
    };
    let by_age = |which: usize, usual: f64| (0..=OLDEST).map(|age| chance(class(age), which, usual)).collect();
    Hazards { going_on: by_age(1, on), leaving: by_age(2, left) }
}

/// How many are expected to move of those who wait.
pub(crate) fn expected(waiting: &[f64], chances: &[f64]) -> f64 {
    waiting.iter().zip(chances).map(|(waiting, chance)| waiting * chance).sum()
}
