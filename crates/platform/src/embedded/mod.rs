//! PostgreSQL as the program's own child: found on the machine, run in the data folder on a private unix socket without
//! TCP, watched, and stopped with the program.
//!
//! A lock on the data folder defines "running". Whoever holds it owns every PostgreSQL process in that folder, so what is
//! found alive there was left over and is stopped.

mod account;
mod attach;
mod binaries;
mod cluster;
mod folder;
#[cfg(test)]
mod names_tests;
mod postmaster;
mod refused;
mod settings;
mod supervisor;

pub use attach::{Attached, Reached, attach, is_made, reach};
pub use refused::Refused;

use anyhow::{Context, Result};
use folder::Folder;
use sqlx::{
    ConnectOptions, Connection,
    postgres::{PgConnectOptions, PgSslMode},
};
use std::path::{Path, PathBuf};
use supervisor::Supervisor;

/// The name of the database, and of the superuser who owns it. Nobody else can reach the socket.
pub const DATABASE: &str = "dayaq";

/// How to run the server.
#[derive(Clone, Debug)]
pub struct Options {
    /// The data folder. It is made when absent.
    pub data: PathBuf,
    pub care: Care,
}

/// What the server does for what it stores.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Care {
    /// Loses nothing, and keeps its tables in order.
    Keep,
    /// Loses nothing, but leaves its tables in disorder while much is written once: see [`crate::database::Database::settle`].
    Load,
    /// Trades the safety of what is stored for speed. Only for data that may be lost, as in tests.
    Risk,
}

impl Options {
    /// A server that loses nothing, in this folder.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into(), care: Care::Keep }
    }

    /// The same, to fill a new folder.
    pub fn load(data: impl Into<PathBuf>) -> Self {
        Self { care: Care::Load, ..Self::new(data) }
    }
}

/// A running server. Dropping it stops it and blocks until it is gone, so prefer [`Server::stop`].
#[derive(Debug)]
pub struct Server {
    supervisor: Supervisor,
    data: PathBuf,
    moved_from: Option<PathBuf>,
    socket: PathBuf,
}

impl Server {
    /// Starts the server and waits until it answers; makes the cluster first when the folder has none.
    ///
    /// # Errors
    /// A [`Refused`] inside the error when a person has to act; otherwise a fault of the machine.
    pub async fn start(options: Options) -> Result<Self> {
        let asked = options.data.clone();
        let folder = tokio::task::spawn_blocking(move || Folder::lock(&asked)).await??;
        let (data, moved_from, socket) = (folder.data.clone(), folder.moved_from.clone(), folder.socket.clone());
        let (supervisor, ready) = Supervisor::start(folder, options.care)?;
        let server = Self { supervisor, data, moved_from, socket };
        ready.await.context("the thread that watches PostgreSQL ended")??;
        server.name_database().await?;
        Ok(server)
    }

    /// How to connect, as the owner of everything.
    pub fn connect_options(&self) -> PgConnectOptions {
        connect_options(&self.socket, DATABASE)
    }

    /// The same as an address for other programs, such as `psql`.
    pub fn url(&self) -> String {
        url(&self.socket, DATABASE)
    }

    /// The folder where the data really is.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The folder that was asked for, when the server's user cannot reach it and another one was taken. Say so.
    pub fn moved_from(&self) -> Option<&Path> {
        self.moved_from.as_deref()
    }

    /// The server's main process, unless it is just coming back.
    pub fn pid(&self) -> Option<u32> {
        self.supervisor.pid()
    }

    /// How often the server died and came back. Connections made before a change of this number are dead.
    pub fn restarts(&self) -> u64 {
        self.supervisor.restarts()
    }

    /// Ends every session and stops the server cleanly.
    pub async fn stop(mut self) -> Result<()> {
        tokio::task::spawn_blocking(move || self.supervisor.end(supervisor::PATIENCE_OF_STOP)).await?
    }

    /// `initdb` names its database after itself. Renaming costs nothing, and the name tells that a first start was whole.
    async fn name_database(&self) -> Result<()> {
        match self.connect_options().connect().await {
            Ok(connection) => return Ok(connection.close().await?),
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("3D000") => {}
            Err(error) => return Err(error).context("connecting to the PostgreSQL that was just started"),
        }
        let mut connection = connect_options(&self.socket, "template1").connect().await?;
        sqlx::query("alter database postgres rename to dayaq")
            .execute(&mut connection)
            .await
            .context("naming the new database")?;
        Ok(connection.close().await?)
    }
}

/// Everything is set here, since sqlx would take what is missing from the environment.
fn connect_options(socket: &Path, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket)
        .port(settings::PORT)
        .username(DATABASE)
        .database(database)
        .ssl_mode(PgSslMode::Disable)
        .disable_statement_logging()
}

fn url(socket: &Path, database: &str) -> String {
    let mut host = String::new();
    for byte in socket.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' => host.push(char::from(*byte)),
            _ if byte.is_ascii_alphanumeric() => host.push(char::from(*byte)),
            _ => host.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("postgres:///{database}?host={host}&port={}&user={DATABASE}&sslmode=disable", settings::PORT)
}
