//! Why two records are one person or not, in words: what each field says for and against.

use crate::{
    cluster::{Rule, kept_apart},
    compare::Comparer,
    field::{FIELDS, Field},
    model::{Model, logistic},
    register::{Person, Register},
    weigh::Weights,
};
use std::fmt;

/// What one field says.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// The field.
    pub field: Field,
    /// How far the two agree, in words.
    pub agreement: &'static str,
    /// The same as a code of [`Field::level_codes`].
    pub code: &'static str,
    /// For (positive) or against: ln of how much likelier this is for one person than for strangers.
    pub weight: f64,
    /// How many records hold the value on which the two agree, where that counts.
    pub holders: Option<u32>,
}

/// What speaks for and against two records being one person. Displayed as lines of text.
#[derive(Clone, PartialEq, Debug)]
pub struct Explanation {
    /// Fields that both have, the most telling first.
    pub parts: Vec<Part>,
    /// Fields that one of them lacks: they say nothing.
    pub missing: Vec<Field>,
    /// ln of the odds before anything is compared: how rare one person's pairs are among all.
    pub prior: f64,
    /// What it takes off that families share much.
    pub family: f64,
    /// The probability that the two are one person.
    pub probability: f64,
    /// A rule that keeps the two apart whatever the fields say.
    pub kept_apart: Option<Rule>,
}

/// Explains a pair of records. A model that was learned from more or fewer records is taken as [`link_with`](crate::link_with)
/// takes it, so that both give one probability.
pub fn explain(register: &Register, model: &Model, a: u32, b: u32) -> Explanation {
    let model = model.clone().among(register.order.len() as u64);
    pair(&Comparer::of(register), &Weights::new(&model), &register.people[a as usize], &register.people[b as usize])
}

/// Explains a pair of people, one of whom may be in no register.
pub(crate) fn pair(comparer: &Comparer<'_>, weights: &Weights, left: &Person, right: &Person) -> Explanation {
    let agreement = comparer.compare(left, right);
    let evidence = weights.evidence(&agreement);
    let (mut parts, mut missing) = (Vec::new(), Vec::new());
    let implied = weights.implied(&agreement);
    for at in (0..FIELDS).filter(|&at| Some(at) != implied) {
        let field = Field::ALL[at];
        match agreement.levels[at] {
            0 if is_other_surname(field, left.sex == 2 && right.sex == 2) => {}
            0 => missing.push(field),
            level => {
                let holders = agreement.holders[at];
                let at_level = usize::from(level) - 1;
                let (agreement_in_words, code) = (field.levels()[at_level], field.level_codes()[at_level]);
                let weight = weights.weight(at, &agreement);
                parts.push(Part {
                    field,
                    agreement: agreement_in_words,
                    code,
                    weight,
                    holders: (holders > 0).then_some(holders),
                });
            }
        }
    }
    parts.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()));
    let log_odds = weights.log_odds(evidence);
    let prior = weights.prior();
    Explanation {
        parts,
        missing,
        prior,
        family: log_odds - prior - evidence.same,
        probability: logistic(log_odds),
        kept_apart: kept_apart(left, right),
    }
}

/// Of the two fields for surnames, the one that does not apply to these two.
fn is_other_surname(field: Field, women: bool) -> bool {
    field == if women { Field::Surname } else { Field::WomansSurname }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>8.1}  before comparing: any two records are rarely one person", self.prior)?;
        for part in &self.parts {
            let rare = part.holders.map_or(String::new(), |n| format!(" (held by {n})"));
            writeln!(f, "{:>+8.1}  {}: {}{rare}", part.weight, part.field.words(), part.agreement)?;
        }
        if self.family < -0.05 {
            writeln!(f, "{:>+8.1}  a family may share as much", self.family)?;
        }
        if !self.missing.is_empty() {
            let names: Vec<&str> = self.missing.iter().map(|field| field.words()).collect();
            writeln!(f, "     0.0  lacking in one of the two: {}", names.join(", "))?;
        }
        let sum: f64 = self.prior + self.family + self.parts.iter().map(|part| part.weight).sum::<f64>();
        writeln!(f, "{sum:>8.1}  in all: probability {:.4} that they are one person", self.probability)?;
        if let Some(rule) = self.kept_apart {
            writeln!(f, "          yet kept apart: {}", rule.words())?;
        }
        Ok(())
    }
}
