//! Ranking runs by the programme's own rule: what a run goes by, and the inputs that place its candidates.

use super::day::Day;
use super::events::receipt;
use super::history::{CaseNo, History, Listed, OfficeNo};
use super::people::Person;
use super::programme::{Run, Simulated};
use super::setting::Setting;
use selection::ranking::{
    Bucket, Candidate, Cap, Outcome, Placed, Reason, Terms,
    lot::{lot, seed_of},
    rank,
    terms::{WOMEN, terms_of},
};
use uuid::Uuid;
use values::id::{CaseId, OfficeId};

/// A call and a region, where seats are counted.
pub type Place = (String, String);

/// Where a case is counted: the call that took it in, and the region of the office at which it was lodged.
pub fn place(setting: &Setting, history: &History) -> Place {
    let call = setting.call_on(history.application.lodged.at.day).map(|call| call.code.clone());
    (call.unwrap_or_default(), setting.regions[usize::from(setting.offices[usize::from(history.office)].region)].clone())
}

/// The terms of a run over an office's pool with these places.
pub fn terms(setting: &Setting, day: Day, places: u32, buckets: Vec<Bucket>, landholders: u32, unemployed: u32) -> Terms {
    let programme = &setting.programme;
    let registry::programme::Percent(percent) = programme.parameter(&registry::programme::keys::LANDHOLDER_CAP, day.date());
    let cap = Cap { percent: u32::try_from(percent).unwrap_or(0), landholders, unemployed };
    terms_of(programme, day.date(), places, buckets, cap)
}

/// The inputs of a candidate: of its groups, those that the terms look at.
pub fn inputs(setting: &Setting, terms: &Terms, seed: &str, history: &History, person: &Person, case: CaseId) -> Candidate {
    let (call, region) = place(setting, history);
    let bucket = terms.buckets.iter().position(|bucket| bucket.call == call && bucket.region == region);
    let women = person.female.then_some(WOMEN);
    let mut groups: Vec<String> =
        history.application.groups.codes().chain(women).filter(|group| terms.looks_at(group)).map(str::to_owned).collect();
    groups.sort_unstable();
    let lodged = history.application.lodged.at.day;
    Candidate {
        case,
        bucket: bucket.and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX),
        groups,
        landholder: person.landholder(),
        waiting_since: lodged.date(),
        lot: lot(seed, &receipt(history.number, lodged)),
    }
}

/// The published seed of a run of an office.
pub fn seed(setting: &Setting, office: OfficeNo, day: Day) -> String {
    seed_of(day.date(), &[OfficeId(setting.offices[usize::from(office)].id)])
}

/// What the flow makes of a place.
pub fn listed(placed: &Placed) -> Listed {
    match (placed.outcome, placed.reason) {
        (Outcome::Selected, _) => Listed::Selected,
        (Outcome::Reserve, _) => Listed::Reserve,
        (Outcome::Waiting, Reason::LandholderCap) => Listed::Capped,
        (Outcome::Waiting, _) => Listed::Waiting,
    }
}

impl Simulated {
    /// The inputs of a run's candidates, in the order of their rank.
    pub fn inputs_of(&self, run: &Run) -> Vec<Candidate> {
        let seed = seed(&self.setting, run.office, run.proposed.at.day);
        let input = |case: CaseNo| {
            let history = self.history(case);
            inputs(&self.setting, &run.terms, &seed, history, self.person_of(case), self.case_id(case))
        };
        run.candidates.iter().map(|candidate| input(candidate.case)).collect()
    }
}

/// After people were left out: the lists of those who stayed, made again by terms under which they come out as they were.
/// Places and reserve shrink with the list, least shares to what it holds, and the cap stands where it stood to the list.
/// Gives the runs whose lists come out otherwise all the same.
pub fn settle(made: &mut Simulated) -> usize {
    let mut otherwise = 0;
    for number in 0..made.runs.len() {
        if !settle_run(made, number) {
            // Without places nobody can be said to have reached the cap.
            made.runs[number].candidates.retain(|candidate| candidate.outcome != Listed::Capped);
            otherwise += usize::from(!settle_run(made, number));
        }
    }
    otherwise
}

/// Makes one list again; whether it comes out as it was.
fn settle_run(made: &mut Simulated, number: usize) -> bool {
    let run = &made.runs[number];
    let inputs = made.inputs_of(run);
    let terms = shrunk(run, &inputs);
    let placed = rank(&terms, &inputs);
    let as_it_was = placed
        .iter()
        .zip(&run.candidates)
        .all(|(placed, candidate)| placed.case == made.case_id(candidate.case) && is_same(listed(placed), candidate.outcome));
    if as_it_was {
        keep(made, number, terms, &placed);
    }
    as_it_was
}

fn is_same(one: Listed, other: Listed) -> bool {
    let waits = |listed| matches!(listed, Listed::Waiting | Listed::Capped);
    one == other || waits(one) && waits(other)
}

fn shrunk(run: &Run, inputs: &[Candidate]) -> Terms {
    let mut terms = run.terms.clone();
    let count = |outcome: Listed| run.candidates.iter().filter(|candidate| candidate.outcome == outcome).count() as u32;
    (terms.places, terms.reserve_places) = (count(Listed::Selected), count(Listed::Reserve));
    let selected = || run.candidates.iter().zip(inputs).filter(|(c, _)| c.outcome == Listed::Selected).map(|(_, input)| input);
    for floor in &mut terms.floors {
        floor.least = floor.least.min(selected().filter(|input| input.groups.contains(&floor.group)).count() as u32);
    }
    let land = selected().filter(|input| input.landholder).count() as u32;
    let others = terms.places - land;
    let cap = &mut terms.cap;
    cap.unemployed = cap.unemployed.max((land * 100).div_ceil(cap.percent.max(1)).saturating_sub(others));
    let most = ((cap.unemployed + others) * cap.percent / 100).saturating_sub(land);
    cap.landholders = if count(Listed::Capped) > 0 { most } else { cap.landholders.min(most) };
    terms
}

fn keep(made: &mut Simulated, number: usize, terms: Terms, placed: &[Placed]) {
    let run = &mut made.runs[number];
    run.terms = terms;
    for (candidate, placed) in run.candidates.iter_mut().zip(placed) {
        (candidate.position, candidate.reason) = (placed.position, placed.reason);
        if candidate.outcome != Listed::Selected && candidate.outcome != Listed::Reserve {
            candidate.outcome = listed(placed);
        }
        for listing in &mut made.histories[candidate.case as usize].listings {
            if listing.run as usize == number {
                listing.position = placed.position;
            }
        }
    }
}

/// Stands for a case in the flow, whose ids are drawn when all is told: only its order matters, and lots come first.
pub fn stand_in(case: CaseNo) -> CaseId {
    CaseId(Uuid::from_u128(u128::from(case)))
}
