//! The final mark of a plan, and what a sitting may decide on it. Pure.

use crate::sitting::{self, Effect, Motion, Votes, form::Decides, may_stand};
use platform::message::{Explain, Message};
use serde::Serialize;

/// Why something before a commission does not happen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// No plan waits for evaluators.
    NotScreened,
    /// The scores are not sealed yet.
    NotScored,
    PanelTooSmall {
        needed: u32,
    },
    /// Nobody or nothing was chosen.
    Empty,
    /// More is granted than the sitting has.
    OverBudget,
    NoDefence {
        position: i16,
    },
    Sitting(sitting::Refusal),
}

impl From<sitting::Refusal> for Refusal {
    fn from(refusal: sitting::Refusal) -> Self {
        Self::Sitting(refusal)
    }
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Refusal::NotScreened => Message::new("commission-refusal-not-screened"),
            Refusal::NotScored => Message::new("commission-refusal-not-scored"),
            Refusal::PanelTooSmall { needed } => Message::new("commission-refusal-panel").arg("needed", *needed),
            Refusal::Empty => Message::new("commission-refusal-empty"),
            Refusal::OverBudget => Message::new("commission-refusal-budget"),
            Refusal::NoDefence { position } => {
                Message::new("commission-refusal-no-defence").arg("position", i64::from(*position))
            }
            Refusal::Sitting(refusal) => refusal.message(),
        }
    }
}

/// The final mark in tenths of a point: the blind mean and the defence, each with its weight.
pub fn final_tenths(mean_tenths: u16, defence: u8, defence_weight: i64) -> u16 {
    let weighted = i64::from(mean_tenths) * (100 - defence_weight) + i64::from(defence) * 10 * defence_weight;
    u16::try_from((weighted + 50) / 100).unwrap_or(u16::MAX)
}

/// What a sitting decides on a plan. Numbers are stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Approved = 1,
    Revise = 2,
    Refused = 3,
    Reserve = 4,
    /// Nothing is decided: the next sitting hears it.
    PutOff = 5,
}

impl Decision {
    pub const ALL: [Self; 5] = [Self::Approved, Self::Revise, Self::Refused, Self::Reserve, Self::PutOff];

    /// The code by which forms and messages know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Revise => "revise",
            Self::Refused => "refused",
            Self::Reserve => "reserve",
            Self::PutOff => "put-off",
        }
    }

    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| *decision as i16 == number)
    }

    /// What it does with a plan.
    pub const fn effect(self) -> Effect {
        match self {
            Self::Approved | Self::Reserve => Effect::Grants,
            Self::Revise => Effect::SendsBack,
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
        matches!(self, Self::Revise | Self::Refused | Self::PutOff)
    }
}

/// A plan before a sitting, with all that its decision rests on.
#[derive(Clone, Debug)]
pub struct Case {
    pub position: i16,
    /// In qəpik.
    pub amount: i64,
    /// The final mark in tenths; none without a defence.
    pub mark: Option<u16>,
    pub votes: Votes,
    pub decision: Decision,
}

/// What the decisions grant, in qəpik, if they may stand: each within the votes on it and the pass mark, all within the
/// budget. Whoever did not come to defend their plan is not voted on, and can only be refused, asked again or put off.
pub fn may_decide(cases: &[Case], quorum: usize, pass_mark: i64, budget: i64) -> Result<i64, Refusal> {
    let mut granted = 0i64;
    for case in cases {
        let (position, effect) = (case.position, case.decision.effect());
        match case.mark {
            None if effect == Effect::Grants => return Err(Refusal::NoDefence { position }),
            None => continue,
            Some(mark) => {
                let passes = i64::from(mark) >= pass_mark * 10;
                may_stand(&Motion { position, votes: case.votes, passes, effect }, quorum)?;
            }
        }
        if case.decision == Decision::Approved {
            granted += case.amount;
        }
    }
    if granted > budget { Err(Refusal::OverBudget) } else { Ok(granted) }
}

/// The number of a sitting: year, region, and which of the region's sittings in that year.
pub fn sitting_number(year: i32, region: &str, which: i64) -> String {
    format!("K-{year}-{region}-{which:02}")
}
