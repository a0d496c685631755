//! One call makes up the whole programme.

use super::business::{self, Scene};
use super::day::Day;
use super::flow::Flow;
use super::history::CaseNo;
use super::programme::Simulated;
use super::setting::Setting;
use super::shape;
use super::staff::Roster;
use rayon::prelude::*;

/// What to make up.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Applications by the demo's season; [`shape::FULL_SIZE`] is the whole programme.
    pub people: u32,
    pub seed: u64,
    /// Nothing later is told.
    pub today: Day,
}

/// The programme as of today: the same for the same setting and wish.
pub fn simulate(setting: Setting, wanted: Wanted) -> Simulated {
    let roster = Roster::new(&setting, wanted.seed);
    let scale = f64::from(wanted.people) / shape::FULL_SIZE;
    let flow = Flow::run(&setting, &roster, wanted.seed, scale, wanted.today);
    let (people, mut histories) = (flow.people, flow.histories);
    let (runs, cohorts, sittings) = (flow.runs, flow.cohorts, flow.sittings);
    let (suppliers, orders) = (flow.suppliers, flow.orders);
    let scene = Scene { setting: &setting, roster: &roster, seed: wanted.seed, today: wanted.today };
    histories.par_iter_mut().enumerate().for_each(|(case, history)| {
        business::tell(scene, case as CaseNo, &people[history.person as usize], history);
    });
    Simulated {
        seed: wanted.seed,
        today: wanted.today,
        setting,
        officers: roster.officers,
        people,
        histories,
        runs,
        cohorts,
        sittings,
        suppliers,
        orders,
        rounds: Vec::new(),
        awards: Vec::new(),
        grievances: Vec::new(),
    }
}
