//! Where the data are: the options that every word shares, and the way to the database.

use anyhow::{Context, Result, bail};
use clap::Args;
use dayaq::{
    installation, migrations,
    programmes::{self, Source},
};
use platform::{
    app::Parts,
    database::Database,
    embedded::{self, Reached, Server},
    keys::Keys,
};
use sqlx::postgres::PgConnectOptions;
use std::{path::PathBuf, sync::Arc};

/// Where the data are.
#[derive(Args, Clone, Debug)]
pub struct Store {
    /// The data folder.
    #[arg(long, default_value = "data", env = "DAYAQ_DATA")]
    pub data: PathBuf,
    /// An outside PostgreSQL server instead of the program's own.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// The file with the secret under which protected fields are sealed; it must not be in the data folder.
    #[arg(long, env = "DAYAQ_KEY_FILE")]
    pub key_file: Option<PathBuf>,
    /// A folder that holds another programme as data.
    #[arg(long, env = "DAYAQ_PROGRAMME")]
    pub programme: Option<PathBuf>,
}

/// An open store; stop it when done.
pub struct Open {
    pub parts: Parts,
    server: Option<Reached>,
}

impl Open {
    /// Closes the connections, and stops the server if it is ours.
    pub async fn stop(self) -> Result<()> {
        self.parts.database.close().await;
        match self.server {
            Some(server) => server.stop().await,
            None => Ok(()),
        }
    }
}

impl Store {
    /// Opens the store for serving: a second program on the same folder is refused.
    pub async fn open_alone(&self, connections: u32) -> Result<Open> {
        let server = match &self.database_url {
            Some(_) => None,
            None => {
                let server = Server::start(embedded::Options::new(&self.data)).await?;
                if let Some(asked) = server.moved_from() {
                    eprintln!(
                        "{} is closed to the database's account: the data are in {}",
                        asked.display(),
                        server.data().display()
                    );
                }
                Some(Reached::Own(server))
            }
        };
        self.finish(server, connections).await
    }

    /// Opens a store that a demo is built in: a new one becomes a demo whose clock stands so many seconds away.
    pub async fn open_new(&self, offset_seconds: i64) -> Result<Open> {
        let server = match &self.database_url {
            Some(_) => None,
            None => Some(Reached::Own(Server::start(embedded::Options::load(&self.data)).await?)),
        };
        let options = self.options(&server)?;
        let database = Database::open(options, 4, &migrations::ALL).await?;
        let keys = Arc::new(self.keys()?);
        installation::mark(&database, &keys, true, offset_seconds).await?;
        database.close().await;
        self.finish(server, 4).await
    }

    fn options(&self, server: &Option<Reached>) -> Result<PgConnectOptions> {
        match (&self.database_url, server) {
            (Some(url), _) => url.parse().context("reading DATABASE_URL"),
            (None, Some(server)) => Ok(server.connect_options()),
            (None, None) => bail!("neither an own nor an outside server"),
        }
    }

    /// Opens the store for a command: through the running program's server where one runs. A folder in which nothing was
    /// ever kept is refused, since it is most likely a slip in its name.
    pub async fn open(&self) -> Result<Open> {
        if self.database_url.is_none() && !embedded::is_made(&self.data).await? {
            bail!(
                "nothing is kept in {}: check the folder's name after --data, or begin a programme there with dayaq serve",
                self.data.display()
            );
        }
        let server = match &self.database_url {
            Some(_) => None,
            None => Some(embedded::reach(embedded::Options::new(&self.data)).await?),
        };
        self.finish(server, 4).await
    }

    async fn finish(&self, server: Option<Reached>, connections: u32) -> Result<Open> {
        let options = self.options(&server)?;
        let database = Database::open(options, connections, &migrations::ALL).await?;
        let keys = Arc::new(self.keys()?);
        let (clock, demo) = installation::settle(&database, &keys).await?;
        Ok(Open { parts: Parts { database, clock, keys, demo }, server })
    }

    /// The programme: from the folder named, else the one that the program carries.
    pub fn programme(&self) -> Result<Source> {
        match &self.programme {
            Some(folder) => programmes::from_folder(folder),
            None => programmes::carried(),
        }
    }

    /// The keys: from the file named, else from the folder beside the data, where a demo makes its own.
    pub fn keys(&self) -> Result<Keys> {
        let path = self.key_path();
        match path.exists() {
            true => Keys::read(&path),
            false if self.key_file.is_some() => bail!("the key file {} does not exist", path.display()),
            false => Keys::create(&path),
        }
    }

    fn key_path(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| {
            let name = self.data.file_name().map_or_else(|| "data".into(), |name| name.to_string_lossy().into_owned());
            self.data.with_file_name(format!("{name}.key"))
        })
    }
}
