//! A letter that tells a person a decision, its reasons, and what can be done next.

use crate::{Fault, Issue, Signatory, press};
use serde::{Deserialize, Serialize};

/// A decision or refusal in words its reader can act on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    pub issue: Issue,
    pub addressee: String,
    /// The lines of the postal address.
    pub address: Vec<String>,
    pub subject: String,
    /// For example `Hörmətli Aygün xanım!`
    pub salutation: String,
    pub paragraphs: Vec<String>,
    pub reasons: Vec<Reason>,
    /// What the reader can do next, in order.
    pub steps: Vec<Step>,
    pub closing: String,
    pub enclosures: Vec<String>,
    pub signature: Signatory,
    /// Who prepared the letter, with a phone number.
    pub contact: String,
}

/// Why, and by which article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    pub text: String,
    pub article: String,
}

/// Something the reader can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub text: String,
    /// The last day for it, in words; empty if there is none.
    pub until: String,
}

/// Prints a letter.
///
/// # Errors
/// Only a fault of the template.
pub fn letter(data: &Letter) -> Result<Vec<u8>, Fault> {
    press::print(TEMPLATE, &data.issue, data)
}

pub(crate) const TEMPLATE: &str = "letter.typ";
