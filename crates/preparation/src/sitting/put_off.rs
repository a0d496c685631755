//! What a sitting put off: no event tells of it, since nothing was decided, so the journal tells it of the person.

use anyhow::Result;
use platform::{journal::EntryKind, scope::Tx};
use serde::Serialize;
use values::id::PersonId;

const PUT_OFF: EntryKind = EntryKind::new(536, "sitting.put_off");

/// Tells that a person's plan or application is left to another sitting, and why.
pub fn note_put_off(tx: &mut Tx, person: PersonId, facts: &impl Serialize, reason: Option<&str>) -> Result<()> {
    tx.note(PUT_OFF, person, facts, reason)?;
    Ok(())
}
