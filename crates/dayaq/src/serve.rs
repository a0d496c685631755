//! Puts the program together over a database and serves it.

use crate::{
    messages,
    programmes::{self, Source},
    slices, statics,
};
use anyhow::{Context, Result};
use axum::Router;
use platform::{
    app::{App, Parts},
    router,
};
use registry::{case, people};
use reporting::results;
use std::{net::SocketAddr, sync::Arc};
use tokio::net::TcpListener;

/// The program over these parts with a programme in force, and its router.
pub async fn assemble(parts: Parts, source: Source) -> Result<(App, Router)> {
    messages::install()?;
    let mut slices = slices::all();
    let app = programmes::put_in_force(App::new(parts, &slices), source)
        .await?
        .holding(Arc::new(results::Cache::default()))
        .holding(Arc::new(people::search::Counts::default()))
        .holding(Arc::new(people::desk::Registered::default()))
        .holding(Arc::new(case::Counts::default()));
    let routes = slices.iter_mut().flat_map(|slice| std::mem::take(&mut slice.routes)).collect();
    Ok((app.clone(), router::router(app, routes, statics::all())))
}

/// Serves until told to stop.
pub async fn serve(router: Router, address: SocketAddr, stop: impl Future<Output = ()> + Send + 'static) -> Result<()> {
    let listener = TcpListener::bind(address).await.with_context(|| format!("listening on {address}"))?;
    axum::serve(listener, router).with_graceful_shutdown(stop).await.context("serving")
}
