//! Facts, values and rules in words.

use super::{
    ruleset::RuleSet,
    types::{Fact, Origin},
};
use ::rules::{Finding, Value, Verdict};
use chrono::NaiveDate;
use platform::{language::Lang, page::Tone};
use registry::programme::Programme;
use serde::Serialize;
use values::Money;

/// A fact's name.
pub fn fact_name(programme: &Programme, lang: Lang, name: &str) -> String {
    let known = programme.facts().iter().find(|fact| fact.code == name);
    known.map_or_else(|| name.to_owned(), |fact| fact.name.text(lang).to_owned())
}

/// A fact's value.
pub fn value_words(programme: &Programme, lang: Lang, name: &str, value: &Value) -> String {
    match value {
        Value::Bool(true) => lang.t("eligibility-yes"),
        Value::Bool(false) => lang.t("eligibility-no"),
        Value::Integer(qepik) if name.contains("income") => lang.money(Money::from_qepik(*qepik)),
        Value::Integer(number) => lang.number(*number),
        Value::Date(date) => lang.date(*date),
        Value::Codes(codes) if codes.is_empty() => lang.t("eligibility-none"),
        Value::Codes(codes) => {
            let each: Vec<String> = codes.iter().map(|code| code_words(programme, lang, name, code)).collect();
            each.join(", ")
        }
    }
}

fn code_words(programme: &Programme, lang: Lang, name: &str, code: &str) -> String {
    if let Some(group) = programme.group(code).filter(|_| name == "groups") {
        return group.name.text(lang).to_owned();
    }
    let key = format!("eligibility-{}-{}", name.replace('_', "-"), key_part(code));
    if lang.has(&key) { lang.t(&key) } else { code.to_owned() }
}

fn key_part(code: &str) -> String {
    code.to_ascii_lowercase().replace('_', "-")
}

/// The words of an origin.
pub fn origin_words(lang: Lang, origin: Origin) -> String {
    lang.t(&format!("eligibility-origin-{}", origin.code()))
}

/// A rule with what it said, in the reader's language.
#[derive(Clone, Debug, Serialize)]
pub struct RuleLine {
    pub code: String,
    pub name: String,
    pub article: String,
    pub verdict: Verdict,
    /// The reason.
    pub words: String,
    /// What the person can do after a failure.
    pub next: Option<String>,
    pub used: Vec<Used>,
}

/// A fact or a parameter that a rule looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Used {
    pub name: String,
    pub value: String,
    pub on: Option<NaiveDate>,
    pub origin: Option<Origin>,
}

/// The rules with their answers. `seen` tells the day and the origin of a fact.
pub fn rule_lines(
    programme: &Programme,
    lang: Lang,
    rules: &RuleSet,
    findings: &[Finding],
    seen: impl Fn(&str) -> Option<(NaiveDate, Origin)>,
) -> Vec<RuleLine> {
    let line = |finding: &Finding| {
        let rule = rules.rule(&finding.code)?;
        Some(RuleLine {
            code: finding.code.clone(),
            name: rule.name.in_lang(lang).to_owned(),
            article: article_words(lang, &finding.article),
            verdict: finding.verdict,
            words: match finding.verdict {
                Verdict::Pass => rule.passed.in_lang(lang).to_owned(),
                Verdict::Fail => rule.failed.in_lang(lang).to_owned(),
                Verdict::NotApplicable => lang.t("eligibility-not-applicable"),
                Verdict::Unknown => {
                    let missing: Vec<String> = finding.missing.iter().map(|name| fact_name(programme, lang, name)).collect();
                    lang.with("eligibility-unknown-because", &[("facts", missing.join(", ").into())])
                }
            },
            next: (finding.verdict == Verdict::Fail).then(|| rule.next.in_lang(lang).to_owned()),
            used: used(programme, lang, finding, &seen),
        })
    };
    findings.iter().filter_map(line).collect()
}

fn used(programme: &Programme, lang: Lang, finding: &Finding, seen: &impl Fn(&str) -> Option<(NaiveDate, Origin)>) -> Vec<Used> {
    let shown = finding.used.iter().filter(|(name, _)| *name != "today");
    let each = shown.map(|(name, value)| {
        let parameter = name.strip_prefix('$').and_then(|code| programme.parameters().iter().find(|p| p.code == code));
        let (on, origin) = seen(name).unzip();
        Used {
            name: parameter.map_or_else(|| fact_name(programme, lang, name), |p| p.name.text(lang).to_owned()),
            value: value_words(programme, lang, name, value),
            on,
            origin: origin.filter(|_| parameter.is_none()),
        }
    });
    each.collect()
}

/// An article as it is cited; rules of our own design have none.
pub fn article_words(lang: Lang, article: &str) -> String {
    match article {
        "design" => lang.t("eligibility-article-own"),
        article => lang.with("eligibility-article", &[("article", article.into())]),
    }
}

/// The words and the colour of a verdict.
pub fn verdict_words(lang: Lang, verdict: Verdict) -> (Tone, String) {
    let (tone, key) = match verdict {
        Verdict::Pass => (Tone::Good, "eligibility-pass"),
        Verdict::Fail => (Tone::Bad, "eligibility-fail"),
        Verdict::Unknown => (Tone::Attention, "eligibility-unknown"),
        Verdict::NotApplicable => (Tone::Neutral, "eligibility-does-not-apply"),
    };
    (tone, lang.t(key))
}

/// A fact as the page and its JSON show it.
#[derive(Clone, Debug, Serialize)]
pub struct FactLine {
    pub name: String,
    pub words: String,
    pub value: Option<String>,
    pub on: NaiveDate,
    pub origin: Origin,
    pub stale: bool,
}

/// A fact in words.
pub fn fact_line(programme: &Programme, lang: Lang, fact: &Fact, stale: bool) -> FactLine {
    FactLine {
        name: fact.name.to_owned(),
        words: fact_name(programme, lang, fact.name),
        value: fact.value.as_ref().map(|value| value_words(programme, lang, fact.name, value)),
        on: fact.on,
        origin: fact.origin,
        stale,
    }
}
