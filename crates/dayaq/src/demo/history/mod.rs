//! What one application's path looks like: every fact of a case, from registration to exit, up to the demo's today.
//!
//! A `History` is one case. Facts after today are absent, so whatever is missing next is open work. Positions
//! (`u32`, `u16`) lead into the tables of [`super::programme::Simulated`]; nothing here knows of SQL.

mod admission;
mod beside;
mod preparation;

pub use admission::*;
pub use beside::*;
pub use preparation::*;

use super::afterwards::Business;
use super::day::{Day, Moment};
use super::equipment::{Contract, Delivery};

/// A position in the list of histories: one case.
pub type CaseNo = u32;
/// A position in the list of people.
pub type PersonNo = u32;
/// A position in the list of officers.
pub type OfficerNo = u16;
/// A position in the list of offices of the setting.
pub type OfficeNo = u16;
/// A position in the list of directions of the setting.
pub type DirectionNo = u8;

/// Something done: when, and by whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Act {
    pub at: Moment,
    pub by: OfficerNo,
}

/// One case: one person's path through the programme.
#[derive(Clone, Debug)]
pub struct History {
    pub person: PersonNo,
    /// By which the receipt numbers count: from 1, in order of lodging.
    pub number: u32,
    /// The same person's application before this one, closed by then.
    pub earlier: Option<CaseNo>,
    /// The same person's next application.
    pub later: Option<CaseNo>,
    pub funding: Funding,
    /// The office that took the application: the office of selection.
    pub office: OfficeNo,
    /// The office that keeps the case now: differs after a transfer.
    pub office_now: OfficeNo,
    pub application: Application,
    pub papers: Option<Papers>,
    pub eligibility: Option<Eligibility>,
    pub readiness: Option<Readiness>,
    /// Places on ranking lists, in order of the runs.
    pub listings: Vec<Listing>,
    /// Called up from the reserve.
    pub called: Option<Act>,
    pub offer: Option<Offer>,
    /// A manager let the equipment come before the course (2020); the course stays due.
    pub overridden: Option<Act>,
    /// Courses, in order: a second one only after a failure or a drop-out for good cause.
    pub courses: Vec<Course>,
    /// Versions of the plan, in order.
    pub plans: Vec<Plan>,
    pub contract: Option<Contract>,
    pub delivery: Option<Delivery>,
    pub business: Option<Box<Business>>,
    /// Position in the list of award applications.
    pub award: Option<u32>,
    pub appeals: Vec<Appeal>,
    pub transfer: Option<Transfer>,
    pub suspension: Option<Suspension>,
    pub withdrawal: Option<Withdrawal>,
    /// The case that this one continues under another registration of the same person: closed as a duplicate.
    pub duplicate_of: Option<CaseNo>,
    pub death: Option<Death>,
    pub closing: Option<Closing>,
}

impl History {
    /// The direction followed: the one chosen with the counsellor, else the one applied for.
    pub fn direction(&self) -> DirectionNo {
        self.readiness.map_or(self.application.direction, |readiness| readiness.chosen)
    }

    /// The day the last mandatory piece was handed over.
    pub fn receipt(&self) -> Option<Day> {
        Some(self.delivery.as_ref()?.completed?.at.day)
    }

    /// The day of the first completed course.
    pub fn trained(&self) -> Option<Day> {
        let ends = self.courses.iter().filter_map(|course| course.end);
        ends.filter(|end| end.result == CourseResult::Completed).map(|end| end.act.at.day).min()
    }

    /// The plan that was approved.
    pub fn approved_plan(&self) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.decision.is_some_and(|d| d.outcome == PlanOutcome::Approved))
    }
}

/// Whose money pays for the case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Funding {
    /// The first loan of 2020.
    FirstLoan,
    /// The additional financing of 2024.
    AdditionalFinancing,
    StateBudget,
}
