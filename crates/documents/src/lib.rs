//! The programme's papers: plain data in, archival PDF bytes out.
//!
//! Each document is a struct of words that the caller has already chosen and formatted, and a `.typ` template
//! beside it. The same data gives the same bytes: fonts are embedded, dates come with the data, nothing is read
//! from the machine. Every PDF is tagged, PDF/A-2a and PDF/UA-1.

mod certificate;
mod contract;
mod fault;
mod fonts;
mod handover_act;
mod issue;
mod legible;
mod letter;
mod minutes;
mod parts;
mod press;
mod qr;
mod transfer_act;
mod world;

pub use certificate::{Certificate, certificate};
pub use contract::{Clause, Contract, ContractItem, Obligation, Paragraph, Term, Topic, contract};
pub use fault::Fault;
pub use handover_act::{HandoverAct, HandoverItem, Outcome, handover_act};
pub use issue::{Issue, Language};
pub use letter::{Letter, Reason, Step, letter};
pub use minutes::{Absentee, AgendaItem, Attendee, Balance, Dissent, Minutes, Quorum, Recusal, Votes, minutes};
pub use parts::{Detail, Party, Signatory};
pub use transfer_act::{TransferAct, TransferItem, transfer_act};

#[cfg(test)]
mod injection_tests;
#[cfg(test)]
mod printing_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod words_tests;
