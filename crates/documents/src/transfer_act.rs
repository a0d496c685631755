//! The act by which the beneficiary becomes the owner (mülkiyyətə verilmə aktı).

use crate::{Fault, Issue, Party, Signatory, press};
use serde::{Deserialize, Serialize};

/// The end of a contract whose duties were met: what becomes whose, on which ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferAct {
    pub issue: Issue,
    /// Number and date of the contract.
    pub contract: String,
    /// From when to when the contract ran.
    pub term: String,
    /// The rule, with its article, by which ownership passes.
    pub legal_base: String,
    /// Date and finding of the final visit.
    pub final_visit: String,
    /// From which date the equipment is the new owner's.
    pub effective: String,
    pub place: String,
    pub transferor: Party,
    pub owner: Party,
    pub items: Vec<TransferItem>,
    pub total: String,
    /// Who proposed the transfer.
    pub proposed_by: Signatory,
    /// Who approved it: another person.
    pub approved_by: Signatory,
    /// The new owner's signature.
    pub accepted_by: Signatory,
}

/// One item that passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferItem {
    pub name: String,
    pub tag: String,
    /// When the beneficiary received it.
    pub received: String,
    pub condition: String,
    /// The price at which it was received.
    pub value: String,
}

/// Prints a transfer act.
///
/// # Errors
/// Only a fault of the template.
pub fn transfer_act(data: &TransferAct) -> Result<Vec<u8>, Fault> {
    press::print(TEMPLATE, &data.issue, data)
}

pub(crate) const TEMPLATE: &str = "transfer_act.typ";
