//! The thread that starts PostgreSQL, watches it, brings it back when it dies, and ends it with the program.
//!
//! The kernel signals a child when the *thread* that started it ends. So one thread does all of it, and lives as long as
//! the server: however the program dies, the server shuts down.

use super::{Care, binaries::Binaries, cluster, folder::Folder, postmaster};
use anyhow::{Context, Result, anyhow, bail};
use nix::{
    sys::{
        signal::Signal,
        wait::{Id, WaitPidFlag, waitid},
    },
    unistd::Pid,
};
use postmaster::{POLL, Postmaster};
use std::{
    path::PathBuf,
    process::ExitStatus,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};
use tokio::sync::oneshot;

/// How long a clean shutdown may take before the sessions are cut and the work is left to recovery at the next start.
pub(super) const PATIENCE_OF_STOP: Duration = Duration::from_secs(30);
const PATIENCE_OF_DROP: Duration = Duration::from_secs(5);

/// Recovery after a crash replays at most `max_wal_size`; beyond this something else is wrong.
const LONGEST_START: Duration = Duration::from_secs(600);

/// How long a first start is tried again while an old server's memory is still held.
const LONGEST_CLASH: Duration = Duration::from_secs(20);

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A handle to the thread.
#[derive(Debug)]
pub(super) struct Supervisor {
    shared: Arc<Shared>,
    stop: Option<Sender<()>>,
    /// Hangs up when the thread has ended.
    ended: Mutex<Receiver<()>>,
    cluster: PathBuf,
}

#[derive(Debug, Default)]
struct Shared {
    /// The main process, as long as its number is surely its own.
    pid: Mutex<Option<Pid>>,
    restarts: AtomicU64,
}

impl Shared {
    fn pid(&self) -> MutexGuard<'_, Option<Pid>> {
        self.pid.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Supervisor {
    /// Starts the thread. The receiver tells once whether the server answers.
    pub fn start(folder: Folder, care: Care) -> Result<(Self, oneshot::Receiver<Result<()>>)> {
        let shared = Arc::new(Shared::default());
        let (stop, stopped) = channel();
        let (end, ended) = channel();
        let (ready, answer) = oneshot::channel();
        let cluster = folder.cluster();
        let watch = Watch { folder, care, shared: shared.clone(), stopped };
        thread::Builder::new()
            .name("postgres".into())
            .spawn(move || {
                watch.run(ready);
                drop(end);
            })
            .context("starting the thread that watches PostgreSQL")?;
        Ok((Self { shared, stop: Some(stop), ended: Mutex::new(ended), cluster }, answer))
    }

    pub fn pid(&self) -> Option<u32> {
        self.shared.pid().map(|pid| pid.as_raw() as u32)
    }

    pub fn restarts(&self) -> u64 {
        self.shared.restarts.load(Ordering::Relaxed)
    }

    /// Ends the server and the thread: cleanly within the patience given, else by cutting the sessions.
    pub fn end(&mut self, patience: Duration) -> Result<()> {
        drop(self.stop.take());
        let steps = [(Signal::SIGINT, patience), (Signal::SIGQUIT, Duration::from_secs(5))];
        for (signal, patience) in steps {
            if let Some(pid) = *self.shared.pid() {
                postmaster::tell(pid, signal)?;
            }
            if self.ended_within(patience) {
                return Ok(());
            }
        }
        for pid in postmaster::processes(&self.cluster) {
            postmaster::tell(pid, Signal::SIGKILL)?;
        }
        if self.ended_within(Duration::from_secs(5)) { Ok(()) } else { bail!("PostgreSQL does not end") }
    }

    fn ended_within(&self, patience: Duration) -> bool {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        !matches!(ended.recv_timeout(patience), Err(RecvTimeoutError::Timeout))
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        if let Err(error) = self.end(PATIENCE_OF_DROP) {
            tracing::error!("{error:#}");
        }
    }
}

/// What the thread holds. The folder's lock goes last, when nothing of the server is left.
struct Watch {
    folder: Folder,
    care: Care,
    shared: Arc<Shared>,
    stopped: Receiver<()>,
}

/// How one run of the server ended.
enum End {
    Stopped,
    Died(String),
}

impl Watch {
    fn run(self, ready: oneshot::Sender<Result<()>>) {
        match self.first_start() {
            Ok((binaries, running)) => {
                let _ = ready.send(Ok(()));
                self.keep(&binaries, running);
            }
            Err(error) => {
                let _ = ready.send(Err(error));
            }
        }
        self.folder.leave();
    }

    fn first_start(&self) -> Result<(Binaries, Postmaster)> {
        let made_by = cluster::made_by(&self.folder.data);
        let binaries = Binaries::find(&self.folder.account, &self.folder.data, made_by)?;
        if made_by.is_some() {
            cluster::mend(&self.folder)?;
            return Ok((binaries.clone(), self.start_past_leftovers(&binaries)?));
        }
        cluster::make(&self.folder, &binaries)?;
        let data = self.folder.data.clone();
        let settling = (self.care != Care::Risk).then(|| thread::spawn(move || cluster::settle(&data)));
        let running = self.start_past_leftovers(&binaries)?;
        if let Some(settling) = settling {
            settling.join().map_err(|_| anyhow!("panicked"))?.context("writing the new cluster to the disk")?;
        }
        Ok((binaries, running))
    }

    /// Starts the server; tries again for a while when a dead one's memory is still held, which passes.
    fn start_past_leftovers(&self, binaries: &Binaries) -> Result<Postmaster> {
        let until = Instant::now() + LONGEST_CLASH;
        let mut pause = FIRST_PAUSE;
        loop {
            match self.start_once(binaries) {
                Err(error) if is_clash(&error) && Instant::now() < until => {
                    tracing::warn!("waiting for an old PostgreSQL to let go of the data folder: {error:#}");
                    if self.stopped_within(pause) {
                        return Err(error);
                    }
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                result => return result,
            }
        }
    }

    /// Starts the server and waits until it answers.
    fn start_once(&self, binaries: &Binaries) -> Result<Postmaster> {
        let cluster = self.folder.cluster();
        postmaster::stop_leftovers(&cluster)?;
        let mut running = Postmaster::start(&self.folder, binaries, self.care)?;
        *self.shared.pid() = Some(running.pid());
        let until = Instant::now() + LONGEST_START;
        while !running.answers(&cluster) {
            if let Some(status) = running.child.try_wait()? {
                *self.shared.pid() = None;
                bail!(running.why_ended(&self.folder.log(), status));
            }
            if self.stopped_within(POLL) || Instant::now() > until {
                postmaster::tell(running.pid(), Signal::SIGQUIT)?;
                let _ = self.wait(&mut running);
                bail!("PostgreSQL was stopped before it answered");
            }
        }
        Ok(running)
    }

    /// Waits for the server's end, and starts it again until the program stops it.
    fn keep(&self, binaries: &Binaries, mut running: Postmaster) {
        let mut pause = FIRST_PAUSE;
        loop {
            let since = Instant::now();
            let End::Died(why) = self.watch(&mut running) else { return };
            tracing::error!("{why}; starting it again");
            if since.elapsed() > LONGEST_PAUSE * 10 {
                pause = FIRST_PAUSE;
            }
            running = loop {
                match self.start_once(binaries) {
                    Ok(running) => break running,
                    Err(error) => tracing::error!("PostgreSQL does not come back yet: {error:#}"),
                }
                if self.stopped_within(pause) {
                    return;
                }
                pause = (pause * 2).min(LONGEST_PAUSE);
            };
            self.shared.restarts.fetch_add(1, Ordering::Relaxed);
            tracing::info!("PostgreSQL is back");
        }
    }

    fn watch(&self, running: &mut Postmaster) -> End {
        let status = self.wait(running);
        if self.stopped_within(Duration::ZERO) {
            return End::Stopped;
        }
        match status {
            Ok(status) => End::Died(running.why_ended(&self.folder.log(), status)),
            Err(error) => End::Died(format!("{error:#}")),
        }
    }

    /// Waits for the end. The process number is forgotten before it is freed, so nobody else can be signalled by it.
    fn wait(&self, running: &mut Postmaster) -> Result<ExitStatus> {
        let _ = waitid(Id::Pid(running.pid()), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT);
        let mut pid = self.shared.pid();
        *pid = None;
        running.child.wait().context("waiting for PostgreSQL")
    }

    /// Pauses, and tells whether the program wants the server to end.
    fn stopped_within(&self, pause: Duration) -> bool {
        !matches!(self.stopped.recv_timeout(pause), Err(RecvTimeoutError::Timeout))
    }
}

/// Whether another server's remains are in the way.
fn is_clash(error: &anyhow::Error) -> bool {
    let words = format!("{error:#}");
    ["pre-existing shared memory", "lock file", "is still in use"].iter().any(|mark| words.contains(mark))
}
