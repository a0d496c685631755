//! Evaluation in three values: a missing fact makes a condition unknown only when it could decide it.

use crate::{
    condition::{Answer, Arithmetic, Comparison, Span, Tree, Truth},
    facts::{Facts, Value},
};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// The facts of one question and a note of each that was looked at.
pub(crate) struct Trace<'a> {
    facts: &'a Facts,
    used: BTreeMap<String, Value>,
    missing: BTreeSet<String>,
}

impl<'a> Trace<'a> {
    pub(crate) fn new(facts: &'a Facts) -> Self {
        Self { facts, used: BTreeMap::new(), missing: BTreeSet::new() }
    }

    /// What was found out; missing facts matter only if they left the truth open.
    pub(crate) fn answer(self, truth: Truth) -> Answer {
        let missing = if truth == Truth::Unknown { self.missing.into_iter().collect() } else { Vec::new() };
        Answer { truth, used: self.used, missing }
    }

    fn look(&mut self, name: &str) -> Option<Value> {
        match self.facts.get(name) {
            Some(value) => {
                self.used.insert(name.to_owned(), value.clone());
                Some(value.clone())
            }
            None => {
                self.missing.insert(name.to_owned());
                None
            }
        }
    }
}

/// The truth of a tree of kind yes-or-no. A fact of the wrong kind counts as missing.
pub(crate) fn truth(tree: &Tree, trace: &mut Trace<'_>) -> Truth {
    match tree {
        Tree::Not(inner) => match truth(inner, trace) {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
        },
        Tree::And(left, right) => decide(left, right, Truth::No, trace),
        Tree::Or(left, right) => decide(left, right, Truth::Yes, trace),
        Tree::Known(name) => Truth::from(trace.facts.get(name).is_some()),
        Tree::Compare(sign, left, right) => compare(*sign, left, right, trace),
        Tree::Contains { set, any } => match value(set, trace) {
            Some(Value::Codes(codes)) => Truth::from(any.iter().any(|code| codes.contains(code))),
            _ => Truth::Unknown,
        },
        other => match value(other, trace) {
            Some(Value::Bool(yes)) => Truth::from(yes),
            _ => Truth::Unknown,
        },
    }
}

/// `and` and `or`: one side equal to `decisive` settles it, whatever the other is.
fn decide(left: &Tree, right: &Tree, decisive: Truth, trace: &mut Trace<'_>) -> Truth {
    let first = truth(left, trace);
    if first == decisive {
        return decisive;
    }
    let second = truth(right, trace);
    match (first, second) {
        (_, second) if second == decisive => decisive,
        (Truth::Unknown, _) => Truth::Unknown,
        (_, second) => second,
    }
}

fn compare(sign: Comparison, left: &Tree, right: &Tree, trace: &mut Trace<'_>) -> Truth {
    let (left, right) = (operand(left, trace), operand(right, trace));
    let order = match (left, right) {
        (Some(Value::Integer(a)), Some(Value::Integer(b))) => a.cmp(&b),
        (Some(Value::Date(a)), Some(Value::Date(b))) => a.cmp(&b),
        (Some(Value::Bool(a)), Some(Value::Bool(b))) => a.cmp(&b),
        _ => return Truth::Unknown,
    };
    Truth::from(match sign {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    })
}

/// A side of a comparison: a value, or the truth of a condition as a value.
fn operand(tree: &Tree, trace: &mut Trace<'_>) -> Option<Value> {
    match tree {
        Tree::Literal(_) | Tree::Name(_) | Tree::Arithmetic(..) | Tree::Between(..) => value(tree, trace),
        condition => match truth(condition, trace) {
            Truth::Yes => Some(Value::Bool(true)),
            Truth::No => Some(Value::Bool(false)),
            Truth::Unknown => None,
        },
    }
}

fn value(tree: &Tree, trace: &mut Trace<'_>) -> Option<Value> {
    match tree {
        Tree::Literal(value) => Some(value.clone()),
        Tree::Name(name) => trace.look(name),
        Tree::Arithmetic(sign, left, right) => {
            let (left, right) = (value(left, trace), value(right, trace));
            let (Some(Value::Integer(a)), Some(Value::Integer(b))) = (left, right) else {
                return None;
            };
            // Beyond the largest number the order of two sides still holds.
            Some(Value::Integer(match sign {
                Arithmetic::Add => a.saturating_add(b),
                Arithmetic::Subtract => a.saturating_sub(b),
                Arithmetic::Multiply => a.saturating_mul(b),
            }))
        }
        Tree::Between(span, from, to) => {
            let (from, to) = (value(from, trace), value(to, trace));
            let (Some(Value::Date(from)), Some(Value::Date(to))) = (from, to) else {
                return None;
            };
            Some(Value::Integer(match span {
                Span::Days => (to - from).num_days(),
                Span::Months => whole_months(from, to),
                Span::Years => whole_months(from, to) / 12,
            }))
        }
        condition => operand(condition, trace),
    }
}

/// Whole months from one date to another. The last day of a shorter month completes a month
/// (31 January to 28 February is one), as terms in months end in law. Negative when `to` is earlier.
fn whole_months(from: NaiveDate, to: NaiveDate) -> i64 {
    if to < from {
        return -whole_months(to, from);
    }
    let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
    let last_of_month = to.succ_opt().is_none_or(|next| next.month() != to.month());
    if to.day() >= from.day() || last_of_month { months } else { months - 1 }
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}
