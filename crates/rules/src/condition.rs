//! A condition: one line of text over facts that is true, false or not known.
//!
//! ```text
//! months(registered_on, today) > 12 and not ("JOBSEEKER" in status)
//! years(birth_date, today) < $AGE_MIN or draws_insurance
//! ```
//! `and`, `or`, `not`; `== != < <= > >=`; `"CODE" in set`, `any_of(set, "A", "B")`; `+ - *`;
//! `years(a, b)`, `months(a, b)`, `days(a, b)`: whole units from one date to another; `known(fact)`.

use crate::{
    evaluate::{Trace, truth},
    facts::{Facts, Value, Vocabulary},
    parse,
};
use std::{collections::BTreeMap, fmt};

/// A condition whose names and kinds were checked when it was read.
#[derive(Clone, PartialEq, Eq)]
pub struct Condition {
    source: String,
    tree: Tree,
}

/// Whether a condition holds; `Unknown` when a fact that would decide it is missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Truth {
    Yes,
    No,
    Unknown,
}

/// The truth of a condition with the facts that were looked at.
/// `missing` is empty unless the truth is unknown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    pub truth: Truth,
    pub used: BTreeMap<String, Value>,
    pub missing: Vec<String>,
}

/// What is wrong with the text of a condition; `at` is a byte offset into it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{what}; expected {expected}")]
pub struct Fault {
    pub at: usize,
    pub what: String,
    pub expected: String,
}

impl Condition {
    /// Reads a condition and checks its names and kinds against the vocabulary.
    pub fn parse(source: &str, vocabulary: &Vocabulary) -> Result<Self, Fault> {
        let tree = parse::condition(source, vocabulary)?;
        Ok(Self { source: source.to_owned(), tree })
    }

    /// The condition that holds for everyone.
    pub fn always() -> Self {
        Self { source: "true".to_owned(), tree: Tree::Literal(Value::Bool(true)) }
    }

    /// Asks the condition about these facts.
    pub fn ask(&self, facts: &Facts) -> Answer {
        let mut trace = Trace::new(facts);
        let truth = truth(&self.tree, &mut trace);
        trace.answer(truth)
    }

    /// The text from which the condition was read.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The names of facts and parameters that the condition mentions, without repetition.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.tree.collect_names(&mut names);
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Condition({})", self.source)
    }
}

/// The parsed form of a condition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Tree {
    Literal(Value),
    Name(String),
    Known(String),
    Not(Box<Tree>),
    And(Box<Tree>, Box<Tree>),
    Or(Box<Tree>, Box<Tree>),
    Compare(Comparison, Box<Tree>, Box<Tree>),
    Contains { set: Box<Tree>, any: Vec<String> },
    Arithmetic(Arithmetic, Box<Tree>, Box<Tree>),
    Between(Span, Box<Tree>, Box<Tree>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
}

/// A unit in which the distance of two dates is counted, whole units only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Span {
    Years,
    Months,
    Days,
}

impl Tree {
    fn collect_names<'a>(&'a self, into: &mut Vec<&'a str>) {
        match self {
            Self::Literal(_) => {}
            Self::Name(name) | Self::Known(name) => into.push(name),
            Self::Not(inner) | Self::Contains { set: inner, .. } => inner.collect_names(into),
            Self::And(left, right)
            | Self::Or(left, right)
            | Self::Compare(_, left, right)
            | Self::Arithmetic(_, left, right)
            | Self::Between(_, left, right) => {
                left.collect_names(into);
                right.collect_names(into);
            }
        }
    }
}
