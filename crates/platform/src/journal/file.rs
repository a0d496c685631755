//! The journal as a file that an outsider can verify: one entry a line in the order of its chain, a signed checkpoint last.

use super::{Link, link};
use crate::keys::{from_hex, hex, sha256};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, io::BufRead};
use uuid::Uuid;

/// One line of the file.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum Line {
    Entry(Box<EntryLine>),
    Checkpoint { checkpoint: Checkpoint },
}

impl Line {
    fn read(text: &str) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct End {
            checkpoint: Checkpoint,
        }
        match text.starts_with("{\"checkpoint\"") {
            true => serde_json::from_str::<End>(text).map(|end| Line::Checkpoint { checkpoint: end.checkpoint }),
            false => serde_json::from_str(text).map(Line::Entry),
        }
    }
}

/// An entry as a line. `payload` is null when it was erased by law; its digest stays.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EntryLine {
    pub office: i32,
    pub seq: i64,
    pub entry: Uuid,
    pub person: Uuid,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub case: Option<Uuid>,
    pub officer: Uuid,
    pub role: i16,
    pub kind: i16,
    pub effective_on: NaiveDate,
    pub recorded_at: DateTime<Utc>,
    pub payload: Option<String>,
    pub digest: String,
    pub hash: String,
}

/// The heads of all chains at a moment, their Merkle root, and a signature over it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    pub made_at: DateTime<Utc>,
    /// By office: the number of its last entry and that entry's hash.
    pub heads: BTreeMap<i32, (i64, String)>,
    pub root: String,
    /// Ed25519, over the root's 32 bytes.
    pub signature: String,
    pub public_key: String,
}

impl Checkpoint {
    /// A checkpoint over these heads.
    pub fn of(heads: BTreeMap<i32, (i64, String)>, made_at: DateTime<Utc>, keys: &crate::keys::Keys) -> Self {
        let root = merkle_root(&heads);
        Self { made_at, heads, root: hex(&root), signature: hex(&keys.sign(&root)), public_key: hex(&keys.public()) }
    }

    fn is_sound(&self) -> bool {
        let root = merkle_root(&self.heads);
        let (Some(key), Some(signature)) = (from_hex(&self.public_key), from_hex(&self.signature)) else { return false };
        let key = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, key);
        hex(&root) == self.root && key.verify(&root, &signature).is_ok()
    }
}

/// The Merkle root over the heads in the order of their offices (RFC 6962: leaves under 0, nodes under 1).
pub fn merkle_root(heads: &BTreeMap<i32, (i64, String)>) -> [u8; 32] {
    let leaves: Vec<[u8; 32]> = heads
        .iter()
        .map(|(office, (seq, hash))| {
            let mut bytes = vec![0u8];
            bytes.extend_from_slice(&office.to_be_bytes());
            bytes.extend_from_slice(&seq.to_be_bytes());
            bytes.extend_from_slice(hash.as_bytes());
            sha256(&bytes)
        })
        .collect();
    root_of(&leaves)
}

fn root_of(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [] => sha256(&[]),
        [one] => *one,
        many => {
            let half = many.len().next_power_of_two() / 2;
            let mut bytes = vec![1u8];
            bytes.extend_from_slice(&root_of(&many[..half]));
            bytes.extend_from_slice(&root_of(&many[half..]));
            sha256(&bytes)
        }
    }
}

/// What a verified file holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Verified {
    pub entries: u64,
    pub chains: usize,
    /// Payloads erased by law.
    pub erased: u64,
    pub root: String,
}

/// The first thing that is wrong with a file.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Broken {
    #[error("line {line}: this is not an entry of a journal: {why}")]
    Unreadable { line: u64, why: String },
    #[error(
        "line {line}, office {office}: entry {found} stands where entry {expected} is expected: entries are missing, doubled or out of order"
    )]
    Sequence { line: u64, office: i32, expected: i64, found: i64 },
    #[error("line {line}, office {office}, entry {seq}: the payload was changed")]
    Payload { line: u64, office: i32, seq: i64 },
    #[error("line {line}, office {office}, entry {seq}: the entry was changed, or one before it was")]
    Chain { line: u64, office: i32, seq: i64 },
    #[error("the file has no checkpoint at its end: entries may have been cut off")]
    NoCheckpoint,
    #[error("the checkpoint's signature does not hold")]
    Signature,
    #[error("office {office}: the checkpoint knows {expected} entries, the file holds {found}")]
    Cut { office: i32, expected: i64, found: i64 },
    #[error("the checkpoint of {made_at} does not match: office {office} was rewritten at or before entry {seq}")]
    Rewritten { made_at: DateTime<Utc>, office: i32, seq: i64 },
    #[error("the checkpoint of {made_at} was signed under another key")]
    OtherKey { made_at: DateTime<Utc> },
}

/// Verifies a file as it is read; `against` are checkpoints that left the database earlier, on minutes or in exports.
pub fn verify(file: impl BufRead, against: &[Checkpoint]) -> Result<Verified, Broken> {
    let mut walk = Walk { against, ..Walk::default() };
    let mut end = None;
    for (number, line) in (1u64..).zip(file.lines()) {
        let unreadable = |why: String| Broken::Unreadable { line: number, why };
        let line = line.map_err(|error| unreadable(error.to_string()))?;
        if line.trim().is_empty() {
            continue;
        }
        match Line::read(&line).map_err(|error| unreadable(error.to_string()))? {
            Line::Entry(_) if end.is_some() => return Err(unreadable("an entry after the checkpoint".to_owned())),
            Line::Entry(entry) => walk.take(number, &entry)?,
            Line::Checkpoint { checkpoint } => end = Some(checkpoint),
        }
    }
    walk.finish(&end.ok_or(Broken::NoCheckpoint)?)
}

#[derive(Default)]
struct Walk<'a> {
    heads: BTreeMap<i32, (i64, [u8; 32])>,
    against: &'a [Checkpoint],
    entries: u64,
    erased: u64,
}

impl Walk<'_> {
    fn take(&mut self, line: u64, entry: &EntryLine) -> Result<(), Broken> {
        let (office, seq) = (entry.office, entry.seq);
        let (last, before) = self.heads.get(&office).copied().unwrap_or((0, [0; 32]));
        if seq != last + 1 {
            return Err(Broken::Sequence { line, office, expected: last + 1, found: seq });
        }
        let digest = entry.payload.as_ref().map(|payload| sha256(payload.as_bytes()));
        if digest.is_some_and(|digest| hex(&digest) != entry.digest) {
            return Err(Broken::Payload { line, office, seq });
        }
        let stated = from_hex(&entry.digest).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let hash = stated.map(|digest| link(&before, &columns(entry), &digest));
        let Some(hash) = hash.filter(|hash| hex(hash) == entry.hash) else { return Err(Broken::Chain { line, office, seq }) };
        for checkpoint in self.against {
            if checkpoint.heads.get(&office).is_some_and(|(at, known)| *at == seq && *known != entry.hash) {
                return Err(Broken::Rewritten { made_at: checkpoint.made_at, office, seq });
            }
        }
        self.erased += u64::from(entry.payload.is_none());
        self.entries += 1;
        self.heads.insert(office, (seq, hash));
        Ok(())
    }

    fn finish(self, end: &Checkpoint) -> Result<Verified, Broken> {
        if !end.is_sound() {
            return Err(Broken::Signature);
        }
        self.holds(end)?;
        for checkpoint in self.against {
            if checkpoint.public_key != end.public_key {
                return Err(Broken::OtherKey { made_at: checkpoint.made_at });
            }
            if !checkpoint.is_sound() {
                return Err(Broken::Signature);
            }
            for (office, (seq, _)) in &checkpoint.heads {
                let found = self.heads.get(office).map_or(0, |(seq, _)| *seq);
                if found < *seq {
                    return Err(Broken::Cut { office: *office, expected: *seq, found });
                }
            }
        }
        Ok(Verified { entries: self.entries, chains: self.heads.len(), erased: self.erased, root: end.root.clone() })
    }

    fn holds(&self, end: &Checkpoint) -> Result<(), Broken> {
        for (office, (expected, hash)) in &end.heads {
            match self.heads.get(office) {
                Some((found, own)) if found == expected && hex(own) == *hash => {}
                Some((found, _)) if found == expected => {
                    return Err(Broken::Rewritten { made_at: end.made_at, office: *office, seq: *expected });
                }
                found => {
                    let found = found.map_or(0, |(seq, _)| *seq);
                    return Err(Broken::Cut { office: *office, expected: *expected, found });
                }
            }
        }
        match self.heads.iter().find(|(office, _)| !end.heads.contains_key(office)) {
            Some((office, (found, _))) => Err(Broken::Cut { office: *office, expected: 0, found: *found }),
            None => Ok(()),
        }
    }
}

fn columns(entry: &EntryLine) -> Link {
    Link {
        person: entry.person,
        entry: entry.entry,
        case: entry.case.unwrap_or(Uuid::nil()),
        office: entry.office,
        seq: entry.seq,
        officer: entry.officer,
        role: entry.role,
        kind: entry.kind,
        effective_on: entry.effective_on,
        recorded_at: entry.recorded_at,
    }
}
