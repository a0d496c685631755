//! `dayaq link FILE.csv --out clusters.csv`: the same person registered twice, found in an extract.

mod explain;
mod weights;

use super::{
    unfinished::{Unfinished, apart},
    used::Used,
};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use linkage::{Field, Linkage, Model, Options, Register};
use platform::language::Lang;
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Link {
    #[command(subcommand)]
    word: Option<Word>,
    #[command(flatten)]
    whole: Option<Whole>,
}

#[derive(Subcommand)]
enum Word {
    /// Why two rows are one person or not, field by field.
    Explain(explain::Explain),
    /// What each level of each field says for or against one person, as a table and drawn.
    Weights(weights::Weights),
}

#[derive(Args)]
struct Whole {
    /// The extract: UTF-8 with a header; rec_id, first_name and last_name must be among its columns.
    file: PathBuf,
    /// Where rec_id,cluster_id go, one line for every row.
    #[arg(long)]
    out: PathBuf,
    /// Where likely pairs go, with their probability, whether they were joined, and what kept them apart.
    #[arg(long)]
    pairs: Option<PathBuf>,
    /// The learned weights: read if the file is there, else learned and written to it.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Join pairs from this probability on, instead of what the file's own probabilities find best.
    #[arg(long, value_parser = probability)]
    threshold: Option<f64>,
    /// Draws the random pairs to learn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn probability(text: &str) -> Result<f64, String> {
    let p: f64 = text.parse().map_err(|_| "expected a number".to_owned())?;
    if p > 0.0 && p < 1.0 { Ok(p) } else { Err("expected a probability between 0 and 1".to_owned()) }
}

impl Link {
    pub fn run(self) -> Result<()> {
        match (self.word, self.whole) {
            (Some(Word::Explain(explain)), _) => explain.run(),
            (Some(Word::Weights(weights)), _) => weights.run(),
            (None, Some(whole)) => whole.run(),
            (None, None) => bail!("name the extract and where the clusters go: dayaq link FILE.csv --out clusters.csv"),
        }
    }
}

impl Whole {
    fn run(self) -> Result<()> {
        let begun = Instant::now();
        for out in [Some(&self.out), self.pairs.as_ref()].into_iter().flatten() {
            apart(&self.file, out)?;
        }
        let register = read(&self.file)?;
        let options = Options { threshold: self.threshold, seed: self.seed };
        let steps = spinner()?;
        let on_step = |step: &str| steps.set_message(step.to_owned());
        let linkage = match kept_model(self.model.as_deref())? {
            Some(model) => linkage::link_with(&register, model, options, &on_step),
            None => linkage::link(&register, options, &on_step),
        };
        steps.finish_and_clear();
        if let Some(path) = self.model.as_deref().filter(|path| !path.exists()) {
            let text = serde_json::to_string_pretty(&linkage.model).context("writing the model")?;
            Unfinished::whole(path, |out| Ok(out.write_all(text.as_bytes())?))?;
        }
        Unfinished::whole(&self.out, |out| write_clusters(out, &register, &linkage))?;
        if let Some(path) = &self.pairs {
            Unfinished::whole(path, |out| write_pairs(out, &register, &linkage))?;
        }
        print(&register, &linkage, begun.elapsed());
        Ok(())
    }
}

fn read(path: &Path) -> Result<Register> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let bytes = file.metadata().with_context(|| format!("measuring {}", path.display()))?.len();
    let style = ProgressStyle::with_template("reading {bar:30} {percent}% {bytes}/{total_bytes}, {eta} left")
        .context("drawing a progress bar")?;
    let bar = ProgressBar::new(bytes).with_style(style);
    let register = linkage::read(file, |at| bar.set_position(at)).with_context(|| path.display().to_string())?;
    bar.finish_and_clear();
    for note in &register.notes {
        eprintln!("{note}");
    }
    Ok(register)
}

fn spinner() -> Result<ProgressBar> {
    let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed}").context("drawing a progress bar")?;
    let spinner = ProgressBar::new_spinner().with_style(style);
    spinner.enable_steady_tick(Duration::from_millis(200));
    Ok(spinner)
}

/// The weights in a file, if it is there.
fn kept_model(path: Option<&Path>) -> Result<Option<Model>> {
    path.filter(|path| path.exists()).map(model).transpose()
}

/// The weights in a file.
fn model(path: &Path) -> Result<Model> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} holds no weights", path.display()))
}

fn write_clusters(out: &mut Unfinished, register: &Register, linkage: &Linkage) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["rec_id", "cluster_id"])?;
    for (record, &first) in linkage.clusters.of.iter().enumerate() {
        csv.write_record([register.id(record as u32), register.id(first)])?;
    }
    Ok(csv.flush()?)
}

fn write_pairs(out: &mut Unfinished, register: &Register, linkage: &Linkage) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["rec_id_a", "rec_id_b", "probability", "log_odds", "joined", "cut_by"])?;
    let cuts: std::collections::HashMap<(u32, u32), &str> =
        linkage.clusters.cuts.iter().map(|cut| ((cut.a, cut.b), cut.rule.words())).collect();
    for pair in &linkage.pairs {
        let joined = linkage.clusters.of[pair.a as usize] == linkage.clusters.of[pair.b as usize];
        let cut = cuts.get(&(pair.a, pair.b)).copied().unwrap_or_default();
        csv.write_record([
            register.id(pair.a),
            register.id(pair.b),
            &format!("{:.6}", pair.probability()),
            &format!("{:.3}", pair.log_odds),
            if joined { "true" } else { "false" },
            cut,
        ])?;
    }
    Ok(csv.flush()?)
}

fn print(register: &Register, linkage: &Linkage, took: Duration) {
    let used = Used::now();
    let people = linkage.clusters.of.iter().enumerate().filter(|(at, first)| *at == **first as usize).count();
    println!("{} rows are {people} people; {} pairs compared", register.len(), linkage.compared);
    println!("{:.1} s, {} CPU s, {} MB at most", took.as_secs_f64(), used.cpu_seconds(), used.peak_mb());
    println!(
        "joined from probability {:.3} on; expected precision {:.4}, recall {:.4}, F1 {:.4}",
        linkage.threshold,
        linkage.expected.precision,
        linkage.expected.recall,
        linkage.expected.f1()
    );
    if linkage.passed_over > 0 {
        println!(
            "some {} times two rows share only what many others share too: by that they were not compared",
            linkage.passed_over
        );
    }
    println!("blocking met {:.2} % of true pairs by its own estimate", linkage.blocking_recall * 100.0);
    for rule in linkage::Rule::ALL {
        let count = linkage.clusters.cuts.iter().filter(|cut| cut.rule == rule).count();
        if count > 0 {
            println!("{count} likely pairs kept apart: {}", rule.words());
        }
    }
}

/// A field in words.
fn field(lang: Lang, field: Field) -> String {
    lang.t(&format!("people-desk-field-{}", field.code()))
}

/// How far two values agree, in words, by the code of the level.
fn level(lang: Lang, code: &str) -> String {
    lang.t(&format!("people-desk-level-{code}"))
}

/// A weight with its sign.
fn signed(lang: Lang, weight: f64) -> String {
    let sign = match weight {
        _ if weight >= 0.05 => "+",
        _ if weight <= -0.05 => "\u{2212}",
        _ => "",
    };
    format!("{sign}{}", lang.decimal(weight.abs(), 1))
}
