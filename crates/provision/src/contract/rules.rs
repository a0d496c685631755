//! What keeps a contract from being drawn up or signed, and when a signed one ends. Pure.

use chrono::NaiveDate;
use platform::message::{Explain, Message};
use registry::{case::Stage, programme::Months};

/// Why a contract is not drawn up or signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// No commission has approved a plan, or the contract is signed already.
    NotApproved,
    /// Nothing has been drawn up yet.
    NoDraft,
    /// The day lies after the programme's today.
    Future,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Refusal::NotApproved => "contract-refusal-not-approved",
            Refusal::NoDraft => "contract-refusal-no-draft",
            Refusal::Future => "contract-refusal-future",
        })
    }
}

/// Whether a contract may be drawn up, changed or signed at a stage.
pub fn open(stage: Stage) -> Result<(), Refusal> {
    if stage == Stage::Approved { Ok(()) } else { Err(Refusal::NotApproved) }
}

/// The last day of a term that begins with the signature.
pub fn ends_on(signed_on: NaiveDate, term: Months) -> NaiveDate {
    values::add_months(signed_on, i32::try_from(term.0).unwrap_or(i32::MAX))
}

/// The number of a case's contract.
pub fn number(receipt: &str) -> String {
    format!("M-{receipt}")
}
