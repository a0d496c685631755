//! A browser as plain as can be: HTTP/1.1 over one kept connection, enough to time our own pages on loopback.

use anyhow::{Context, Result, bail, ensure};
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
}

/// One kept connection.
pub struct Client {
    stream: BufReader<TcpStream>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub cookie: Option<String>,
    pub body: Vec<u8>,
}

impl Client {
    pub async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("connecting")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::with_capacity(64 * 1024, stream) })
    }

    async fn send(&mut self, head: &str, body: &str) -> Result<Answer> {
        let request = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
        self.stream.get_mut().write_all(request.as_bytes()).await.context("asking")?;
        let mut line = String::new();
        self.stream.read_line(&mut line).await.context("reading an answer")?;
        let status = line.split_whitespace().nth(1).and_then(|code| code.parse().ok()).context("no answer")?;
        let (mut length, mut cookie) = (0usize, None);
        loop {
            line.clear();
            self.stream.read_line(&mut line).await?;
            let header = line.trim_end();
            if header.is_empty() {
                break;
            }
            match header.split_once(": ") {
                Some(("content-length", bytes)) => length = bytes.parse().context("no length")?,
                Some(("set-cookie", value)) => cookie = value.split(';').next().map(str::to_owned),
                Some(("transfer-encoding", _)) => bail!("an answer of unknown length"),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await.context("reading a page")?;
        Ok(Answer { status, cookie, body })
    }

    async fn get(&mut self, address: SocketAddr, cookie: &str, path: &str) -> Result<Answer> {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n"), "").await
    }
}

/// Signs in whoever of the cast stands first in a role.
pub async fn sign_in(address: SocketAddr, role: &str) -> Result<Visitor> {
    let mut client = Client::connect(address).await?;
    let shown = client.get(address, "", "/api/sign-in").await?;
    let view: serde_json::Value = serde_json::from_slice(&shown.body).context("reading the cast")?;
    let number = platform::role::Role::ALL.iter().find(|known| known.code() == role).map(|role| *role as i16);
    let cast = view["cast"].as_array().context("this is no demo")?;
    let card = cast.iter().find(|card| card["role"].as_i64() == number.map(i64::from)).context("nobody in that role")?;
    let body = format!("card={}", card["officer_id"].as_str().unwrap_or_default());
    let head = format!("POST /demo-sign-in HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/x-www-form-urlencoded\r\n");
    let answer = client.send(&head, &body).await?;
    Ok(Visitor { cookie: answer.cookie.context("the sign-in gave no cookie")? })
}

/// A page's view as JSON.
pub async fn json(address: SocketAddr, visitor: &Visitor, path: &str) -> Result<serde_json::Value> {
    let answer = Client::connect(address).await?.get(address, &visitor.cookie, path).await?;
    ensure!(answer.status == 200, "{path}: {}", answer.status);
    serde_json::from_slice(&answer.body).with_context(|| format!("reading {path}"))
}

/// Whether a page may be opened.
pub async fn answers(address: SocketAddr, visitor: &Visitor, path: &str) -> Result<bool> {
    Ok(Client::connect(address).await?.get(address, &visitor.cookie, path).await?.status == 200)
}

/// How long each answer took, the quickest first, over so many connections for so long.
pub async fn load(
    address: SocketAddr,
    visitor: &Visitor,
    path: &str,
    connections: usize,
    lasting: Duration,
) -> Result<Vec<Duration>> {
    let end = Instant::now() + lasting;
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let (visitor, path) = (visitor.clone(), path.to_owned());
            tokio::spawn(async move {
                let mut client = Client::connect(address).await?;
                let mut times = Vec::new();
                while Instant::now() < end {
                    let asked = Instant::now();
                    let answer = client.get(address, &visitor.cookie, &path).await?;
                    ensure!(answer.status == 200, "{path}: {}", answer.status);
                    times.push(asked.elapsed());
                }
                Ok(times)
            })
        })
        .collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await??);
    }
    all.sort_unstable();
    Ok(all)
}
