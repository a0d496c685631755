//! The journal: a chain of entries for every office. The digest covers the payload; the hash covers every other column
//! and the hash before, so that a payload can be erased by law and the chain still verifies.

pub mod export;
pub mod file;
#[cfg(test)]
mod file_tests;

use crate::{keys::sha256, role::Role};
use anyhow::{Context, Result, bail};
use chrono::{DateTime, NaiveDate, Utc};
use ring::rand::SecureRandom;
use serde::Serialize;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;
use values::id::{CaseId, EntryId, OfficeId, OfficerId, PersonId};

/// What an entry tells: a number that is stored for ever, and its word.
///
/// 1–299 are the events of a case and belong to `registry::case`. Other facts: 300 registry, 400 selection,
/// 500 preparation, 600 provision, 700 follow-up, 800 reporting, 1000 platform.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EntryKind {
    pub number: i16,
    pub code: &'static str,
}

impl EntryKind {
    pub const fn new(number: i16, code: &'static str) -> Self {
        Self { number, code }
    }
}

/// An entry before it is chained.
#[derive(Clone, Debug)]
pub struct Entry {
    pub entry: EntryId,
    /// The person whom it is about; nil for nobody.
    pub person: PersonId,
    pub case: Option<CaseId>,
    /// The chain: the acting officer's office.
    pub office: OfficeId,
    pub officer: OfficerId,
    pub role: Role,
    pub kind: i16,
    pub effective_on: NaiveDate,
    pub recorded_at: DateTime<Utc>,
    /// JSON text with the facts, the reason and a salt.
    pub payload: String,
}

/// Facts and reason as the JSON text of a payload, with a random salt so that a digest gives nothing away.
pub fn payload<T: Serialize>(facts: &T, reason: Option<&str>) -> Result<String> {
    #[derive(Serialize)]
    struct Payload<'a, T> {
        facts: &'a T,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'a str>,
        salt: String,
    }
    let mut salt = [0u8; 12];
    ring::rand::SystemRandom::new().fill(&mut salt).ok().context("drawing a salt")?;
    serde_json::to_string(&Payload { facts, reason, salt: crate::keys::hex(&salt) }).context("writing a payload")
}

impl crate::scope::Tx {
    /// Records a fact that is not an event of a case (about `person`, or about nobody when nil), as of today.
    pub fn note<T: Serialize>(&mut self, kind: EntryKind, person: PersonId, facts: &T, reason: Option<&str>) -> Result<EntryId> {
        let entry = Entry {
            entry: EntryId::new(),
            person,
            case: None,
            office: self.who().office,
            officer: self.who().officer,
            role: self.who().role,
            kind: kind.number,
            effective_on: self.today(),
            recorded_at: self.now(),
            payload: payload(facts, reason)?,
        };
        let id = entry.entry;
        self.record(entry);
        Ok(id)
    }
}

const HEAD: &str = "
    insert into chain_head as h (office, seq, hash)
    values ($1, 0, decode(repeat('00', 32), 'hex'))
    on conflict (office) do update set seq = h.seq
    returning seq, hash";

const ADVANCE: &str = "
    update chain_head
    set seq = $2, hash = $3
    where office = $1";

const INSERT: &str = "
    insert into journal (person_id, entry_id, case_id, office, seq, officer_id, role, kind, effective_on, recorded_at,
        payload, digest, hash)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::bigint[], $6::uuid[], $7::smallint[],
        $8::smallint[], $9::date[], $10::timestamptz[], $11::text[], $12::bytea[], $13::bytea[])";

/// Rows in one insert: bounded memory, few round trips.
const BATCH: usize = 8_000;

/// Chains and writes the entries of one transaction. Heads are locked in the order of their offices.
pub(crate) async fn write(conn: &mut PgConnection, entries: Vec<Entry>) -> Result<()> {
    let mut chains: BTreeMap<OfficeId, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        chains.entry(entry.office).or_default().push(entry);
    }
    let mut rows = Vec::new();
    for (office, entries) in chains {
        let (mut seq, hash): (i64, Vec<u8>) =
            sqlx::query_as(HEAD).bind(office.0).fetch_one(&mut *conn).await.context("locking the head of a chain")?;
        let Ok(mut hash) = <[u8; 32]>::try_from(hash) else { bail!("the head of chain {office} is not a hash") };
        for entry in entries {
            seq += 1;
            let digest = sha256(entry.payload.as_bytes());
            hash = link(&hash, &Link::of(&entry, seq), &digest);
            rows.push(Row { entry, seq, digest, hash });
        }
        sqlx::query(ADVANCE).bind(office.0).bind(seq).bind(&hash[..]).execute(&mut *conn).await.context("advancing a chain")?;
    }
    for batch in rows.chunks(BATCH) {
        insert(conn, batch).await?;
    }
    Ok(())
}

struct Row {
    entry: Entry,
    seq: i64,
    digest: [u8; 32],
    hash: [u8; 32],
}

async fn insert(conn: &mut PgConnection, rows: &[Row]) -> Result<()> {
    fn column<'r, T>(rows: &'r [Row], of: impl Fn(&'r Row) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    sqlx::query(INSERT)
        .bind(column(rows, |r| r.entry.person.0))
        .bind(column(rows, |r| r.entry.entry.0))
        .bind(column(rows, |r| r.entry.case.map(|case| case.0)))
        .bind(column(rows, |r| r.entry.office.0))
        .bind(column(rows, |r| r.seq))
        .bind(column(rows, |r| r.entry.officer.0))
        .bind(column(rows, |r| r.entry.role as i16))
        .bind(column(rows, |r| r.entry.kind))
        .bind(column(rows, |r| r.entry.effective_on))
        .bind(column(rows, |r| r.entry.recorded_at))
        .bind(column(rows, |r| r.entry.payload.as_str()))
        .bind(column(rows, |r| &r.digest[..]))
        .bind(column(rows, |r| &r.hash[..]))
        .execute(conn)
        .await
        .context("writing the journal")?;
    Ok(())
}

/// The columns that a hash covers beside the digest and the hash before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    pub person: Uuid,
    pub entry: Uuid,
    pub case: Uuid,
    pub office: i32,
    pub seq: i64,
    pub officer: Uuid,
    pub role: i16,
    pub kind: i16,
    pub effective_on: NaiveDate,
    pub recorded_at: DateTime<Utc>,
}

impl Link {
    fn of(entry: &Entry, seq: i64) -> Self {
        Self {
            person: entry.person.0,
            entry: entry.entry.0,
            case: entry.case.map_or(Uuid::nil(), |case| case.0),
            office: entry.office.0,
            seq,
            officer: entry.officer.0,
            role: entry.role as i16,
            kind: entry.kind,
            effective_on: entry.effective_on,
            recorded_at: entry.recorded_at,
        }
    }
}

/// The hash of an entry: SHA-256 over the hash before, the columns in a fixed layout (numbers big-endian, dates as days
/// from 1 January 1970, moments as microseconds), and the digest.
pub fn link(before: &[u8; 32], columns: &Link, digest: &[u8; 32]) -> [u8; 32] {
    let days = columns.effective_on.signed_duration_since(NaiveDate::default()).num_days();
    let mut bytes = Vec::with_capacity(180);
    bytes.extend_from_slice(before);
    bytes.extend_from_slice(columns.person.as_bytes());
    bytes.extend_from_slice(columns.entry.as_bytes());
    bytes.extend_from_slice(columns.case.as_bytes());
    bytes.extend_from_slice(&columns.office.to_be_bytes());
    bytes.extend_from_slice(&columns.seq.to_be_bytes());
    bytes.extend_from_slice(columns.officer.as_bytes());
    bytes.extend_from_slice(&columns.role.to_be_bytes());
    bytes.extend_from_slice(&columns.kind.to_be_bytes());
    bytes.extend_from_slice(&days.to_be_bytes());
    bytes.extend_from_slice(&columns.recorded_at.timestamp_micros().to_be_bytes());
    bytes.extend_from_slice(digest);
    sha256(&bytes)
}
