//! Score sheets: the criteria by which plans, defences and awards are marked.

use super::{
    code::{Code, Coded},
    parameters::Points,
    reader::{Reader, Table},
    words::{Dated, Source, Validity, Words},
};
use serde::Serialize;

/// A set of criteria whose weights add up to 100.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreSheet {
    /// `PLAN`, `DEFENCE` or `AWARD`.
    pub code: Code<ScoreSheet>,
    pub name: Words,
    /// Marks of one criterion go from 0 to this.
    pub scale: u32,
    pub criteria: Vec<Criterion>,
    pub validity: Validity,
    pub source: Source,
}

/// What is marked, with its weight of 100.
#[derive(Clone, Debug, Serialize)]
pub struct Criterion {
    pub code: Code<Criterion>,
    pub name: Words,
    /// What to look at in the plan, and what earns full marks.
    pub guide: Words,
    pub weight: u32,
}

/// Marks that do not fit the sheet.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MarkRefusal {
    #[error("{0} has no mark")]
    Missing(Code<Criterion>),
    #[error("the mark of {criterion} is above {scale}")]
    AboveScale { criterion: Code<Criterion>, scale: u32 },
}

impl ScoreSheet {
    /// Points of 100 for marks from 0 to the scale, rounded to the nearest, a half up.
    pub fn points(&self, mark: impl Fn(&str) -> Option<u32>) -> Result<Points, MarkRefusal> {
        let mut weighted = 0;
        for criterion in &self.criteria {
            let mark = mark(&criterion.code).ok_or_else(|| MarkRefusal::Missing(criterion.code.clone()))?;
            if mark > self.scale {
                return Err(MarkRefusal::AboveScale { criterion: criterion.code.clone(), scale: self.scale });
            }
            weighted += mark * criterion.weight;
        }
        Ok(Points(i64::from((weighted * 2 + self.scale) / (self.scale * 2))))
    }

    /// A criterion by its code.
    pub fn criterion(&self, code: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.code == *code)
    }
}

/// Reads `scoring.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Vec<ScoreSheet> {
    reader.toml("scoring.toml", |file| file.list("sheet", sheet)).unwrap_or_default()
}

fn sheet(table: &Table<'_>) -> ScoreSheet {
    let validity = table.validity();
    let mut codes = std::collections::BTreeSet::new();
    let sheet = ScoreSheet {
        code: table.define_dated(validity),
        name: table.words("name"),
        scale: table.number("scale", 1..=100),
        criteria: table.list("criterion", |criterion| Criterion {
            code: criterion.local_code("code", &mut codes),
            name: criterion.words("name"),
            guide: criterion.words("guide"),
            weight: criterion.number("weight", 1..=100),
        }),
        validity,
        source: table.source(),
    };
    let sum: u32 = sheet.criteria.iter().map(|criterion| criterion.weight).sum();
    if sum != 100 {
        table.problem("code", format!("the weights of {} add up to {sum}", sheet.code), "100");
    }
    sheet
}

impl Coded for ScoreSheet {
    const NOUN: &'static str = "score sheet";
    const FILE: &'static str = "scoring.toml";
}

impl Coded for Criterion {
    const NOUN: &'static str = "criterion";
    const FILE: &'static str = "scoring.toml";
}

impl Dated for ScoreSheet {
    fn validity(&self) -> Validity {
        self.validity
    }
}
