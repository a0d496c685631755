//! Blind scores and votes: when they are enough, what they amount to, and what a sitting may decide. Pure.

use platform::message::{Explain, Message};
use registry::case::Mark;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;
use values::id::OfficerId;

/// What an evaluator wrote of one criterion.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Marked {
    pub mark: u32,
    pub reason: String,
}

/// Marks by the code of their criterion.
pub type Marks = BTreeMap<String, Marked>;

/// Why something before a commission does not happen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// No plan waits for evaluators.
    NotScreened,
    /// Two of the chosen are one person.
    SameEvaluator,
    /// The person is no evaluator, or had a part in the case.
    NotEvaluator,
    /// Enough evaluators have the plan.
    Enough,
    /// Sealed scores do not change.
    Sealed,
    /// The scores are not sealed yet.
    NotScored,
    PanelTooSmall {
        needed: u32,
    },
    /// Nobody or nothing was chosen.
    Empty,
    Closed,
    NoQuorum {
        present: usize,
        needed: usize,
    },
    /// More is granted than the sitting has.
    OverBudget,
    /// The commission did not vote for it.
    NotVoted {
        position: i16,
    },
    /// The final mark is below the pass mark.
    BelowPass {
        position: i16,
    },
    NoDefence {
        position: i16,
    },
    /// Too few of those present voted on it: the others stepped aside or did not vote.
    TooFewVotes {
        position: i16,
        voted: usize,
        needed: usize,
    },
    /// The commission voted for it, so it can't be refused.
    VotedFor {
        position: i16,
    },
    NotOfSitting,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Refusal::NotScreened => Message::new("commission-refusal-not-screened"),
            Refusal::SameEvaluator => Message::new("commission-refusal-same-evaluator"),
            Refusal::NotEvaluator => Message::new("commission-refusal-not-evaluator"),
            Refusal::Enough => Message::new("commission-refusal-enough"),
            Refusal::Sealed => Message::new("commission-refusal-sealed"),
            Refusal::NotScored => Message::new("commission-refusal-not-scored"),
            Refusal::PanelTooSmall { needed } => Message::new("commission-refusal-panel").arg("needed", *needed),
            Refusal::Empty => Message::new("commission-refusal-empty"),
            Refusal::Closed => Message::new("commission-refusal-closed"),
            Refusal::NoQuorum { present, needed } => {
                Message::new("commission-refusal-quorum").arg("present", *present).arg("needed", *needed)
            }
            Refusal::OverBudget => Message::new("commission-refusal-budget"),
            Refusal::NotVoted { position } => Message::new("commission-refusal-not-voted").arg("position", i64::from(*position)),
            Refusal::BelowPass { position } => {
                Message::new("commission-refusal-below-pass").arg("position", i64::from(*position))
            }
            Refusal::NoDefence { position } => {
                Message::new("commission-refusal-no-defence").arg("position", i64::from(*position))
            }
            Refusal::TooFewVotes { position, voted, needed } => Message::new("commission-refusal-too-few-votes")
                .arg("position", i64::from(*position))
                .arg("voted", *voted)
                .arg("needed", *needed),
            Refusal::VotedFor { position } => Message::new("commission-refusal-voted-for").arg("position", i64::from(*position)),
            Refusal::NotOfSitting => Message::new("commission-refusal-not-of-sitting"),
        }
    }
}

/// Where the blind scores of a plan stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scoring {
    /// So many evaluators are still to be assigned.
    Needs(usize),
    /// All are assigned, not all have sealed.
    Waits,
    /// The first two lie too far apart, and no third has the plan yet.
    NeedsThird {
        spread: u8,
    },
    Done {
        first: Mark,
        second: Mark,
        third: Option<Mark>,
        mean_tenths: u16,
    },
}

/// Where the scores stand: `sealed` points in order of sealing with none for those not sealed yet.
pub fn scoring(scores: &[(Uuid, Option<u8>)], needed: usize, spread_limit: u8) -> Scoring {
    if scores.len() < needed {
        return Scoring::Needs(needed - scores.len());
    }
    let sealed: Vec<Mark> = scores
        .iter()
        .filter_map(|(evaluator, points)| Some(Mark { evaluator: OfficerId(*evaluator), points: (*points)? }))
        .collect();
    let [first, second, rest @ ..] = sealed.as_slice() else { return Scoring::Waits };
    if sealed.len() < scores.len() {
        return Scoring::Waits;
    }
    let spread = first.points.abs_diff(second.points);
    if spread > spread_limit && rest.is_empty() {
        return Scoring::NeedsThird { spread };
    }
    let (sum, count) = sealed.iter().fold((0u16, 0u16), |(sum, count), mark| (sum + u16::from(mark.points), count + 1));
    Scoring::Done { first: *first, second: *second, third: rest.first().copied(), mean_tenths: (sum * 10 + count / 2) / count }
}

/// The final mark in tenths of a point: the blind mean and the defence, each with its weight.
pub fn final_tenths(mean_tenths: u16, defence: u8, defence_weight: i64) -> u16 {
    let weighted = i64::from(mean_tenths) * (100 - defence_weight) + i64::from(defence) * 10 * defence_weight;
    u16::try_from((weighted + 50) / 100).unwrap_or(u16::MAX)
}

/// Members that must be present, of those appointed.
pub fn quorum(members: usize, percent: i64) -> usize {
    let needed = (i64::try_from(members).unwrap_or(0) * percent + 99) / 100;
    usize::try_from(needed).unwrap_or(usize::MAX).max(1)
}

/// Votes on one plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Votes {
    pub in_favour: u16,
    pub against: u16,
    pub abstained: u16,
    pub recused: u16,
}

impl Votes {
    /// Counts a vote by its stored number.
    pub fn count(&mut self, vote: i16) {
        match vote {
            1 => self.in_favour += 1,
            2 => self.against += 1,
            3 => self.abstained += 1,
            _ => self.recused += 1,
        }
    }

    /// Members who voted; who stepped aside did not.
    pub fn voted(self) -> usize {
        usize::from(self.in_favour) + usize::from(self.against) + usize::from(self.abstained)
    }

    /// Whether more voted for than against.
    pub fn carried(self) -> bool {
        self.in_favour > self.against
    }
}

/// What a sitting decides on a plan. Numbers are stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Approved = 1,
    Revise = 2,
    Refused = 3,
    Reserve = 4,
}

impl Decision {
    pub const ALL: [Self; 4] = [Self::Approved, Self::Revise, Self::Refused, Self::Reserve];

    /// The code by which forms and messages know it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Revise => "revise",
            Self::Refused => "refused",
            Self::Reserve => "reserve",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.code() == code)
    }

    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| *decision as i16 == number)
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

/// Whether the decisions may stand: a quorum voted on every plan that was defended, votes carry what is approved or put
/// back and not what is refused, marks reach the pass mark, the budget holds. Whoever did not come to defend their plan is
/// not voted on, and can only be refused or asked again.
pub fn may_decide(cases: &[Case], quorum: usize, pass_mark: i64, budget: i64) -> Result<i64, Refusal> {
    let mut granted = 0i64;
    for case in cases {
        let position = case.position;
        let grants = matches!(case.decision, Decision::Approved | Decision::Reserve);
        let Some(mark) = case.mark else {
            if grants {
                return Err(Refusal::NoDefence { position });
            }
            continue;
        };
        if case.votes.voted() < quorum {
            return Err(Refusal::TooFewVotes { position, voted: case.votes.voted(), needed: quorum });
        }
        match (case.decision, case.votes.carried()) {
            (Decision::Approved | Decision::Reserve, false) => return Err(Refusal::NotVoted { position }),
            (Decision::Refused, true) if i64::from(mark) >= pass_mark * 10 => return Err(Refusal::VotedFor { position }),
            _ => {}
        }
        if grants && i64::from(mark) < pass_mark * 10 {
            return Err(Refusal::BelowPass { position });
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
