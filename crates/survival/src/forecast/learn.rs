//! One draw of all that a simulation goes by: chances by age and the pace of every flow.

use super::{
    hazard::{self, Hazards},
    history::{History, Stage},
    pace::{Pace, Step},
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A flow may follow its demand, run at its capacity, or something between.
const POWERS: [f64; 3] = [0.0, 0.5, 1.0];

/// What one draw believes.
#[derive(Clone, Debug)]
pub(crate) struct Belief {
    pub arrivals: Arrivals,
    /// One for each stage but the last.
    pub stages: Vec<StageBelief>,
}

/// How new people come.
#[derive(Clone, Debug)]
pub(crate) struct Arrivals {
    pub pace: Pace,
    /// How many came in a step, all steps alike; the pace is against it.
    pub usual: f64,
}

/// How people move on from a stage.
#[derive(Clone, Debug)]
pub(crate) struct StageBelief {
    pub hazards: Hazards,
    pub going_on: Pace,
    pub leaving: Pace,
    /// For how many steps somebody has waited while nobody has gone on yet; none once somebody has.
    pub unstarted: Option<f64>,
}

/// How new people come, which needs no chances and is the same in every draw. They are expected as they came all in all,
/// so that the level, which begins at 1, has nowhere far to go whatever the programme's size.
pub(crate) fn arrivals(history: &History) -> Arrivals {
    let entered = history.stages.first().map_or(&[][..], |first| &first.entered);
    let share = |at: usize| if at == 0 { history.steps.first } else { 1.0 };
    let lived: f64 = (0..entered.len()).map(share).sum();
    let usual = if lived > 0.0 { (entered.iter().sum::<f64>() / lived).max(1e-6) } else { 1.0 };
    let step = |(at, came): (usize, &f64)| Step { came: *came, expected: usual * share(at), month: history.steps.month(at) };
    let steps: Vec<Step> = entered.iter().enumerate().map(step).collect();
    Arrivals { pace: Pace::learn(&steps, &[1.0]), usual }
}

/// The `nth` draw for a seed.
pub(crate) fn belief(history: &History, arrivals: &Arrivals, seed: u64, nth: u64) -> Belief {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(1_000_000 + nth);
    let but_last = history.stages.len().saturating_sub(1);
    let stages = history.stages[..but_last].iter().map(|stage| stage_belief(history, stage, &mut rng)).collect();
    Belief { arrivals: arrivals.clone(), stages }
}

fn stage_belief(history: &History, stage: &Stage, rng: &mut impl Rng) -> StageBelief {
    let on = Stage::by_step(&stage.went_on);
    let left = Stage::by_step(&stage.left);
    let started = on.iter().position(|count| *count > 0.0);
    let first_left = left.iter().position(|count| *count > 0.0);
    let from = started.unwrap_or(0);
    let hazards = hazard::draw(stage, from, rng);
    let waiting: Vec<Vec<f64>> = (0..stage.entered.len()).map(|step| stage.waiting(step)).collect();
    let steps = |came: &[f64], chances: &[f64], from: usize| -> Vec<Step> {
        let step = |at: usize| Step {
            came: came[at],
            expected: hazard::expected(&waiting[at], chances),
            month: history.steps.month(at),
        };
        (from..came.len()).map(step).collect()
    };
    let going_on = match started {
        Some(from) => Pace::learn(&steps(&on, &hazards.going_on, from), &POWERS),
        None => Pace::learn(&[], &[1.0]),
    };
    let leaving = match first_left {
        Some(from) => Pace::learn(&steps(&left, &hazards.leaving, from), &[1.0]),
        None => Pace::learn(&steps(&left, &hazards.leaving, 0), &[1.0]),
    };
    let waited = stage.entered.iter().position(|count| *count > 0.0).map_or(0, |first| stage.entered.len() - first);
    StageBelief { hazards, going_on, leaving, unstarted: started.is_none().then_some(waited as f64) }
}
