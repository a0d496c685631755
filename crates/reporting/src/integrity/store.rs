//! Chains as they stand, verified where they lie.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::{
    journal::{Link, link},
    keys::sha256,
    scope::Tx,
};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

/// One chain.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Chain {
    pub office: i32,
    pub name_az: String,
    pub name_en: String,
    pub name_ru: String,
    pub seq: i64,
    #[serde(skip)]
    pub hash: Vec<u8>,
}

const CHAINS: &str = "
    select h.office, o.name_az, o.name_en, o.name_ru, h.seq, h.hash
    from chain_head h
    join office o using (office)
    where h.seq > 0
    order by h.seq desc";

/// Every chain with entries; `tx` must be the program's own.
pub async fn chains(tx: &mut Tx) -> Result<Vec<Chain>> {
    sqlx::query_as(CHAINS).fetch_all(tx.conn()).await.context("finding the chains")
}

#[derive(FromRow)]
struct Row {
    seq: i64,
    entry_id: Uuid,
    person_id: Uuid,
    case_id: Option<Uuid>,
    officer_id: Uuid,
    role: i16,
    kind: i16,
    effective_on: NaiveDate,
    recorded_at: DateTime<Utc>,
    payload: Option<String>,
    digest: Vec<u8>,
    hash: Vec<u8>,
}

const TAIL: &str = "
    select seq, entry_id, person_id, case_id, officer_id, role, kind, effective_on, recorded_at, payload, digest, hash
    from journal
    where office = $1
    and seq >= $2
    order by seq";

/// Verifies the last entries of a chain against its head: the number of the first bad one, if any. The whole journal is
/// verified from an export, off line.
pub async fn first_bad(tx: &mut Tx, chain: &Chain, entries: i64) -> Result<Option<i64>> {
    let from = (chain.seq - entries).max(1);
    let rows: Vec<Row> =
        sqlx::query_as(TAIL).bind(chain.office).bind(from).fetch_all(tx.conn()).await.context("reading a chain")?;
    let mut before: Option<[u8; 32]> = (from == 1).then_some([0; 32]);
    let mut expected = from;
    for row in &rows {
        let digest = <[u8; 32]>::try_from(row.digest.as_slice()).ok();
        let is_own = row.payload.as_ref().is_none_or(|payload| digest == Some(sha256(payload.as_bytes())));
        let linked = before
            .zip(digest)
            .is_none_or(|(before, digest)| link(&before, &columns(chain.office, row), &digest)[..] == row.hash[..]);
        if row.seq != expected || !is_own || !linked {
            return Ok(Some(row.seq));
        }
        before = <[u8; 32]>::try_from(row.hash.as_slice()).ok();
        expected += 1;
    }
    let holds = expected == chain.seq + 1 && rows.last().is_none_or(|last| last.hash == chain.hash);
    Ok((!holds).then_some(expected))
}

fn columns(office: i32, row: &Row) -> Link {
    Link {
        person: row.person_id,
        entry: row.entry_id,
        case: row.case_id.unwrap_or(Uuid::nil()),
        office,
        seq: row.seq,
        officer: row.officer_id,
        role: row.role,
        kind: row.kind,
        effective_on: row.effective_on,
        recorded_at: row.recorded_at,
    }
}

/// A checkpoint that was taken.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Taken {
    pub checkpoint_id: Uuid,
    pub made_at: DateTime<Utc>,
    #[serde(skip)]
    pub heads: String,
    #[serde(skip)]
    pub root: Vec<u8>,
    #[serde(skip)]
    pub signature: Vec<u8>,
}

const TAKEN: &str = "
    select checkpoint_id, made_at, heads, root, signature
    from checkpoint
    order by made_at desc
    limit 50";

/// The checkpoints taken last.
pub async fn taken(tx: &mut Tx) -> Result<Vec<Taken>> {
    sqlx::query_as(TAKEN).fetch_all(tx.conn()).await.context("finding checkpoints")
}

const ONE: &str = "
    select checkpoint_id, made_at, heads, root, signature
    from checkpoint
    where checkpoint_id = $1";

/// One checkpoint.
pub async fn one(tx: &mut Tx, checkpoint: Uuid) -> Result<Option<Taken>> {
    sqlx::query_as(ONE).bind(checkpoint).fetch_optional(tx.conn()).await.context("finding a checkpoint")
}
