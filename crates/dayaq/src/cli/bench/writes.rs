//! Writes through the pages: an officer registers people, and corrects what is written about them.

use anyhow::{Context, Result, ensure};
use dayaq::{
    client::{Client, Took, Visitor, hidden},
    stranger::Stranger,
};
use std::{
    net::SocketAddr,
    time::{Duration, Instant, UNIX_EPOCH},
};
use uuid::Uuid;

/// How long registrations and corrections took.
#[derive(Default)]
pub struct Written {
    pub registered: Vec<Took>,
    pub corrected: Vec<Took>,
}

/// Registers people over so many connections for so long, and corrects each of them once.
pub async fn run(address: SocketAddr, visitor: &Visitor, connections: usize, lasting: Duration) -> Result<Written> {
    let end = Instant::now() + lasting;
    // Nobody whom a bench on the same demo has registered before.
    let first = usize::try_from(UNIX_EPOCH.elapsed()?.as_secs())? << 20;
    let tasks: Vec<_> = (0..connections)
        .map(|number| {
            let visitor = visitor.clone();
            tokio::spawn(async move { one(address, visitor, first + number, end).await })
        })
        .collect();
    let mut all = Written::default();
    for task in tasks {
        let written = task.await??;
        all.registered.extend(written.registered);
        all.corrected.extend(written.corrected);
    }
    Ok(all)
}

async fn one(address: SocketAddr, visitor: Visitor, number: usize, end: Instant) -> Result<Written> {
    let mut client = Client::connect(address).await?;
    let mut written = Written::default();
    let shown = client.get(&visitor, "/people/new").await?;
    let csrf = hidden(&shown.body, "_csrf").context("the form has no token")?;
    for round in 0.. {
        if Instant::now() >= end {
            break;
        }
        let stranger = Stranger::of(round * 64 + number);
        let (took, location) = post(&mut client, &visitor, "/people", &csrf, &stranger.fields()).await?;
        written.registered.push(took);
        let (took, _) = post(&mut client, &visitor, &format!("{location}/correction"), &csrf, &corrected(&stranger)).await?;
        written.corrected.push(took);
    }
    Ok(written)
}

fn corrected(stranger: &Stranger) -> Vec<(&str, &str)> {
    let mut fields = stranger.fields();
    fields.retain(|(field, _)| !matches!(*field, "basis" | "unemployed_since" | "consent" | "education"));
    fields.extend([("education", "VOCATIONAL"), ("reason", "dayaq bench"), ("_version", "1")]);
    fields
}

async fn post(client: &mut Client, visitor: &Visitor, path: &str, csrf: &str, fields: &[(&str, &str)]) -> Result<(Took, String)> {
    let form = Uuid::now_v7().to_string();
    let mut all = vec![("_csrf", csrf), ("_form", form.as_str())];
    all.extend(fields);
    let asked = Instant::now();
    let answer = client.post(visitor, path, &all).await?;
    let took = Took { server: answer.server, client: asked.elapsed() };
    ensure!(answer.status == 303, "{path} was not written: {}", answer.status);
    Ok((took, answer.location.context("a write that leads nowhere")?))
}
