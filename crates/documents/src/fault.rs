//! What can keep a document from being printed.

use crate::contract::Topic;

/// Why no PDF came out. All but `MissingClause` and `Address` point to a mistake in a template.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The contract's clauses, which the programme's letters supply, leave out a topic that every contract must settle.
    #[error("the contract has no clause about {0:?}")]
    MissingClause(Topic),
    /// The address of the verification page is not one of the web, or does not fit into a QR code.
    #[error("the verification address cannot be drawn as a QR code: {0}")]
    Address(String),
    /// The data could not be written as JSON for the template.
    #[error("the data of {template} could not be handed to its template")]
    Data { template: &'static str, source: serde_json::Error },
    /// The template could not be laid out.
    #[error("{template} could not be laid out: {messages}")]
    Layout { template: &'static str, messages: String },
    /// The pages could not be written as PDF/A-2a and PDF/UA-1.
    #[error("{template} could not be written as an archival PDF: {messages}")]
    Archive { template: &'static str, messages: String },
}
