//! `dayaq link weights MODEL.json`: what each level of each field says, as a table and drawn.

use crate::cli::{
    import,
    plot::{
        Table,
        bars::{Bar, Bars, Group},
    },
    unfinished::Unfinished,
};
use anyhow::Result;
use clap::Args;
use dayaq::messages;
use linkage::{Field, LevelWeight};
use platform::language::Lang;
use std::{io::Write, path::PathBuf};

#[derive(Args)]
pub struct Weights {
    /// Weights as `dayaq link --model` writes them.
    model: PathBuf,
    /// Where they go drawn (SVG).
    #[arg(long)]
    plot: Option<PathBuf>,
    /// The language: az, en or ru.
    #[arg(long, default_value = "en", value_parser = import::language)]
    language: Lang,
}

impl Weights {
    pub fn run(self) -> Result<()> {
        messages::install()?;
        let model = super::model(&self.model)?;
        let (lang, weights) = (self.language, model.weights());
        print!("{}", table(lang, &weights).in_text());
        if let Some(path) = &self.plot {
            let svg = drawn(lang, &weights).svg();
            Unfinished::whole(path, |out| Ok(out.write_all(svg.as_bytes())?))?;
        }
        Ok(())
    }
}

fn table(lang: Lang, weights: &[LevelWeight]) -> Table {
    let heads = ["level", "same", "family", "strangers", "weight"];
    let share = |share: f64| lang.decimal(share * 100.0, if share < 0.001 { 5 } else { 2 });
    let row = |weight: &LevelWeight| {
        vec![
            format!("{}: {}", field(lang, weight.field), level(lang, weight)),
            share(weight.same),
            weight.family.map_or_else(|| "\u{2013}".to_owned(), share),
            share(weight.strangers),
            super::signed(lang, weight.weight),
        ]
    };
    Table { head: heads.map(|head| lang.t(&format!("link-weights-{head}"))).to_vec(), rows: weights.iter().map(row).collect() }
}

fn drawn(lang: Lang, weights: &[LevelWeight]) -> Bars {
    let bar =
        |weight: &LevelWeight| Bar { name: level(lang, weight), value: weight.weight, shown: super::signed(lang, weight.weight) };
    let group = |of: &[LevelWeight]| Group { name: lang.sentence(&field(lang, of[0].field)), bars: of.iter().map(bar).collect() };
    Bars {
        title: lang.t("link-weights-title"),
        measure: lang.t("link-weights-measure"),
        groups: weights.chunk_by(|a, b| a.field == b.field).map(group).collect(),
        table: table(lang, weights),
    }
}

/// The field in words; a surname of two women is told from others.
fn field(lang: Lang, field: Field) -> String {
    let words = super::field(lang, field);
    if field == Field::WomansSurname { lang.with("link-weights-women", &[("field", words.into())]) } else { words }
}

fn level(lang: Lang, weight: &LevelWeight) -> String {
    super::level(lang, weight.field.level_codes()[usize::from(weight.level) - 1])
}
