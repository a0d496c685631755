//! What a ranking run goes by and what it gives. Everything here is frozen with the run, so that anybody can replay it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use values::id::CaseId;

/// What a run goes by, beside its candidates.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Terms {
    /// Places that the run gives out in all.
    pub places: u32,
    /// Length of its reserve list.
    pub reserve_places: u32,
    /// The groups that come first by statute on the run's day.
    pub priority: Vec<String>,
    /// Where seats are counted, with those still free.
    pub buckets: Vec<Bucket>,
    /// Groups that get at least so many of the places.
    pub floors: Vec<Floor>,
    pub cap: Cap,
}

/// Seats counted together: those of one call in one region.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bucket {
    pub call: String,
    pub region: String,
    pub free: u32,
}

/// The least number of a run's places that go to a group.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Floor {
    pub group: String,
    pub least: u32,
}

/// The landholder cap: jobseekers with a farm-land share may be at most `percent` of the unemployed admitted within the
/// calendar year (rule 1.4, law 24.8). Those with an offer still open are counted as admitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Cap {
    pub percent: u32,
    pub landholders: u32,
    pub unemployed: u32,
}

/// A candidate with the inputs that place it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Candidate {
    pub case: CaseId,
    /// Position in [`Terms::buckets`].
    pub bucket: u16,
    /// Codes of the groups to which the person belongs on the run's day, in order.
    pub groups: Vec<String>,
    pub landholder: bool,
    /// The day from which waiting counts: that of the application.
    pub waiting_since: NaiveDate,
    /// Decides between equals: the lot drawn from the run's published seed (see [`super::lot`]).
    pub lot: i64,
}

/// What a run made of a candidate.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Outcome {
    Selected = 1,
    Reserve = 2,
    /// Stays eligible and competes in the next run.
    Waiting = 3,
}

/// Why.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Reason {
    /// Selected: a statutory priority, and the place by waiting time among those.
    Priority = 1,
    /// Selected by waiting time.
    WaitingTime = 2,
    /// Selected so that a group gets its least share.
    LeastShare = 3,
    /// Others stand before, and the places are given out.
    PlacesGone = 4,
    /// The seats of the call in the region are given out.
    QuotaGone = 5,
    /// The landholder cap is reached.
    LandholderCap = 6,
    /// Gave way so that a group gets its least share.
    GaveWay = 7,
}

/// A candidate's place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Placed {
    pub case: CaseId,
    /// From 1, among all candidates of the run.
    pub rank: u32,
    pub outcome: Outcome,
    /// From 1, within the list of its outcome.
    pub position: u32,
    pub reason: Reason,
}

impl Outcome {
    /// The outcome stored under a number.
    pub fn from_number(number: i16) -> Option<Self> {
        [Self::Selected, Self::Reserve, Self::Waiting].into_iter().find(|outcome| *outcome as i16 == number)
    }

    /// The word of the outcome in messages and exports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Selected => "selected",
            Self::Reserve => "reserve",
            Self::Waiting => "waiting",
        }
    }
}

impl Reason {
    const ALL: [Self; 7] = [
        Self::Priority,
        Self::WaitingTime,
        Self::LeastShare,
        Self::PlacesGone,
        Self::QuotaGone,
        Self::LandholderCap,
        Self::GaveWay,
    ];

    /// The reason stored under a number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| *reason as i16 == number)
    }

    /// The word of the reason in messages and exports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::WaitingTime => "waiting-time",
            Self::LeastShare => "least-share",
            Self::PlacesGone => "places-gone",
            Self::QuotaGone => "quota-gone",
            Self::LandholderCap => "landholder-cap",
            Self::GaveWay => "gave-way",
        }
    }
}

impl Terms {
    /// Whether belonging to a group matters to a run by these terms.
    pub fn looks_at(&self, group: &str) -> bool {
        self.priority.iter().any(|code| code == group) || self.floors.iter().any(|floor| floor.group == group)
    }
}

impl Cap {
    /// Whether so many admitted keep within the cap. None at all is always within.
    pub fn allows(&self, landholders: u32, unemployed: u32) -> bool {
        landholders == 0 || u64::from(landholders) * 100 <= u64::from(unemployed) * u64::from(self.percent)
    }

    /// By how much a number of landholders exceeds the cap, in hundredths of a person; zero when it does not.
    fn excess(&self, landholders: u32, unemployed: u32) -> u64 {
        (u64::from(landholders) * 100).saturating_sub(u64::from(unemployed) * u64::from(self.percent))
    }

    /// At least so many landholders must give way before the cap is kept: each that does takes 100 hundredths off and
    /// lets at most one unemployed person in.
    pub(super) fn least_to_give_way(&self, landholders: u32, unemployed: u32) -> u64 {
        self.excess(landholders, unemployed).div_ceil(100 + u64::from(self.percent))
    }

    /// One more landholder, still within the cap?
    pub fn admits_landholder(&self) -> bool {
        self.allows(self.landholders + 1, self.unemployed)
    }
}
