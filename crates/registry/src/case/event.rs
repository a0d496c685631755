//! One event of a case: what happened, with who did it, on what date it took effect, when it was recorded, and why.

use super::{facts::Facts, kind::Kind};
use chrono::{DateTime, NaiveDate, Utc};
use platform::role::Role;
use values::id::{CaseId, EntryId, OfficeId, OfficerId, PersonId};

/// An event, which is one row of the journal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    pub entry: EntryId,
    pub person: PersonId,
    pub case: CaseId,
    /// The acting officer's office, in whose chain the entry stands; not the case's office.
    pub office: OfficeId,
    pub officer: OfficerId,
    pub role: Role,
    /// The day on which it took effect.
    pub effective_on: NaiveDate,
    pub recorded_at: DateTime<Utc>,
    pub facts: Facts,
    /// Why, in words.
    pub reason: Option<String>,
}

/// A place in the order of folding: effective date, then recording, then entry.
pub type Position = (NaiveDate, DateTime<Utc>, EntryId);

impl Event {
    /// The event's kind.
    pub const fn kind(&self) -> Kind {
        self.facts.kind()
    }

    /// Where the event stands in the order of folding.
    pub const fn position(&self) -> Position {
        (self.effective_on, self.recorded_at, self.entry)
    }
}
