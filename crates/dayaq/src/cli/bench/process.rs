//! The program as a process: started, watched, stopped; its memory and the processor time that it takes.

use anyhow::{Context, Result, bail, ensure};
use dayaq::client::Client;
use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// The program itself with some words.
pub struct Program {
    words: Vec<String>,
}

impl Program {
    pub fn on(word: &[&str], data: &Path) -> Self {
        let mut words: Vec<String> = word.iter().map(|word| (*word).to_owned()).collect();
        words.extend(["--data".to_owned(), data.display().to_string()]);
        Self { words }
    }

    pub fn args<const N: usize>(mut self, words: [&str; N]) -> Self {
        self.words.extend(words.map(str::to_owned));
        self
    }

    fn command(&self) -> Result<Command> {
        let mut command = Command::new(std::env::current_exe().context("finding the program itself")?);
        command.args(&self.words);
        Ok(command)
    }

    /// Runs to the end, and gives what it printed.
    pub fn run_to_end(&self) -> Result<String> {
        let output = self.command()?.stderr(Stdio::inherit()).output().context("running the program")?;
        ensure!(output.status.success(), "dayaq {} failed", self.words.join(" "));
        String::from_utf8(output.stdout).context("reading what the program printed")
    }

    /// Serves, until the address answers.
    pub async fn serve(self, address: SocketAddr) -> Result<Served> {
        let begun = Instant::now();
        let program = self.args(["--listen", &address.to_string()]);
        let child = program.command()?.stdout(Stdio::null()).spawn().context("serving")?;
        let mut served = Served { child, address, started: Duration::ZERO };
        while begun.elapsed() < Duration::from_secs(60) {
            if Client::connect(address).await.is_ok() {
                served.started = begun.elapsed();
                return Ok(served);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        served.stop()?;
        bail!("the program did not begin to serve within a minute")
    }
}

/// A program that serves.
pub struct Served {
    child: Child,
    pub address: SocketAddr,
    pub started: Duration,
}

impl Served {
    /// Memory of the program without its database.
    pub fn memory_mb(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).context("reading the program's memory")?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no memory told")?;
        let kb: f64 = line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).context("no memory told")?;
        Ok(kb / 1024.0)
    }

    /// Processor time that the program and its database have taken so far.
    pub fn processor(&self) -> Result<Duration> {
        let mut all = Vec::new();
        for entry in fs::read_dir("/proc").context("listing processes")? {
            let name = entry?.file_name();
            let Some(stat) = name.to_str().and_then(|pid| pid.parse().ok()).and_then(Stat::of) else { continue };
            all.push(stat);
        }
        // A process comes after its parent, so one pass over ids in order would do; ids may wrap, so pass until nothing is new.
        let mut ours = vec![self.child.id()];
        loop {
            let new: Vec<u32> =
                all.iter().filter(|s| ours.contains(&s.parent) && !ours.contains(&s.pid)).map(|s| s.pid).collect();
            if new.is_empty() {
                break;
            }
            ours.extend(new);
        }
        Ok(all.iter().filter(|stat| ours.contains(&stat.pid)).map(|stat| stat.own + stat.of_children).sum())
    }

    pub fn stop(&mut self) -> Result<()> {
        let pid = nix::unistd::Pid::from_raw(i32::try_from(self.child.id())?);
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGTERM).context("stopping the program")?;
        self.child.wait().context("waiting for the program")?;
        Ok(())
    }
}

/// Processor time of this process's children that have ended, with theirs.
pub fn of_ended_children() -> Result<Duration> {
    Ok(Stat::of(std::process::id()).context("reading the program's own times")?.of_children)
}

struct Stat {
    pid: u32,
    parent: u32,
    own: Duration,
    of_children: Duration,
}

impl Stat {
    fn of(pid: u32) -> Option<Self> {
        /// Linux tells times in hundredths of a second.
        const TICK: Duration = Duration::from_millis(10);
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name stands in brackets and may hold anything; the state follows it.
        let after: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |at: usize| after.get(at).and_then(|text| text.parse::<u32>().ok()).map(|ticks| TICK * ticks);
        let parent = after.get(1)?.parse().ok()?;
        Some(Self { pid, parent, own: ticks(11)? + ticks(12)?, of_children: ticks(13)? + ticks(14)? })
    }
}
