//! Parts that several documents share.

use serde::{Deserialize, Serialize};

/// A labelled value, printed as one line: `VÖEN: 1234567891`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Detail {
    pub label: String,
    pub value: String,
}

/// One side of a contract or an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// What the text calls this side, for example `Benefisiar`.
    pub role: String,
    /// The full name of the person or institution.
    pub name: String,
    /// Identity document, address, phone, representative and so on, in the order of printing.
    pub details: Vec<Detail>,
}

/// Someone who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// Post or part in the document, for example `Komissiyanın sədri`.
    pub post: String,
    pub name: String,
    /// A signature already given on screen, in words with its time. `None` leaves a line for the pen.
    pub signed: Option<String>,
    /// Leaves room for the institution's seal.
    pub seal: bool,
}
