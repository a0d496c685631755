//! Against what a person may appeal and until when, and what a changed decision becomes. Pure.

use chrono::NaiveDate;
use platform::message::{Explain, Message};
use registry::case::{CONFLICTS, Duty, Event, Facts, Kind, RankingOutcome, correction};
use values::id::EntryId;

/// A decision in a case against which the person may appeal.
#[derive(Clone, Debug)]
pub struct Decision {
    pub entry: EntryId,
    pub kind: Kind,
    pub facts: Facts,
    pub decided_on: NaiveDate,
}

/// The decisions of a case that may be appealed against, the latest first. Those that were corrected are gone; a place
/// that was given is no refusal.
pub fn decisions(events: &[Event]) -> Vec<Decision> {
    let standing = correction::standing(events);
    let mut found: Vec<Decision> = standing
        .iter()
        .filter(|event| event.kind().may_be_appealed() && hurts(&event.facts))
        .map(|event| Decision {
            entry: event.entry,
            kind: event.kind(),
            facts: event.facts.clone(),
            decided_on: event.effective_on,
        })
        .collect();
    found.reverse();
    found
}

/// Whether a decision refuses the person something.
fn hurts(facts: &Facts) -> bool {
    !matches!(facts, Facts::RankingApproved { outcome: RankingOutcome::Selected, .. })
}

/// What a decision becomes when it is changed on appeal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// These facts stand in its place.
    Replaced(Facts),
    /// It is void, and the case stands where it stood before.
    Void,
    /// Nothing of it can be taken back in the case.
    None,
}

/// What a changed decision becomes.
pub fn changed(facts: &Facts, today: NaiveDate) -> Effect {
    match facts {
        Facts::EligibilityRefused { rules_version, .. } => {
            Effect::Replaced(Facts::EligibilityConfirmed { rules_version: *rules_version, facts_as_of: today })
        }
        Facts::RankingApproved { run, outcome: RankingOutcome::Reserve, position, proposed_by } => {
            Effect::Replaced(Facts::RankingApproved {
                run: *run,
                outcome: RankingOutcome::Selected,
                position: *position,
                proposed_by: *proposed_by,
            })
        }
        // The plan is good enough; money for it is the next sitting's to find.
        Facts::CommissionRefused { sitting, plan } | Facts::CommissionRevise { sitting, plan } => {
            Effect::Replaced(Facts::CommissionReserve { sitting: *sitting, plan: *plan })
        }
        Facts::BreachUpheld { .. } => Effect::Replaced(Facts::BreachRemedied),
        Facts::RecoveryCompleted { .. } | Facts::AwardDelivered { .. } | Facts::CommissionReserve { .. } => Effect::None,
        _ => Effect::Void,
    }
}

/// What a decision becomes when it goes back to those who took it.
pub fn sent_back(facts: &Facts) -> Effect {
    match facts {
        Facts::RecoveryCompleted { .. } | Facts::AwardDelivered { .. } => Effect::None,
        _ => Effect::Void,
    }
}

/// The conflict between the duty of a decision and that of deciding an appeal against it.
pub fn conflict(kind: Kind) -> i16 {
    let duty = match kind {
        Kind::EligibilityRefused => Duty::DecideEligibility,
        Kind::RankingApproved => Duty::ApproveRanking,
        Kind::TrainingFailed | Kind::TrainingDropped => Duty::Train,
        Kind::PlanStopped => Duty::ClearScreening,
        Kind::BreachNoticed => Duty::NoticeBreach,
        Kind::BreachUpheld => Duty::UpholdBreach,
        Kind::RecoveryCompleted => Duty::Recover,
        Kind::AwardDelivered | Kind::AwardRefused => Duty::DecideAward,
        Kind::CaseClosed => Duty::ApproveClosing,
        Kind::TransferRefused => Duty::AnswerTransfer,
        _ => Duty::Vote,
    };
    let excludes = |pair: &&registry::case::Conflict| pair.duties == [duty, Duty::DecideAppeal];
    CONFLICTS.iter().find(excludes).map_or(0, |pair| pair.number)
}

/// Why nothing is done about an appeal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The case has no such decision any more.
    NoSuchDecision,
    /// An appeal against this decision is open.
    AlreadyOpen,
    /// The time to appeal ended on this day; why it comes late must be said.
    Late(NaiveDate),
    /// Told between the decision and today.
    ToldWrong,
    Decided,
    /// Somebody must first let a late appeal through.
    NotAdmitted,
    /// It was admitted already.
    Admitted,
    /// What was decided cannot be taken back in the case.
    CannotChange,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::NoSuchDecision => "appeal-refusal-no-decision",
            Self::AlreadyOpen => "appeal-refusal-open",
            Self::Late(until) => return Message::new("appeal-refusal-late").arg("date", *until),
            Self::ToldWrong => "appeal-refusal-told",
            Self::Decided => "appeal-refusal-decided",
            Self::NotAdmitted => "appeal-refusal-not-admitted",
            Self::Admitted => "appeal-refusal-admitted",
            Self::CannotChange => "appeal-refusal-cannot-change",
        })
    }
}
