//! What waits: steps due on coming days, pools, and where each case stands in the flow.

use crate::demo::day::{Day, Moment};
use crate::demo::history::{CaseNo, CloseReason, OfficeNo, PersonNo};
use crate::demo::setting::Setting;
use crate::demo::{cast, shape};
use std::collections::VecDeque;

/// A step that falls due.
#[derive(Clone, Copy, Debug)]
pub enum Todo {
    AskPapers,
    SupplyPapers,
    Decide,
    Assess,
    Appeal,
    DecideAppeal,
    CloseRefused(CloseReason),
    EndWaiting,
    Withdraw,
    AskTransfer,
    AcceptTransfer,
    ApproveRun(u32),
    Answer,
    CallReserve(u32),
    Enrol,
    Session(u32, u8),
    DraftPlan,
    SubmitPlan,
    GiveUpPlan,
    FillForm,
    Screen,
    Score(u8),
    HoldSitting(u32),
    DraftContract,
    SignContract,
}

/// Where a case stands in the flow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Applied,
    Refused,
    /// Eligible, in its office's pool.
    Waiting,
    /// On a list that waits for approval.
    Listed,
    Reserve,
    Offered,
    Enrolled,
    Trained,
    /// Scored, waiting for a sitting.
    Ready,
    OnAgenda,
    Approved,
    /// Waiting for goods.
    Signed,
    Ordered,
    Closed,
}

/// All that waits.
pub struct Queues {
    due: Vec<Vec<(CaseNo, Todo)>>,
    back: Vec<Vec<(PersonNo, CaseNo)>>,
    pub step: Vec<Step>,
    /// When something last happened to each case.
    pub last: Vec<Moment>,
    /// Eligible cases by office.
    pub pools: Vec<Vec<CaseNo>>,
    /// Next ranking run by office, the one after it while that is not a full interval away, and how far places have
    /// been given out.
    pub next_run: Vec<Day>,
    pub second_run: Vec<Day>,
    pub served_until: Vec<Day>,
    /// Enrolled cases by office, with the day of enrolling.
    pub enrolled: Vec<VecDeque<(Day, CaseNo)>>,
    /// Scored plans by region.
    pub ready: Vec<VecDeque<CaseNo>>,
    /// Signed contracts by office.
    pub signed: Vec<VecDeque<(Day, CaseNo)>>,
    /// Admitted in the running year by office: landholders, unemployed.
    pub admitted: Vec<(u32, u32)>,
    pub selected_before: Vec<bool>,
    pub trained_before: Vec<bool>,
    /// Share of new applications by office, as of the last opening.
    pub shares: Vec<f64>,
    pub active: Vec<bool>,
    /// The cast's office.
    pub home: Option<OfficeNo>,
}

/// Working days between two runs of an office, and in the cast's office, which so has work at every stage at any time.
pub const RUN_INTERVAL: u32 = 172;
pub const HOME_INTERVAL: u32 = 11;
/// Share of a small demo that plays in the cast's office.
const HOME_SHARE: f64 = 0.22;

impl Queues {
    /// Empty queues for the setting's offices, with the runs' days spread over the interval.
    pub fn new(setting: &Setting, offices_wanted: usize, today: Day) -> Self {
        let days = today.since(shape::OPENING).max(0) as usize + 1;
        let offices = setting.offices.len();
        let active = active(setting, offices_wanted);
        let runs = first_runs(setting, &active);
        Self {
            due: vec![Vec::new(); days],
            back: vec![Vec::new(); days],
            step: Vec::new(),
            last: Vec::new(),
            pools: vec![Vec::new(); offices],
            next_run: runs.iter().map(|(first, _)| *first).collect(),
            second_run: runs.iter().map(|(_, second)| *second).collect(),
            served_until: setting.offices.iter().map(|office| office.opens).collect(),
            enrolled: vec![VecDeque::new(); offices],
            ready: vec![VecDeque::new(); shape::REGION_SHARES.len()],
            signed: vec![VecDeque::new(); offices],
            admitted: vec![(0, 0); offices],
            selected_before: Vec::new(),
            trained_before: Vec::new(),
            shares: vec![0.0; offices],
            active,
            home: setting.office_in(cast::HOME),
        }
    }

    /// Working days between two runs of an office.
    pub fn interval(&self, office: usize) -> u32 {
        if self.home == Some(office as OfficeNo) { HOME_INTERVAL } else { RUN_INTERVAL }
    }

    /// The step at a position of a day's list.
    pub fn due_on(&self, day: Day, position: usize) -> Option<(CaseNo, Todo)> {
        self.due.get(day.since(shape::OPENING) as usize)?.get(position).copied()
    }

    /// Puts a step on a day's list; what lies after today is forgotten.
    pub fn put(&mut self, day: Day, case: CaseNo, todo: Todo) {
        if let Some(list) = self.due.get_mut(day.since(shape::OPENING).max(0) as usize) {
            list.push((case, todo));
        }
    }

    /// Notes a person who will apply again, after this case.
    pub fn come_back(&mut self, day: Day, person: PersonNo, case: CaseNo) {
        if let Some(list) = self.back.get_mut(day.since(shape::OPENING).max(0) as usize) {
            list.push((person, case));
        }
    }

    /// Those who come back on a day.
    pub fn back_on(&mut self, day: Day) -> Vec<(PersonNo, CaseNo)> {
        self.back.get_mut(day.since(shape::OPENING) as usize).map(std::mem::take).unwrap_or_default()
    }

    /// Shares of the offices open on a day: the region's share, split by the weight of its open offices.
    pub fn share_out(&mut self, setting: &Setting, day: Day) {
        let open = |office: OfficeNo| {
            let at = usize::from(office);
            self.active[at] && setting.offices[at].opens <= day
        };
        let mut weights = [0.0; 15];
        for (number, office) in setting.offices.iter().enumerate() {
            if open(number as OfficeNo) {
                weights[usize::from(office.region)] += office.weight;
            }
        }
        let total: f64 = (1..15).filter(|region| weights[*region] > 0.0).map(|region| shape::REGION_SHARES[region]).sum();
        for (number, office) in setting.offices.iter().enumerate() {
            let region = usize::from(office.region);
            let share = shape::REGION_SHARES[region] / total * office.weight / weights[region].max(f64::MIN_POSITIVE);
            self.shares[number] = if open(number as OfficeNo) { share } else { 0.0 };
        }
        if self.active.contains(&false) {
            self.favour_home();
        }
    }
}

impl Queues {
    /// In a small demo the cast's office takes more than its share, so that its officers have work.
    fn favour_home(&mut self) {
        let Some(home) = self.home.map(usize::from).filter(|home| self.shares[*home] > 0.0) else { return };
        let rest = 1.0 - self.shares[home];
        self.shares.iter_mut().for_each(|share| *share *= (1.0 - HOME_SHARE) / rest);
        self.shares[home] = HOME_SHARE;
    }
}

/// A small demo plays in fewer offices, so that each still has lists and courses worth the name.
fn active(setting: &Setting, wanted: usize) -> Vec<bool> {
    if wanted >= setting.offices.len() {
        return vec![true; setting.offices.len()];
    }
    let must = [setting.office_in(cast::HOME), setting.office_in(cast::SHEKI)];
    // The largest of each region first, then the second of each, and so on.
    let mut order: Vec<(usize, i64, usize)> = Vec::new();
    for region in 1..15 {
        let mut of_region: Vec<usize> = (0..setting.offices.len()).filter(|o| setting.offices[*o].region == region).collect();
        of_region.sort_by(|a, b| setting.offices[*b].weight.total_cmp(&setting.offices[*a].weight));
        order.extend(of_region.into_iter().enumerate().map(|(rank, office)| {
            let early = i64::from(setting.offices[office].opens.0);
            (if must.contains(&Some(office as OfficeNo)) { 0 } else { rank }, early, office)
        }));
    }
    order.sort_unstable();
    let mut active = vec![false; setting.offices.len()];
    for (_, _, office) in order.into_iter().take(wanted) {
        active[office] = true;
    }
    active
}

/// The first two runs of each office. An opening list comes within weeks; from the second on, runs are spread evenly
/// over the interval, so that lists are approved somewhere every week. The cast's office has one proposed on the eve
/// of the demo's season.
fn first_runs(setting: &Setting, active: &[bool]) -> Vec<(Day, Day)> {
    const FIRST_AFTER: f64 = 13.0;
    const FIRST_SPREAD: f64 = 40.0;
    const SECOND_AFTER: f64 = 60.0;
    let never = Day(i16::MAX);
    let mut runs = vec![(never, never); setting.offices.len()];
    let playing = setting.offices.iter().enumerate().filter(|(number, _)| active[*number]);
    for (rank, (number, office)) in playing.enumerate() {
        // Steps of the golden ratio keep neighbours apart and cover the interval evenly.
        let phase = (rank as f64 * 0.618_034).fract();
        let day = |working: f64| setting.days.plus(office.opens, working as u32);
        runs[number] = (day(FIRST_AFTER + phase * phase * FIRST_SPREAD), day(SECOND_AFTER + phase * f64::from(RUN_INTERVAL)));
    }
    if let Some(home) = setting.office_in(cast::HOME) {
        let opens = setting.offices[usize::from(home)].opens;
        runs[usize::from(home)] = (setting.days.plus(opens, FIRST_AFTER as u32), eve_of_season(setting, opens));
    }
    runs
}

/// The first day, 60 working days or more after the opening, from which whole intervals lead to the eve of the season.
fn eve_of_season(setting: &Setting, opens: Day) -> Day {
    const EVE: usize = 4;
    let all = setting.days.between(setting.days.plus(opens, 60), shape::SEASON);
    let back = all.len().saturating_sub(EVE) % HOME_INTERVAL as usize;
    all.get(back).copied().unwrap_or(opens)
}
