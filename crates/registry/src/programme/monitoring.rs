//! Visits as data: the visit form, how risk shortens the time between visits, when follow-up is due.

use super::{
    Parameter,
    code::Code,
    form::{self, Form},
    reader::{Reader, Table},
    words::{Source, Words},
};
use rules::{Condition, DecisionTable, Facts, Kind, Outcome, Row, Vocabulary};
use serde::Serialize;
use std::collections::BTreeSet;

/// The facts from which the risk of a case is told.
pub const RISK_FACTS: &[(&str, Kind)] = &[
    ("open_breach", Kind::Bool),
    ("missed_visits", Kind::Integer),
    ("equipment_unseen", Kind::Integer),
    ("sales_fell_percent", Kind::Integer),
    ("months_since_receipt", Kind::Integer),
    ("moderate_screening", Kind::Bool),
    ("open_grievance", Kind::Bool),
    ("faulty_supplier", Kind::Bool),
];

/// Monitoring as the programme wants it.
#[derive(Clone, Debug, Default)]
pub struct Monitoring {
    pub form: Form,
    pub risks: Option<DecisionTable>,
    pub levels: Vec<RiskLevel>,
    pub followups: Vec<Followup>,
    pub source: Source,
}

/// A level of risk and the time between visits that it asks for.
#[derive(Clone, Debug, Serialize)]
pub struct RiskLevel {
    pub code: String,
    pub name: Words,
    /// The parameter with the time between visits.
    pub interval: Code<Parameter>,
}

/// A follow-up at an anniversary of receipt, whatever has become of contract and case.
#[derive(Clone, Debug, Serialize)]
pub struct Followup {
    pub months: u32,
    pub name: Words,
}

impl Monitoring {
    /// The level of risk for facts of [`RISK_FACTS`], with what it rests on.
    pub fn risk(&self, facts: &Facts) -> Option<Outcome> {
        self.risks.as_ref().map(|table| table.decide(facts))
    }

    /// A level by its code.
    pub fn level(&self, code: &str) -> Option<&RiskLevel> {
        self.levels.iter().find(|level| level.code == code)
    }
}

/// Reads `visit_form.toml` and `monitoring.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Monitoring {
    let form = form::read(reader, "visit_form.toml");
    let read = reader.toml("monitoring.toml", monitoring).unwrap_or_default();
    Monitoring { form, ..read }
}

fn monitoring(file: &Table<'_>) -> Monitoring {
    let vocabulary = RISK_FACTS.iter().fold(Vocabulary::new(), |vocabulary, (name, kind)| vocabulary.with(name, *kind));
    let mut codes = BTreeSet::new();
    let levels = file.list("level", |table| RiskLevel {
        code: table.local_code::<RiskLevel>("code", &mut codes).to_string(),
        name: table.words("name"),
        interval: table.refer("interval"),
    });
    let rows = file.list("row", |table| Row {
        when: table.condition("when", &vocabulary).unwrap_or_else(Condition::always),
        then: level(table, "then", &codes),
    });
    let otherwise = level(file, "otherwise", &codes);
    let followups =
        file.list("followup", |table| Followup { months: table.number("months", 1..=120), name: table.words("name") });
    if followups.windows(2).any(|pair| pair[0].months >= pair[1].months) {
        file.problem("followup", "the follow-ups are not in order", "months that grow");
    }
    Monitoring { form: Form::default(), risks: Some(DecisionTable { rows, otherwise }), levels, followups, source: file.source() }
}

fn level(table: &Table<'_>, key: &str, known: &BTreeSet<String>) -> String {
    let code = table.text(key);
    if !code.is_empty() && !known.contains(&code) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        table.problem(key, format!("there is no level {code}"), format!("one of {}", known.join(", ")));
    }
    code
}

impl super::code::Coded for RiskLevel {
    const NOUN: &'static str = "level";
    const FILE: &'static str = "monitoring.toml";
    const CAPITALS: bool = false;
}
