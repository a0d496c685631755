//! Environmental and social screening: what is prohibited, form 1, the checks of officer and specialist, the rating.

use super::{
    code::{Code, Coded},
    form::{self, Form},
    reader::{Reader, Table},
    words::{Source, Words},
};
use rules::{Condition, DecisionTable, Facts, Kind, Outcome, Row, Vocabulary};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// All of screening.
#[derive(Clone, Debug, Default)]
pub struct Screening {
    /// What the programme never supports.
    pub prohibited: Vec<Prohibition>,
    /// Form 1, which the applicant fills in.
    pub form: Form,
    pub checks: Vec<Check>,
    /// From the risks that the checks found to a rating.
    pub rating: Option<DecisionTable>,
    pub ratings: Vec<RatingName>,
    /// The management plan that a moderate rating needs.
    pub management_plan: Form,
    pub source: Source,
}

/// Something that stops a plan at once.
#[derive(Clone, Debug, Serialize)]
pub struct Prohibition {
    pub code: Code<Prohibition>,
    pub name: Words,
}

/// A question to be checked at the place, and the risk that follows from its answer.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    pub code: Code<Check>,
    pub asked_of: AskedOf,
    pub question: Words,
    /// The answer that shows a risk.
    pub risk_when: bool,
    pub risk: Risk,
    /// What is usually done about it; the start of a management plan.
    pub measure: Words,
}

/// Who answers a check.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedOf {
    /// The officer who sees the place (form 2).
    Officer,
    /// The environmental and social specialist (form 3).
    Specialist,
    /// The officer, from the social checklist.
    Social,
}

/// How grave a risk is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Risk {
    /// Nothing more than ordinary care.
    Low,
    Moderate,
    Substantial,
    High,
}

/// A rating in words, with what follows from it.
#[derive(Clone, Debug, Serialize)]
pub struct RatingName {
    pub code: Code<RatingName>,
    pub name: Words,
    pub follows: Words,
    /// Whether the plan stops.
    pub stops: bool,
}

/// The answers given to checks and prohibitions, by code.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Prohibitions that the plan falls under.
    pub prohibited: BTreeSet<String>,
    /// The answer to each check.
    pub checks: BTreeMap<String, bool>,
}

impl Screening {
    /// The rating, with the facts it rests on. It is open while a check is unanswered, and names such checks.
    pub fn rate(&self, answers: &Answers) -> Outcome {
        let facts = self.facts(answers);
        let unanswered = || self.checks.iter().filter(|check| !answers.checks.contains_key(check.code.as_str()));
        let outcome = match &self.rating {
            Some(table) => table.decide(&facts),
            None => Outcome { result: None, row: None, used: BTreeMap::new(), missing: Vec::new() },
        };
        let stopped = outcome.result.as_deref().is_some_and(|rating| self.stops(rating));
        if stopped || unanswered().next().is_none() {
            return outcome;
        }
        let missing = unanswered().map(|check| check.code.to_string()).collect();
        Outcome { result: None, row: None, missing, ..outcome }
    }

    /// Whether a rating stops the plan.
    pub fn stops(&self, rating: &str) -> bool {
        self.ratings.iter().any(|name| name.code == *rating && name.stops)
    }

    /// A check by its code.
    pub fn check(&self, code: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.code == *code)
    }

    fn facts(&self, answers: &Answers) -> Facts {
        let mut counts = BTreeMap::from([(Risk::Moderate, 0), (Risk::Substantial, 0), (Risk::High, 0)]);
        for check in &self.checks {
            if answers.checks.get(check.code.as_str()) == Some(&check.risk_when) {
                *counts.entry(check.risk).or_insert(0) += 1;
            }
        }
        let count = |risk| counts.get(&risk).copied().unwrap_or(0_i64);
        Facts::new()
            .with("prohibited", !answers.prohibited.is_empty())
            .with("moderate_risks", count(Risk::Moderate))
            .with("substantial_risks", count(Risk::Substantial))
            .with("high_risks", count(Risk::High))
    }
}

/// What the rows of the rating table may ask.
fn vocabulary() -> Vocabulary {
    Vocabulary::new()
        .with("prohibited", Kind::Bool)
        .with("moderate_risks", Kind::Integer)
        .with("substantial_risks", Kind::Integer)
        .with("high_risks", Kind::Integer)
}

/// Reads `screening.toml`, `screening_form.toml` and `management_plan.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Screening {
    let form = form::read(reader, "screening_form.toml");
    let management_plan = form::read(reader, "management_plan.toml");
    let read = reader.toml("screening.toml", screening).unwrap_or_default();
    Screening { form, management_plan, ..read }
}

fn screening(file: &Table<'_>) -> Screening {
    let ratings = file.list("rating", |table| RatingName {
        code: table.define(),
        name: table.words("name"),
        follows: table.words("follows"),
        stops: table.flag("stops"),
    });
    Screening {
        prohibited: file.list("prohibited", |table| Prohibition { code: table.define(), name: table.words("name") }),
        checks: file.list("check", check),
        rating: rating(file),
        ratings,
        source: file.source(),
        ..Screening::default()
    }
}

fn check(table: &Table<'_>) -> Check {
    Check {
        code: table.define(),
        asked_of: table.one_of(
            "asked_of",
            &[("officer", AskedOf::Officer), ("specialist", AskedOf::Specialist), ("social", AskedOf::Social)],
        ),
        question: table.words("question"),
        risk_when: table.one_of("risk_when", &[("yes", true), ("no", false)]),
        risk: table.one_of("risk", &RISKS),
        measure: table.words("measure"),
    }
}

fn rating(file: &Table<'_>) -> Option<DecisionTable> {
    let vocabulary = vocabulary();
    let rows = file.list("row", |row| Row {
        when: row.condition("when", &vocabulary).unwrap_or_else(Condition::always),
        then: row.refer::<RatingName>("then").to_string(),
    });
    let otherwise = file.refer::<RatingName>("otherwise").to_string();
    Some(DecisionTable { rows, otherwise })
}

const RISKS: [(&str, Risk); 3] = [("moderate", Risk::Moderate), ("substantial", Risk::Substantial), ("high", Risk::High)];

impl Coded for Prohibition {
    const NOUN: &'static str = "prohibition";
    const FILE: &'static str = "screening.toml";
}

impl Coded for Check {
    const NOUN: &'static str = "check";
    const FILE: &'static str = "screening.toml";
}

impl Coded for RatingName {
    const NOUN: &'static str = "rating";
    const FILE: &'static str = "screening.toml";
}
