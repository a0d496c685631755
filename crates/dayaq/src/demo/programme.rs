//! The whole made-up programme: the tables that histories point into.

use super::afterwards::{Award, AwardRound, Grievance};
use super::casting::Member;
use super::day::{Day, Moment};
use super::equipment::{Order, Supplier};
use super::history::{Act, CaseNo, DirectionNo, History, OfficeNo, OfficerNo, PersonNo};
use super::people::Person;
use super::setting::Setting;
use super::staff::Officer;
use selection::ranking::{Reason, Terms};
use std::collections::HashMap;

/// Everything that was made up; all of it happened before `today`, on which the programme opens for work.
#[derive(Clone, Debug)]
pub struct Simulated {
    pub seed: u64,
    pub today: Day,
    pub setting: Setting,
    pub officers: Vec<Officer>,
    pub people: Vec<Person>,
    /// One a case, in order of lodging.
    pub histories: Vec<History>,
    pub runs: Vec<Run>,
    pub cohorts: Vec<Cohort>,
    pub sittings: Vec<Sitting>,
    pub suppliers: Vec<Supplier>,
    pub orders: Vec<Order>,
    pub rounds: Vec<AwardRound>,
    pub awards: Vec<Award>,
    pub grievances: Vec<Grievance>,
    /// The named people among all these.
    pub cast: Vec<Member>,
}

/// A ranking run over one pool: the office's eligible applicants on a day.
#[derive(Clone, Debug)]
pub struct Run {
    pub office: OfficeNo,
    pub proposed: Act,
    /// By a second person; `None`: waits for approval, and binds nobody yet.
    pub approved: Option<Act>,
    /// Places, quotas, least shares and cap.
    pub terms: Terms,
    /// All of the pool, best first.
    pub candidates: Vec<Candidate>,
}

/// A candidate of a run with the inputs that placed it.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    pub case: CaseNo,
    /// Holds a statutory priority.
    pub priority: bool,
    /// Waiting is counted from the day of lodging.
    pub waiting_since: Day,
    pub landholder: bool,
    pub outcome: super::history::Listed,
    /// From 1, in the list of its outcome.
    pub position: u32,
    pub reason: Reason,
}

/// A training cohort: at most 25 seats, nine sessions of four hours.
#[derive(Clone, Debug)]
pub struct Cohort {
    pub office: OfficeNo,
    pub trainer: OfficerNo,
    pub opened: Act,
    pub online: bool,
    pub seats: u8,
    /// Days of the sessions, each from `starts_at` for four hours.
    pub sessions: Vec<Day>,
    /// Minutes after midnight.
    pub starts_at: u16,
    pub members: Vec<CaseNo>,
}

/// A sitting of a commission.
#[derive(Clone, Debug)]
pub struct Sitting {
    /// The region whose plans it hears, as numbered in the setting; zero for a sitting on awards.
    pub region: u8,
    pub called: Act,
    pub at: Moment,
    /// `None`: still to be held.
    pub closed: Option<Act>,
    pub head: OfficerNo,
    pub secretary: OfficerNo,
    /// The head among them; all are present at a closed sitting but the absent.
    pub members: Vec<OfficerNo>,
    pub absent: Vec<OfficerNo>,
    /// Case and position of the plan version, in the order of the agenda.
    pub agenda: Vec<AgendaItem>,
    /// In qəpik, before the sitting.
    pub budget: i64,
}

#[derive(Clone, Copy, Debug)]
pub struct AgendaItem {
    pub case: CaseNo,
    /// Position in the case's plans.
    pub plan: u8,
    /// A member who stepped aside for kinship or acquaintance.
    pub recused: Option<OfficerNo>,
}

impl Simulated {
    /// The history of a case.
    pub fn history(&self, case: CaseNo) -> &History {
        &self.histories[case as usize]
    }

    /// The person of a case.
    pub fn person_of(&self, case: CaseNo) -> &Person {
        &self.people[self.history(case).person as usize]
    }

    /// People who moved to another office with a case, each with that office.
    pub fn moved(&self) -> HashMap<PersonNo, OfficeNo> {
        let accepted = self.histories.iter().filter(|history| history.transfer.is_some_and(|told| told.accepted.is_some()));
        accepted.map(|history| (history.person, history.office_now)).collect()
    }

    /// A direction's code.
    pub fn direction(&self, number: DirectionNo) -> &str {
        &self.setting.directions[usize::from(number)].code
    }

    /// An officer.
    pub fn officer(&self, number: OfficerNo) -> &Officer {
        &self.officers[usize::from(number)]
    }
}
