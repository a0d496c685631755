//! The course, and the plan with all that was said of it.

use super::{Act, DirectionNo, OfficerNo};
use crate::demo::day::Moment;

/// A person's way through one cohort.
#[derive(Clone, Debug)]
pub struct Course {
    /// Position in the list of cohorts; the seat is taken by `enrolled`.
    pub cohort: u32,
    pub enrolled: Act,
    /// `None` until the cohort's first session has been held.
    pub started: Option<Act>,
    /// One mark for each session of the cohort, held ones only.
    pub marks: Vec<Mark>,
    /// Hours attended so far.
    pub hours: u8,
    /// Test before the course, out of 100.
    pub test_before: u8,
    /// Test after the course, out of 100; `None` when it was not sat.
    pub test_after: Option<u8>,
    pub end: Option<CourseEnd>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mark {
    Present,
    /// Half an hour lost at most; counts in full.
    Late,
    Excused,
    Absent,
}

#[derive(Clone, Copy, Debug)]
pub struct CourseEnd {
    pub act: Act,
    pub result: CourseResult,
    /// A repeat for good cause follows, or has followed.
    pub may_repeat: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CourseResult {
    Completed,
    Failed,
    Dropped(DropReason),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DropReason {
    Illness,
    FoundWork,
    Family,
    Unknown,
}

/// One version of a business plan with all that was said of it.
#[derive(Clone, Debug)]
pub struct Plan {
    /// From 1.
    pub version: u8,
    pub direction: DirectionNo,
    /// The trainer's comments on the draft.
    pub commented: Option<Act>,
    /// Handed in by the person; `by` is the officer who took it in. `None`: the plan is still being written.
    pub submitted: Option<Act>,
    pub items: Vec<PlanItem>,
    /// Sum of the items, in qəpik; never above the direction's ceiling.
    pub items_total: i64,
    /// In qəpik, as is everything below.
    pub own_contribution: i64,
    pub other_costs: i64,
    pub monthly_sales: i64,
    pub monthly_costs: i64,
    pub screening: Option<Screening>,
    pub scores: Vec<Score>,
    pub defence: Option<Defence>,
    /// Position in the list of sittings on whose agenda the version stands.
    pub sitting: Option<u32>,
    /// A first sitting did not decide it: heard again at `sitting`.
    pub put_back: Option<PutBack>,
    /// The last word on this version.
    pub decision: Option<PlanDecision>,
}

/// A plan that a sitting left to the next one.
#[derive(Clone, Copy, Debug)]
pub struct PutBack {
    pub sitting: u32,
    pub at: Moment,
    pub why: PutBackFor,
}

/// Why a sitting left a plan to the next one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PutBackFor {
    /// It is good, and there was no money: on the reserve.
    Money,
    /// Too few members might vote on it, since others know its author.
    Recusals,
}

/// A line of the equipment list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlanItem {
    /// Position in the direction's package.
    pub item: u8,
    pub quantity: u8,
    /// In qəpik, within the catalogue's ceiling.
    pub unit_price: i64,
}

/// Environmental and social screening.
#[derive(Clone, Copy, Debug)]
pub struct Screening {
    /// The officer's form; `None`: waits for the officer.
    pub form: Option<Act>,
    pub rating: Rating,
    /// Number of the Bank's no-objection: the first twenty management plans needed one.
    pub no_objection: Option<u8>,
    /// The specialist's clearing or stopping; `None`: waits for the specialist.
    pub decided: Option<Act>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rating {
    Low,
    /// Needs a signed management plan.
    Moderate,
    /// Stops the plan.
    Substantial,
}

/// One evaluator's score, sealed until the sitting.
#[derive(Clone, Copy, Debug)]
pub struct Score {
    pub evaluator: OfficerNo,
    pub assigned: Moment,
    /// `None`: still to be scored.
    pub sealed: Option<Moment>,
    /// Out of 100; zero until sealed.
    pub total: u8,
}

/// The defence before the panel, marked apart from the sealed scores.
#[derive(Clone, Copy, Debug)]
pub struct Defence {
    pub held: Act,
    /// Out of 100.
    pub mark: u8,
}

#[derive(Clone, Copy, Debug)]
pub struct PlanDecision {
    pub at: Moment,
    pub outcome: PlanOutcome,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PlanOutcome {
    Approved,
    Revise,
    Refused,
}
