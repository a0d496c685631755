//! What the desk reads of people: what likens them, and who was written since it looked last.

use crate::people::{CORRECTED, FIN_VERIFIED, REGISTERED, types::NewPerson};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use linkage::Row;
use platform::{keys::Keys, scope::Tx};
use serde::Deserialize;
use sqlx::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many people are read at once.
pub const PAGE: usize = 1_000;

/// How far each chain of the journal goes: office and number.
pub type Heads = BTreeMap<i32, i64>;

/// What is known of a person by which they are found again.
#[derive(Default)]
pub struct Known {
    identifiers: Identifiers,
    fin_verified: bool,
    given_name: String,
    surname: String,
    patronymic: String,
    sex: &'static str,
    birth_date: String,
    residence: String,
    address: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Identifiers {
    fin: Option<String>,
    phone: Option<String>,
    document: Option<String>,
}

impl Known {
    /// A person who is about to be written.
    pub fn of(person: &NewPerson) -> Self {
        let protected = &person.protected;
        Self {
            identifiers: Identifiers {
                fin: protected.fin.clone(),
                phone: protected.phone.clone(),
                document: protected.document.clone(),
            },
            fin_verified: person.fin_verified_on.is_some(),
            given_name: person.given_name.clone(),
            surname: person.surname.clone(),
            patronymic: person.patronymic.clone(),
            sex: person.sex.map_or("", |sex| sex.code()),
            birth_date: person.birth_date.map(|day| day.to_string()).unwrap_or_default(),
            residence: person.residence.clone().unwrap_or_default(),
            address: person.address.clone(),
        }
    }

    /// The same as the desk takes it.
    pub fn row(&self) -> Row<'_> {
        let Identifiers { fin, phone, document } = &self.identifiers;
        Row {
            fin: fin.as_deref().unwrap_or_default(),
            fin_verified: self.fin_verified,
            first_name: &self.given_name,
            last_name: &self.surname,
            father_name: &self.patronymic,
            sex: self.sex,
            birth_date: &self.birth_date,
            rayon: &self.residence,
            address: &self.address,
            phone: phone.as_deref().unwrap_or_default(),
            doc_no: document.as_deref().unwrap_or_default(),
        }
    }
}

#[derive(FromRow)]
struct Stored {
    person_id: Uuid,
    given_name: String,
    surname: String,
    patronymic: String,
    sex: Option<String>,
    birth_date: Option<NaiveDate>,
    residence: Option<String>,
    address: String,
    fin_verified_on: Option<NaiveDate>,
    sealed: String,
}

impl Stored {
    fn open(self, keys: &Keys) -> Result<(Uuid, Known)> {
        let identifiers = serde_json::from_str(&keys.open(&self.sealed)?).context("reading a person's protected fields")?;
        let known = Known {
            identifiers,
            fin_verified: self.fin_verified_on.is_some(),
            given_name: self.given_name,
            surname: self.surname,
            patronymic: self.patronymic,
            sex: match self.sex.as_deref() {
                Some("F") => "F",
                Some("M") => "M",
                _ => "",
            },
            birth_date: self.birth_date.map(|day| day.to_string()).unwrap_or_default(),
            residence: self.residence.unwrap_or_default(),
            address: self.address,
        };
        Ok((self.person_id, known))
    }
}

const TURNS: &str = "
    select pg_advisory_xact_lock(key)
    from unnest($1::bigint[]) as key";

/// Lets those who write about people alike go one after another, until their transactions end. The desk finds only who
/// shares one of these keys, so nobody else waits.
pub async fn take_turns(tx: &mut Tx, known: &Known) -> Result<()> {
    // Always in the same order, so that two do not wait for each other.
    let keys: Vec<i64> = linkage::keys(&known.row()).into_iter().map(u64::cast_signed).collect();
    sqlx::query(TURNS).bind(keys).execute(tx.conn()).await.context("waiting for others at the registration desk")?;
    Ok(())
}

const HEADS: &str = "
    select office, seq
    from chain_head";

/// How far the chains go now.
pub async fn heads(tx: &mut Tx) -> Result<Heads> {
    let heads: Vec<(i32, i64)> = sqlx::query_as(HEADS).fetch_all(tx.conn()).await.context("reading the heads of the chains")?;
    Ok(heads.into_iter().collect())
}

const WRITTEN: &str = "
    select distinct j.person_id
    from unnest($1::int[], $2::bigint[], $3::bigint[]) as news (office, after, until)
    join journal j on j.office = news.office and j.seq > news.after and j.seq <= news.until
    where j.kind = any($4)";

/// Who was registered or written otherwise between two looks at the chains.
pub async fn written(tx: &mut Tx, before: &Heads, now: &Heads) -> Result<Vec<Uuid>> {
    let news = now.iter().map(|(office, until)| (*office, before.get(office).copied().unwrap_or(0), *until));
    let news: Vec<(i32, i64, i64)> = news.filter(|(_, after, until)| after < until).collect();
    if news.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<(Uuid,)> = sqlx::query_as(WRITTEN)
        .bind(news.iter().map(|(office, ..)| *office).collect::<Vec<_>>())
        .bind(news.iter().map(|(_, after, _)| *after).collect::<Vec<_>>())
        .bind(news.iter().map(|(.., until)| *until).collect::<Vec<_>>())
        .bind([REGISTERED, CORRECTED, FIN_VERIFIED].map(|kind| kind.number).to_vec())
        .fetch_all(tx.conn())
        .await
        .context("reading who was written since")?;
    Ok(found.into_iter().map(|(person,)| person).collect())
}

const AFTER: &str = "
    select person_id, given_name, surname, patronymic, sex::text as sex, birth_date, residence, address, fin_verified_on,
        sealed
    from person
    where person_id > $1
    and merged_into is null
    order by person_id
    limit $2";

/// People in the order of their ids, from behind one on.
pub async fn page(tx: &mut Tx, after: Uuid) -> Result<Vec<(Uuid, Known)>> {
    let query = sqlx::query_as(AFTER).bind(after).bind(PAGE as i64);
    let stored: Vec<Stored> = query.fetch_all(tx.conn()).await.context("reading people for the registration desk")?;
    let keys = tx.keys();
    stored.into_iter().map(|person| person.open(&keys)).collect()
}

const THESE: &str = "
    select person_id, given_name, surname, patronymic, sex::text as sex, birth_date, residence, address, fin_verified_on,
        sealed
    from person
    where person_id = any($1)
    and merged_into is null";

/// People by their ids, those who are still there.
pub async fn people(tx: &mut Tx, people: &[Uuid]) -> Result<Vec<(Uuid, Known)>> {
    let stored: Vec<Stored> =
        sqlx::query_as(THESE).bind(people).fetch_all(tx.conn()).await.context("reading people who were written")?;
    let keys = tx.keys();
    stored.into_iter().map(|person| person.open(&keys)).collect()
}

/// Somebody who is registered, as they may be shown.
#[derive(Clone, Debug, FromRow)]
pub struct Face {
    pub person_id: Uuid,
    pub office: i32,
    pub reg_no: String,
    pub given_name: String,
    pub surname: String,
    pub patronymic: String,
    pub sex: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub residence: Option<String>,
    pub registered_on: NaiveDate,
}

const FACES: &str = "
    select person_id, office, reg_no, given_name, surname, patronymic, sex::text as sex, birth_date, residence, registered_on
    from person
    where person_id = any($1)
    and merged_into is null";

/// Those of some people whom the transaction may see.
pub async fn faces(tx: &mut Tx, people: &[Uuid]) -> Result<Vec<Face>> {
    sqlx::query_as(FACES).bind(people).fetch_all(tx.conn()).await.context("reading who may be the same person")
}
