//! A browser as plain as can be: HTTP/1.1 over one kept connection, enough to time and to try our own pages on loopback.

use anyhow::{Context, Result, bail, ensure};
use platform::draw::encode;
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// Somebody signed in: the cookie that says so.
#[derive(Clone)]
pub struct Visitor {
    cookie: String,
    pub role: &'static str,
}

/// One kept connection.
pub struct Client {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub cookie: Option<String>,
    pub location: Option<String>,
    /// How long the program itself took.
    pub server: Duration,
    pub body: Vec<u8>,
}

/// How long one answer took: as the program says, and as the client saw it.
#[derive(Clone, Copy, Debug)]
pub struct Took {
    pub server: Duration,
    pub client: Duration,
}

impl Client {
    pub async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("connecting")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::with_capacity(64 * 1024, stream), address })
    }

    async fn send(&mut self, head: &str, body: &str) -> Result<Answer> {
        let request = format!("{head}host: {}\r\ncontent-length: {}\r\n\r\n{body}", self.address, body.len());
        self.stream.get_mut().write_all(request.as_bytes()).await.context("asking")?;
        let mut line = String::new();
        self.stream.read_line(&mut line).await.context("reading an answer")?;
        let status = line.split_whitespace().nth(1).and_then(|code| code.parse().ok()).context("no answer")?;
        let mut answer = Answer { status, cookie: None, location: None, server: Duration::ZERO, body: Vec::new() };
        loop {
            line.clear();
            self.stream.read_line(&mut line).await?;
            match line.trim_end().split_once(": ") {
                None => break,
                Some(("content-length", bytes)) => answer.body = vec![0; bytes.parse().context("no length")?],
                Some(("set-cookie", value)) => answer.cookie = value.split(';').next().map(str::to_owned),
                Some(("location", value)) => answer.location = Some(value.to_owned()),
                Some(("server-timing", value)) => answer.server = told(value).context("no time told")?,
                Some(("transfer-encoding", _)) => bail!("an answer of unknown length"),
                _ => {}
            }
        }
        self.stream.read_exact(&mut answer.body).await.context("reading a page")?;
        Ok(answer)
    }

    pub async fn get(&mut self, visitor: &Visitor, path: &str) -> Result<Answer> {
        self.send(&format!("GET {path} HTTP/1.1\r\ncookie: {}\r\n", visitor.cookie), "").await
    }

    /// Posts a form.
    pub async fn post(&mut self, visitor: &Visitor, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let kind = "content-type: application/x-www-form-urlencoded";
        self.send(&format!("POST {path} HTTP/1.1\r\ncookie: {}\r\n{kind}\r\n", visitor.cookie), &body.join("&")).await
    }
}

/// The milliseconds in a `Server-Timing` header.
fn told(value: &str) -> Option<Duration> {
    let millis: f64 = value.split_once("dur=")?.1.parse().ok()?;
    Some(Duration::from_secs_f64(millis / 1000.0))
}

/// Signs in whoever of the cast stands first in a role.
pub async fn sign_in(address: SocketAddr, role: &'static str) -> Result<Visitor> {
    let mut client = Client::connect(address).await?;
    let nobody = Visitor { cookie: String::new(), role };
    let shown = client.get(&nobody, "/api/sign-in").await?;
    let view: serde_json::Value = serde_json::from_slice(&shown.body).context("reading the cast")?;
    let number = platform::role::Role::ALL.iter().find(|known| known.code() == role).map(|role| *role as i16);
    let cast = view["cast"].as_array().context("this is no demo")?;
    let card = cast.iter().find(|card| card["role"].as_i64() == number.map(i64::from));
    let card = card.with_context(|| format!("nobody of the cast is {role}"))?;
    let officer = card["officer_id"].as_str().unwrap_or_default();
    let answer = client.post(&nobody, "/demo-sign-in", &[("card", officer)]).await?;
    Ok(Visitor { cookie: answer.cookie.context("the sign-in gave no cookie")?, role })
}

/// One page, over a connection of its own.
pub async fn get(address: SocketAddr, visitor: &Visitor, path: &str) -> Result<Answer> {
    Client::connect(address).await?.get(visitor, path).await
}

/// The value of a hidden field of a page.
pub fn hidden(page: &[u8], name: &str) -> Option<String> {
    let page = std::str::from_utf8(page).ok()?;
    let field = page.split_once(&format!("name=\"{name}\""))?.1;
    Some(field.split_once("value=\"")?.1.split('"').next()?.to_owned())
}

/// A page's view as JSON.
pub async fn json(address: SocketAddr, visitor: &Visitor, path: &str) -> Result<serde_json::Value> {
    let answer = get(address, visitor, path).await?;
    ensure!(answer.status == 200, "{path}: {}", answer.status);
    serde_json::from_slice(&answer.body).with_context(|| format!("reading {path}"))
}

/// Whether a page may be opened.
pub async fn answers(address: SocketAddr, visitor: &Visitor, path: &str) -> Result<bool> {
    Ok(get(address, visitor, path).await?.status == 200)
}

/// How long each answer took over so many connections for so long.
pub async fn load(
    address: SocketAddr,
    visitor: &Visitor,
    path: &str,
    connections: usize,
    lasting: Duration,
) -> Result<Vec<Took>> {
    let end = Instant::now() + lasting;
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let (visitor, path) = (visitor.clone(), path.to_owned());
            tokio::spawn(async move {
                let mut client = Client::connect(address).await?;
                let mut times = Vec::new();
                while Instant::now() < end {
                    let asked = Instant::now();
                    let answer = client.get(&visitor, &path).await?;
                    ensure!(answer.status == 200, "{path}: {}", answer.status);
                    times.push(Took { server: answer.server, client: asked.elapsed() });
                }
                Ok(times)
            })
        })
        .collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await??);
    }
    ensure!(!all.is_empty(), "{path} did not answer");
    Ok(all)
}
