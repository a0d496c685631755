//! One run of PostgreSQL's main process: starting it, knowing when it answers, and ending what was left over.

use super::{Care, binaries::Binaries, folder::Folder, settings};
use anyhow::{Context, Result, bail};
use nix::{
    errno::Errno,
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom},
    os::unix::{fs::OpenOptionsExt, process::CommandExt},
    path::Path,
    process::{Child, ExitStatus},
    thread::sleep,
    time::{Duration, Instant},
};

/// How often the server is asked whether it answers, or is gone.
pub(super) const POLL: Duration = Duration::from_millis(10);

/// A log above this is set aside at the next start.
const LONGEST_LOG: u64 = 16 << 20;

/// A started main process and where its messages of this run begin.
pub(super) struct Postmaster {
    pub child: Child,
    log_from: u64,
}

impl Postmaster {
    /// Starts it. The calling thread must live as long as the server shall: when it dies, the server shuts down.
    ///
    /// Its own process group keeps it from the terminal's Ctrl-C, which is the program's to answer.
    pub fn start(folder: &Folder, binaries: &Binaries, care: Care) -> Result<Self> {
        let cluster = folder.cluster();
        // Nothing of ours runs in this folder any more, so whatever process number these files name is somebody else's.
        let _ = fs::remove_file(cluster.join("postmaster.pid"));
        folder.clear_socket();
        let (log, log_from) = open_log(&folder.log())?;
        let child = folder
            .account
            .command(&binaries.program("postgres"), Signal::SIGINT)
            .args(settings::arguments(&cluster, &folder.socket, care))
            .process_group(0)
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("starting postgres")?;
        Ok(Self { child, log_from })
    }

    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.id() as i32)
    }

    /// Whether it answers: it says so in the last line of its own file.
    pub fn answers(&self, cluster: &Path) -> bool {
        let file = fs::read_to_string(cluster.join("postmaster.pid")).unwrap_or_default();
        let lines: Vec<&str> = file.lines().collect();
        lines.first().and_then(|pid| pid.trim().parse().ok()) == Some(self.child.id())
            && lines.get(7).is_some_and(|status| status.trim() == "ready")
    }

    /// Why it ended, from what it wrote in this run.
    pub fn why_ended(&self, log: &Path, status: ExitStatus) -> String {
        let words = read_from(log, self.log_from).unwrap_or_default();
        let mut told = words.lines().filter(|line| ["FATAL:", "PANIC:", "postgres: "].iter().any(|mark| line.contains(mark)));
        let told = told.next().or(words.lines().last()).unwrap_or("it wrote no message");
        format!("PostgreSQL ended ({status}): {told}")
    }
}

/// Ends every PostgreSQL process of a cluster that no program watches any more: a main process left over, or sessions
/// whose main process was killed and that hold its shared memory until they next look up from their work.
pub(super) fn stop_leftovers(cluster: &Path) -> Result<()> {
    let main = main_process(cluster);
    let steps = [(Signal::SIGINT, 3_000), (Signal::SIGQUIT, 1_000), (Signal::SIGKILL, 5_000)];
    for (signal, patience) in steps {
        let alive = processes(cluster);
        if alive.is_empty() {
            return Ok(());
        }
        // A living main process ends its sessions itself and writes everything out; without one that step is lost time.
        let main = main.filter(|main| alive.contains(main));
        match (signal, main) {
            (Signal::SIGINT, None) => continue,
            (Signal::SIGINT | Signal::SIGQUIT, Some(main)) => tell(main, signal)?,
            _ => alive.iter().try_for_each(|pid| tell(*pid, signal))?,
        }
        if gone_within(cluster, Duration::from_millis(patience)) {
            return Ok(());
        }
    }
    bail!("a PostgreSQL process of {} cannot be ended: {:?}", cluster.display(), processes(cluster))
}

/// Signals a process; that it is gone already is no failure.
pub(super) fn tell(pid: Pid, signal: Signal) -> Result<()> {
    match kill(pid, signal) {
        Ok(()) | Err(Errno::ESRCH) => Ok(()),
        Err(error) => Err(error).with_context(|| format!("sending {signal} to process {pid}")),
    }
}

/// Every living `postgres` that works in this cluster. They all have its folder as their working directory, so a process
/// number that now belongs to something else is never taken for one.
pub(super) fn processes(cluster: &Path) -> Vec<Pid> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    numbers.filter(|number| works_in(*number, cluster)).map(Pid::from_raw).collect()
}

fn works_in(number: i32, cluster: &Path) -> bool {
    let process = Path::new("/proc").join(number.to_string());
    let is_postgres = || fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim() == "postgres");
    fs::read_link(process.join("cwd")).is_ok_and(|folder| folder == cluster) && is_postgres()
}

fn main_process(cluster: &Path) -> Option<Pid> {
    let file = fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
    file.lines().next()?.trim().parse().ok().map(Pid::from_raw)
}

fn gone_within(cluster: &Path, patience: Duration) -> bool {
    let until = Instant::now() + patience;
    while !processes(cluster).is_empty() {
        if Instant::now() > until {
            return false;
        }
        sleep(POLL);
    }
    true
}

fn open_log(path: &Path) -> Result<(File, u64)> {
    if fs::metadata(path).is_ok_and(|found| found.len() > LONGEST_LOG) {
        fs::rename(path, path.with_extension("log.1")).context("setting PostgreSQL's long log aside")?;
    }
    let log = OpenOptions::new().append(true).create(true).mode(0o600).open(path).context("opening PostgreSQL's log")?;
    let length = log.metadata()?.len();
    Ok((log, length))
}

fn read_from(path: &Path, from: u64) -> Result<String> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut words = Vec::new();
    file.read_to_end(&mut words)?;
    Ok(String::from_utf8_lossy(&words).into_owned())
}
