//! Changes of a person: what was there before beside what comes after, and the writing of it.

use super::{
    CORRECTED,
    store::{FIN, PHONE, sort_key, words_of},
    types::NewPerson,
};
use anyhow::{Context, Result};
use platform::{keys::Keys, scope::Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One field that changed, in the open.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    pub before: Value,
    pub after: Value,
}

/// One protected field that changed: before and after, sealed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SealedChange {
    pub field: String,
    pub sealed: String,
}

/// What the journal keeps of a correction.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Correction {
    /// The version of the person that the correction made.
    pub version: i32,
    pub changes: Vec<Change>,
    #[serde(default)]
    pub protected: Vec<SealedChange>,
}

impl Correction {
    /// The differences between a person before and after.
    pub fn between(keys: &Keys, before: &NewPerson, after: &NewPerson, version: i32) -> Result<Self> {
        let changes = differences(&in_the_open(before)?, &in_the_open(after)?);
        let hidden = differences(&object(&before.protected)?, &object(&after.protected)?);
        let seal = |change: Change| -> Result<SealedChange> {
            let both = serde_json::json!({ "before": change.before, "after": change.after });
            Ok(SealedChange { field: change.field, sealed: keys.seal(&both.to_string())? })
        };
        Ok(Self { version, changes, protected: hidden.into_iter().map(seal).collect::<Result<_>>()? })
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.protected.is_empty()
    }

    /// The names of the fields that changed.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let sealed = self.protected.iter().map(|change| change.field.as_str());
        self.changes.iter().map(|change| change.field.as_str()).chain(sealed)
    }
}

/// Writes a person's own fields anew and journals what changed. Nothing is written when nothing changed.
///
/// A FİN that changes is no longer verified.
pub async fn correct(tx: &mut Tx, before: &NewPerson, after: &NewPerson, version: i32, reason: &str) -> Result<Correction> {
    let correction = Correction::between(&tx.keys(), before, after, version + 1)?;
    if correction.is_empty() && after.source_digest.is_none() {
        return Ok(correction);
    }
    let mut after = after.clone();
    if before.protected.fin != after.protected.fin && before.fin_verified_on.is_some() {
        after.fin_verified_on = None;
        sqlx::query(UNVERIFY).bind(after.id.0).execute(tx.conn()).await.context("taking back a verified FİN")?;
    }
    rewrite(tx, &after).await?;
    tx.note(CORRECTED, after.id, &correction, Some(reason))?;
    Ok(correction)
}

fn in_the_open(person: &NewPerson) -> Result<Map<String, Value>> {
    let mut fields = object(&person.details)?;
    let mut set = |name: &str, value: Value| {
        if !matches!(&value, Value::Null) && value.as_str() != Some("") {
            fields.insert(name.to_owned(), value);
        }
    };
    set("surname", person.surname.as_str().into());
    set("given_name", person.given_name.as_str().into());
    set("patronymic", person.patronymic.as_str().into());
    set("sex", serde_json::to_value(person.sex)?);
    set("birth_date", serde_json::to_value(person.birth_date)?);
    set("residence", serde_json::to_value(&person.residence)?);
    set("origin", serde_json::to_value(&person.origin)?);
    set("address", person.address.as_str().into());
    set("language", person.language.as_str().into());
    set("education", serde_json::to_value(&person.education)?);
    set("marital", serde_json::to_value(&person.marital)?);
    set("household_size", serde_json::to_value(person.household_size)?);
    set("children", serde_json::to_value(person.children)?);
    set("income", serde_json::to_value(person.income)?);
    set("land_share", person.land_share.into());
    Ok(fields)
}

fn object<T: Serialize>(value: &T) -> Result<Map<String, Value>> {
    match serde_json::to_value(value)? {
        Value::Object(fields) => Ok(fields),
        _ => Ok(Map::new()),
    }
}

fn differences(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Change> {
    let new = after.keys().filter(|field| !before.contains_key(*field));
    let fields = before.keys().chain(new);
    let change = |field: &String| {
        let (before, after) = (before.get(field).cloned(), after.get(field).cloned());
        (before != after).then(|| Change {
            field: field.clone(),
            before: before.unwrap_or_default(),
            after: after.unwrap_or_default(),
        })
    };
    fields.filter_map(change).collect()
}

const REWRITE: &str = "
    update person
    set given_name = $2, surname = $3, patronymic = $4, sort_key = $5, sex = $6, birth_date = $7, residence = $8,
        origin = $9, address = $10, language = $11, education = $12, marital = $13, household_size = $14, children = $15,
        income = $16, land_share = $17, fin_lookup = $18, fin_verified_on = $19, phone_lookup = $20, sealed = $21,
        details = $22, source_digest = coalesce($23, source_digest), version = version + 1
    where person_id = $1";

const FORGET_WORDS: &str = "
    delete from person_word
    where person_id = $1";

const WORDS: &str = "
    insert into person_word (person_id, word, office)
    select $1, word, $3
    from unnest($2::text[]) as word";

const UNVERIFY: &str = "
    delete from verified_fin
    where person_id = $1";

async fn rewrite(tx: &mut Tx, person: &NewPerson) -> Result<()> {
    let keys = tx.keys();
    let lookup = |field: &str, value: &Option<String>| value.as_ref().map(|value| keys.lookup(field, value));
    sqlx::query(REWRITE)
        .bind(person.id.0)
        .bind(&person.given_name)
        .bind(&person.surname)
        .bind(&person.patronymic)
        .bind(sort_key(&person.surname, &person.given_name, &person.patronymic))
        .bind(person.sex.map(|sex| sex.code()))
        .bind(person.birth_date)
        .bind(&person.residence)
        .bind(&person.origin)
        .bind(&person.address)
        .bind(&person.language)
        .bind(&person.education)
        .bind(&person.marital)
        .bind(person.household_size)
        .bind(person.children)
        .bind(person.income)
        .bind(person.land_share)
        .bind(lookup(FIN, &person.protected.fin))
        .bind(person.fin_verified_on)
        .bind(lookup(PHONE, &person.protected.phone))
        .bind(keys.seal(&serde_json::to_string(&person.protected)?)?)
        .bind(serde_json::to_string(&person.details)?)
        .bind(person.source_digest.map(|digest| digest.to_vec()))
        .execute(tx.conn())
        .await
        .context("changing a person")?;
    sqlx::query(FORGET_WORDS).bind(person.id.0).execute(tx.conn()).await.context("forgetting the words of a name")?;
    let words = words_of(&[&person.surname, &person.given_name, &person.patronymic], person.residence.as_deref());
    sqlx::query(WORDS)
        .bind(person.id.0)
        .bind(words)
        .bind(person.office.0)
        .execute(tx.conn())
        .await
        .context("writing the words of a name")?;
    Ok(())
}
