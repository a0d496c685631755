//! Typed identifiers: one type for every noun, so that a person is never passed for a case.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier, ordered by the time of its making (UUID version 7).
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A natural person, registered once.
    PersonId,
    /// One person's path through one phase of the programme.
    CaseId,
    /// An entry of the journal.
    EntryId,
    /// An account of one natural person who works in the programme.
    OfficerId,
    /// One submission of a form, made by the client: a repeat returns the first result.
    FormId,
    /// A ranking run over one pool.
    RunId,
    /// A proposal of the free seats of an office's cohorts.
    SeatRunId,
    /// A training cohort.
    CohortId,
    /// One version of a business plan.
    PlanId,
    /// A sitting of a commission.
    SittingId,
    /// A contract with a beneficiary.
    ContractId,
    /// An order to a supplier.
    OrderId,
    /// One item of equipment, followed by its serial number or tag.
    AssetId,
    /// A monitoring visit.
    VisitId,
    /// An incentive award.
    AwardId,
    /// A grievance.
    GrievanceId,
    /// An appeal against a decision.
    AppealId,
}

/// A territorial office, the ministry's centre among them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OfficeId(pub i32);

impl OfficeId {
    /// The centre: the public and the program's own jobs write to its chain.
    pub const CENTRE: Self = Self(0);
}

impl fmt::Display for OfficeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
