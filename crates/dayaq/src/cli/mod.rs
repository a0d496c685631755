//! The command line: each word in a file of its own.

mod allocate;
mod bench;
mod daily;
mod demo;
mod forecast;
mod import;
mod journal;
mod link;
mod memory;
mod plot;
mod programme;
mod results;
mod serve;
mod store;
mod survival;
mod unfinished;
mod used;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(name = "dayaq", version)]
struct Cli {
    #[command(subcommand)]
    word: Word,
}

#[derive(Subcommand)]
enum Word {
    /// Makes up the whole programme, all people invented, and serves it on this machine.
    Demo(demo::Demo),
    Serve(serve::Serve),
    /// Brings in data from files.
    Import(import::Import),
    /// Finds people who are registered twice in an extract.
    Link(link::Link),
    /// Gives training seats to people, as well as the limits allow, and says how far from the best that can be.
    Allocate(allocate::Allocate),
    /// Who stays in business, by any grouping, and how businesses end, from a table of spans.
    Survival(survival::Survival),
    /// Where the programme will end, foretold with bands from the events known on a day.
    Forecast(forecast::Forecast),
    /// Speed, measured on the full demo.
    Bench(bench::Bench),
    /// Does what is due: offers and papers that lapse, cases that close by themselves.
    Daily(daily::Daily),
    /// Every indicator as of any day.
    Results(results::Word),
    /// Writes the journal to a file that anyone can verify.
    Journal(journal::Journal),
    /// Verifies an exported journal, without a database.
    Verify(journal::Verify),
    /// Checks a folder that holds a programme as data.
    Programme(programme::Word),
}

/// Reads the command line and does what it says.
pub fn run() -> Result<()> {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    if matches!(cli.word, Word::Serve(_)) {
        memory::keep_small();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the runtime")?;
    runtime.block_on(async {
        match cli.word {
            Word::Demo(word) => word.run().await,
            Word::Serve(word) => word.run().await,
            Word::Import(word) => word.run().await,
            Word::Link(word) => word.run(),
            Word::Allocate(word) => word.run(),
            Word::Survival(word) => word.run(),
            Word::Forecast(word) => word.run(),
            Word::Bench(word) => word.run().await,
            Word::Daily(word) => word.run().await,
            Word::Results(word) => word.run().await,
            Word::Journal(word) => word.run().await,
            Word::Verify(word) => word.run(),
            Word::Programme(word) => word.run(),
        }
    })
}
