//! Decision tables as data and their evaluation: facts in, reasons out.
//! Pure: a condition is checked against a vocabulary when it is read, and evaluating it cannot fail.

mod condition;
mod evaluate;
mod facts;
mod parse;
mod rule;
mod table;
mod token;

pub use condition::{Answer, Condition, Fault, Truth};
pub use facts::{Facts, Kind, Value, Vocabulary};
pub use rule::{Finding, Rule, Test, Verdict, apply, verdict_of};
pub use table::{DecisionTable, Outcome, Row};

#[cfg(test)]
mod condition_tests;
#[cfg(test)]
mod rule_tests;
#[cfg(test)]
mod table_tests;
