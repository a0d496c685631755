//! Which rows came before: the people of a source by their registration numbers.

use crate::people::types::NewPerson;
use anyhow::{Context, Result};
use platform::scope::Tx;
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// Rows sorted by what is known of them.
#[derive(Debug, Default)]
pub struct Sorted {
    /// With the line of the row, as the next.
    pub new: Vec<(u64, NewPerson)>,
    pub changed: Vec<(u64, Uuid, NewPerson)>,
    pub unchanged: u64,
}

#[derive(FromRow)]
struct Known {
    reg_no: String,
    person_id: Uuid,
    source_digest: Option<Vec<u8>>,
}

const KNOWN: &str = "
    select reg_no, person_id, source_digest
    from person
    where reg_no = any($1)
    and source = $2";

/// Sorts the rows of one batch, each with its line.
pub async fn sort(tx: &mut Tx, source: &str, people: Vec<(u64, NewPerson)>) -> Result<Sorted> {
    let numbers: Vec<&str> = people.iter().map(|(_, person)| person.reg_no.as_str()).collect();
    let known: Vec<Known> = sqlx::query_as(KNOWN)
        .bind(numbers)
        .bind(source)
        .fetch_all(tx.conn())
        .await
        .context("finding the rows that came before")?;
    let known: HashMap<String, (Uuid, Option<Vec<u8>>)> =
        known.into_iter().map(|row| (row.reg_no, (row.person_id, row.source_digest))).collect();
    let mut sorted = Sorted::default();
    for (line, person) in people {
        match known.get(&person.reg_no) {
            None => sorted.new.push((line, person)),
            Some((_, digest)) if digest.as_deref() == person.source_digest.as_ref().map(|digest| &digest[..]) => {
                sorted.unchanged += 1;
            }
            Some((id, _)) => sorted.changed.push((line, *id, person)),
        }
    }
    Ok(sorted)
}
