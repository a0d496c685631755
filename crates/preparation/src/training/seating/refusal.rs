//! Why seats are not proposed or not given, in words that somebody can act on.

use platform::message::{Explain, Message};

/// A refusal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nobody waits for a seat.
    NobodyWaits,
    /// No cohort to come has a free seat.
    NoRoom,
    /// A proposal of the office waits for a second person.
    Open,
    /// It was confirmed or sent back before.
    Settled,
    /// Whoever proposed it cannot confirm it.
    OwnProposal,
    /// None of the proposed seats can be given any more.
    NobodyLeft,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::NobodyWaits => "seats-refusal-nobody-waits",
            Self::NoRoom => "seats-refusal-no-room",
            Self::Open => "seats-refusal-open",
            Self::Settled => "seats-refusal-settled",
            Self::OwnProposal => "seats-refusal-own",
            Self::NobodyLeft => "seats-refusal-nobody-left",
        })
    }
}
