//! One case as results see it: the days of its first qualifying events and what it is cut by.

use chrono::NaiveDate;
use hashbrown::HashSet;
use registry::{
    case::{CloseReason, EndReason},
    programme::Shown,
};
use std::sync::Arc;
use values::id::{CaseId, PersonId};

/// A code that many cases share.
pub type Word = Arc<str>;

/// Codes read so far, each kept once.
#[derive(Default)]
pub(super) struct Words(HashSet<Word>);

impl Words {
    /// The code as all cases share it.
    pub fn shared(&mut self, code: &str) -> Word {
        if let Some(word) = self.0.get(code) {
            return word.clone();
        }
        let word = Word::from(code);
        self.0.insert(word.clone());
        word
    }
}

/// A case with its dimensions and days.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subject {
    pub case: Option<CaseId>,
    pub person: Option<PersonId>,
    pub phase: Word,
    pub sex: Option<char>,
    pub birth_date: Option<NaiveDate>,
    /// Region of residence, and of the business once there is a contract.
    pub residence: Word,
    pub business_region: Option<Word>,
    pub wished: Word,
    /// Once approved.
    pub direction: Option<Word>,
    pub landholder: bool,
    pub groups: Vec<Membership>,
    pub days: Days,
    /// Value of what was handed over, in qəpik.
    pub received_value: i64,
    /// Test after minus test before, in points.
    pub gain: Option<i16>,
    /// What is known of the business 6, 12 and 24 months after receipt.
    pub followups: [Option<Followup>; 3],
    pub end_reason: Option<EndReason>,
    pub close_reason: Option<CloseReason>,
    pub pauses: Vec<Pause>,
    pub visits: Vec<Visit>,
    /// What the contract asks of the person, by day.
    pub obligations: Vec<Obligation>,
    pub household: Option<Household>,
    pub pieces: Vec<Pieces>,
    /// Those decided on their merits.
    pub appeals: Vec<Appeal>,
}

/// An appeal that was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appeal {
    pub decided: NaiveDate,
    pub is_changed: bool,
}

/// A grievance; whoever lodged it may be nobody known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grievance {
    pub case: Option<CaseId>,
    pub person: Option<PersonId>,
    /// Region of the office that answers.
    pub region: String,
    pub lodged: NaiveDate,
    /// Until when the outcome is to be told.
    pub due: NaiveDate,
    pub told: Option<NaiveDate>,
    pub withdrawn: Option<NaiveDate>,
}

/// A pause in business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    pub from: NaiveDate,
    /// None while it lasts.
    pub to: Option<NaiveDate>,
}

/// A duty of the contract that falls due on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Obligation {
    pub due: NaiveDate,
    pub shown_by: Shown,
}

/// The household as registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Household {
    pub registered_on: NaiveDate,
    /// Of a month, in qəpik.
    pub income: i64,
    /// The person included; above zero.
    pub size: i64,
}

/// Pieces of a case that one supplier delivered and that fared alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// The supplier's VÖEN.
    pub supplier: Word,
    pub count: i64,
    /// When they were accepted; none of those refused.
    pub accepted: Option<NaiveDate>,
    pub fault: Option<Fault>,
}

/// When pieces were found faulty or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub on: NaiveDate,
    /// Within the time in which the supplier answers for it.
    pub in_window: bool,
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
    /// Of the household in a month, in qəpik.
    pub household_income: Option<i64>,
    /// Whether the household draws social assistance.
    pub is_assisted: Option<bool>,
    pub is_tax_registered: Option<bool>,
}

/// Belonging to a group while it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    pub code: Word,
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
    pub closed: Option<NaiveDate>,
}

/// What is known near an anniversary of receipt.
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
    /// The last day, up to a day, on which somebody was met about the business or it was found to go on.
    pub fn last_seen(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        let visits = self.visits.iter().filter(|visit| visit.is_met).filter_map(|visit| visit.made);
        visits.chain(self.followed_up(Status::InBusiness)).filter(|day| *day <= as_of).max()
    }

    /// The days on which follow-ups found the business to stand so.
    pub fn followed_up(&self, status: Status) -> impl Iterator<Item = NaiveDate> {
        self.followups.into_iter().flatten().filter(move |found| found.status == status).map(|found| found.on)
    }

    /// The end of the business, the return of the equipment or the person's death, if one has come.
    pub fn is_over(&self, as_of: NaiveDate) -> bool {
        let over = [self.days.ended, self.days.recovered, self.days.deceased];
        over.into_iter().flatten().any(|day| day <= as_of)
    }

    /// What the visits made so far tell of something, each with its day.
    pub fn told<T>(&self, as_of: NaiveDate, of: impl Fn(&Visit) -> Option<T>) -> impl Iterator<Item = (NaiveDate, T)> {
        self.visits.iter().filter_map(move |visit| Some((visit.made.filter(|day| *day <= as_of)?, of(visit)?)))
    }

    /// Codes of the groups that hold on a day.
    pub fn groups_on(&self, day: NaiveDate) -> impl Iterator<Item = &str> {
        let holds = move |m: &&Membership| m.from <= day && m.to.is_none_or(|to| day <= to);
        self.groups.iter().filter(holds).map(|membership| &*membership.code)
    }
}
