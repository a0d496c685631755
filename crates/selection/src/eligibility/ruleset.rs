//! The rules of one step as they stood on a day, frozen as text: enough to ask them again after the programme has changed.

use ::rules::{Condition, Facts, Finding, Kind, Rule, Test, Verdict, Vocabulary, apply, verdict_of};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::{keys::sha256, language::Lang};
use registry::programme::{EligibilityRule, Programme, Step, Words, eligibility::FACTS};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The rules of a step, frozen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RuleSet {
    pub step: String,
    /// The kinds of the names that the rules mention.
    pub kinds: BTreeMap<String, Kind>,
    pub rules: Vec<FrozenRule>,
}

/// One rule, frozen with its words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FrozenRule {
    pub code: String,
    pub article: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies_when: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fail_when: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_when: Option<String>,
    pub name: Text,
    pub passed: Text,
    pub failed: Text,
    /// What the person can do after a failure.
    pub next: Text,
}

/// One text in the three languages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Text {
    pub az: String,
    pub en: String,
    pub ru: String,
}

impl Text {
    /// The text in a language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        lang.pick(&self.az, &self.en, &self.ru)
    }
}

impl From<&Words> for Text {
    fn from(words: &Words) -> Self {
        Self { az: words.az.clone(), en: words.en.clone(), ru: words.ru.clone() }
    }
}

impl RuleSet {
    /// The rules of a step that hold on a day.
    pub fn of(programme: &Programme, step: Step, on: NaiveDate) -> Self {
        let asked: Vec<&EligibilityRule> = programme.rules_on(on).filter(|rule| rule.steps.contains(&step)).collect();
        let mut kinds = BTreeMap::new();
        for name in asked.iter().flat_map(|rule| rule.rule.conditions()).flat_map(Condition::names) {
            let known = FACTS.iter().find(|(fact, _)| *fact == name).map(|(_, kind)| *kind);
            kinds.insert(name.to_owned(), known.unwrap_or(Kind::Integer));
        }
        let step = match step {
            Step::Eligibility => "eligibility",
            Step::Admission => "admission",
            Step::Signature => "signature",
        };
        Self { step: step.to_owned(), kinds, rules: asked.into_iter().map(FrozenRule::of).collect() }
    }

    /// SHA-256 over the JSON: equal digests are the same version.
    pub fn digest(&self) -> Result<[u8; 32]> {
        Ok(sha256(serde_json::to_string(self).context("writing rules")?.as_bytes()))
    }

    /// Asks the rules about facts.
    pub fn ask(&self, facts: &Facts) -> Result<(Verdict, Vec<Finding>)> {
        let mut vocabulary = Vocabulary::new();
        for (name, kind) in &self.kinds {
            vocabulary.insert(name, *kind);
        }
        let rules = self.rules.iter().map(|rule| rule.thaw(&vocabulary)).collect::<Result<Vec<Rule>>>()?;
        let findings = apply(&rules, facts);
        Ok((verdict_of(&findings), findings))
    }

    /// Whether some rule mentions a fact.
    pub fn mentions(&self, fact: &str) -> bool {
        self.kinds.contains_key(fact)
    }

    /// A rule by its code.
    pub fn rule(&self, code: &str) -> Option<&FrozenRule> {
        self.rules.iter().find(|rule| rule.code == code)
    }
}

impl FrozenRule {
    fn of(rule: &EligibilityRule) -> Self {
        let (fail_when, pass_when) = match &rule.rule.test {
            Test::FailWhen(condition) => (Some(condition.source().to_owned()), None),
            Test::PassWhen(condition) => (None, Some(condition.source().to_owned())),
        };
        Self {
            code: rule.code.to_string(),
            article: rule.rule.article.clone(),
            applies_when: rule.rule.applies_when.as_ref().map(|condition| condition.source().to_owned()),
            fail_when,
            pass_when,
            name: (&rule.name).into(),
            passed: (&rule.passed).into(),
            failed: (&rule.failed).into(),
            next: (&rule.next).into(),
        }
    }

    fn thaw(&self, vocabulary: &Vocabulary) -> Result<Rule> {
        let parse =
            |text: &String| Condition::parse(text, vocabulary).with_context(|| format!("reading the kept rule {}", self.code));
        let fail = self.fail_when.as_ref().map(parse).transpose()?.map(Test::FailWhen);
        let pass = self.pass_when.as_ref().map(parse).transpose()?.map(Test::PassWhen);
        Ok(Rule {
            code: self.code.clone(),
            article: self.article.clone(),
            applies_when: self.applies_when.as_ref().map(parse).transpose()?,
            test: fail.or(pass).with_context(|| format!("the kept rule {} has no test", self.code))?,
        })
    }
}

/// What each rule said, in little: its code and a letter.
pub fn verdicts(findings: &[Finding]) -> String {
    let letter = |verdict| match verdict {
        Verdict::NotApplicable => 'n',
        Verdict::Pass => 'p',
        Verdict::Unknown => 'u',
        Verdict::Fail => 'f',
    };
    let each: Vec<String> = findings.iter().map(|finding| format!("{}:{}", finding.code, letter(finding.verdict))).collect();
    each.join(" ")
}

/// What each rule said, from the little form.
pub fn verdict_in(verdicts: &str, code: &str) -> Option<Verdict> {
    let (_, letter) = verdicts.split(' ').filter_map(|each| each.split_once(':')).find(|(rule, _)| *rule == code)?;
    match letter {
        "n" => Some(Verdict::NotApplicable),
        "p" => Some(Verdict::Pass),
        "u" => Some(Verdict::Unknown),
        "f" => Some(Verdict::Fail),
        _ => None,
    }
}
