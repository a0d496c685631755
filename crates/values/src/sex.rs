//! Sex as the civil register records it, written `M` or `F`.

use crate::Refusal;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Sex as the civil register records it. Text and serialized form: `M` or `F`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Sex {
    /// Kişi.
    #[serde(rename = "M")]
    Male,
    /// Qadın.
    #[serde(rename = "F")]
    Female,
}

/// The text is neither `M` nor `F`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("sex is written M or F")]
pub struct SexRefusal;

impl Refusal for SexRefusal {
    fn key(&self) -> &'static str {
        "values-sex-unknown"
    }
}

impl Sex {
    /// `M` or `F`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Male => "M",
            Self::Female => "F",
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Sex {
    type Err = SexRefusal;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "M" | "m" => Ok(Self::Male),
            "F" | "f" => Ok(Self::Female),
            _ => Err(SexRefusal),
        }
    }
}
