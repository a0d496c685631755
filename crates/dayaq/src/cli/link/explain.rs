//! `dayaq link explain FILE.csv A B`: why two rows are one person or not, in words.

use crate::cli::import;
use anyhow::{Context, Result};
use clap::Args;
use dayaq::messages;
use linkage::Explanation;
use platform::language::Lang;
use std::{fmt::Write, path::PathBuf};

#[derive(Args)]
pub struct Explain {
    /// The extract.
    file: PathBuf,
    /// The rec_id of one row.
    a: String,
    /// The rec_id of the other.
    b: String,
    /// Weights that were learned before; else they are learned from the extract.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Draws the random pairs to learn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The language of the explanation: az, en or ru.
    #[arg(long, default_value = "en", value_parser = import::language)]
    language: Lang,
}

impl Explain {
    pub fn run(self) -> Result<()> {
        messages::install()?;
        let register = super::read(&self.file)?;
        let record = |id: &str| register.find(id).with_context(|| format!("{}: no row has rec_id {id}", self.file.display()));
        let (a, b) = (record(&self.a)?, record(&self.b)?);
        let model = match &self.model {
            Some(path) => super::model(path)?,
            None => linkage::learn(&register, self.seed, &|_| {}),
        };
        let lang = self.language;
        println!("{}", lang.with("link-explain-two", &[("a", self.a.as_str().into()), ("b", self.b.as_str().into())]));
        print!("{}", text(lang, &linkage::explain(&register, &model, a, b))?);
        Ok(())
    }
}

/// What each field says, and the sum, one to a line: weights are ln of odds.
fn text(lang: Lang, found: &Explanation) -> Result<String> {
    let mut text = String::new();
    writeln!(text, "{}  {}", weight(lang, found.prior), lang.t("link-explain-before"))?;
    for part in &found.parts {
        let level = super::level(lang, part.code);
        let held = part.holders.map_or(String::new(), |holders| {
            format!(" ({})", lang.with("link-explain-held", &[("count", lang.number(holders.into()).into())]))
        });
        writeln!(text, "{}  {}: {level}{held}", weight(lang, part.weight), super::field(lang, part.field))?;
    }
    if found.family < -0.05 {
        writeln!(text, "{}  {}", weight(lang, found.family), lang.t("link-explain-family"))?;
    }
    if !found.missing.is_empty() {
        let fields: Vec<String> = found.missing.iter().map(|&missing| super::field(lang, missing)).collect();
        writeln!(text, "{}  {}: {}", weight(lang, 0.0), lang.t("link-explain-lacking"), fields.join(", "))?;
    }
    let sum = found.prior + found.family + found.parts.iter().map(|part| part.weight).sum::<f64>();
    let probability = lang.decimal(found.probability, 4);
    writeln!(text, "{}  {}", weight(lang, sum), lang.with("link-explain-sum", &[("probability", probability.into())]))?;
    if let Some(rule) = found.kept_apart {
        let rule = lang.t(&format!("link-rule-{}", rule.code()));
        writeln!(text, "          {}", lang.with("link-explain-apart", &[("rule", rule.into())]))?;
    }
    Ok(text)
}

/// A weight in eight columns.
fn weight(lang: Lang, weight: f64) -> String {
    format!("{:>8}", super::signed(lang, weight))
}
