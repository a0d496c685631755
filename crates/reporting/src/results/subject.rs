//! One case as results see it: the days of its first qualifying events and what it is cut by.

use chrono::NaiveDate;
use values::id::{CaseId, PersonId};

/// A case with its dimensions and days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subject {
    pub case: Option<CaseId>,
    pub person: Option<PersonId>,
    pub phase: String,
    pub sex: Option<char>,
    pub birth_date: Option<NaiveDate>,
    /// Region of residence, and of the business once there is a contract.
    pub residence: String,
    pub business_region: Option<String>,
    pub wished: String,
    /// Once approved.
    pub direction: Option<String>,
    pub landholder: bool,
    pub groups: Vec<Membership>,
    pub days: Days,
    /// Value of what was handed over, in qəpik.
    pub received_value: i64,
    /// Test after minus test before, in points.
    pub gain: Option<i16>,
    pub followup_24: Option<Followup>,
    /// The last day on which a follow-up saw the business, whatever its state.
    pub seen_on: Option<NaiveDate>,
    pub visits: Vec<Visit>,
}

/// A visit, planned or made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    pub due: NaiveDate,
    pub made: Option<NaiveDate>,
    /// Planned before its day; false of one made at once.
    pub is_planned: bool,
    /// Somebody was met.
    pub is_met: bool,
    /// Paid workers besides the owner, where the visit asked after them.
    pub asks_workers: bool,
    pub women: i16,
    pub men: i16,
    /// 1 to 5.
    pub satisfaction: Option<i16>,
}

/// Belonging to a group while it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    pub code: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// The days of the first qualifying events.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Days {
    pub applied: Option<NaiveDate>,
    pub decided: Option<NaiveDate>,
    pub selected: Option<NaiveDate>,
    pub accepted: Option<NaiveDate>,
    pub training_started: Option<NaiveDate>,
    pub trained: Option<NaiveDate>,
    pub plan_decided: Option<NaiveDate>,
    pub approved: Option<NaiveDate>,
    pub contracted: Option<NaiveDate>,
    pub term_ends: Option<NaiveDate>,
    pub received: Option<NaiveDate>,
    pub started: Option<NaiveDate>,
    pub ended: Option<NaiveDate>,
    pub transferred: Option<NaiveDate>,
    pub recovered: Option<NaiveDate>,
    pub awarded: Option<NaiveDate>,
    pub deceased: Option<NaiveDate>,
}

/// What was seen near the second anniversary of receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followup {
    pub status: Status,
    /// The day of the observation itself.
    pub on: NaiveDate,
}

/// The state of a business at an anniversary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    InBusiness,
    Ended,
    Unreachable,
    NotVisited,
    Deceased,
}

impl Subject {
    /// The last day, up to a day, on which somebody was met about the business.
    pub fn last_seen(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        let visits = self.visits.iter().filter(|visit| visit.is_met).filter_map(|visit| visit.made);
        visits.chain(self.seen_on).filter(|day| *day <= as_of).max()
    }

    /// Codes of the groups that hold on a day.
    pub fn groups_on(&self, day: NaiveDate) -> impl Iterator<Item = &str> {
        let holds = move |m: &&Membership| m.from <= day && m.to.is_none_or(|to| day <= to);
        self.groups.iter().filter(holds).map(|membership| membership.code.as_str())
    }
}
