//! What a proposal of seats goes by and what it gives. Everything here is frozen with it, so that anybody can replay it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use values::id::{CaseId, CohortId};

/// What a proposal goes by, beside those who wait.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    pub as_of: NaiveDate,
    pub points: Points,
    /// Cohorts that have room, the earliest first.
    pub rooms: Vec<Room>,
    pub floors: Vec<Floor>,
    pub ceilings: Vec<Ceiling>,
}

/// How much counts for how much.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Points {
    /// For anybody who gets a seat at all.
    pub seat: i64,
    /// For a statutory priority.
    pub priority: i64,
    /// For each week waited, up to so many weeks.
    pub week_waited: i64,
    pub weeks_counted: i64,
    /// For living in the city or rayon of the course, and for living in its region.
    pub near: i64,
    pub in_region: i64,
    /// For a course in the person's language.
    pub language: i64,
    /// For a course that begins at once; one less for each week until it does.
    pub soon: i64,
}

/// A cohort with its free seats.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Room {
    pub cohort: CohortId,
    pub number: String,
    pub free: u32,
    pub starts_on: NaiveDate,
    pub online: bool,
    pub language: Option<String>,
}

/// At least this part of the seats goes to a group.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Floor {
    pub group: String,
    pub parts: i64,
    pub of: i64,
}

/// At most so many of the seats go to a group.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ceiling {
    pub group: String,
    pub people: i64,
}

/// How far somebody lives from the office that teaches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Distance {
    SamePlace = 1,
    SameRegion = 2,
    Elsewhere = 3,
}

/// Somebody who waits for a seat, with the inputs that decide.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Candidate {
    pub case: CaseId,
    /// Codes of the groups that the shares look at, in order.
    pub groups: Vec<String>,
    pub priority: bool,
    pub waited_weeks: i32,
    pub distance: Distance,
    pub language: String,
}

/// What the proposal makes of somebody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Placed {
    pub case: CaseId,
    #[serde(flatten)]
    pub outcome: Outcome,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A seat, and what it is worth.
    Seat { cohort: CohortId, value: i64 },
    /// None, and what it would have taken.
    Without { why: Why, nearest: Option<CohortId>, needed: Option<i64> },
}

/// The limit that kept somebody without a seat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The seats go to others, who have more points.
    Seats,
    /// As many of the group have a seat as may be.
    Most(String),
    /// One more who is not in the group would leave it with less than its share.
    Least(String),
}

/// The whole proposal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// In the order of the candidates.
    pub placed: Vec<Placed>,
    pub value: i64,
    /// No other way of filling the seats is worth more.
    pub bound: i64,
}

/// Why somebody who was proposed got no seat when the proposal was confirmed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum PassedOver {
    /// They wait no more: seated meanwhile, withdrawn, closed.
    NotWaiting = 1,
    /// Suspended, or something is held against the start.
    Held = 2,
    /// The case went to another office.
    Moved = 3,
    /// The seats of the cohort were given meanwhile, or it ended.
    NoRoom = 4,
}

impl Distance {
    const ALL: [Self; 3] = [Self::SamePlace, Self::SameRegion, Self::Elsewhere];

    /// The distance stored under a number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|distance| *distance as i16 == number)
    }
}

impl Why {
    /// The number under which it is stored, and the group.
    pub fn stored(&self) -> (i16, Option<&str>) {
        match self {
            Why::Seats => (1, None),
            Why::Most(group) => (2, Some(group)),
            Why::Least(group) => (3, Some(group)),
        }
    }

    /// The limit stored so.
    pub fn from_stored(number: i16, group: Option<String>) -> Option<Self> {
        match (number, group) {
            (1, _) => Some(Why::Seats),
            (2, Some(group)) => Some(Why::Most(group)),
            (3, Some(group)) => Some(Why::Least(group)),
            _ => None,
        }
    }
}

impl PassedOver {
    const ALL: [Self; 4] = [Self::NotWaiting, Self::Held, Self::Moved, Self::NoRoom];

    /// What is stored under a number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|passed| *passed as i16 == number)
    }

    /// The word in messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotWaiting => "not-waiting",
            Self::Held => "held",
            Self::Moved => "moved",
            Self::NoRoom => "no-room",
        }
    }
}
