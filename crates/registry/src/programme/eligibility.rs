//! Rules about who may take part: their facts, their words, and asking them. Every answer comes from the `rules` crate.

use super::{
    Programme,
    code::{Code, Coded},
    reader::{Reader, Table},
    words::{Dated, Source, Validity, Words},
};
use chrono::NaiveDate;
use rules::{Condition, Facts, Finding, Kind, Rule, Test, Verdict, Vocabulary, apply, verdict_of};
use serde::Serialize;

/// The facts that the program can establish about a case, by name and kind; `facts.toml` gives each its words.
pub const FACTS: &[(&str, Kind)] = &[
    ("today", Kind::Date),
    ("birth_date", Kind::Date),
    ("sex", Kind::Codes),
    ("education", Kind::Codes),
    ("groups", Kind::Codes),
    ("status", Kind::Codes),
    ("status_since", Kind::Date),
    ("facts_checked_on", Kind::Date),
    ("pension_age_on", Kind::Date),
    ("may_work_here", Kind::Bool),
    ("consent_given", Kind::Bool),
    ("has_work", Kind::Bool),
    ("has_farm_land", Kind::Bool),
    ("draws_insurance", Kind::Bool),
    ("draws_pension", Kind::Bool),
    ("call_open", Kind::Bool),
    ("direction_offered", Kind::Bool),
    ("wished_sector", Kind::Codes),
    ("other_open_case", Kind::Bool),
    ("equipped_in_phase", Kind::Bool),
    ("household_packages", Kind::Integer),
    ("earlier_state_support", Kind::Bool),
    ("left_training_on", Kind::Date),
    ("fraud_on", Kind::Date),
    ("household_income_per_head", Kind::Integer),
    ("children", Kind::Integer),
    ("unemployed_admitted", Kind::Integer),
    ("landholders_admitted", Kind::Integer),
];

/// A fact with its words, so that a reason can name it.
#[derive(Clone, Debug, Serialize)]
pub struct FactName {
    pub code: String,
    pub kind: Kind,
    pub name: Words,
    /// Where it is usually read: the person's form, the application, a registry, the programme's own data.
    pub origin: Words,
}

/// A rule of the programme with its words and its law.
#[derive(Clone, Debug)]
pub struct EligibilityRule {
    pub code: Code<EligibilityRule>,
    /// When it is asked, once or several times in the life of a case.
    pub steps: Vec<Step>,
    pub name: Words,
    /// The condition and the article, as `rules` asks them.
    pub rule: Rule,
    /// Told when it passes.
    pub passed: Words,
    /// Told when it fails.
    pub failed: Words,
    /// What the person can do after a failure.
    pub next: Words,
    pub validity: Validity,
    pub source: Source,
}

/// When a rule is asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// When an officer confirms eligibility.
    Eligibility,
    /// When a ranking run admits, or an offer is accepted.
    Admission,
    /// Again shortly before the contract is signed.
    Signature,
}

/// The answer of all rules of one step.
#[derive(Clone, Debug)]
pub struct Assessment {
    pub verdict: Verdict,
    /// One for each rule, in the order of the file.
    pub findings: Vec<Finding>,
    /// Everything that was known, parameters included: stored with the decision, it replays it.
    pub facts: Facts,
}

impl Programme {
    /// Asks the rules of a step that hold on a day. Parameters of that day join the facts under their `$` names.
    pub fn assess(&self, step: Step, facts: &Facts, on: NaiveDate) -> Assessment {
        let mut facts = facts.clone();
        facts.set("today", on);
        let rules: Vec<&Rule> = self.rules_on(on).filter(|rule| rule.steps.contains(&step)).map(|rule| &rule.rule).collect();
        let names = rules.iter().flat_map(|rule| rule.conditions()).flat_map(Condition::names);
        for name in names {
            if let Some(code) = name.strip_prefix('$') {
                facts.set_known(name, self.parameter_version(code, on).map(|version| version.value));
            }
        }
        let findings = apply(rules, &facts);
        Assessment { verdict: verdict_of(&findings), findings, facts }
    }

    /// The groups to which a person belongs by facts alone on a day, such as the long unemployed.
    pub fn groups_by_facts(&self, facts: &Facts, on: NaiveDate) -> Vec<Code<super::Group>> {
        let mut facts = facts.clone();
        facts.set("today", on);
        let follows = |condition: &Condition| {
            let mut facts = facts.clone();
            for name in condition.names() {
                if let Some(code) = name.strip_prefix('$') {
                    facts.set_known(name, self.parameter_version(code, on).map(|version| version.value));
                }
            }
            condition.ask(&facts).truth == rules::Truth::Yes
        };
        let members = self.groups().iter().filter(|group| group.follows_when.as_ref().is_some_and(follows));
        members.map(|group| group.code.clone()).collect()
    }
}

/// Facts, and every parameter as a whole number under its `$` name.
pub(super) fn vocabulary(parameters: &[super::Parameter]) -> Vocabulary {
    let mut vocabulary = Vocabulary::new();
    for (name, kind) in FACTS {
        vocabulary.insert(name, *kind);
    }
    for parameter in parameters {
        vocabulary.insert(&format!("${}", parameter.code), Kind::Integer);
    }
    vocabulary
}

/// Reads `facts.toml`: words for exactly the facts of [`FACTS`].
pub(super) fn read_facts(reader: &Reader<'_>) -> Vec<FactName> {
    reader.toml("facts.toml", facts).unwrap_or_default()
}

fn facts(file: &Table<'_>) -> Vec<FactName> {
    let found = file.list("fact", |table| {
        let code = table.text("code");
        file.reader().define::<FactName>(&code, None, &table.place_of("code"));
        let kind = table.one_of("kind", &KINDS);
        match FACTS.iter().find(|(name, _)| *name == code) {
            None if !code.is_empty() => {
                table.problem("code", format!("no part of the program establishes {code}"), "a known fact")
            }
            Some((_, known)) if *known != kind => table.problem("kind", format!("{code} is {kind}"), known.to_string()),
            _ => {}
        }
        FactName { code, kind, name: table.words("name"), origin: table.words("origin") }
    });
    for (name, _) in FACTS {
        if !found.iter().any(|fact| fact.code == *name) {
            file.problem("fact", format!("the fact {name} has no words"), format!("a [[fact]] with code {name}"));
        }
    }
    found
}

/// Reads `rules.toml`.
pub(super) fn read_rules(reader: &Reader<'_>, vocabulary: &Vocabulary) -> Vec<EligibilityRule> {
    reader.toml("rules.toml", |file| file.list("rule", |table| rule(table, vocabulary))).unwrap_or_default()
}

fn rule(table: &Table<'_>, vocabulary: &Vocabulary) -> EligibilityRule {
    let validity = table.validity();
    let code: Code<EligibilityRule> = table.define_dated(validity);
    let applies_when = table.condition("applies_when", vocabulary);
    let fail_when = table.condition("fail_when", vocabulary).map(Test::FailWhen);
    let pass_when = table.condition("pass_when", vocabulary).map(Test::PassWhen);
    if table.has("fail_when") == table.has("pass_when") {
        table.problem("code", format!("rule {code} does not say when it fails"), "either fail_when or pass_when");
    }
    // Only a programme with problems is left with this condition, and that is never given out.
    let test = fail_when.or(pass_when).unwrap_or_else(|| Test::FailWhen(Condition::always()));
    EligibilityRule {
        steps: table.some_of("steps", &STEPS),
        name: table.words("name"),
        rule: Rule { code: code.to_string(), article: table.text("article"), applies_when, test },
        passed: table.words("passed"),
        failed: table.words("failed"),
        next: table.words("next"),
        code,
        validity,
        source: table.source(),
    }
}

const STEPS: [(&str, Step); 3] =
    [("eligibility", Step::Eligibility), ("admission", Step::Admission), ("signature", Step::Signature)];

const KINDS: [(&str, Kind); 4] =
    [("yes_no", Kind::Bool), ("number", Kind::Integer), ("date", Kind::Date), ("codes", Kind::Codes)];

impl Coded for EligibilityRule {
    const NOUN: &'static str = "rule";
    const FILE: &'static str = "rules.toml";
}

impl Coded for FactName {
    const NOUN: &'static str = "fact";
    const FILE: &'static str = "facts.toml";
}

impl Dated for EligibilityRule {
    fn validity(&self) -> Validity {
        self.validity
    }
}
