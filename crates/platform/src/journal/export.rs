//! Writes the journal to a file, entry by entry, with a checkpoint at its end that also stays in the database.

use super::file::{Checkpoint, EntryLine, Line};
use crate::{keys::hex, scope::Tx};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use futures::TryStreamExt;
use sqlx::FromRow;
use std::{collections::BTreeMap, io::Write};
use uuid::Uuid;

// One statement sees one state of the database; the heads are read from the same rows.
const ENTRIES: &str = "
    select office, seq, entry_id, person_id, case_id, officer_id, role, kind, effective_on, recorded_at, payload, digest,
        hash
    from journal
    order by office, seq";

#[derive(FromRow)]
struct Row {
    office: i32,
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

/// Exports the whole journal; `tx` must be the program's own. Returns the number of entries and the checkpoint.
pub async fn export(tx: &mut Tx, out: &mut impl Write) -> Result<(u64, Checkpoint)> {
    let mut heads = BTreeMap::new();
    let mut entries = 0;
    {
        let mut rows = sqlx::query_as::<_, Row>(ENTRIES).fetch(tx.conn());
        while let Some(row) = rows.try_next().await.context("reading the journal")? {
            let hash = hex(&row.hash);
            heads.insert(row.office, (row.seq, hash.clone()));
            let line = Line::Entry(Box::new(EntryLine {
                office: row.office,
                seq: row.seq,
                entry: row.entry_id,
                person: row.person_id,
                case: row.case_id,
                officer: row.officer_id,
                role: row.role,
                kind: row.kind,
                effective_on: row.effective_on,
                recorded_at: row.recorded_at,
                payload: row.payload,
                digest: hex(&row.digest),
                hash,
            }));
            write_line(out, &line)?;
            entries += 1;
        }
    }
    let checkpoint = Checkpoint::of(heads, tx.now(), &tx.keys());
    write_line(out, &Line::Checkpoint { checkpoint: checkpoint.clone() })?;
    keep(tx, &checkpoint).await?;
    Ok((entries, checkpoint))
}

const HEADS: &str = "
    select office, seq, hash
    from chain_head
    where seq > 0
    order by office";

/// A checkpoint over the chains as they stand; `tx` must be the program's own or widened. It stays in the database and
/// goes out on what is printed.
pub async fn checkpoint(tx: &mut Tx) -> Result<Checkpoint> {
    let rows: Vec<(i32, i64, Vec<u8>)> =
        sqlx::query_as(HEADS).fetch_all(tx.conn()).await.context("reading the heads of chains")?;
    let heads = rows.into_iter().map(|(office, seq, hash)| (office, (seq, hex(&hash)))).collect();
    let checkpoint = Checkpoint::of(heads, tx.now(), &tx.keys());
    keep(tx, &checkpoint).await?;
    Ok(checkpoint)
}

const KEEP: &str = "
    insert into checkpoint (checkpoint_id, made_at, heads, root, signature)
    values ($1, $2, $3, decode($4, 'hex'), decode($5, 'hex'))";

async fn keep(tx: &mut Tx, checkpoint: &Checkpoint) -> Result<()> {
    sqlx::query(KEEP)
        .bind(Uuid::now_v7())
        .bind(checkpoint.made_at)
        .bind(serde_json::to_string(&checkpoint.heads)?)
        .bind(&checkpoint.root)
        .bind(&checkpoint.signature)
        .execute(tx.conn())
        .await
        .context("keeping a checkpoint")?;
    Ok(())
}

fn write_line(out: &mut impl Write, line: &Line) -> Result<()> {
    serde_json::to_writer(&mut *out, line).context("writing the journal")?;
    out.write_all(b"\n").context("writing the journal")
}
