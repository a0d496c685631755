//! The act by which equipment passes into the beneficiary's hands (təhvil-təslim aktı).

use crate::{Fault, Issue, Party, Signatory, press};
use serde::{Deserialize, Serialize};

/// What was delivered, item by item, and what the recipient accepted or refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoverAct {
    pub issue: Issue,
    /// Number and date of the contract.
    pub contract: String,
    /// Number and date of the order to the supplier, with its lot.
    pub order: String,
    pub delivery_note: String,
    pub place: String,
    /// The hour of the handover.
    pub time: String,
    /// Who hands over.
    pub representative: Party,
    pub recipient: Party,
    pub witness: Party,
    pub items: Vec<HandoverItem>,
    /// The value of what was accepted.
    pub accepted_total: String,
    /// What the parties noted; empty if nothing.
    pub remarks: String,
    pub signatures: Vec<Signatory>,
}

/// One delivered item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoverItem {
    pub name: String,
    /// Serial number, or the tag where the maker gave none.
    pub tag: String,
    pub maker: String,
    /// Year of making, as printed on the item.
    pub year: String,
    pub price: String,
    pub condition: String,
    /// Whether it was run in the recipient's presence.
    pub test_run: bool,
    /// Whether its manual was handed over.
    pub manual: bool,
    pub warranty_until: String,
    pub outcome: Outcome,
}

/// What the recipient did with an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind", deny_unknown_fields)]
pub enum Outcome {
    Accepted,
    Refused { reason: String },
}

/// Prints a handover act.
///
/// # Errors
/// Only a fault of the template.
pub fn handover_act(data: &HandoverAct) -> Result<Vec<u8>, Fault> {
    press::print(TEMPLATE, &data.issue, data)
}

pub(crate) const TEMPLATE: &str = "handover_act.typ";
