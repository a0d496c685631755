//! `dayaq serve`

use super::store::Store;
use anyhow::{Context, Result, ensure};
use clap::Args;
use dayaq::{daily, serve};
use registry::people::desk;
use std::net::SocketAddr;
use tokio::{
    signal::unix::{SignalKind, signal},
    task::JoinHandle,
};

#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    store: Store,
    /// Where to listen. A demo listens on loopback only.
    #[arg(long, default_value = "127.0.0.1:8080", env = "DAYAQ_LISTEN")]
    listen: SocketAddr,
}

impl Serve {
    pub async fn run(self) -> Result<()> {
        run(self.store, self.listen).await
    }
}

/// Serves a store until the program is told to stop.
pub async fn run(store: Store, listen: SocketAddr) -> Result<()> {
    let open = store.open_alone(12).await?;
    ensure!(!open.parts.demo || listen.ip().is_loopback(), "a demo listens on loopback only, not on {listen}");
    let (app, router) = serve::assemble(open.parts.clone(), store.programme()?).await?;
    println!("Dayaq: http://{listen}");
    let beside = [tokio::spawn(daily::keep(app.clone())), tokio::spawn(desk::keep(app))];
    let served = serve::serve(router, listen, told_to_stop()?).await;
    beside.iter().for_each(JoinHandle::abort);
    open.parts.database.close().await;
    open.stop().await?;
    served
}

fn told_to_stop() -> Result<impl Future<Output = ()> + Send + 'static> {
    let mut end = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("listening for SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = end.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
