//! A decision table: rows in order, the first whose condition holds gives the result.

use crate::{
    condition::{Condition, Truth},
    facts::{Facts, Value},
};
use std::collections::BTreeMap;

/// Rows in order of precedence and the result when none holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecisionTable {
    pub rows: Vec<Row>,
    pub otherwise: String,
}

/// One row: when it holds, this is the result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub when: Condition,
    pub then: String,
}

/// The result with the facts looked at. `result` is absent when a missing fact could decide
/// a row that stands before the first row that holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    pub result: Option<String>,
    /// The row that gave it, counted from 0; absent for `otherwise`.
    pub row: Option<usize>,
    pub used: BTreeMap<String, Value>,
    pub missing: Vec<String>,
}

impl DecisionTable {
    /// Asks the rows in order about these facts.
    pub fn decide(&self, facts: &Facts) -> Outcome {
        let mut used = BTreeMap::new();
        for (index, row) in self.rows.iter().enumerate() {
            let answer = row.when.ask(facts);
            used.extend(answer.used);
            match answer.truth {
                Truth::No => {}
                Truth::Yes => {
                    return Outcome { result: Some(row.then.clone()), row: Some(index), used, missing: Vec::new() };
                }
                Truth::Unknown => {
                    return Outcome { result: None, row: Some(index), used, missing: answer.missing };
                }
            }
        }
        Outcome { result: Some(self.otherwise.clone()), row: None, used, missing: Vec::new() }
    }
}
