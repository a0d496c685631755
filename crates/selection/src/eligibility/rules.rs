//! Whether an officer may decide, and what: only as the rules say, only on fresh facts.

use super::types::{Evidence, Outcome};
use ::rules::{Finding, Verdict};
use platform::message::{Explain, Message};
use registry::programme::{Assessment, Programme};

/// Why a decision cannot be taken so, in words that the officer can act on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// So many facts were checked too long ago.
    Stale {
        facts: usize,
    },
    /// So many rules cannot be answered yet.
    Open {
        rules: usize,
    },
    /// So many rules fail: the application cannot be confirmed.
    Fails {
        rules: usize,
    },
    /// Every rule is met: the application cannot be refused.
    NothingFails,
    /// Papers that were asked for are still missing.
    PapersMissing,
    NoPaperChosen,
    NothingChecked,
    /// There is no decision to show.
    NoDecision,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match *self {
            Self::Stale { facts } => Message::new("eligibility-refusal-stale").arg("count", facts),
            Self::Open { rules } => Message::new("eligibility-refusal-open").arg("count", rules),
            Self::Fails { rules } => Message::new("eligibility-refusal-fails").arg("count", rules),
            Self::NothingFails => Message::new("eligibility-refusal-nothing-fails"),
            Self::PapersMissing => Message::new("eligibility-refusal-papers-missing"),
            Self::NoPaperChosen => Message::new("eligibility-refusal-no-paper-chosen"),
            Self::NothingChecked => Message::new("eligibility-refusal-nothing-checked"),
            Self::NoDecision => Message::new("eligibility-refusal-no-decision"),
        }
    }
}

/// Whether this decision may be taken on this evidence.
///
/// A failing rule is enough to refuse, also while others are open: no answer to them could change the outcome.
pub fn may_decide(outcome: Outcome, assessment: &Assessment, evidence: &Evidence, programme: &Programme) -> Result<(), Refusal> {
    let stale = evidence.stale(programme).count();
    if stale > 0 {
        return Err(Refusal::Stale { facts: stale });
    }
    let fails = count(&assessment.findings, Verdict::Fail);
    let open = count(&assessment.findings, Verdict::Unknown);
    match outcome {
        Outcome::Confirmed if fails > 0 => Err(Refusal::Fails { rules: fails }),
        Outcome::Confirmed if open > 0 => Err(Refusal::Open { rules: open }),
        Outcome::Refused if fails == 0 && open > 0 => Err(Refusal::Open { rules: open }),
        Outcome::Refused if fails == 0 => Err(Refusal::NothingFails),
        _ => Ok(()),
    }
}

/// The first rule that fails.
pub fn first_failing(findings: &[Finding]) -> Option<&Finding> {
    findings.iter().find(|finding| finding.verdict == Verdict::Fail)
}

fn count(findings: &[Finding], verdict: Verdict) -> usize {
    findings.iter().filter(|finding| finding.verdict == verdict).count()
}
