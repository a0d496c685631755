//! What an officer is told of those who may be the same person, and what they answer: it is another person, and why.

use super::{
    Likely,
    reads::{self, Face},
};
use crate::people::{DIFFERENT, TOLD_ELSEWHERE};
use anyhow::Result;
use linkage::Explanation;
use platform::{
    answer::Fault,
    app::App,
    form::Posted,
    keys::Keys,
    message::{Errors, Message},
    request::{Page, Wants},
    scope::{Scope, Tx},
};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;
use values::id::{OfficeId, PersonId};

/// The fields of the form that belong to the panel: whom it showed, sealed; that it is somebody else; why.
pub const SHOWN: &str = "desk_shown";
pub const ANOTHER: &str = "desk_another";
pub const WHY: &str = "desk_why";

/// The least length of a reason that says something, in characters.
const LEAST_REASON: usize = 5;

/// Those who may be the same person.
#[derive(Default)]
pub struct Told {
    /// Within the reader's offices, the likeliest first.
    pub here: Vec<(Face, Explanation)>,
    /// Registered elsewhere: the office to ask, and nothing more may show.
    pub elsewhere: Vec<(Uuid, OfficeId)>,
}

/// The officer's word that somebody is none of those who look like them.
#[derive(Debug, PartialEq)]
pub struct Different {
    pub reason: String,
    /// Of whom they were told.
    pub from: Vec<Uuid>,
}

impl Told {
    /// Sorts them by what the transaction's scope may see.
    pub async fn of(tx: &mut Tx, likely: Vec<Likely>) -> Result<Self> {
        if likely.is_empty() {
            return Ok(Self::default());
        }
        let people: Vec<Uuid> = likely.iter().map(|likely| likely.person).collect();
        let mut seen = reads::faces(tx, &people).await?;
        let all = tx.wide(async |tx| reads::faces(tx, &people).await).await?;
        let mut told = Self::default();
        for Likely { person, why } in likely {
            if let Some(at) = seen.iter().position(|face| face.person_id == person) {
                told.here.push((seen.swap_remove(at), why));
            } else if let Some(face) = all.iter().find(|face| face.person_id == person) {
                told.elsewhere.push((person, OfficeId(face.office)));
            }
        }
        Ok(told)
    }

    pub fn is_empty(&self) -> bool {
        self.here.is_empty() && self.elsewhere.is_empty()
    }

    fn people(&self) -> impl Iterator<Item = Uuid> {
        self.here.iter().map(|(face, _)| face.person_id).chain(self.elsewhere.iter().map(|(person, _)| *person))
    }

    /// The offices to ask, each once; their order tells nothing.
    pub fn offices(&self) -> BTreeSet<OfficeId> {
        self.elsewhere.iter().map(|(_, office)| *office).collect()
    }

    /// Who is shown, for the form to carry: sealed, since an id of another office's person shows to nobody.
    pub fn sealed(&self, keys: &Keys) -> Result<String> {
        keys.seal(&serde_json::to_string(&self.people().collect::<Vec<_>>())?)
    }

    /// Whether the form may be written: nobody looks like the person, or the officer saw all who do and says why it is
    /// somebody else. Who came up since is told first.
    pub fn answered(&self, form: &Posted, keys: &Keys) -> Result<Option<Different>, Errors> {
        if self.is_empty() {
            return Ok(None);
        }
        let seen = shown(form, keys);
        if !self.people().all(|person| seen.contains(&person)) {
            return Err(Errors::at(ANOTHER, Message::new("people-desk-found")));
        }
        let mut read = form.reader();
        if !read.ticked(ANOTHER) {
            read.wrong(ANOTHER, Message::new("people-desk-choose"));
        }
        let reason = read.reason(WHY, LEAST_REASON);
        read.finish(Some(Different { reason, from: self.people().collect() })).map(Some)
    }

    /// Before they are shown: writes into the journal that an officer was told of somebody at another office, so that the
    /// page of that person shows who asked. Whoever asks for data instead of a page gets what the form would carry.
    pub async fn tell(&self, app: &App, page: &Page, form: &Posted, errors: &mut Errors) -> Result<(), Fault> {
        if page.wants == Wants::Json && !self.is_empty() {
            errors.add(SHOWN, Message::new("people-desk-carry").arg("value", self.sealed(app.keys())?));
        }
        let seen = shown(form, app.keys());
        let new: Vec<_> = self.elsewhere.iter().filter(|(person, _)| !seen.contains(person)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let mut tx = app.open(Scope::System, page.who()?.clone()).await?;
        for (person, _) in new {
            tx.note(TOLD_ELSEWHERE, PersonId(*person), &json!({}), None)?;
        }
        Ok(tx.commit().await?)
    }
}

impl Different {
    /// Journals it about the person who is written.
    pub fn note(&self, tx: &mut Tx, person: PersonId) -> Result<()> {
        let from = tx.keys().seal(&serde_json::to_string(&self.from)?)?;
        tx.note(DIFFERENT, person, &json!({ "from": from, "people": self.from.len() }), Some(&self.reason))?;
        Ok(())
    }
}

/// Whether the form has shown somebody before.
pub fn has_shown(form: &Posted) -> bool {
    !form.value(SHOWN).is_empty()
}

/// Whom the form has shown. What nobody sealed here has shown nobody.
fn shown(form: &Posted, keys: &Keys) -> BTreeSet<Uuid> {
    let opened = keys.open(form.value(SHOWN)).ok();
    opened.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default()
}
