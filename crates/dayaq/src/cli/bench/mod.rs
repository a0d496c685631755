//! `dayaq bench`: builds the full demo, serves it, and prints every budget beside what was measured. Loopback only, bounded
//! in time.

mod eligibility;
mod pages;
mod process;
mod writes;

use super::store::Store;
use anyhow::{Context, Result, ensure};
use clap::Args;
use dayaq::client::{self, Took};
use process::{Program, Served};
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

#[derive(Args)]
pub struct Bench {
    /// An empty folder for the demo; a temporary one when absent, removed afterwards.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Measure the demo that stands in the folder's `data` already, instead of building one.
    #[arg(long, requires = "data")]
    built: bool,
    /// Applications by September 2024.
    #[arg(long, default_value_t = 75_500)]
    people: u32,
    /// Seconds for each page.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Connections at once.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// Rows of the import that is measured.
    #[arg(long, default_value_t = 100_000)]
    rows: u32,
    #[arg(long, default_value_t = 8089)]
    port: u16,
}

impl Bench {
    pub async fn run(self) -> Result<()> {
        let own = self.data.is_none();
        let folder =
            self.data.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("dayaq-bench-{}", std::process::id())));
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let measured = self.measure(&folder).await;
        if own {
            fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
        }
        measured
    }

    async fn measure(&self, folder: &Path) -> Result<()> {
        let data = folder.join("data");
        row("load of the machine before", &load_average(), "");
        if self.built {
            ensure!(data.is_dir(), "{} holds no demo: `dayaq demo --no-serve --data {0}` builds one", data.display());
        } else {
            self.build(&data)?;
        }
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        let mut empty = Program::on(&["serve"], &folder.join("empty")).serve(address).await?;
        empty.stop()?;
        row("start, with an empty disk", &seconds(empty.started), "≤ 2 s");
        let mut served = Program::on(&["serve"], &data).serve(address).await?;
        row("start, warm", &seconds(served.started), "≤ 1 s");
        let loaded = self.load(&served).await;
        let memory = served.memory_mb();
        served.stop()?;
        loaded?;
        row("memory without PostgreSQL, afterwards", &format!("{:.0} MB", memory?), "≤ 150 MB");
        for words in [["--as-of", "2023-12-31"], ["--known-on", "2024-01-15"]] {
            let begun = (Instant::now(), process::of_ended_children()?);
            Program::on(&["results"], &data).args(["--format", "json"]).args(words).run_to_end()?;
            let cpu = process::of_ended_children()? - begun.1;
            let what = format!("dayaq results {} {}", words[0], words[1]);
            row(&what, &format!("{} ({} cpu)", seconds(begun.0.elapsed()), seconds(cpu)), "with PostgreSQL's start and stop");
        }
        self.import_and_decide(&data).await?;
        row("load of the machine afterwards", &load_average(), "");
        Ok(())
    }

    fn build(&self, data: &Path) -> Result<()> {
        let begun = (Instant::now(), process::of_ended_children()?);
        Program::on(&["demo"], data).args(["--no-serve", "--people", &self.people.to_string()]).run_to_end()?;
        let cpu = process::of_ended_children()? - begun.1;
        row("full demo built", &format!("{} ({} cpu)", seconds(begun.0.elapsed()), seconds(cpu)), "≤ 120 s on 2 cores");
        Ok(())
    }

    async fn load(&self, served: &Served) -> Result<()> {
        println!("\n{} connections, {} s a page; p95 budget 60 ms, 100 ms for writes", self.connections, self.seconds);
        println!(
            "{:<20}{:>12}{:>12}{:>12}{:>12}{:>11}{:>12}",
            "page", "as", "server p50", "server p95", "client p95", "a second", "cpu each"
        );
        let lasting = Duration::from_secs(self.seconds);
        for asked in pages::all(served.address).await? {
            let before = served.processor()?;
            let took = client::load(served.address, &asked.visitor, &asked.path, self.connections, lasting).await?;
            self.line(asked.name, asked.visitor.role, took, served.processor()? - before);
        }
        let officer = client::sign_in(served.address, "officer").await?;
        let before = served.processor()?;
        let written = writes::run(served.address, &officer, self.connections, lasting).await?;
        let cpu = (served.processor()? - before) / 2;
        self.line("write: register", officer.role, written.registered, cpu);
        self.line("write: correct", officer.role, written.corrected, cpu);
        println!();
        Self::any_day(served).await
    }

    /// The page of results as of days that nobody has asked for yet, each once, with an idle server.
    async fn any_day(served: &Served) -> Result<()> {
        let manager = client::sign_in(served.address, "manager").await?;
        for words in ["as_of=2021-12-31", "as_of=2023-12-31", "as_of=2024-06-30", "known_on=2022-06-30", "known_on=2024-01-15"] {
            let answer = client::get(served.address, &manager, &format!("/results?{words}")).await?;
            ensure!(answer.status == 200, "/results?{words}: {}", answer.status);
            row(&format!("results, {words}"), &seconds(answer.server), "≤ 1 s");
        }
        Ok(())
    }

    fn line(&self, name: &str, role: &str, took: Vec<Took>, cpu: Duration) {
        let at = |share: f64, of: fn(&Took) -> Duration| {
            let mut times: Vec<Duration> = took.iter().map(of).collect();
            times.sort_unstable();
            times.get(((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1))).map_or(0.0, millis)
        };
        let (half, most, seen) = (at(0.5, |t| t.server), at(0.95, |t| t.server), at(0.95, |t| t.client));
        let rate = took.len() as f64 / self.seconds as f64;
        let each = millis(&cpu) / took.len().max(1) as f64;
        println!("{name:<20}{role:>12}{half:>9.1} ms{most:>9.1} ms{seen:>9.1} ms{rate:>11.0}{each:>9.1} ms");
    }

    async fn import_and_decide(&self, data: &Path) -> Result<()> {
        let printed = Program::on(&["import", "measure"], data).args(["--rows", &self.rows.to_string()]).run_to_end()?;
        for line in printed.lines() {
            row("import", line, if line.contains('%') { "≥ 40 %" } else { "" });
        }
        let store = Store { data: data.to_owned(), database_url: None, key_file: None, programme: None };
        let speed = eligibility::measure(&store).await?;
        let rate = |took: Duration| format!("{:.0} cases a second", speed.cases as f64 / took.as_secs_f64());
        row("eligibility, rules alone", &rate(speed.rules), "");
        row("eligibility, with reading the facts", &rate(speed.whole), "");
        Ok(())
    }
}

fn row(what: &str, value: &str, budget: &str) {
    println!("{what:<46} {value:>24}   {budget}");
}

fn seconds(took: Duration) -> String {
    format!("{:.2} s", took.as_secs_f64())
}

fn millis(took: &Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

/// The load of the machine over the last minutes: what else ran beside the bench.
fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}
