//! Why a ranking or an offer does not go on, in words that somebody can act on.

use chrono::NaiveDate;
use platform::message::{Explain, Message};

/// A refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nobody in the pool waits.
    EmptyPool,
    /// More places than seats are free in the pool's calls and regions.
    NotSoManySeats {
        free: u32,
    },
    /// A list over some of these offices waits for approval.
    RunOpen,
    /// The run was approved or sent back before.
    Settled,
    /// Whoever proposed it cannot approve it.
    OwnProposal,
    /// Seats that the list counted on were given out since.
    SeatsGone {
        call: String,
        region: String,
        free: u32,
        needed: u32,
    },
    /// The landholder cap would be broken now.
    CapReached {
        landholders: u32,
        unemployed: u32,
        percent: u32,
    },
    /// The seats kept for appeals are given.
    NoSeatForAppeal,
    /// Nobody on the list is eligible any more.
    NobodyLeft,
    /// The offer still runs.
    StillOpen {
        due: NaiveDate,
    },
    /// An admission rule fails: its article and its words stand in the message's arguments.
    RuleFails {
        article: String,
        words: String,
    },
    NoOffer,
    /// Every place of the list is held.
    NothingVacant,
    /// Nobody in reserve has a free seat within the cap.
    NobodyToCall,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Self::EmptyPool => Message::new("ranking-refusal-empty-pool"),
            Self::NotSoManySeats { free } => Message::new("ranking-refusal-not-so-many-seats").arg("free", *free),
            Self::RunOpen => Message::new("ranking-refusal-run-open"),
            Self::Settled => Message::new("ranking-refusal-settled"),
            Self::OwnProposal => Message::new("ranking-refusal-own-proposal"),
            Self::SeatsGone { call, region, free, needed } => Message::new("ranking-refusal-seats-gone")
                .arg("call", call.as_str())
                .arg("region", region.as_str())
                .arg("free", *free)
                .arg("needed", *needed),
            Self::CapReached { landholders, unemployed, percent } => Message::new("ranking-refusal-cap-reached")
                .arg("landholders", *landholders)
                .arg("unemployed", *unemployed)
                .arg("percent", *percent),
            Self::NoSeatForAppeal => Message::new("ranking-refusal-no-seat-for-appeal"),
            Self::NobodyLeft => Message::new("ranking-refusal-nobody-left"),
            Self::StillOpen { due } => Message::new("ranking-refusal-still-open").arg("date", *due),
            Self::RuleFails { article, words } => {
                Message::new("ranking-refusal-rule-fails").arg("article", article.as_str()).arg("words", words.as_str())
            }
            Self::NoOffer => Message::new("ranking-refusal-no-offer"),
            Self::NothingVacant => Message::new("ranking-refusal-nothing-vacant"),
            Self::NobodyToCall => Message::new("ranking-refusal-nobody-to-call"),
        }
    }
}
