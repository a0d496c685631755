//! The programme day by day: who applies, is chosen, trained, heard and equipped, within each day's capacity.
//!
//! One pass over the working days keeps the queues; everything drawn for a case comes from the case's own streams.

mod course;
mod decision;
mod intake;
pub(super) mod plan;
mod queue;
mod selection;
mod sitting;
mod supply;
mod waiting;

use super::aims::Aims;
use super::day::{Day, Moment};
use super::draw::Draw;
use super::equipment::{Order, Supplier};
use super::history::{Act, CaseNo, CloseReason, Closing, History, OfficeNo, OfficerNo, PersonNo};
use super::people::Person;
use super::programme::{Cohort, Run, Sitting};
use super::ranked::Place;
use super::setting::Setting;
use super::shape;
use super::staff::Roster;
use queue::{Queues, Step, Todo};
use std::collections::BTreeMap;

/// The programme up to today, before what became of the businesses is told.
pub struct Flow<'a> {
    seed: u64,
    /// Of the full programme.
    scale: f64,
    today: Day,
    day: Day,
    setting: &'a Setting,
    roster: &'a Roster,
    aims: Aims,
    pub people: Vec<Person>,
    pub histories: Vec<History>,
    pub runs: Vec<Run>,
    pub cohorts: Vec<Cohort>,
    pub sittings: Vec<Sitting>,
    pub suppliers: Vec<Supplier>,
    pub orders: Vec<Order>,
    queues: Queues,
    counts: Counts,
}

/// How large a programme is made up.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Of the full programme.
    pub scale: f64,
    /// In how many offices it plays at most.
    pub offices: usize,
}

/// How far the programme has come.
#[derive(Default)]
struct Counts {
    lodged: usize,
    selected: usize,
    /// Places on lists that wait for approval.
    listed: usize,
    /// Seats given out, by call and region.
    seats: BTreeMap<Place, u32>,
    trained: usize,
    /// Enrolled in cohorts that have not ended.
    in_training: usize,
    approved: usize,
    overridden: usize,
    pieces: u32,
    management_plans: u32,
    /// Contracts drawn up in the running year.
    contracts: u32,
    year: i32,
    /// Handovers completed or arranged, by days since the opening.
    receipts: Vec<u32>,
}

/// Purposes of the streams: one for each kind of thing drawn.
#[derive(Clone, Copy)]
enum Stream {
    Day = 1,
    Person,
    Application,
    Decision,
    Waiting,
    Run,
    Offer,
    Course,
    Plan,
    Score,
    Sitting,
    Contract,
    Order,
    Goods,
    Supplier,
}

impl<'a> Flow<'a> {
    /// Lets every working day from the opening to today pass.
    pub fn run(setting: &'a Setting, roster: &'a Roster, seed: u64, size: Size, today: Day) -> Self {
        let Size { scale, offices } = size;
        let mut flow = Self {
            seed,
            scale,
            today,
            day: shape::OPENING,
            setting,
            roster,
            aims: Aims::new(setting, seed),
            people: Vec::new(),
            histories: Vec::new(),
            runs: Vec::new(),
            cohorts: Vec::new(),
            sittings: Vec::new(),
            suppliers: supply::suppliers(setting, seed),
            orders: Vec::new(),
            queues: Queues::new(setting, offices, today),
            counts: Counts::default(),
        };
        for day in setting.days.between(shape::OPENING, today) {
            flow.day = *day;
            flow.pass_day();
        }
        flow
    }

    fn pass_day(&mut self) {
        self.lodge_applications();
        let mut done = 0;
        // A step may ask for another on the same day, so the list may grow while it is worked off.
        while let Some((case, todo)) = self.queues.due_on(self.day, done) {
            done += 1;
            self.act_on(case, todo);
        }
        self.propose_runs();
        self.open_cohorts();
        self.call_sittings();
        self.place_orders();
    }

    fn act_on(&mut self, case: CaseNo, todo: Todo) {
        match todo {
            Todo::AskPapers => self.ask_papers(case),
            Todo::SupplyPapers => self.supply_papers(case),
            Todo::Decide => self.decide(case),
            Todo::Assess => self.assess(case),
            Todo::Appeal => self.appeal(case),
            Todo::DecideAppeal => self.decide_appeal(case),
            Todo::CloseRefused(reason) => self.close_refused(case, reason),
            Todo::EndWaiting => self.end_waiting(case),
            Todo::Withdraw => self.withdraw_waiting(case),
            Todo::AskTransfer => self.ask_transfer(case),
            Todo::AcceptTransfer => self.accept_transfer(case),
            Todo::ApproveRun(run) => self.approve_run(run),
            Todo::Answer => self.answer(case),
            Todo::CallReserve(run) => self.call_reserve(run),
            Todo::Enrol => self.enrol(case),
            Todo::Session(cohort, number) => self.hold_session(cohort, number),
            Todo::DraftPlan => self.draft_plan(case),
            Todo::SubmitPlan => self.submit_plan(case),
            Todo::GiveUpPlan => self.give_up_plan(case),
            Todo::FillForm => self.fill_form(case),
            Todo::Screen => self.screen(case),
            Todo::Score(position) => self.score(case, position),
            Todo::HoldSitting(sitting) => self.hold_sitting(sitting),
            Todo::DraftContract => self.draft_contract(case),
            Todo::SignContract => self.sign_contract(case),
        }
    }

    /// The stream of one purpose for one index.
    fn draw(&self, stream: Stream, index: u64) -> Draw {
        Draw::new(self.seed, 0xF10 + stream as u64, index)
    }

    /// Today at a minute in working hours that comes after whatever happened to the case before.
    fn stamp(&mut self, case: CaseNo, draw: &mut Draw) -> Moment {
        let last = &mut self.queues.last[case as usize];
        let minute = match last.day == self.day {
            true => (last.minute + draw.between(4, 20) as u16).min(LAST_MINUTE),
            false => draw.between(9 * 60 + 5, 15 * 60 + 30) as u16,
        };
        *last = self.day.at(minute);
        *last
    }

    /// Today's act of an officer upon a case.
    fn act(&mut self, case: CaseNo, draw: &mut Draw, by: OfficerNo) -> Act {
        Act { at: self.stamp(case, draw), by }
    }

    /// Puts off something to the first working day at least `days` calendar days ahead.
    fn after_days(&mut self, case: CaseNo, days: f64, todo: Todo) {
        let day = self.setting.days.on_or_after(self.day.plus((days.round() as i32).max(1)));
        self.queues.put(day, case, todo);
    }

    /// Puts off something by working days.
    fn after_working(&mut self, case: CaseNo, days: i32, todo: Todo) {
        let day = self.setting.days.plus(self.day, days.max(0) as u32);
        self.queues.put(day, case, todo);
    }

    fn history(&mut self, case: CaseNo) -> &mut History {
        &mut self.histories[case as usize]
    }

    fn person(&self, case: CaseNo) -> &Person {
        &self.people[self.histories[case as usize].person as usize]
    }

    fn office(&self, case: CaseNo) -> OfficeNo {
        self.histories[case as usize].office_now
    }

    fn step(&self, case: CaseNo) -> Step {
        self.queues.step[case as usize]
    }

    fn set_step(&mut self, case: CaseNo, step: Step) {
        self.queues.step[case as usize] = step;
    }

    fn close(&mut self, case: CaseNo, act: Act, reason: CloseReason) {
        self.history(case).closing = Some(Closing { act, reason, approved_by: None });
        self.set_step(case, Step::Closed);
    }

    /// The person comes back with a new application some days from now, in a later call than before.
    fn come_back(&mut self, person: PersonNo, case: CaseNo, days: i32) {
        let day = self.setting.days.on_or_after(self.day.plus(days.max(1)));
        let before = self.histories[case as usize].application.lodged.at.day;
        let Some(next_call) = self.setting.next_call(before) else { return };
        let open = |day: Day| self.setting.call_on(day).is_some();
        let wanted = day.max(next_call);
        let day = if open(wanted) { Some(wanted) } else { self.setting.next_call(wanted) };
        if let Some(day) = day {
            self.queues.come_back(self.setting.days.on_or_after(day), person, case);
        }
    }
}

/// Nothing happens after a quarter to six.
const LAST_MINUTE: u16 = 17 * 60 + 45;
