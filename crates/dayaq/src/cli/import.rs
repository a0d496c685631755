//! `dayaq import people FILE`

use super::store::Store;
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use dayaq::{messages, programmes};
use indicatif::{ProgressBar, ProgressStyle};
use platform::{app::App, language::Lang};
use registry::{
    people::import::{self, Options, Report},
    programme,
};
use std::{fs, path::PathBuf, time::Duration};
use values::id::OfficeId;

#[derive(Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Brings people in from a registry extract (CSV): good rows in, bad rows to FILE.rejects.csv.
    People(People),
    /// Measures an import of made-up people beside a plain COPY of the same rows, and leaves nothing behind.
    Measure(Measure),
}

#[derive(Args)]
struct Measure {
    #[command(flatten)]
    store: Store,
    /// How many rows.
    #[arg(long, default_value_t = 100_000)]
    rows: u32,
}

#[derive(Args)]
struct People {
    /// The extract: UTF-8, with a header.
    file: PathBuf,
    #[command(flatten)]
    store: Store,
    /// Which register the numbers in reg_no belong to: a row of the same source and number is the same person.
    #[arg(long, default_value = Options::SOURCE)]
    source: String,
    /// The office for every row, instead of the one that serves the row's city or rayon.
    #[arg(long)]
    office: Option<i32>,
    /// The language of the findings: az, en or ru.
    #[arg(long, default_value = "en", value_parser = language)]
    language: Lang,
}

/// A language by its code, for the command line.
pub fn language(code: &str) -> Result<Lang, String> {
    Lang::from_code(code).ok_or_else(|| "expected az, en or ru".to_owned())
}

impl Import {
    pub async fn run(self) -> Result<()> {
        match self.what {
            What::People(word) => word.run().await,
            What::Measure(word) => word.run().await,
        }
    }
}

impl People {
    async fn run(self) -> Result<()> {
        messages::install()?;
        let bytes = fs::metadata(&self.file).with_context(|| format!("opening {}", self.file.display()))?.len();
        let open = self.store.open().await?;
        let app = programmes::put_in_force(App::new(open.parts.clone(), &[]), self.store.programme()?).await?;
        let options = Options {
            file: self.file.clone(),
            source: self.source.clone(),
            office: self.office.map(OfficeId),
            lang: self.language,
            schema: Options::SCHEMA,
        };
        let bar = bar(bytes)?;
        let progress = |at: u64, report: &Report| {
            bar.set_position(at);
            bar.set_message(format!("{} in, {} rejected", report.inserted + report.updated + report.unchanged, report.rejected));
        };
        let programme = programme::current(&app)?;
        let outcome = import::run(&app, &programme, &options, &progress).await;
        bar.finish_and_clear();
        let stopped = open.stop().await;
        print(&outcome?);
        stopped
    }
}

impl Measure {
    async fn run(self) -> Result<()> {
        messages::install()?;
        let open = self.store.open().await?;
        let app = programmes::put_in_force(App::new(open.parts.clone(), &[]), self.store.programme()?).await?;
        let programme = programme::current(&app)?;
        let outcome = import::bench(&app, &programme, &std::env::temp_dir(), self.rows).await;
        let stopped = open.stop().await;
        let measured = outcome?;
        let (people, rows) = (measured.people, measured.rows);
        let rate = |took: Duration| people as f64 / took.as_secs_f64();
        println!("{people} people, {rows} rows of all tables");
        println!("import: {:.1} s, {:.0} people a second", measured.import.as_secs_f64(), rate(measured.import));
        println!("copy:   {:.1} s, {:.0} people a second", measured.copy.as_secs_f64(), rate(measured.copy));
        println!("the import reaches {:.0} % of the copy", 100.0 * measured.ratio());
        stopped
    }
}

fn bar(bytes: u64) -> Result<ProgressBar> {
    let style = ProgressStyle::with_template("{bar:30} {percent}% {bytes}/{total_bytes}, {eta} left, {msg}")
        .context("drawing a progress bar")?;
    Ok(ProgressBar::new(bytes).with_style(style))
}

fn print(report: &Report) {
    let rate = report.rows as f64 / report.took.as_secs_f64().max(0.001);
    println!("{} rows in {:.1} s ({rate:.0} rows a second)", report.rows, report.took.as_secs_f64());
    println!("{} new, {} updated, {} unchanged, {} rejected", report.inserted, report.updated, report.unchanged, report.rejected);
    if let Some(path) = &report.rejects {
        println!("rejected rows, with what was found and expected: {}", path.display());
    }
    if let Some(path) = &report.warned {
        println!("{} values left out: {}", report.warnings, path.display());
    }
}
