//! A command line reaches the server of the program that already runs on its data folder, or starts one for itself.

use super::{
    DATABASE, Options, Refused, Server, connect_options,
    folder::{self, Place},
    url,
};
use anyhow::{Result, bail};
use sqlx::{ConnectOptions, Connection, postgres::PgConnectOptions};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How long a program that is just starting is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(50);

/// The server of another process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    socket: PathBuf,
}

impl Attached {
    /// How to connect, as the owner of everything.
    pub fn connect_options(&self) -> PgConnectOptions {
        connect_options(&self.socket, DATABASE)
    }

    /// The same as an address for other programs.
    pub fn url(&self) -> String {
        url(&self.socket, DATABASE)
    }
}

/// A server, our own or another process's.
#[derive(Debug)]
pub enum Reached {
    Own(Server),
    Theirs(Attached),
}

impl Reached {
    /// How to connect, as the owner of everything.
    pub fn connect_options(&self) -> PgConnectOptions {
        match self {
            Self::Own(server) => server.connect_options(),
            Self::Theirs(attached) => attached.connect_options(),
        }
    }

    /// Stops the server if it is ours.
    pub async fn stop(self) -> Result<()> {
        match self {
            Self::Own(server) => server.stop().await,
            Self::Theirs(_) => Ok(()),
        }
    }
}

/// The server of the program that runs on this data folder, or `None` when none does. Waits for one that is starting.
pub async fn attach(data: &Path) -> Result<Option<Attached>> {
    let data = data.to_owned();
    let place = tokio::task::spawn_blocking(move || Place::of(&data)).await??;
    let until = Instant::now() + PATIENCE;
    while place.held()? {
        if let Ok(socket) = place.socket() {
            let attached = Attached { socket };
            if let Ok(connection) = attached.connect_options().connect().await {
                let _ = connection.close().await;
                return Ok(Some(attached));
            }
        }
        if Instant::now() > until {
            bail!("Dayaq runs on {}, but its database does not answer", place.data.display());
        }
        tokio::time::sleep(POLL).await;
    }
    Ok(None)
}

/// Whether a database was ever made in this data folder.
pub async fn is_made(data: &Path) -> Result<bool> {
    let data = data.to_owned();
    let place = tokio::task::spawn_blocking(move || Place::of(&data)).await??;
    Ok(folder::cluster(&place.data).join("PG_VERSION").exists())
}

/// The running program's server; our own where none runs.
pub async fn reach(options: Options) -> Result<Reached> {
    if let Some(attached) = attach(&options.data).await? {
        return Ok(Reached::Theirs(attached));
    }
    match Server::start(options.clone()).await {
        Ok(server) => Ok(Reached::Own(server)),
        // Another process was quicker in between.
        Err(error) if matches!(error.downcast_ref(), Some(Refused::AlreadyRunning { .. })) => {
            match attach(&options.data).await? {
                Some(attached) => Ok(Reached::Theirs(attached)),
                None => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}
