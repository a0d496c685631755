//! The embedded server under everything that goes wrong on people's machines.

pub mod holder;

use dayaq::migrations;
use holder::{Holder, alive, eventually, is_root, server_processes};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use platform::{
    clock::Clock,
    database::Database,
    embedded::{Care, Options, Reached, Refused, Server, attach, reach},
    keys::Keys,
    scope::{Scope, Tx, Who},
};
use sqlx::{ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tempfile::{TempDir, tempdir};

/// How soon the program must be ready again after a death.
const READY_AGAIN: Duration = Duration::from_secs(5);

fn folder() -> TempDir {
    tempdir().unwrap()
}

/// What happens to processes is the same whether or not the disk is waited for, so these tests do not wait. The programs
/// that [`Holder`] starts do.
async fn start(data: &Path) -> Server {
    Server::start(Options { data: data.to_owned(), care: Care::Risk }).await.unwrap()
}

async fn connect(options: PgConnectOptions) -> PgConnection {
    options.connect().await.unwrap()
}

async fn write_one(options: PgConnectOptions) {
    let mut connection = connect(options).await;
    sqlx::query("create table if not exists kept (n int)").execute(&mut connection).await.unwrap();
    sqlx::query("insert into kept values (1)").execute(&mut connection).await.unwrap();
}

async fn count_kept(options: PgConnectOptions) -> i64 {
    sqlx::query_scalar("select count(*) from kept").fetch_one(&mut connect(options).await).await.unwrap()
}

fn refusal(error: &anyhow::Error) -> &Refused {
    error.downcast_ref().unwrap_or_else(|| panic!("not a refusal: {error:#}"))
}

#[tokio::test]
async fn the_server_opens_no_port_never_runs_as_root_and_stops_when_told() {
    let data = folder();
    let server = start(data.path()).await;
    let pid = server.pid().unwrap();
    let ports: String =
        sqlx::query_scalar("show listen_addresses").fetch_one(&mut connect(server.connect_options()).await).await.unwrap();
    assert_eq!(ports, "");
    assert_ne!(fs::metadata(format!("/proc/{pid}")).unwrap().uid(), 0);
    let by_address = connect(server.url().parse().unwrap()).await;
    by_address.close().await.unwrap();
    server.stop().await.unwrap();
    assert!(!alive(pid));
}

#[tokio::test]
async fn what_was_written_is_there_after_a_stop_and_a_start() {
    let data = folder();
    let server = start(data.path()).await;
    write_one(server.connect_options()).await;
    server.stop().await.unwrap();
    let server = start(data.path()).await;
    assert_eq!(count_kept(server.connect_options()).await, 1);
    assert_eq!(server.restarts(), 0);
}

#[tokio::test]
async fn dropping_the_server_leaves_no_process() {
    let data = folder();
    let server = start(data.path()).await;
    let cluster = server.data().join("postgres");
    assert!(!server_processes(&cluster).is_empty());
    drop(server);
    assert_eq!(server_processes(&cluster), Vec::<u32>::new());
}

#[tokio::test]
async fn a_killed_program_leaves_no_server_and_loses_nothing() {
    let data = folder();
    let mut holder = Holder::start(data.path());
    write_one(holder.connect_options()).await;
    let killed = Instant::now();
    holder.kill();
    let server = start(data.path()).await;
    assert!(killed.elapsed() < READY_AGAIN, "ready again after {:?}", killed.elapsed());
    assert_eq!(count_kept(server.connect_options()).await, 1);
    assert!(!alive(holder.server));
}

#[tokio::test]
async fn a_killed_program_takes_its_server_along_without_any_help() {
    let data = folder();
    let mut holder = Holder::start(data.path());
    let cluster = data.path().canonicalize().unwrap().join("postgres");
    assert!(!server_processes(&cluster).is_empty());
    holder.kill();
    eventually("no server is left", READY_AGAIN, || server_processes(&cluster).is_empty()).await;
}

#[tokio::test]
async fn a_killed_server_comes_back_though_a_session_is_busy() {
    let data = folder();
    let server = start(data.path()).await;
    write_one(server.connect_options()).await;
    let mut busy = connect(server.connect_options()).await;
    let work = tokio::spawn(async move {
        sqlx::query("select count(*) from generate_series(1, 1000000000000)").execute(&mut busy).await.is_err()
    });
    let mut watcher = connect(server.connect_options()).await;
    let working = "select count(*) from pg_stat_activity where state = 'active' and query like '%generate_series(1,%' and pid <> pg_backend_pid()";
    while sqlx::query_scalar::<_, i64>(working).fetch_one(&mut watcher).await.unwrap() == 0 {}

    let killed = Instant::now();
    kill(Pid::from_raw(server.pid().unwrap() as i32), Signal::SIGKILL).unwrap();
    eventually("the server is back", READY_AGAIN, || server.restarts() == 1).await;
    assert_eq!(count_kept(server.connect_options()).await, 1);
    assert!(killed.elapsed() < READY_AGAIN, "ready again after {:?}", killed.elapsed());
    assert!(work.await.unwrap(), "the busy session was cut");
}

#[tokio::test]
async fn a_server_killed_again_and_again_comes_back_each_time() {
    let data = folder();
    let server = start(data.path()).await;
    for death in 1..=3 {
        write_one(server.connect_options()).await;
        kill(Pid::from_raw(server.pid().unwrap() as i32), Signal::SIGKILL).unwrap();
        eventually("the server is back", READY_AGAIN, || server.restarts() == death).await;
        assert_eq!(count_kept(server.connect_options()).await, death as i64);
    }
}

#[tokio::test]
async fn a_transaction_begun_after_the_servers_death_does_not_notice_it() {
    let data = folder();
    let server = start(data.path()).await;
    let database = Database::open(server.connect_options(), 4, &migrations::ALL).await.unwrap();
    let keys = Arc::new(Keys::create(&data.path().join("key")).unwrap());
    let open = || Tx::open(&database, Scope::System, Who::program(), Clock::default(), keys.clone());
    let all_connections = [open().await.unwrap(), open().await.unwrap(), open().await.unwrap(), open().await.unwrap()];
    for tx in all_connections {
        tx.commit().await.unwrap();
    }
    let cluster = server.data().join("postgres");
    let before = server_processes(&cluster);
    kill(Pid::from_raw(server.pid().unwrap() as i32), Signal::SIGKILL).unwrap();
    eventually("every connection is dead", READY_AGAIN, || !before.iter().any(|&pid| alive(pid))).await;
    let begun = Instant::now();
    for _ in 0..8 {
        open().await.unwrap().commit().await.unwrap();
    }
    assert!(begun.elapsed() < READY_AGAIN, "ready again after {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_server_left_over_is_stopped_before_a_new_one_starts() {
    let data = folder();
    let mut holder = Holder::start(data.path());
    write_one(holder.connect_options()).await;
    // Stopped in its tracks it cannot heed the signal that the kernel sends when its program dies.
    kill(Pid::from_raw(holder.server as i32), Signal::SIGSTOP).unwrap();
    holder.kill();
    assert!(alive(holder.server), "the server should be left over for this test");
    let server = start(data.path()).await;
    assert!(!alive(holder.server));
    assert_eq!(count_kept(server.connect_options()).await, 1);
}

#[tokio::test]
async fn a_stale_process_number_that_is_somebody_elses_hurts_nobody() {
    let data = folder();
    start(data.path()).await.stop().await.unwrap();
    let own = std::process::id();
    let words = format!("{own}\n{}\n1\n5432\n\n\n\nready\n", data.path().join("postgres").display());
    fs::write(data.path().join("postgres/postmaster.pid"), words).unwrap();
    let server = start(data.path()).await;
    assert_ne!(server.pid(), Some(own));
}

#[tokio::test]
async fn a_data_folder_with_a_long_path_gets_a_short_socket() {
    let short = folder();
    fs::set_permissions(short.path(), Permissions::from_mode(0o755)).unwrap();
    let data = short.path().join("long-".repeat(30)).join("name-".repeat(20));
    let server = start(&data).await;
    let socket = server.connect_options().get_socket().unwrap().clone();
    assert!(!socket.starts_with(short.path()) && socket.as_os_str().len() < 60, "{}", socket.display());
    assert_eq!(fs::metadata(&socket).unwrap().mode() & 0o777, 0o700);
    write_one(server.connect_options()).await;
    assert!(attach(&data).await.unwrap().is_some());
    server.stop().await.unwrap();
    assert!(!socket.exists(), "{} is left", socket.display());
}

#[tokio::test]
async fn a_second_start_on_one_folder_is_refused_with_words_and_harms_nothing() {
    let data = folder();
    let holder = Holder::start(data.path());
    let error = Server::start(Options::new(data.path())).await.unwrap_err();
    let canonical = data.path().canonicalize().unwrap();
    assert_eq!(refusal(&error), &Refused::AlreadyRunning { data: canonical, pid: Some(holder.program()) });
    assert!(error.to_string().contains("already running"), "{error}");
    write_one(holder.connect_options()).await;
}

#[tokio::test]
async fn a_command_line_reaches_the_running_program_or_starts_a_server_for_itself() {
    let data = folder();
    assert_eq!(attach(data.path()).await.unwrap(), None);
    let holder = Holder::start(data.path());
    write_one(holder.connect_options()).await;
    let reached = reach(Options::new(data.path())).await.unwrap();
    assert!(matches!(reached, Reached::Theirs(_)));
    assert_eq!(count_kept(reached.connect_options()).await, 1);
    reached.stop().await.unwrap();
    assert!(alive(holder.server), "the other's server goes on");
    holder.end();
    let reached = reach(Options::new(data.path())).await.unwrap();
    assert!(matches!(reached, Reached::Own(_)));
    assert_eq!(count_kept(reached.connect_options()).await, 1);
    reached.stop().await.unwrap();
}

#[tokio::test]
async fn data_asked_for_in_a_closed_home_goes_where_the_servers_user_can_reach_it() {
    let home = folder();
    fs::set_permissions(home.path(), Permissions::from_mode(0o700)).unwrap();
    let asked = home.path().canonicalize().unwrap().join("data");
    let server = start(&asked).await;
    if is_root() {
        assert_eq!(server.moved_from(), Some(asked.as_path()));
        assert!(server.data().starts_with("/var/lib/dayaq"), "{}", server.data().display());
    } else {
        assert_eq!((server.moved_from(), server.data()), (None, asked.as_path()));
    }
    write_one(server.connect_options()).await;
    assert!(attach(&asked).await.unwrap().is_some(), "a command line finds the same place");
    let data = server.data().to_owned();
    server.stop().await.unwrap();
    fs::remove_dir_all(data).unwrap();
}

#[tokio::test]
async fn a_user_without_a_name_gets_a_server_or_is_told_what_is_missing() {
    let data = folder();
    fs::set_permissions(data.path(), Permissions::from_mode(0o777)).unwrap();
    let nameless = is_root().then_some(54_321);
    match Holder::try_start(&data.path().join("data"), nameless, &[]) {
        Ok(holder) => write_one(holder.connect_options()).await,
        Err(words) => assert!(nameless.is_some() && words.contains("The user number 54321 has no name"), "{words}"),
    }
}

#[tokio::test]
async fn a_half_made_cluster_is_made_again() {
    let data = folder();
    fs::create_dir_all(data.path().join("postgres.unfinished/base")).unwrap();
    fs::write(data.path().join("postgres.unfinished/PG_VERSION"), "15\n").unwrap();
    let server = start(data.path()).await;
    write_one(server.connect_options()).await;
    assert!(!data.path().join("postgres.unfinished").exists());
}

#[tokio::test]
async fn a_copied_folder_with_another_mode_still_starts() {
    let data = folder();
    start(data.path()).await.stop().await.unwrap();
    fs::set_permissions(data.path().join("postgres"), Permissions::from_mode(0o755)).unwrap();
    let server = start(data.path()).await;
    assert_eq!(fs::metadata(server.data().join("postgres")).unwrap().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn data_of_a_version_that_is_not_here_is_refused_with_its_number() {
    let data = folder();
    start(data.path()).await.stop().await.unwrap();
    fs::write(data.path().join("postgres/PG_VERSION"), "9\n").unwrap();
    let error = Server::start(Options::new(data.path())).await.unwrap_err();
    assert!(matches!(refusal(&error), Refused::OtherVersion { made_by: 9, .. }), "{error:#}");
}

#[tokio::test]
async fn a_machine_without_postgresql_is_told_what_to_install() {
    let (data, empty) = (folder(), folder());
    let bin = empty.path().to_str().unwrap();
    let words = Holder::try_start(data.path(), None, &[("PG_BIN", bin)]).map(|_| ()).unwrap_err();
    assert!(words.contains("apt-get install postgresql") && words.contains(bin), "{words}");
}

/// Run by itself this is a test like any other. The other tests run it as the program that holds a server.
#[tokio::test]
async fn a_program_holds_its_server_until_its_input_ends() {
    let Some(data) = holder::folder_to_hold() else {
        let data = folder();
        let holder = Holder::start(data.path());
        let server = holder.server;
        assert!(alive(server));
        holder.end();
        assert!(!alive(server));
        return;
    };
    holder::hold(&data).await;
}
