//! A rule with its article, and what it finds about one case.

use crate::{
    condition::{Condition, Truth},
    facts::{Facts, Value},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One rule as data: when it applies, and what it tests.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// The rule's code, for example `NO_INSURANCE_PAYMENT`.
    pub code: String,
    /// The article it rests on, for example `1.3`.
    pub article: String,
    /// Absent: the rule applies to everyone.
    pub applies_when: Option<Condition>,
    pub test: Test,
}

/// A prohibition fails when its condition holds; a requirement passes when it holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Test {
    FailWhen(Condition),
    PassWhen(Condition),
}

/// What a rule says of one case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The rule does not concern this case.
    NotApplicable,
    Pass,
    /// Facts that would decide it are missing.
    Unknown,
    Fail,
}

/// A rule's verdict with what it rests on: stored with the decision and shown to the applicant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    pub code: String,
    pub article: String,
    pub verdict: Verdict,
    /// The facts and parameters looked at, with their values.
    pub used: BTreeMap<String, Value>,
    /// Facts without which the rule cannot decide; empty unless the verdict is unknown.
    pub missing: Vec<String>,
}

impl Rule {
    /// Asks the rule about these facts.
    pub fn ask(&self, facts: &Facts) -> Finding {
        let mut used = BTreeMap::new();
        let mut missing = Vec::new();
        if let Some(applies) = &self.applies_when {
            let answer = applies.ask(facts);
            used.extend(answer.used);
            if answer.truth == Truth::No {
                return self.finding(Verdict::NotApplicable, used, missing);
            }
            missing.extend(answer.missing);
        }
        let (condition, when_true, when_false) = match &self.test {
            Test::FailWhen(condition) => (condition, Verdict::Fail, Verdict::Pass),
            Test::PassWhen(condition) => (condition, Verdict::Pass, Verdict::Fail),
        };
        let answer = condition.ask(facts);
        used.extend(answer.used);
        let verdict = match answer.truth {
            Truth::Yes => when_true,
            Truth::No => when_false,
            Truth::Unknown => Verdict::Unknown,
        };
        // Whether it applies is open: passing is certain either way, failing is not.
        if !missing.is_empty() && verdict == Verdict::Pass {
            return self.finding(Verdict::Pass, used, Vec::new());
        }
        let verdict = if missing.is_empty() { verdict } else { Verdict::Unknown };
        missing.extend(answer.missing);
        missing.sort();
        missing.dedup();
        self.finding(verdict, used, missing)
    }

    /// The conditions of the rule.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let (Test::FailWhen(test) | Test::PassWhen(test)) = &self.test;
        self.applies_when.iter().chain([test])
    }

    fn finding(&self, verdict: Verdict, used: BTreeMap<String, Value>, missing: Vec<String>) -> Finding {
        Finding { code: self.code.clone(), article: self.article.clone(), verdict, used, missing }
    }
}

/// Asks each rule in turn; one finding a rule, in the order of the rules.
pub fn apply<'a>(rules: impl IntoIterator<Item = &'a Rule>, facts: &Facts) -> Vec<Finding> {
    rules.into_iter().map(|rule| rule.ask(facts)).collect()
}

/// The verdict of all together: one failure fails, else one unknown leaves it open, else they pass.
pub fn verdict_of(findings: &[Finding]) -> Verdict {
    match findings.iter().map(|finding| finding.verdict).max() {
        Some(Verdict::NotApplicable) | None => Verdict::Pass,
        Some(worst) => worst,
    }
}
