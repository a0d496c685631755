//! The minutes of a commission's sitting (iclas protokolu).

use crate::{Fault, Issue, Signatory, press};
use serde::{Deserialize, Serialize};

/// What a sitting decided, by plan codes only: the minutes name no applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// Its number and date are the sitting's.
    pub issue: Issue,
    /// The commission's full name.
    pub commission: String,
    pub place: String,
    /// When the sitting opened and closed, for example `10:00–12:45`.
    pub hours: String,
    /// Number and date of the order that appointed the commission.
    pub appointing_order: String,
    pub present: Vec<Attendee>,
    pub absent: Vec<Absentee>,
    pub quorum: Quorum,
    pub agenda: Vec<AgendaItem>,
    /// Budget lines and quotas, before and after the sitting.
    pub balances: Vec<Balance>,
    pub dissent: Vec<Dissent>,
    /// When and where the list of decisions is published.
    pub publication: String,
    pub signatures: Vec<Signatory>,
    /// The root of the journal after the sitting's closure, in hexadecimal.
    pub journal_root: String,
}

/// A member, or a member's substitute, who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendee {
    pub name: String,
    /// Part in the commission and post, for example `sədr, idarə rəisi`.
    pub post: String,
    /// The member whose place was taken.
    pub substitutes: Option<String>,
}

/// A member who did not take part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absentee {
    pub name: String,
    pub post: String,
    pub reason: String,
}

/// On what the sitting's power to decide rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    /// Members appointed.
    pub members: u16,
    pub needed: u16,
    pub present: u16,
    /// The rule and its article.
    pub base: String,
}

/// One plan before the commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaItem {
    pub plan_code: String,
    /// The occupation direction.
    pub direction: String,
    pub amount: String,
    pub score: String,
    pub recusals: Vec<Recusal>,
    pub votes: Votes,
    /// The decision in one or two words.
    pub decision: String,
    /// Why, in words fit for publication; empty if nothing was added.
    pub reason: String,
    pub conditions: Vec<String>,
}

/// A member who left the room for one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recusal {
    pub member: String,
    pub reason: String,
}

/// Votes cast on one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Votes {
    #[serde(rename = "for")]
    pub in_favour: u16,
    pub against: u16,
    pub abstained: u16,
}

/// A budget line or quota and what the sitting took from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    pub line: String,
    pub before: String,
    pub decided: String,
    pub after: String,
}

/// A member's opinion that differs from the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dissent {
    pub member: String,
    pub plan_code: String,
    pub opinion: String,
}

/// Prints the minutes.
///
/// # Errors
/// Only a fault of the template.
pub fn minutes(data: &Minutes) -> Result<Vec<u8>, Fault> {
    press::print(TEMPLATE, &data.issue, data)
}

pub(crate) const TEMPLATE: &str = "minutes.typ";
