//! `kill -9` of the program and of its database while eight clients write: what was answered is there, nothing is there
//! twice, and what was not answered can be sent again.

use crate::embedded::holder::{eventually, server_processes};
use anyhow::{Context, Result, ensure};
use dayaq::{
    client::{Client, Visitor, get, hidden, sign_in},
    stranger::Stranger,
};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use platform::embedded::attach;
use sqlx::ConnectOptions;
use std::{
    collections::BTreeMap,
    fs::{self, Permissions},
    net::{SocketAddr, TcpListener},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::sleep;
use uuid::Uuid;

const CLIENTS: usize = 8;
/// Registrations answered before and after each death.
const BETWEEN: usize = 40;
const PATIENCE: Duration = Duration::from_secs(60);

fn program(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dayaq"));
    command.args(words).env_remove("DATABASE_URL").stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The program serving. Dropping it kills it.
struct Serving(Child);

impl Serving {
    fn start(data: &Path, address: SocketAddr) -> Self {
        let (data, address) = (data.to_str().unwrap(), address.to_string());
        Self(program(&["serve", "--data", data, "--listen", &address]).spawn().unwrap())
    }

    fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the clients share: where they ask, what was answered, when to stop.
struct Load {
    address: SocketAddr,
    officer: Visitor,
    answered: Mutex<BTreeMap<usize, String>>,
    /// Forms sent again since nobody answered.
    again: Mutex<usize>,
    is_over: AtomicBool,
}

impl Load {
    fn answered(&self) -> usize {
        self.answered.lock().unwrap().len()
    }

    /// Registers people one by one. A form without an answer is sent again, with the same number, until there is one.
    async fn client(self: Arc<Self>, first: usize) {
        for number in (first..).step_by(CLIENTS) {
            if self.is_over.load(Ordering::Acquire) {
                return;
            }
            let form = Uuid::now_v7().to_string();
            let location = loop {
                match self.register(number, &form).await {
                    Ok(location) => break location,
                    Err(_) => *self.again.lock().unwrap() += 1,
                }
                sleep(Duration::from_millis(50)).await;
            };
            self.answered.lock().unwrap().insert(number, location);
        }
    }

    async fn register(&self, number: usize, form: &str) -> Result<String> {
        let mut client = Client::connect(self.address).await?;
        let shown = client.get(&self.officer, "/people/new").await?;
        let csrf = hidden(&shown.body, "_csrf").context("no token")?;
        let stranger = Stranger::of(number);
        let mut fields = vec![("_csrf", csrf.as_str()), ("_form", form)];
        fields.extend(stranger.fields());
        let answer = client.post(&self.officer, "/people", &fields).await?;
        ensure!(answer.status == 303, "not written: {}", answer.status);
        answer.location.context("led nowhere")
    }
}

async fn more_are_answered(load: &Load) {
    let from = load.answered();
    eventually("writes are answered", PATIENCE, || load.answered() >= from + BETWEEN).await;
}

async fn serves(address: SocketAddr) -> Visitor {
    for _ in 0..600 {
        if let Ok(visitor) = sign_in(address, "officer").await {
            return visitor;
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("the program does not serve");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answered_write_is_lost_and_none_is_there_twice_when_the_program_and_the_database_are_killed() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    let data = folder.path().join("data");
    let words = ["demo", "--people", "60", "--no-serve", "--data", data.to_str().unwrap()];
    assert!(program(&words).status().unwrap().success());
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut serving = Serving::start(&data, address);
    let officer = serves(address).await;

    let load = Arc::new(Load {
        address,
        officer: officer.clone(),
        answered: Mutex::default(),
        again: Mutex::default(),
        is_over: AtomicBool::new(false),
    });
    let clients: Vec<_> = (0..CLIENTS).map(|first| tokio::spawn(load.clone().client(first))).collect();
    more_are_answered(&load).await;
    serving.kill();
    serving = Serving::start(&data, address);
    more_are_answered(&load).await;
    let cluster = data.canonicalize().unwrap().join("postgres");
    let first_line = fs::read_to_string(cluster.join("postmaster.pid")).unwrap();
    let postmaster: i32 = first_line.lines().next().unwrap().parse().unwrap();
    kill(Pid::from_raw(postmaster), Signal::SIGKILL).unwrap();
    more_are_answered(&load).await;
    load.is_over.store(true, Ordering::Release);
    for client in clients {
        client.await.unwrap();
    }

    assert!(*load.again.lock().unwrap() > 0, "nothing was under way when they were killed");
    let answered = load.answered.lock().unwrap().clone();
    for (number, location) in &answered {
        let page = get(address, &officer, location).await.unwrap();
        assert_eq!(page.status, 200, "person {number} at {location} is lost");
    }
    let attached = attach(&data).await.unwrap().expect("the program holds its database");
    let mut database = attached.connect_options().connect().await.unwrap();
    let last = answered.keys().last().copied().unwrap_or_default();
    let asked: Vec<String> = (0..=last + CLIENTS).map(|number| Stranger::of(number).given_name).collect();
    let kept: Vec<(String, i64, i64)> = sqlx::query_as(
        "select p.given_name, count(distinct p.person_id), count(j.entry_id)
         from person p
         left join journal j using (person_id)
         where p.given_name = any ($1)
         group by 1",
    )
    .bind(&asked)
    .fetch_all(&mut database)
    .await
    .unwrap();
    assert_eq!(kept.len(), answered.len(), "as many are kept as were answered");
    assert!(kept.iter().all(|(_, people, entries)| *people == 1 && *entries > 0), "{kept:?}");
    drop(database);
    let journal = folder.path().join("journal");
    let words = ["journal", "export", journal.to_str().unwrap(), "--data", data.to_str().unwrap()];
    assert!(program(&words).status().unwrap().success());
    assert!(program(&["verify", journal.to_str().unwrap()]).status().unwrap().success(), "the journal does not verify");
    drop(serving);
    eventually("no server is left", PATIENCE, || server_processes(&cluster).is_empty()).await;
}
