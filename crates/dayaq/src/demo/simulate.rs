//! One call makes up the whole programme.

use super::business::{self, Scene};
use super::day::Day;
use super::flow::{Flow, Size};
use super::history::CaseNo;
use super::programme::Simulated;
use super::setting::Setting;
use super::shape;
use super::staff::Roster;
use super::{arranged, award_rounds, cast, casting, complaints, open_appeals, rewind, thin, vacancy};
use rayon::prelude::*;

/// What to make up.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Applications by the demo's season; [`shape::FULL_SIZE`] is the whole programme.
    pub people: u32,
    pub seed: u64,
    /// The day on which the programme opens for work; all that is told lies before it.
    pub today: Day,
}

/// A smaller programme than this is made up at this size and thinned out, so that work waits at every stage of it.
const LEAST_PEOPLE: u32 = 6_000;
/// Small programmes play in fewer offices.
const PEOPLE_OF_AN_OFFICE: u32 = 150;
const LEAST_OFFICES: u32 = 14;

/// The programme as of today: the same for the same setting and wish.
pub fn simulate(setting: Setting, wanted: Wanted) -> Simulated {
    let roster = Roster::new(&setting, wanted.seed);
    let made_up = wanted.people.max(LEAST_PEOPLE);
    let scale = f64::from(made_up) / shape::FULL_SIZE;
    let size = Size { scale, offices: (wanted.people / PEOPLE_OF_AN_OFFICE).max(LEAST_OFFICES) as usize };
    let told = wanted.today.plus(-1);
    let flow = Flow::run(&setting, &roster, wanted.seed, size, told);
    let (people, mut histories) = (flow.people, flow.histories);
    let (runs, cohorts, sittings) = (flow.runs, flow.cohorts, flow.sittings);
    let (suppliers, orders) = (flow.suppliers, flow.orders);
    let scene = Scene { setting: &setting, roster: &roster, seed: wanted.seed, today: told };
    histories.par_iter_mut().enumerate().for_each(|(case, history)| {
        business::tell(scene, case as CaseNo, &people[history.person as usize], history);
    });
    let grievances = complaints::hear(scene, &histories);
    open_appeals::lodge(scene, &mut histories);
    let mut made = Simulated {
        seed: wanted.seed,
        today: wanted.today,
        setting: setting.clone(),
        officers: roster.officers.clone(),
        people,
        histories,
        runs,
        cohorts,
        sittings,
        suppliers,
        orders,
        rounds: Vec::new(),
        awards: Vec::new(),
        grievances,
        cast: Vec::new(),
    };
    award_rounds::hold(scene, scale, &mut made);
    if let Some(home) = made.setting.office_in(cast::HOME) {
        rewind::leave_work(&mut made, home);
        arranged::arrange(&mut made, home);
    }
    made.cast = casting::cast_all(&mut made);
    if wanted.people < LEAST_PEOPLE {
        let cases = made.histories.len() as f64 * f64::from(wanted.people) / f64::from(made_up);
        made = thin::thin(made, cases.round() as usize);
    }
    arranged::sit_today(&mut made);
    vacancy::leave_a_place(&mut made);
    made
}
