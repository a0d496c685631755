//! People written to the database. Writes take slices: a page passes one person, an import or the demo thousands.

pub use super::reads::{Person, find};
use super::types::NewPerson;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::{keys::Keys, scope::Tx};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use values::text;

/// Writes people with all that belongs to their registration. The caller journals it.
pub async fn insert(tx: &mut Tx, people: &[NewPerson]) -> Result<()> {
    let rows = Rows::prepare(&tx.keys(), people)?;
    insert_rows(tx, &rows).await
}

/// Writes rows prepared before: sealing and folding can be done on another thread than the writing.
pub async fn insert_rows(tx: &mut Tx, rows: &Rows) -> Result<()> {
    insert_people(tx, &rows.people).await?;
    insert_words(tx, &rows.words).await?;
    insert_spells(tx, &rows.spells).await?;
    insert_groups(tx, &rows.groups).await?;
    insert_household(tx, &rows.household).await?;
    insert_consents(tx, &rows.consents).await
}

/// People as the tables hold them, column by column: folded, sealed, hashed.
#[derive(Default)]
pub struct Rows {
    people: People,
    words: Words,
    spells: Spells,
    groups: Groups,
    household: Household,
    consents: Consents,
}

#[derive(Default)]
struct People {
    id: Vec<Uuid>,
    office: Vec<i32>,
    source: Vec<String>,
    reg_no: Vec<String>,
    given_name: Vec<String>,
    surname: Vec<String>,
    patronymic: Vec<String>,
    sort_key: Vec<Vec<u8>>,
    sex: Vec<Option<&'static str>>,
    birth_date: Vec<Option<NaiveDate>>,
    residence: Vec<Option<String>>,
    origin: Vec<Option<String>>,
    address: Vec<String>,
    language: Vec<String>,
    education: Vec<Option<String>>,
    marital: Vec<Option<String>>,
    household_size: Vec<Option<i16>>,
    children: Vec<Option<i16>>,
    income: Vec<Option<i64>>,
    land_share: Vec<bool>,
    basis: Vec<Option<i16>>,
    registered_on: Vec<NaiveDate>,
    fin: Vec<Option<Vec<u8>>>,
    fin_verified_on: Vec<Option<NaiveDate>>,
    phone: Vec<Option<Vec<u8>>>,
    sealed: Vec<String>,
    details: Vec<String>,
    source_digest: Vec<Option<Vec<u8>>>,
}

#[derive(Default)]
struct Words {
    person: Vec<Uuid>,
    word: Vec<String>,
    office: Vec<i32>,
}

#[derive(Default)]
struct Spells {
    person: Vec<Uuid>,
    begun_on: Vec<NaiveDate>,
    basis: Vec<i16>,
    ended_on: Vec<Option<NaiveDate>>,
    office: Vec<i32>,
}

#[derive(Default)]
struct Groups {
    person: Vec<Uuid>,
    code: Vec<String>,
    valid_from: Vec<NaiveDate>,
    valid_to: Vec<Option<NaiveDate>>,
    source: Vec<String>,
    sealed: Vec<Option<String>>,
    office: Vec<i32>,
}

#[derive(Default)]
struct Household {
    person: Vec<Uuid>,
    member: Vec<i16>,
    relation: Vec<String>,
    birth_date: Vec<Option<NaiveDate>>,
    working: Vec<bool>,
    disabled: Vec<bool>,
    fin: Vec<Option<Vec<u8>>>,
    sealed: Vec<String>,
    office: Vec<i32>,
}

#[derive(Default)]
struct Consents {
    person: Vec<Uuid>,
    kind: Vec<String>,
    text_version: Vec<String>,
    given_on: Vec<NaiveDate>,
    withdrawn_on: Vec<Option<NaiveDate>>,
    office: Vec<i32>,
}

/// What of a member of the household is kept sealed.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SealedMember {
    pub name: String,
    pub fin: Option<String>,
}

impl Rows {
    /// Folds, seals and hashes: the work of processors, spread over them when there is much of it.
    pub fn prepare(keys: &Keys, people: &[NewPerson]) -> Result<Self> {
        /// Fewer are not worth waking another thread for.
        const MANY: usize = 200;
        let costly: Vec<Costly> = match people.len() < MANY {
            true => people.iter().map(|person| Costly::of(keys, person)).collect::<Result<_>>()?,
            false => people.par_iter().with_min_len(MANY / 2).map(|person| Costly::of(keys, person)).collect::<Result<_>>()?,
        };
        let mut rows = Self::default();
        for (person, costly) in people.iter().zip(costly) {
            rows.add(person, costly);
        }
        Ok(rows)
    }

    /// How many people.
    pub fn len(&self) -> usize {
        self.people.id.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn add(&mut self, person: &NewPerson, costly: Costly) {
        let (id, office) = (person.id.0, person.office.0);
        for word in costly.words {
            self.words.person.push(id);
            self.words.word.push(word);
            self.words.office.push(office);
        }
        for spell in &person.spells {
            self.spells.person.push(id);
            self.spells.begun_on.push(spell.begun_on);
            self.spells.basis.push(spell.basis as i16);
            self.spells.ended_on.push(spell.ended_on);
            self.spells.office.push(office);
        }
        for (group, sealed) in person.groups.iter().zip(costly.evidence) {
            self.groups.person.push(id);
            self.groups.code.push(group.code.clone());
            self.groups.valid_from.push(group.valid_from);
            self.groups.valid_to.push(group.valid_to);
            self.groups.source.push(group.source.clone());
            self.groups.sealed.push(sealed);
            self.groups.office.push(office);
        }
        for (number, (member, (fin, sealed))) in (1..).zip(person.household.iter().zip(costly.members)) {
            self.household.person.push(id);
            self.household.member.push(number);
            self.household.relation.push(member.relation.clone());
            self.household.birth_date.push(member.birth_date);
            self.household.working.push(member.working);
            self.household.disabled.push(member.disabled);
            self.household.fin.push(fin);
            self.household.sealed.push(sealed);
            self.household.office.push(office);
        }
        for consent in &person.consents {
            self.consents.person.push(id);
            self.consents.kind.push(consent.kind.clone());
            self.consents.text_version.push(consent.text_version.clone());
            self.consents.given_on.push(consent.given_on);
            self.consents.withdrawn_on.push(consent.withdrawn_on);
            self.consents.office.push(office);
        }
        self.people.add(person, costly.sort_key, costly.fin, costly.phone, costly.sealed, costly.details);
    }
}

impl People {
    fn add(
        &mut self,
        person: &NewPerson,
        sort_key: Vec<u8>,
        fin: Option<Vec<u8>>,
        phone: Option<Vec<u8>>,
        sealed: String,
        details: String,
    ) {
        self.id.push(person.id.0);
        self.office.push(person.office.0);
        self.source.push(person.source.clone());
        self.reg_no.push(person.reg_no.clone());
        self.given_name.push(person.given_name.clone());
        self.surname.push(person.surname.clone());
        self.patronymic.push(person.patronymic.clone());
        self.sort_key.push(sort_key);
        self.sex.push(person.sex.map(|sex| sex.code()));
        self.birth_date.push(person.birth_date);
        self.residence.push(person.residence.clone());
        self.origin.push(person.origin.clone());
        self.address.push(person.address.clone());
        self.language.push(person.language.clone());
        self.education.push(person.education.clone());
        self.marital.push(person.marital.clone());
        self.household_size.push(person.household_size);
        self.children.push(person.children);
        self.income.push(person.income);
        self.land_share.push(person.land_share);
        self.basis.push(person.basis().map(|basis| basis as i16));
        self.registered_on.push(person.registered_on);
        self.fin.push(fin);
        self.fin_verified_on.push(person.fin_verified_on);
        self.phone.push(phone);
        self.sealed.push(sealed);
        self.details.push(details);
        self.source_digest.push(person.source_digest.map(|digest| digest.to_vec()));
    }
}

/// What costs time to make of a person.
struct Costly {
    sort_key: Vec<u8>,
    words: Vec<String>,
    fin: Option<Vec<u8>>,
    phone: Option<Vec<u8>>,
    sealed: String,
    details: String,
    evidence: Vec<Option<String>>,
    members: Vec<(Option<Vec<u8>>, String)>,
}

impl Costly {
    fn of(keys: &Keys, person: &NewPerson) -> Result<Self> {
        let lookup = |field: &str, value: &Option<String>| value.as_ref().map(|value| keys.lookup(field, value));
        let seal_member = |member: &super::types::Member| {
            let sealed = SealedMember { name: member.name.clone(), fin: member.fin.clone() };
            Ok((lookup(FIN, &member.fin), keys.seal(&serde_json::to_string(&sealed)?)?))
        };
        Ok(Self {
            sort_key: sort_key(&person.surname, &person.given_name, &person.patronymic),
            words: words_of(&[&person.surname, &person.given_name, &person.patronymic], person.residence.as_deref()),
            fin: lookup(FIN, &person.protected.fin),
            phone: lookup(PHONE, &person.protected.phone),
            sealed: keys.seal(&serde_json::to_string(&person.protected)?)?,
            details: serde_json::to_string(&person.details)?,
            evidence: person
                .groups
                .iter()
                .map(|group| group.evidence.as_ref().map(|evidence| keys.seal(evidence)).transpose())
                .collect::<Result<_>>()?,
            members: person.household.iter().map(seal_member).collect::<Result<_>>()?,
        })
    }
}

/// The field names under which FİN and phone are looked up.
pub const FIN: &str = "fin";
pub const PHONE: &str = "phone";

/// The place of a person in a list by name.
pub(super) fn sort_key(surname: &str, given_name: &str, patronymic: &str) -> Vec<u8> {
    text::sort_key(&format!("{surname} {given_name} {patronymic}"))
}

/// The words by which a person is found: the folded words of the names, and the place of residence.
pub(super) fn words_of(names: &[&str], residence: Option<&str>) -> Vec<String> {
    let mut words: Vec<String> = names.iter().flat_map(|name| text::tokens(name)).collect();
    words.extend(residence.map(place_word));
    words.sort_unstable();
    words.dedup();
    words
}

/// A place of residence as a word: no folded name begins with its sign.
pub(super) fn place_word(code: &str) -> String {
    format!("@{code}")
}

const INSERT: &str = "
    insert into person (person_id, office, source, reg_no, given_name, surname, patronymic, sort_key, sex, birth_date,
        residence, origin, address, language, education, marital, household_size, children, income, land_share, basis,
        registered_on, fin_lookup, fin_verified_on, phone_lookup, sealed, details, source_digest)
    select *
    from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[],
        $9::text[], $10::date[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
        $17::smallint[], $18::smallint[], $19::bigint[], $20::boolean[], $21::smallint[], $22::date[], $23::bytea[],
        $24::date[], $25::bytea[], $26::text[], $27::text[], $28::bytea[])";

async fn insert_people(tx: &mut Tx, rows: &People) -> Result<()> {
    sqlx::query(INSERT)
        .bind(&rows.id)
        .bind(&rows.office)
        .bind(&rows.source)
        .bind(&rows.reg_no)
        .bind(&rows.given_name)
        .bind(&rows.surname)
        .bind(&rows.patronymic)
        .bind(&rows.sort_key)
        .bind(&rows.sex)
        .bind(&rows.birth_date)
        .bind(&rows.residence)
        .bind(&rows.origin)
        .bind(&rows.address)
        .bind(&rows.language)
        .bind(&rows.education)
        .bind(&rows.marital)
        .bind(&rows.household_size)
        .bind(&rows.children)
        .bind(&rows.income)
        .bind(&rows.land_share)
        .bind(&rows.basis)
        .bind(&rows.registered_on)
        .bind(&rows.fin)
        .bind(&rows.fin_verified_on)
        .bind(&rows.phone)
        .bind(&rows.sealed)
        .bind(&rows.details)
        .bind(&rows.source_digest)
        .execute(tx.conn())
        .await
        .context("writing people")?;
    Ok(())
}

const INSERT_WORDS: &str = "
    insert into person_word (person_id, word, office)
    select *
    from unnest($1::uuid[], $2::text[], $3::int[])";

async fn insert_words(tx: &mut Tx, rows: &Words) -> Result<()> {
    sqlx::query(INSERT_WORDS)
        .bind(&rows.person)
        .bind(&rows.word)
        .bind(&rows.office)
        .execute(tx.conn())
        .await
        .context("writing the words of names")?;
    Ok(())
}

const INSERT_SPELLS: &str = "
    insert into unemployment_spell (person_id, begun_on, basis, ended_on, office)
    select *
    from unnest($1::uuid[], $2::date[], $3::smallint[], $4::date[], $5::int[])";

async fn insert_spells(tx: &mut Tx, rows: &Spells) -> Result<()> {
    if rows.person.is_empty() {
        return Ok(());
    }
    sqlx::query(INSERT_SPELLS)
        .bind(&rows.person)
        .bind(&rows.begun_on)
        .bind(&rows.basis)
        .bind(&rows.ended_on)
        .bind(&rows.office)
        .execute(tx.conn())
        .await
        .context("writing spells of unemployment")?;
    Ok(())
}

const INSERT_GROUPS: &str = "
    insert into person_group (person_id, code, valid_from, valid_to, source, sealed, office)
    select *
    from unnest($1::uuid[], $2::text[], $3::date[], $4::date[], $5::text[], $6::text[], $7::int[])";

async fn insert_groups(tx: &mut Tx, rows: &Groups) -> Result<()> {
    if rows.person.is_empty() {
        return Ok(());
    }
    sqlx::query(INSERT_GROUPS)
        .bind(&rows.person)
        .bind(&rows.code)
        .bind(&rows.valid_from)
        .bind(&rows.valid_to)
        .bind(&rows.source)
        .bind(&rows.sealed)
        .bind(&rows.office)
        .execute(tx.conn())
        .await
        .context("writing groups")?;
    Ok(())
}

const INSERT_HOUSEHOLD: &str = "
    insert into household_member (person_id, member, relation, birth_date, working, disabled, fin_lookup, sealed, office)
    select *
    from unnest($1::uuid[], $2::smallint[], $3::text[], $4::date[], $5::boolean[], $6::boolean[], $7::bytea[],
        $8::text[], $9::int[])";

async fn insert_household(tx: &mut Tx, rows: &Household) -> Result<()> {
    if rows.person.is_empty() {
        return Ok(());
    }
    sqlx::query(INSERT_HOUSEHOLD)
        .bind(&rows.person)
        .bind(&rows.member)
        .bind(&rows.relation)
        .bind(&rows.birth_date)
        .bind(&rows.working)
        .bind(&rows.disabled)
        .bind(&rows.fin)
        .bind(&rows.sealed)
        .bind(&rows.office)
        .execute(tx.conn())
        .await
        .context("writing a household")?;
    Ok(())
}

const INSERT_CONSENTS: &str = "
    insert into consent (person_id, kind, text_version, given_on, withdrawn_on, office)
    select *
    from unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::date[], $6::int[])";

async fn insert_consents(tx: &mut Tx, rows: &Consents) -> Result<()> {
    if rows.person.is_empty() {
        return Ok(());
    }
    sqlx::query(INSERT_CONSENTS)
        .bind(&rows.person)
        .bind(&rows.kind)
        .bind(&rows.text_version)
        .bind(&rows.given_on)
        .bind(&rows.withdrawn_on)
        .bind(&rows.office)
        .execute(tx.conn())
        .await
        .context("writing consents")?;
    Ok(())
}
