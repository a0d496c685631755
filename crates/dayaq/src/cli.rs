//! The command line.

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use dayaq::{migrations, serve};
use platform::{app::Parts, clock::Clock, database::Database, keys::Keys};
use std::{net::SocketAddr, path::PathBuf, sync::Arc};

/// Runs a self-employment programme from the first registration to the results table.
#[derive(Parser)]
#[command(name = "dayaq", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the programme.
    Serve {
        #[arg(long, default_value = "data")]
        data: PathBuf,
        #[arg(long, default_value_t = 8080)]
        port: u16,
        #[arg(long, env = "DATABASE_URL")]
        database: String,
    },
}

/// Reads the command line and does what it says.
pub fn run() -> Result<()> {
    let cli = Cli::parse();
    tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::new("warn")).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the runtime")?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve { data, port, database } => {
                let keys = data.join("key");
                let keys = if keys.exists() { Keys::read(&keys)? } else { Keys::create(&keys)? };
                let database = Database::open(database.parse()?, 10, &migrations::ALL).await?;
                let parts = Parts { database, clock: Clock::default(), keys: Arc::new(keys), demo: true };
                let (_, router) = serve::assemble(parts)?;
                serve::serve(router, SocketAddr::from(([127, 0, 0, 1], port)), std::future::pending()).await
            }
        }
    })
}
