//! A migrated database for each test, copied from a template in milliseconds.
//!
//! All tests of a process share one server: the one of `DATABASE_URL`, else our own in a folder below the build's. Under a
//! runner that gives each test its own process, as many folders are used as tests run at once, and each is started warm.

use dayaq::migrations;
use platform::embedded::{Care, Options, Refused, Server};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    thread,
};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// More tests than this never run at once.
const MOST_SERVERS: usize = 64;

/// Any number will do; it keeps two processes from making the same template at once.
const TEMPLATE_LOCK: i64 = 0x6461_7961_7100;

/// An empty database with today's schema. It is dropped with this.
pub struct TestDatabase {
    server: PgConnectOptions,
    name: String,
}

impl TestDatabase {
    /// A new one.
    pub async fn new() -> Self {
        let cluster = cluster().await;
        let name = format!("dayaq_test_{}", Uuid::now_v7().simple());
        let mut connection = cluster.server.connect().await.unwrap();
        run(&mut connection, format!("create database {name} template {}", cluster.template)).await;
        Self { server: cluster.server.clone(), name }
    }

    /// A new one that is a copy of another, to which nobody may be connected.
    pub async fn copy_of(other: &TestDatabase) -> Self {
        let cluster = cluster().await;
        let name = format!("dayaq_test_{}", Uuid::now_v7().simple());
        let mut connection = cluster.server.connect().await.unwrap();
        run(&mut connection, format!("create database {name} template {}", other.name)).await;
        Self { server: cluster.server.clone(), name }
    }

    /// How to connect to it, as the owner of everything.
    pub fn connect_options(&self) -> PgConnectOptions {
        self.server.clone().database(&self.name)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let drop = async move {
            let mut connection = server.connect().await.unwrap();
            drop_database(&mut connection, &name).await;
        };
        // The test's own runtime is blocked by this very call.
        let dropped =
            thread::spawn(|| tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(drop)).join();
        assert!(dropped.is_ok() || thread::panicking(), "the database of a test could not be dropped");
    }
}

struct Cluster {
    server: PgConnectOptions,
    template: String,
    /// Lives as long as the process, and dies with it.
    _own: Option<Server>,
}

async fn cluster() -> &'static Cluster {
    static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
    CLUSTER.get_or_init(start).await
}

async fn start() -> Cluster {
    let outside = env::var("DATABASE_URL").ok().filter(|url| !url.is_empty());
    let own = if outside.is_none() { Some(free_server().await) } else { None };
    let server = match (&own, outside) {
        (Some(own), _) => own.connect_options(),
        (None, url) => url.unwrap().parse().unwrap(),
    };
    let mut connection = server.connect().await.unwrap();
    if own.is_some() {
        drop_old(&mut connection, "dayaq_test_%", "").await;
    }
    let template = template(&server, &mut connection).await;
    Cluster { server, template, _own: own }
}

/// A server in the first folder that no other test process holds.
async fn free_server() -> Server {
    for number in 0..MOST_SERVERS {
        let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("postgres-{number}"));
        let options = Options { data, care: Care::Risk };
        let error = match Server::start(options.clone()).await {
            Ok(server) => return server,
            Err(error) => error,
        };
        match error.downcast_ref() {
            Some(Refused::AlreadyRunning { .. }) => {}
            Some(Refused::OtherVersion { data, .. }) => {
                fs::remove_dir_all(data).unwrap(); // PostgreSQL was upgraded; nothing here is worth keeping
                return Server::start(options).await.unwrap();
            }
            _ => panic!("{error:#}"),
        }
    }
    panic!("{MOST_SERVERS} test processes run already");
}

/// The name of the template, which is made first if today's schema has none. Its name tells the schema.
async fn template(server: &PgConnectOptions, connection: &mut PgConnection) -> String {
    let mut schema = DefaultHasher::new();
    migrations::ALL.iter().for_each(|migration| migration.checksum.hash(&mut schema));
    let name = format!("dayaq_template_{:016x}", schema.finish());
    sqlx::query("select pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut *connection).await.unwrap();
    let made = "select exists (select from pg_database where datname = $1 and datistemplate)";
    if !sqlx::query_scalar::<_, bool>(made).bind(&name).fetch_one(&mut *connection).await.unwrap() {
        drop_old(connection, "dayaq_template_%", &name).await;
        drop_database(connection, &name).await;
        run(connection, format!("create database {name} template template0")).await;
        let mut inside = server.clone().database(&name).connect().await.unwrap();
        migrations::ALL.run(&mut inside).await.unwrap();
        inside.close().await.unwrap();
        run(connection, format!("alter database {name} is_template true allow_connections false")).await;
    }
    sqlx::query("select pg_advisory_unlock($1)").bind(TEMPLATE_LOCK).execute(connection).await.unwrap();
    name
}

/// Drops the databases whose name is like this, except one.
async fn drop_old(connection: &mut PgConnection, like: &str, except: &str) {
    let names = "select datname::text from pg_database where datname like $1 and datname <> $2";
    for name in sqlx::query_scalar::<_, String>(names).bind(like).bind(except).fetch_all(&mut *connection).await.unwrap() {
        run(connection, format!("alter database {name} is_template false")).await;
        drop_database(connection, &name).await;
    }
}

/// Drops a database whoever is connected to it. On an outside server our account may not end the worker that vacuums it;
/// without force the server asks the worker to go, and waits for it.
async fn drop_database(connection: &mut PgConnection, name: &str) {
    for how in [" with (force)", "", " with (force)", ""] {
        let statement = format!("drop database if exists {name}{how}");
        match sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *connection).await {
            Ok(_) => return,
            Err(error) => eprintln!("{name} is still used: {error}"),
        }
    }
    panic!("the database {name} could not be dropped");
}

/// Names of databases cannot be bound; all of these are made here.
async fn run(connection: &mut PgConnection, statement: String) {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await.unwrap();
}

#[tokio::test]
async fn each_test_has_a_database_of_its_own_with_the_schema_of_today() {
    let (one, other) = (TestDatabase::new().await, TestDatabase::new().await);
    let mut in_one = one.connect_options().connect().await.unwrap();
    let mut in_other = other.connect_options().connect().await.unwrap();
    run(&mut in_one, "create table only_here ()".into()).await;
    let tables = "select count(*) from pg_tables where tablename = any ($1)";
    let count =
        |names: &[&str]| sqlx::query_scalar::<_, i64>(tables).bind(names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>());
    assert_eq!(count(&["journal", "only_here"]).fetch_one(&mut in_one).await.unwrap(), 2);
    assert_eq!(count(&["journal", "only_here"]).fetch_one(&mut in_other).await.unwrap(), 1);
}
