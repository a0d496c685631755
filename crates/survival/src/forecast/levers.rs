//! What moves the end most: the same futures once more, with one flow a fifth faster or slower.

use super::{Outlook, bands, simulate::Changes};

/// A flow that somebody could change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Move {
    /// A fifth more new people.
    MoreArrive,
    /// A fifth more go on from this stage in a month: more places, or faster handling.
    MoreGoOn(usize),
    /// A fifth fewer leave from this stage.
    FewerLeave(usize),
}

/// What a change does to the last stage by the day asked for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Lever {
    pub change: Move,
    /// People more in the last stage: the median over futures of the difference, and the middle 80 % of it.
    pub more: f64,
    pub low_80: f64,
    pub high_80: f64,
}

/// Futures that differ in one change and in nothing else need not be many.
const PAIRED: usize = 400;

impl Outlook {
    /// Every change alone, the one that moves the end most first.
    pub fn levers(&self) -> Vec<Lever> {
        let onward = self.history.stages.len().saturating_sub(1);
        let as_it_stands = self.ends(&self.changes);
        let mut moves = vec![Move::MoreArrive];
        moves.extend((0..onward).map(Move::MoreGoOn));
        moves.extend((0..onward).map(Move::FewerLeave));
        let lever = |change: Move| {
            let ends = self.ends(&changed(&self.changes, change));
            let mut more: Vec<f64> = ends.iter().zip(&as_it_stands).map(|(end, was)| end - was).collect();
            more.sort_unstable_by(f64::total_cmp);
            let [low_80, median, high_80] = [0.1, 0.5, 0.9].map(|place| bands::quantile(&more, place));
            Lever { change, more: median, low_80, high_80 }
        };
        let mut levers: Vec<Lever> = moves.into_iter().map(lever).collect();
        levers.sort_by(|one, other| other.more.total_cmp(&one.more));
        levers
    }

    /// How many reach the last stage in each future.
    fn ends(&self, changes: &Changes) -> Vec<f64> {
        let last = |future: Vec<Vec<f64>>| future.last().and_then(|path| path.last().copied()).unwrap_or_default();
        self.futures(changes, PAIRED).into_iter().map(last).collect()
    }
}

fn changed(as_it_stands: &Changes, change: Move) -> Changes {
    let mut changes = as_it_stands.clone();
    match change {
        Move::MoreArrive => changes.arrivals *= 1.2,
        Move::MoreGoOn(stage) => {
            changes.going_on[stage] *= 1.2;
            changes.capacity[stage] *= 1.2;
        }
        Move::FewerLeave(stage) => changes.leaving[stage] *= 0.8,
    }
    changes
}
