//! Sealed points and their mean. Pure.

use chrono::NaiveDate;
use platform::message::{Explain, Message};
use registry::{
    case::Mark,
    programme::{InForce, Key, keys},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use values::id::OfficerId;

/// What an evaluator wrote of one criterion.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Marked {
    /// None while only the reason is written.
    #[serde(default)]
    pub mark: Option<u32>,
    pub reason: String,
}

/// Marks by the code of their criterion.
pub type Marks = BTreeMap<String, Marked>;

/// How many scores are asked for, and how far apart they may lie.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    pub needed: usize,
    /// In points of 100.
    pub spread: u8,
}

impl Measure {
    /// What the programme asks on a day; `scorers` says how many.
    pub fn on(programme: &InForce, scorers: &Key<u32>, day: NaiveDate) -> Self {
        Self {
            needed: programme.parameter(scorers, day) as usize,
            spread: u8::try_from(programme.parameter(&keys::SPREAD_LIMIT, day).0).unwrap_or(u8::MAX),
        }
    }
}

/// Where blind scores stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scoring {
    /// So many evaluators are still to be assigned.
    Needs(usize),
    /// All are assigned, not all have sealed.
    Waits,
    /// The first two lie too far apart, and no third has been asked yet.
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

impl Scoring {
    /// How many more evaluators are to be assigned.
    pub fn missing(&self) -> usize {
        match self {
            Self::Needs(many) => *many,
            Self::NeedsThird { .. } => 1,
            Self::Waits | Self::Done { .. } => 0,
        }
    }
}

/// Where the scores stand: evaluators with their points in order of sealing, without points where not sealed yet. Those who
/// stepped aside are not among them.
pub fn scoring(scores: impl IntoIterator<Item = (Uuid, Option<i16>)>, measure: Measure) -> Scoring {
    let scores: Vec<(Uuid, Option<u8>)> =
        scores.into_iter().map(|(evaluator, points)| (evaluator, points.and_then(|points| u8::try_from(points).ok()))).collect();
    if scores.len() < measure.needed {
        return Scoring::Needs(measure.needed - scores.len());
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
    if spread > measure.spread && rest.is_empty() {
        return Scoring::NeedsThird { spread };
    }
    let (sum, count) = sealed.iter().fold((0u16, 0u16), |(sum, count), mark| (sum + u16::from(mark.points), count + 1));
    Scoring::Done { first: *first, second: *second, third: rest.first().copied(), mean_tenths: (sum * 10 + count / 2) / count }
}

/// Whether the chosen may be asked for a score: somebody, no more than needed, nobody twice, only who is free to.
pub fn choose(chosen: &[Uuid], needed: usize, free: impl IntoIterator<Item = Uuid>) -> Result<(), Refusal> {
    if needed == 0 {
        return Err(Refusal::Enough);
    }
    if chosen.is_empty() {
        return Err(Refusal::Empty);
    }
    let distinct: BTreeSet<Uuid> = chosen.iter().copied().collect();
    if distinct.len() < chosen.len() {
        return Err(Refusal::SameEvaluator);
    }
    if distinct.len() > needed {
        return Err(Refusal::TooMany { needed });
    }
    let free: BTreeSet<Uuid> = free.into_iter().collect();
    if distinct.is_subset(&free) { Ok(()) } else { Err(Refusal::NotEvaluator) }
}

/// Why nobody is asked for a score, or none is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nobody was chosen.
    Empty,
    /// One person was chosen twice.
    SameEvaluator,
    /// The person is no evaluator, or had a part in the case.
    NotEvaluator,
    TooMany {
        needed: usize,
    },
    /// Enough evaluators have it.
    Enough,
    /// Sealed scores do not change.
    Sealed,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("score-refusal-empty"),
            Self::SameEvaluator => Message::new("score-refusal-same-evaluator"),
            Self::NotEvaluator => Message::new("score-refusal-not-evaluator"),
            Self::TooMany { needed } => Message::new("score-refusal-too-many").arg("needed", *needed),
            Self::Enough => Message::new("score-refusal-enough"),
            Self::Sealed => Message::new("score-refusal-sealed"),
        }
    }
}
