//! Another process that holds a server: this test program itself, started again for one of its tests.

use nix::unistd::geteuid;
use platform::embedded::{Options, Server};
use sqlx::postgres::PgConnectOptions;
use std::{
    env, fs,
    io::{BufRead, BufReader, Read, stdin},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

const FOLDER: &str = "DAYAQ_TEST_FOLDER_TO_HOLD";
const TEST: &str = "embedded::a_program_holds_its_server_until_its_input_ends";
const RUNS: &str = "the server runs: ";
const REFUSED: &str = "the server is refused: ";

/// A running program with its server. Dropping it kills the program.
pub struct Holder {
    program: Child,
    /// Kept open, since a program dies of writing to nobody.
    output: BufReader<ChildStdout>,
    pub server: u32,
    url: String,
}

impl Holder {
    pub fn start(data: &Path) -> Self {
        Self::try_start(data, None, &[]).unwrap()
    }

    /// Starts it, as another user if given one; the words of its refusal if it does not start.
    pub fn try_start(data: &Path, user: Option<u32>, environment: &[(&str, &str)]) -> Result<Self, String> {
        let mut program = env::current_exe().unwrap();
        if user.is_some() {
            // The build may lie in a home folder that is closed to others.
            let open = data.with_file_name("test-program");
            fs::copy(&program, &open).unwrap();
            program = open;
        }
        let mut command = Command::new(program);
        command.args(["--exact", TEST, "--nocapture", "--test-threads=1"]);
        command.env(FOLDER, data).envs(environment.iter().copied()).current_dir("/");
        if let Some(user) = user {
            command.uid(user).gid(user);
        }
        let mut program = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut output = BufReader::new(program.stdout.take().unwrap());
        let mut line = String::new();
        while output.read_line(&mut line).unwrap() > 0 {
            if let Some((_, running)) = line.trim().split_once(RUNS) {
                let (server, url) = running.split_once(' ').unwrap();
                return Ok(Self { server: server.parse().unwrap(), url: url.to_owned(), output, program });
            }
            if let Some((_, words)) = line.trim().split_once(REFUSED) {
                program.wait().unwrap();
                return Err(words.to_owned());
            }
            line.clear();
        }
        panic!("the program that should hold a server ended: {:?}", program.wait());
    }

    pub fn connect_options(&self) -> PgConnectOptions {
        self.url.parse().unwrap()
    }

    /// The process number of the program.
    pub fn program(&self) -> u32 {
        self.program.id()
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }

    /// Lets the program end by itself, which stops its server.
    pub fn end(mut self) {
        drop(self.program.stdin.take());
        self.output.read_to_end(&mut Vec::new()).unwrap();
        assert!(self.program.wait().unwrap().success());
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Set when this process was started by [`Holder`].
pub fn folder_to_hold() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// What the started program does.
pub async fn hold(data: &Path) {
    match Server::start(Options::new(data)).await {
        Ok(server) => {
            println!("{RUNS}{} {}", server.pid().unwrap(), server.url());
            tokio::task::spawn_blocking(|| stdin().read_to_end(&mut Vec::new())).await.unwrap().unwrap();
            server.stop().await.unwrap();
        }
        Err(error) => println!("{REFUSED}{error:#}"),
    }
}

pub fn is_root() -> bool {
    geteuid().is_root()
}

/// Whether a process runs. One that has ended and only waits to be noticed does not.
pub fn alive(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| stat.rsplit(") ").next().is_some_and(|state| !state.starts_with(['Z', 'X'])))
}

/// The living processes that work in a cluster.
pub fn server_processes(cluster: &Path) -> Vec<u32> {
    let numbers = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok());
    numbers.filter(|pid| fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|folder| folder == cluster)).collect()
}

/// Asks again and again until something is so, and fails when it takes too long.
pub async fn eventually(what: &str, patience: Duration, is_so: impl Fn() -> bool) {
    let since = Instant::now();
    let mut often = tokio::time::interval(Duration::from_millis(10));
    while !is_so() {
        assert!(since.elapsed() < patience, "not within {patience:?}: {what}");
        often.tick().await;
    }
}
