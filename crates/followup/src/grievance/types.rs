//! What a grievance says and how it ends. The texts are sealed: what happened, who complains and what was found.

use anyhow::{Context, Result};
use platform::keys::Keys;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What happened, in the complainer's words.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Matter {
    pub what: String,
    pub happened_when: String,
    pub happened_where: String,
    /// A code of [`OFTEN`].
    pub how_often: String,
    /// What the complainer asks for.
    pub remedy: String,
}

/// How often it happened.
pub const OFTEN: [&str; 3] = ["once", "several", "going_on"];

/// Who complains, where the register does not say it, and how an answer reaches them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Empty when no name was given.
    pub name: String,
    /// A phone number or an address; empty when none was given.
    pub reached_at: String,
}

/// A solution, with those who proposed it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Solution {
    pub text: String,
    /// Who sat on the committee, as written down.
    pub members: String,
}

/// How a grievance ended. Numbers are stored, never reused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Outcome {
    /// A solution was accepted, or nobody could be asked.
    Settled = 1,
    /// The second committee's solution was not accepted.
    NotSettled = 2,
    /// The complainer was told and did not answer.
    NoAnswer = 3,
    Withdrawn = 4,
    /// It belongs to another body.
    Referred = 5,
}

impl Outcome {
    pub const ALL: [Outcome; 5] =
        [Outcome::Settled, Outcome::NotSettled, Outcome::NoAnswer, Outcome::Withdrawn, Outcome::Referred];

    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| *outcome as i16 == number)
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::NotSettled => "not-settled",
            Self::NoAnswer => "no-answer",
            Self::Withdrawn => "withdrawn",
            Self::Referred => "referred",
        }
    }
}

/// Seals a value as JSON.
pub fn seal<T: Serialize>(keys: &Keys, value: &T) -> Result<String> {
    keys.seal(&serde_json::to_string(value).context("writing a sealed value")?)
}

/// Opens what [`seal`] made.
pub fn open<T: DeserializeOwned>(keys: &Keys, sealed: &str) -> Result<T> {
    serde_json::from_str(&keys.open(sealed)?).context("reading a sealed value")
}
