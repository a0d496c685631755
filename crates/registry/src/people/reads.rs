//! A person read back: for their page, and for a change with what was there before.

use super::{
    store::SealedMember,
    types::{Consent, Details, NewPerson, Protected},
};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::{keys::Keys, scope::Tx};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{OfficeId, PersonId};

/// A person as stored; what is sealed stays sealed.
#[derive(Clone, Debug, FromRow, Serialize)]
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
    pub basis: Option<i16>,
    pub registered_on: NaiveDate,
    pub fin_verified_on: Option<NaiveDate>,
    #[serde(skip)]
    pub sealed: String,
    #[serde(serialize_with = "as_json")]
    pub details: String,
    pub deceased_on: Option<NaiveDate>,
    pub merged_into: Option<Uuid>,
    pub version: i32,
}

fn as_json<S: serde::Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serde_json::from_str::<serde_json::Value>(text).unwrap_or_default().serialize(serializer)
}

impl Person {
    /// Who it is.
    pub fn id(&self) -> PersonId {
        PersonId(self.person_id)
    }

    /// Surname, given name and patronymic with *oğlu* or *qızı*.
    pub fn full_name(&self) -> String {
        full_name(&self.surname, &self.given_name, &self.patronymic, self.sex.as_deref())
    }

    /// What registration asked beside the columns.
    pub fn details(&self) -> Result<Details> {
        serde_json::from_str(&self.details).context("reading a person's details")
    }

    /// The protected fields.
    pub fn protected(&self, keys: &Keys) -> Result<Protected> {
        serde_json::from_str(&keys.open(&self.sealed)?).context("reading a person's protected fields")
    }

    /// The person as they would be written, without what stands in tables of its own.
    pub fn open(&self, keys: &Keys) -> Result<NewPerson> {
        let mut person = NewPerson::blank(OfficeId(self.office), self.registered_on);
        person.id = self.id();
        person.source.clone_from(&self.source);
        person.reg_no.clone_from(&self.reg_no);
        person.given_name.clone_from(&self.given_name);
        person.surname.clone_from(&self.surname);
        person.patronymic.clone_from(&self.patronymic);
        person.sex = self.sex.as_deref().and_then(|sex| sex.parse().ok());
        person.birth_date = self.birth_date;
        person.residence.clone_from(&self.residence);
        person.origin.clone_from(&self.origin);
        person.address.clone_from(&self.address);
        person.language.clone_from(&self.language);
        person.education.clone_from(&self.education);
        person.marital.clone_from(&self.marital);
        person.household_size = self.household_size;
        person.children = self.children;
        person.income = self.income;
        person.land_share = self.land_share;
        person.fin_verified_on = self.fin_verified_on;
        person.protected = self.protected(keys)?;
        person.details = self.details()?;
        Ok(person)
    }
}

/// Surname, given name, and the father's name with the word for son or daughter where the sex is known.
pub fn full_name(surname: &str, given_name: &str, patronymic: &str, sex: Option<&str>) -> String {
    let child = match sex {
        _ if patronymic.is_empty() || patronymic.contains(' ') => "",
        Some("F") => " qızı",
        Some("M") => " oğlu",
        _ => "",
    };
    format!("{surname} {given_name} {patronymic}{child}").trim_end().to_owned()
}

const FIND: &str = "
    select person_id, office, source, reg_no, given_name, surname, patronymic, sex::text as sex, birth_date, residence,
        origin, address, language, education, marital, household_size, children, income, land_share, basis,
        registered_on, fin_verified_on, sealed, details, deceased_on, merged_into, version
    from person
    where person_id = $1";

/// A person in scope.
pub async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<Person>> {
    sqlx::query_as(FIND).bind(person.0).fetch_optional(tx.conn()).await.context("finding a person")
}

const LOCK: &str = "
    select person_id, office, source, reg_no, given_name, surname, patronymic, sex::text as sex, birth_date, residence,
        origin, address, language, education, marital, household_size, children, income, land_share, basis,
        registered_on, fin_verified_on, sealed, details, deceased_on, merged_into, version
    from person
    where person_id = $1
    for update";

/// A person in scope, locked for a change.
pub async fn lock(tx: &mut Tx, person: PersonId) -> Result<Option<Person>> {
    sqlx::query_as(LOCK).bind(person.0).fetch_optional(tx.conn()).await.context("locking a person")
}

/// A spell of unemployment as stored.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct SpellRow {
    pub begun_on: NaiveDate,
    pub basis: i16,
    pub ended_on: Option<NaiveDate>,
}

const SPELLS: &str = "
    select begun_on, basis, ended_on
    from unemployment_spell
    where person_id = $1
    order by begun_on desc";

/// The spells of a person, the latest first.
pub async fn spells(tx: &mut Tx, person: PersonId) -> Result<Vec<SpellRow>> {
    sqlx::query_as(SPELLS).bind(person.0).fetch_all(tx.conn()).await.context("reading spells")
}

/// A membership as stored.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct GroupRow {
    pub code: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    pub source: String,
    #[serde(skip)]
    pub sealed: Option<String>,
}

const GROUPS: &str = "
    select code, valid_from, valid_to, source, sealed
    from person_group
    where person_id = $1
    order by valid_to desc nulls first, code, valid_from";

/// The groups of a person, those in force first.
pub async fn groups(tx: &mut Tx, person: PersonId) -> Result<Vec<GroupRow>> {
    sqlx::query_as(GROUPS).bind(person.0).fetch_all(tx.conn()).await.context("reading groups")
}

/// Somebody in the household as stored.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct MemberRow {
    pub member: i16,
    pub relation: String,
    pub birth_date: Option<NaiveDate>,
    pub working: bool,
    pub disabled: bool,
    #[serde(skip)]
    pub sealed: String,
}

impl MemberRow {
    /// Name and FİN.
    pub fn open(&self, keys: &Keys) -> Result<SealedMember> {
        serde_json::from_str(&keys.open(&self.sealed)?).context("reading a member of a household")
    }
}

const HOUSEHOLD: &str = "
    select member, relation, birth_date, working, disabled, sealed
    from household_member
    where person_id = $1
    order by member";

/// The household of a person.
pub async fn household(tx: &mut Tx, person: PersonId) -> Result<Vec<MemberRow>> {
    sqlx::query_as(HOUSEHOLD).bind(person.0).fetch_all(tx.conn()).await.context("reading a household")
}

#[derive(FromRow)]
struct ConsentRow {
    kind: String,
    text_version: String,
    given_on: NaiveDate,
    withdrawn_on: Option<NaiveDate>,
}

const CONSENTS: &str = "
    select kind, text_version, given_on, withdrawn_on
    from consent
    where person_id = $1
    order by kind, given_on desc";

/// The consents of a person, the latest of each kind first.
pub async fn consents(tx: &mut Tx, person: PersonId) -> Result<Vec<Consent>> {
    let rows: Vec<ConsentRow> = sqlx::query_as(CONSENTS).bind(person.0).fetch_all(tx.conn()).await.context("reading consents")?;
    let consent = |row: ConsentRow| Consent {
        kind: row.kind,
        text_version: row.text_version,
        given_on: row.given_on,
        withdrawn_on: row.withdrawn_on,
    };
    Ok(rows.into_iter().map(consent).collect())
}

/// A case in the list on a person's page.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct CaseLine {
    pub case_id: Uuid,
    pub phase: String,
    pub receipt: String,
    pub stage: i16,
    pub direction: String,
    pub opened_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
}

const CASES: &str = "
    select case_id, phase, receipt, stage, direction, opened_on, closed_on
    from case_file
    where person_id = $1
    order by opened_on desc";

/// The cases of a person, the latest first.
pub async fn cases(tx: &mut Tx, person: PersonId) -> Result<Vec<CaseLine>> {
    sqlx::query_as(CASES).bind(person.0).fetch_all(tx.conn()).await.context("reading a person's cases")
}

/// An entry of the journal about a person, outside their cases.
#[derive(Clone, Debug, FromRow)]
pub struct Moment {
    pub kind: i16,
    pub effective_on: NaiveDate,
    pub recorded_at: DateTime<Utc>,
    pub role: i16,
    /// The officer's name; none for the program itself.
    pub officer: Option<String>,
    pub payload: Option<String>,
}

const TIMELINE: &str = "
    select j.kind, j.effective_on, j.recorded_at, j.role, o.name as officer, j.payload
    from journal j
    left join officer o using (officer_id)
    where j.person_id = $1
    and j.case_id is null
    order by j.recorded_at desc, j.entry_id desc
    limit $2";

/// What was recorded about a person outside their cases, the latest first.
pub async fn timeline(tx: &mut Tx, person: PersonId, limit: i64) -> Result<Vec<Moment>> {
    sqlx::query_as(TIMELINE).bind(person.0).bind(limit).fetch_all(tx.conn()).await.context("reading a person's timeline")
}

const REFERRED: &str = "
    select referred_on
    from duplicate_referral
    where person_id = $1
    and settled_on is null
    order by referred_on desc
    limit 1";

/// Since when the person waits at the duplicate desk.
pub async fn referred_on(tx: &mut Tx, person: PersonId) -> Result<Option<NaiveDate>> {
    let found: Option<(NaiveDate,)> =
        sqlx::query_as(REFERRED).bind(person.0).fetch_optional(tx.conn()).await.context("asking the duplicate desk")?;
    Ok(found.map(|(day,)| day))
}
