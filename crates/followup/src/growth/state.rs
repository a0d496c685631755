//! Where an application for an award stands, what a commission decides on it, and kinds of proof. Numbers are stored.

use platform::{
    page::{Tone, tag},
    request::Page,
};
use preparation::sitting::{Effect, form::Decides};
use serde::Serialize;

/// Where an application for an award stands. Numbers are stored, never reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum State {
    Applied = 1,
    Eligible = 2,
    Scored = 3,
    Granted = 4,
    Contracted = 5,
    Delivered = 6,
    Accounted = 7,
    Closed = 8,
    Refused = 9,
    Withdrawn = 10,
}

impl State {
    pub const ALL: [Self; 10] = [
        Self::Applied,
        Self::Eligible,
        Self::Scored,
        Self::Granted,
        Self::Contracted,
        Self::Delivered,
        Self::Accounted,
        Self::Closed,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// The word in addresses and messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Eligible => "eligible",
            Self::Scored => "scored",
            Self::Granted => "granted",
            Self::Contracted => "contracted",
            Self::Delivered => "delivered",
            Self::Accounted => "accounted",
            Self::Closed => "closed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|state| *state as i16 == number)
    }

    /// Nothing more happens to it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Refused | Self::Withdrawn)
    }

    /// The state in words, as a tag.
    pub fn tag(self, page: &Page) -> maud::Markup {
        let tone = match self {
            Self::Applied | Self::Eligible | Self::Scored => Tone::Info,
            Self::Granted | Self::Contracted => Tone::Attention,
            Self::Delivered | Self::Accounted | Self::Closed => Tone::Good,
            Self::Refused => Tone::Bad,
            Self::Withdrawn => Tone::Neutral,
        };
        tag(tone, &page.t(&format!("growth-state-{}", self.code())))
    }
}

/// What a sitting decides on an award. Numbers are stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Granted = 1,
    Refused = 2,
    /// The next sitting hears it again.
    PutOff = 3,
}

impl Decision {
    pub const ALL: [Self; 3] = [Self::Granted, Self::Refused, Self::PutOff];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::PutOff => "put-off",
        }
    }

    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| *decision as i16 == number)
    }

    /// What it does with an application.
    pub const fn effect(self) -> Effect {
        match self {
            Self::Granted => Effect::Grants,
            Self::Refused => Effect::Refuses,
            Self::PutOff => Effect::PutsOff,
        }
    }
}

impl Decides for Decision {
    const ALL: &'static [Self] = &Self::ALL;

    fn code(self) -> &'static str {
        self.code()
    }

    fn needs_reason(self) -> bool {
        matches!(self, Self::Refused | Self::PutOff)
    }
}

/// Kinds of proof of one's own contribution, by their codes in forms.
pub const PROOFS: [&str; 4] = ["bank", "receipt", "goods", "works"];
