//! The contract with a beneficiary (müqavilə).

use crate::{Fault, Issue, Party, Signatory, press};
use serde::{Deserialize, Serialize};

/// A contract whose clauses come from the programme's letters, and whose parties, items and dates come from the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    pub issue: Issue,
    /// What the contract is about, in the words of its title.
    pub title: String,
    /// Where it is signed.
    pub place: String,
    pub provider: Party,
    pub beneficiary: Party,
    /// The legal acts, with their version, that are in force at signature.
    pub legal_version: String,
    pub term: Term,
    pub items: Vec<ContractItem>,
    pub total: String,
    pub total_in_words: String,
    pub place_of_use: String,
    /// Must cover every topic in `Topic::REQUIRED`.
    pub clauses: Vec<Clause>,
    pub obligations: Vec<Obligation>,
    pub annexes: Vec<String>,
    /// In which language, and by whom, the contract was explained to the beneficiary.
    pub explained: String,
    pub signatures: Vec<Signatory>,
}

/// How long the contract lasts, each in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub length: String,
    pub from: String,
    pub to: String,
}

/// A thing given into use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractItem {
    pub name: String,
    pub specification: String,
    /// With its unit, for example `2 ədəd`.
    pub quantity: String,
    pub price: String,
    pub amount: String,
}

/// A titled part of the contract's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    pub topic: Topic,
    /// As printed before the title, for example `3.`
    pub number: String,
    pub title: String,
    pub paragraphs: Vec<Paragraph>,
}

/// A numbered paragraph of a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// As printed before the text, for example `3.1.`
    pub number: String,
    pub text: String,
}

/// What a clause settles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Subject of the contract and other matters that not every contract has.
    General,
    /// Where and for what the equipment is used.
    PlaceOfUse,
    /// No sale, pledge, lease or lending.
    NoDisposal,
    /// Monitors may see the equipment and the books.
    Access,
    /// Registration with the tax authority and taxes.
    TaxDuty,
    ForceMajeure,
    Death,
    Disputes,
    /// When and how the equipment goes back.
    Return,
    /// When and how the beneficiary becomes its owner.
    Ownership,
}

impl Topic {
    /// The topics without which no contract is printed.
    pub const REQUIRED: [Topic; 8] = [
        Topic::PlaceOfUse,
        Topic::NoDisposal,
        Topic::Access,
        Topic::TaxDuty,
        Topic::ForceMajeure,
        Topic::Death,
        Topic::Disputes,
        Topic::Return,
    ];
}

/// A duty with a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    pub text: String,
    pub due: String,
    /// What shows that it was met.
    pub proof: String,
}

/// Prints a contract.
///
/// # Errors
/// `Fault::MissingClause` if a required topic has no clause.
pub fn contract(data: &Contract) -> Result<Vec<u8>, Fault> {
    let settled = |topic: &Topic| data.clauses.iter().any(|clause| clause.topic == *topic && !clause.paragraphs.is_empty());
    match Topic::REQUIRED.iter().find(|topic| !settled(topic)) {
        Some(topic) => Err(Fault::MissingClause(*topic)),
        None => press::print(TEMPLATE, &data.issue, data),
    }
}

pub(crate) const TEMPLATE: &str = "contract.typ";
