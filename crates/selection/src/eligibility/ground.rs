//! What a decision rests on, and the row that keeps it. A page and the demo decide through the same lines.

use super::{
    ruleset::{RuleSet, verdicts},
    store::DecisionRow,
    types::{Evidence, Outcome},
};
use anyhow::Result;
use chrono::{DateTime, NaiveDate, Utc};
use registry::programme::{Assessment, Programme, keys};
use uuid::Uuid;
use values::id::{CaseId, OfficeId, OfficerId, PersonId};

/// The rules with their number, the evidence, and what the rules said of it.
pub struct Ground<'a> {
    pub programme: &'a Programme,
    pub rules: &'a RuleSet,
    pub version: i32,
    pub evidence: &'a Evidence,
    pub assessment: &'a Assessment,
}

/// Who decided what, when, about whom.
pub struct Decided {
    pub decision: Uuid,
    pub person: PersonId,
    pub case: CaseId,
    /// The case's office.
    pub office: OfficeId,
    pub officer: OfficerId,
    pub on: NaiveDate,
    pub at: DateTime<Utc>,
    pub outcome: Outcome,
    pub reason: String,
}

impl Ground<'_> {
    /// The row of a decision on this ground. A refusal starts the appeal clock.
    pub fn row(&self, decided: Decided) -> Result<DecisionRow> {
        let kept = self.evidence.kept(&self.assessment.facts, |fact| self.rules.mentions(fact));
        let refused = decided.outcome == Outcome::Refused;
        Ok(DecisionRow {
            person: decided.person,
            case: decided.case,
            office: decided.office,
            decision: decided.decision,
            decided_on: decided.on,
            decided_at: decided.at,
            outcome: decided.outcome,
            rules_version: self.version,
            facts_as_of: self.evidence.checked_on(),
            facts: serde_json::to_string(&kept)?,
            verdicts: verdicts(&self.assessment.findings),
            reason: decided.reason,
            appeal_until: refused.then(|| self.programme.due(&keys::APPEAL_TERM, decided.on)),
            officer: decided.officer,
        })
    }
}
