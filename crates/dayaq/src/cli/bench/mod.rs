//! `dayaq bench`: builds the full demo, serves it, and prints what the budgets ask for. Loopback only, bounded in time.

mod client;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use client::{Client, Visitor};
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

#[derive(Args)]
pub struct Bench {
    /// An empty folder for the demo; a temporary one when absent, removed afterwards.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Applications by September 2024.
    #[arg(long, default_value_t = 75_500)]
    people: u32,
    /// Seconds for each page.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Connections at once.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    #[arg(long, default_value_t = 8089)]
    port: u16,
}

impl Bench {
    pub async fn run(self) -> Result<()> {
        let own = self.data.is_none();
        let folder =
            self.data.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("dayaq-bench-{}", std::process::id())));
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let measured = self.measure(&folder.join("data")).await;
        if own {
            fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
        }
        measured
    }

    async fn measure(&self, data: &Path) -> Result<()> {
        let built = Instant::now();
        self.program("demo", data).args(["--no-serve", "--people", &self.people.to_string()]).run_to_end()?;
        row("full demo built", &format!("{:.1} s", built.elapsed().as_secs_f64()), "≤ 120 s");
        let mut served = self.serve(data).await?;
        row("start, warm", &format!("{:.2} s", served.started.as_secs_f64()), "≤ 1 s");
        let loaded = self.load(&served).await;
        let memory = served.memory_mb();
        served.stop()?;
        loaded?;
        row("memory without PostgreSQL, afterwards", &format!("{:.0} MB", memory?), "≤ 150 MB");
        let computed = Instant::now();
        self.program("results", data).args(["--as-of", "2023-12-31", "--format", "json"]).run_to_end()?;
        row("results as of a day, program started anew", &format!("{:.2} s", computed.elapsed().as_secs_f64()), "");
        Ok(())
    }

    fn program(&self, word: &str, data: &Path) -> Program {
        Program { words: vec![word.to_owned(), "--data".to_owned(), data.display().to_string()] }
    }

    async fn serve(&self, data: &Path) -> Result<Served> {
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        let begun = Instant::now();
        let child = self.program("serve", data).args(["--listen", &address.to_string()]).command()?.spawn().context("serving")?;
        let mut served = Served { child, address, started: Duration::ZERO };
        while begun.elapsed() < Duration::from_secs(60) {
            if Client::connect(address).await.is_ok() {
                served.started = begun.elapsed();
                return Ok(served);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        served.stop()?;
        bail!("the program did not begin to serve within a minute")
    }

    async fn load(&self, served: &Served) -> Result<()> {
        println!("\n{} connections, {} s a page", self.connections, self.seconds);
        println!("{:<34} {:>10} {:>10} {:>10} {:>10}", "page", "as", "p50 ms", "p95 ms", "a second");
        for login in ["officer", "manager"] {
            let visitor = client::sign_in(served.address, login).await?;
            for (name, path) in self.pages(served.address, &visitor).await? {
                let times =
                    client::load(served.address, &visitor, &path, self.connections, Duration::from_secs(self.seconds)).await?;
                ensure!(!times.is_empty(), "{path} did not answer");
                let at = |share: f64| times[((times.len() as f64 * share) as usize).min(times.len() - 1)].as_secs_f64() * 1000.0;
                let rate = times.len() as f64 / self.seconds as f64;
                println!("{name:<34} {login:>10} {:>10.1} {:>10.1} {rate:>10.0}", at(0.5), at(0.95));
            }
        }
        println!();
        Ok(())
    }

    /// The pages whose budget is 60 ms, as far as this visitor may open them.
    async fn pages(&self, address: SocketAddr, visitor: &Visitor) -> Result<Vec<(&'static str, String)>> {
        let people = client::json(address, visitor, "/api/people").await?;
        let person = people["lines"][0]["person_id"].as_str().context("the list of people is empty")?.to_owned();
        let surname = people["lines"][0]["surname"].as_str().unwrap_or("Məmmədov").to_owned();
        let cases = client::json(address, visitor, "/api/cases").await.unwrap_or_default();
        let queue = client::json(address, visitor, "/api/queue").await?;
        let link = |item: &serde_json::Value| item["link"].as_str().filter(|link| link.starts_with("/cases/")).map(str::to_owned);
        let queued = queue["items"].as_array().and_then(|items| items.iter().find_map(link));
        let listed = cases["lines"][0]["case_id"].as_str().map(|case| format!("/cases/{case}"));
        let mut pages = vec![
            ("work queue", "/".to_owned()),
            ("people", "/people".to_owned()),
            ("search", format!("/people?q={}", platform::draw::encode(&surname))),
            ("person", format!("/people/{person}")),
        ];
        pages.extend(listed.or(queued).map(|case| ("case", case.split('?').next().unwrap_or_default().to_owned())));
        for (name, path) in [
            ("cases", "/cases"),
            ("cohorts", "/cohorts"),
            ("sittings", "/sittings"),
            ("stock", "/stock"),
            ("visits", "/visits"),
            ("grievances", "/grievances"),
            ("results", "/results"),
        ] {
            if client::answers(address, visitor, path).await? {
                pages.push((name, path.to_owned()));
            }
        }
        Ok(pages)
    }
}

fn row(what: &str, value: &str, budget: &str) {
    println!("{what:<46} {value:>12}   {budget}");
}

/// The program itself with some words.
struct Program {
    words: Vec<String>,
}

impl Program {
    fn args<const N: usize>(mut self, words: [&str; N]) -> Self {
        self.words.extend(words.map(str::to_owned));
        self
    }

    fn command(&self) -> Result<Command> {
        let mut command = Command::new(std::env::current_exe().context("finding the program itself")?);
        command.args(&self.words).stdout(Stdio::null());
        Ok(command)
    }

    fn run_to_end(&self) -> Result<()> {
        let status = self.command()?.status().context("running the program")?;
        ensure!(status.success(), "dayaq {} failed", self.words.join(" "));
        Ok(())
    }
}

/// A program that serves.
struct Served {
    child: Child,
    address: SocketAddr,
    started: Duration,
}

impl Served {
    fn memory_mb(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).context("reading the program's memory")?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no memory told")?;
        let kb: f64 = line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).context("no memory told")?;
        Ok(kb / 1024.0)
    }

    fn stop(&mut self) -> Result<()> {
        let pid = nix::unistd::Pid::from_raw(i32::try_from(self.child.id())?);
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).context("stopping the program")?;
        self.child.wait().context("waiting for the program")?;
        Ok(())
    }
}
