//! People in the database. Writes take slices: a page passes one, an import thousands.

use super::types::NewPerson;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::{id::PersonId, text};

const INSERT: &str = "
    insert into person (person_id, office, source, reg_no, given_name, surname, patronymic, sort_key, sex, birth_date,
        residence, origin, address, language, education, marital, household_size, children, income, land_share,
        registered_on, fin_lookup, fin_verified_on, phone_lookup, sealed, details)
    select *
    from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[],
        $9::text[], $10::date[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
        $17::smallint[], $18::smallint[], $19::bigint[], $20::boolean[], $21::date[], $22::bytea[], $23::date[],
        $24::bytea[], $25::text[], $26::text[])";

const INSERT_WORDS: &str = "
    insert into person_word (person_id, word, office)
    select *
    from unnest($1::uuid[], $2::text[], $3::int[])";

/// Writes people and the words by which they are found.
pub async fn insert(tx: &mut Tx, people: &[NewPerson]) -> Result<()> {
    fn column<'p, T>(people: &'p [NewPerson], of: impl Fn(&'p NewPerson) -> T) -> Vec<T> {
        people.iter().map(of).collect()
    }
    let keys = tx.keys();
    let mut sealed = Vec::with_capacity(people.len());
    for person in people {
        sealed.push(keys.seal(&serde_json::to_string(&person.protected)?)?);
    }
    let lookup = |field: &str, value: &Option<String>| value.as_ref().map(|value| keys.lookup(field, value));
    sqlx::query(INSERT)
        .bind(column(people, |p| p.id.0))
        .bind(column(people, |p| p.office.0))
        .bind(column(people, |p| p.source.as_str()))
        .bind(column(people, |p| p.reg_no.as_str()))
        .bind(column(people, |p| p.given_name.as_str()))
        .bind(column(people, |p| p.surname.as_str()))
        .bind(column(people, |p| p.patronymic.as_str()))
        .bind(column(people, sort_key))
        .bind(column(people, |p| p.sex.map(|sex| sex.code())))
        .bind(column(people, |p| p.birth_date))
        .bind(column(people, |p| p.residence.as_deref()))
        .bind(column(people, |p| p.origin.as_deref()))
        .bind(column(people, |p| p.address.as_str()))
        .bind(column(people, |p| p.language.as_str()))
        .bind(column(people, |p| p.education.as_deref()))
        .bind(column(people, |p| p.marital.as_deref()))
        .bind(column(people, |p| p.household_size))
        .bind(column(people, |p| p.children))
        .bind(column(people, |p| p.income))
        .bind(column(people, |p| p.land_share))
        .bind(column(people, |p| p.registered_on))
        .bind(column(people, |p| lookup("fin", &p.protected.fin)))
        .bind(column(people, |p| p.fin_verified_on))
        .bind(column(people, |p| lookup("phone", &p.protected.phone)))
        .bind(sealed)
        .bind(people.iter().map(|p| serde_json::to_string(&p.details)).collect::<Result<Vec<_>, _>>()?)
        .execute(tx.conn())
        .await
        .context("writing people")?;
    insert_words(tx, people).await
}

async fn insert_words(tx: &mut Tx, people: &[NewPerson]) -> Result<()> {
    let (mut ids, mut words, mut offices) = (Vec::new(), Vec::new(), Vec::new());
    for person in people {
        for word in words_of(person) {
            ids.push(person.id.0);
            words.push(word);
            offices.push(person.office.0);
        }
    }
    sqlx::query(INSERT_WORDS)
        .bind(ids)
        .bind(words)
        .bind(offices)
        .execute(tx.conn())
        .await
        .context("writing the words of names")?;
    Ok(())
}

fn sort_key(person: &NewPerson) -> Vec<u8> {
    text::sort_key(&format!("{} {} {}", person.surname, person.given_name, person.patronymic))
}

/// The folded words by which a person is found: names, and the rayon's where it is known.
fn words_of(person: &NewPerson) -> Vec<String> {
    let mut words: Vec<String> =
        [&person.surname, &person.given_name, &person.patronymic].into_iter().flat_map(|name| text::tokens(name)).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A person in a list.
#[derive(Debug, FromRow, Serialize)]
pub struct Line {
    pub person_id: Uuid,
    pub given_name: String,
    pub surname: String,
    pub patronymic: String,
    pub sex: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub residence: Option<String>,
    pub office: i32,
    pub registered_on: NaiveDate,
}

const LIST: &str = "
    select person_id, given_name, surname, patronymic, sex::text as sex, birth_date, residence, office, registered_on
    from person
    order by sort_key
    limit $1
    offset $2";

const COUNT: &str = "
    select count(*)
    from person";

/// One page of all people in scope, by name, and how many there are.
pub async fn list(tx: &mut Tx, limit: i64, offset: i64) -> Result<(Vec<Line>, i64)> {
    let lines = sqlx::query_as(LIST).bind(limit).bind(offset).fetch_all(tx.conn()).await.context("listing people")?;
    let (count,) = sqlx::query_as(COUNT).fetch_one(tx.conn()).await.context("counting people")?;
    Ok((lines, count))
}

const SEARCH: &str = "
    select p.person_id, p.given_name, p.surname, p.patronymic, p.sex::text as sex, p.birth_date, p.residence, p.office,
        p.registered_on
    from person p
    where p.person_id in (
        select w.person_id
        from person_word w
        where w.word >= $1
        and w.word < $2
        limit 20000)
    and ($3::text is null or exists (
        select from person_word w
        where w.person_id = p.person_id
        and w.word >= $3
        and w.word < $4))
    and ($5::text is null or exists (
        select from person_word w
        where w.person_id = p.person_id
        and w.word >= $5
        and w.word < $6))
    order by p.sort_key
    limit $7";

/// People whose names hold words that begin like these (at most three are used, the longest first).
pub async fn search(tx: &mut Tx, words: &[String], limit: i64) -> Result<Vec<Line>> {
    let mut words = words.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let bound = |i: usize| words.get(i).map(|word| (word.clone(), format!("{word}\u{10FFFF}")));
    let Some((from, to)) = bound(0) else { return Ok(Vec::new()) };
    let (second, third) = (bound(1).unzip(), bound(2).unzip());
    sqlx::query_as(SEARCH)
        .bind(from)
        .bind(to)
        .bind(second.0)
        .bind(second.1)
        .bind(third.0)
        .bind(third.1)
        .bind(limit)
        .fetch_all(tx.conn())
        .await
        .context("searching people")
}

/// A person as their page shows them.
#[derive(Debug, FromRow, Serialize)]
pub struct Person {
    pub person_id: Uuid,
    pub office: i32,
    pub source: String,
    pub reg_no: String,
    pub given_name: String,
    pub surname: String,
    pub patronymic: String,
    pub sex: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub residence: Option<String>,
    pub origin: Option<String>,
    pub address: String,
    pub language: String,
    pub education: Option<String>,
    pub marital: Option<String>,
    pub household_size: Option<i16>,
    pub children: Option<i16>,
    pub income: Option<i64>,
    pub land_share: bool,
    pub registered_on: NaiveDate,
    pub fin_verified_on: Option<NaiveDate>,
    #[serde(skip)]
    pub sealed: String,
    pub details: String,
    pub deceased_on: Option<NaiveDate>,
    pub version: i32,
}

impl Person {
    /// Surname, given name and patronymic with its ending.
    pub fn full_name(&self) -> String {
        format!("{} {} {}", self.surname, self.given_name, self.patronymic).trim().to_owned()
    }
}

const FIND: &str = "
    select person_id, office, source, reg_no, given_name, surname, patronymic, sex::text as sex, birth_date, residence,
        origin, address, language, education, marital, household_size, children, income, land_share, registered_on,
        fin_verified_on, sealed, details, deceased_on, version
    from person
    where person_id = $1";

/// A person in scope.
pub async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<Person>> {
    sqlx::query_as(FIND).bind(person.0).fetch_optional(tx.conn()).await.context("finding a person")
}
