//! What one application's path looks like: every fact of a case, from registration to exit, up to the demo's today.
//!
//! A `History` is one case. Facts after today are absent, so whatever is missing next is open work. Positions
//! (`u32`, `u16`) lead into the tables of [`super::programme::Simulated`]; nothing here knows of SQL.

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

/// The application as lodged.
#[derive(Clone, Debug)]
pub struct Application {
    /// Lodged, and by which officer entered.
    pub lodged: Act,
    pub direction: DirectionNo,
    pub second_direction: Option<DirectionNo>,
    /// Years of work in the direction wished for.
    pub experience_years: u8,
    pub premises: Premises,
    /// What the person means to add, in qəpik.
    pub own_contribution: i64,
    pub tools_owned: bool,
    /// Statutory priority and target groups at lodging, as evidenced.
    pub groups: super::people::Groups,
}

/// Where the business is to work.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Premises {
    AtHome,
    Owned,
    Rented,
    NoneYet,
}

/// Papers that were missing.
#[derive(Clone, Debug)]
pub struct Papers {
    pub asked: Act,
    pub missing: MissingPaper,
    /// The day on which the case lapses, ten working days after the request.
    pub due: Day,
    pub supplied: Option<Act>,
}

/// The paper that an application lacked.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MissingPaper {
    IdentityDocument,
    AssistanceAward,
    DisabilityCertificate,
    PremisesEvidence,
    LandExtract,
}

/// The decision on eligibility; its officer never entered the application.
#[derive(Clone, Copy, Debug)]
pub struct Eligibility {
    pub decided: Act,
    /// The rule that was failed, or `None` when all passed.
    pub failed: Option<Ineligible>,
}

/// Why a person was refused.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ineligible {
    Working,
    StatusLost,
    EarlierSupport,
    FarmingWish,
    InsurancePayment,
    PensionAge,
}

/// The counsellor's talk.
#[derive(Clone, Copy, Debug)]
pub struct Readiness {
    pub assessed: Act,
    pub advised: DirectionNo,
    /// The direction the person kept or took.
    pub chosen: DirectionNo,
    /// Out of 100.
    pub score: u8,
}

/// A place on one ranking list.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// Position in the list of runs.
    pub run: u32,
    /// From 1, within the list of its outcome.
    pub position: u32,
    pub outcome: Listed,
}

/// What a ranking run made of a candidate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Listed {
    Selected,
    Reserve,
    /// Below the reserve: stays eligible and competes in the next run.
    Waiting,
    /// Would have been selected, but the landholder cap was reached.
    Capped,
}

/// The offer of a place, made by the approval of the list or by the call from the reserve.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    pub made: Moment,
    /// Five working days later.
    pub due: Day,
    pub answer: Option<Answered>,
}

/// The answer to an offer.
#[derive(Clone, Copy, Debug)]
pub struct Answered {
    pub act: Act,
    pub answer: Answer,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Answer {
    Accepted,
    Declined(DeclineReason),
    /// Nothing heard by the due day.
    Lapsed,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DeclineReason {
    FoundWork,
    Health,
    Family,
    Moving,
    Other,
}

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

/// An appeal against a refusal, judged by someone who had no part in it.
#[derive(Clone, Copy, Debug)]
pub struct Appeal {
    pub against: AppealAgainst,
    pub lodged: Act,
    /// Lodged after the time to appeal; nobody has yet said whether it is heard.
    pub late: bool,
    pub due: Day,
    pub decided: Option<AppealDecided>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AppealAgainst {
    Ineligibility,
    Training,
    PlanRefusal,
}

#[derive(Clone, Copy, Debug)]
pub struct AppealDecided {
    pub act: Act,
    /// True: the decision was changed and the case goes on from it.
    pub changed: bool,
}

/// A move of the case to another office.
#[derive(Clone, Copy, Debug)]
pub struct Transfer {
    pub from: OfficeNo,
    pub to: OfficeNo,
    pub requested: Act,
    /// By the receiving office.
    pub accepted: Option<Act>,
    /// By the receiving office, when the person was selected in the meantime.
    pub refused: Option<Act>,
}

/// Duties at rest for illness, maternity, service or disaster.
#[derive(Clone, Copy, Debug)]
pub struct Suspension {
    pub suspended: Act,
    pub reason: SuspensionReason,
    pub resumed: Option<Act>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SuspensionReason {
    Illness,
    Maternity,
    MilitaryService,
}

#[derive(Clone, Copy, Debug)]
pub struct Withdrawal {
    pub act: Act,
    pub reason: WithdrawalReason,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum WithdrawalReason {
    FoundWork,
    MovedAbroad,
    Health,
    OtherMeasure,
}

#[derive(Clone, Copy, Debug)]
pub struct Death {
    pub on: Day,
    pub recorded: Act,
}

#[derive(Clone, Copy, Debug)]
pub struct Closing {
    pub act: Act,
    pub reason: CloseReason,
    /// The second person, where equipment stays with the person.
    pub approved_by: Option<OfficerNo>,
}

/// Why a case is closed (the list of the life cycle).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CloseReason {
    Graduated,
    Ineligible,
    Declined,
    NoAnswer,
    CallEnded,
    DroppedOut,
    Failed,
    PlanStopped,
    PlanRefused,
    ContractLapsed,
    Withdrew,
    FoundWork,
    OtherMeasure,
    MovedAbroad,
    Deceased,
    BusinessEnded,
    Duplicate,
}
