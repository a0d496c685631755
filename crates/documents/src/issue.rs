//! What stands in the head and foot of every document.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Which document this is, who issues it and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The language of the fixed labels; the caller's texts should be in the same one.
    pub language: Language,
    /// The programme's name, at the top of every page.
    pub programme: String,
    /// The issuing institution's full name.
    pub institution: String,
    /// The territorial office.
    pub office: String,
    /// The document's number, at the foot of every page.
    pub number: String,
    /// The date as readers see it, for example `18 iyul 2024-cü il`.
    pub date: String,
    /// The same date for the file's metadata.
    pub issued_on: NaiveDate,
    /// A mark beside the programme's name, for example `Layihə` (draft) or `Nümunə` (specimen).
    pub mark: Option<String>,
}

/// A language in which documents exist. Azerbaijani is the one that binds; the others carry a note that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Az,
    En,
    Ru,
}
