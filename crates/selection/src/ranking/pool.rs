//! The pool of a run: who is eligible and waits in some offices, with the inputs that will place them.

use super::{
    lot::lot,
    seats::Place,
    types::{Bucket, Candidate},
};
use crate::eligibility::{self, Known, status_code};
use ::rules::Value;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use registry::{
    case::{Basis, Stage},
    programme::Programme,
};
use sqlx::FromRow;
use std::{collections::HashMap, str::FromStr};
use uuid::Uuid;
use values::{
    Sex,
    id::{CaseId, OfficeId, PersonId},
};

/// Whom a run is about.
#[derive(Clone, Debug)]
pub struct Asked {
    pub offices: Vec<OfficeId>,
    /// One call alone.
    pub call: Option<String>,
    pub as_of: NaiveDate,
    pub seed: String,
}

/// A pool: people with their offices beside their candidatures, and where they are counted.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    pub people: Vec<(PersonId, OfficeId)>,
    pub candidates: Vec<Candidate>,
    /// Calls and regions, in order; the candidates' buckets lead into them.
    pub places: Vec<Place>,
}

impl Pool {
    /// The buckets with their free seats, in the order of the places.
    pub fn buckets(&self, free: &[u32]) -> Vec<Bucket> {
        let places = self.places.iter().zip(free);
        places.map(|((call, region), free)| Bucket { call: call.clone(), region: region.clone(), free: *free }).collect()
    }
}

#[derive(FromRow)]
struct Row {
    person_id: Uuid,
    case_id: Uuid,
    office: i32,
    receipt: String,
    call: String,
    opened_on: NaiveDate,
    residence: String,
    basis: i16,
    birth_date: Option<NaiveDate>,
    sex: Option<String>,
    education: Option<String>,
    children: Option<i16>,
    household_size: Option<i16>,
    income: Option<i64>,
    registered_on: NaiveDate,
}

const ROWS: &str = "
    select f.person_id, f.case_id, f.office, f.receipt, a.call, f.opened_on, m.residence, m.basis, p.birth_date,
        p.sex::text as sex, p.education, p.children, p.household_size, p.income, p.registered_on
    from case_file f
    join application a using (person_id, case_id)
    join case_milestone m using (person_id, case_id)
    join person p using (person_id)
    where f.office = any ($1)
    and f.stage = $2
    and not f.suspended
    and f.opened_on <= $3
    and ($4::text is null or a.call = $4)
    order by f.case_id";

/// Gathers the pool within the transaction's scope.
pub async fn gather(tx: &mut Tx, programme: &Programme, asked: &Asked) -> Result<Pool> {
    gather_at(tx, programme, asked, Stage::Eligible).await
}

/// Gathers those who stand at some stage, as a pool.
pub async fn gather_at(tx: &mut Tx, programme: &Programme, asked: &Asked, stage: Stage) -> Result<Pool> {
    let offices: Vec<i32> = asked.offices.iter().map(|office| office.0).collect();
    let rows: Vec<Row> = sqlx::query_as(ROWS)
        .bind(offices)
        .bind(stage as i16)
        .bind(asked.as_of)
        .bind(asked.call.as_deref())
        .fetch_all(tx.conn())
        .await
        .context("gathering a pool")?;
    let people: Vec<Uuid> = rows.iter().map(|row| row.person_id).collect();
    let mut groups = groups(tx, &people, asked.as_of).await?;
    let spells = spells(tx, &people, asked.as_of).await?;
    let mut pool = Pool::default();
    for row in rows {
        let place = (row.call.clone(), row.residence.clone());
        let known = known(&row, groups.remove(&row.person_id).unwrap_or_default(), spells.get(&row.person_id).copied());
        let bucket = pool.places.iter().position(|other| *other == place).unwrap_or_else(|| {
            pool.places.push(place);
            pool.places.len() - 1
        });
        pool.people.push((PersonId(row.person_id), OfficeId(row.office)));
        pool.candidates.push(Candidate {
            case: CaseId(row.case_id),
            bucket: u16::try_from(bucket)?,
            groups: groups_of(&known, programme, asked.as_of),
            landholder: row.basis == Basis::Landholder as i16,
            waiting_since: row.opened_on,
            lot: lot(&asked.seed, &row.receipt),
        });
    }
    Ok(pool)
}

/// All groups to which a person belongs on a day, in order: those with evidence and those that follow from facts.
pub fn groups_of(known: &Known, programme: &Programme, on: NaiveDate) -> Vec<String> {
    let evidence = eligibility::evidence(known, programme, on);
    match evidence.fact("groups").and_then(|fact| fact.value.as_ref()) {
        Some(Value::Codes(codes)) => codes.iter().cloned().collect(),
        _ => Vec::new(),
    }
}

fn known(row: &Row, groups: Vec<(String, NaiveDate)>, spell: Option<(i16, NaiveDate)>) -> Known {
    Known {
        applied_on: row.opened_on,
        registered_on: row.registered_on,
        birth_date: row.birth_date,
        sex: row.sex.as_deref().and_then(|code| Sex::from_str(code).ok()),
        education: row.education.clone(),
        household_size: row.household_size,
        children: row.children,
        income: row.income,
        status: spell.map(|(basis, since)| (status_code(basis), since)),
        groups,
        ..Known::default()
    }
}

const GROUPS: &str = "
    select person_id, code, valid_from
    from person_group
    where person_id = any ($1)
    and valid_from <= $2
    and (valid_to is null or valid_to >= $2)";

async fn groups(tx: &mut Tx, people: &[Uuid], on: NaiveDate) -> Result<HashMap<Uuid, Vec<(String, NaiveDate)>>> {
    let rows: Vec<(Uuid, String, NaiveDate)> =
        sqlx::query_as(GROUPS).bind(people).bind(on).fetch_all(tx.conn()).await.context("reading the groups of a pool")?;
    let mut groups: HashMap<Uuid, Vec<(String, NaiveDate)>> = HashMap::new();
    for (person, code, from) in rows {
        groups.entry(person).or_default().push((code, from));
    }
    Ok(groups)
}

const SPELLS: &str = "
    select person_id, basis, begun_on
    from unemployment_spell
    where person_id = any ($1)
    and begun_on <= $2
    and (ended_on is null or ended_on >= $2)
    order by begun_on";

async fn spells(tx: &mut Tx, people: &[Uuid], on: NaiveDate) -> Result<HashMap<Uuid, (i16, NaiveDate)>> {
    let rows: Vec<(Uuid, i16, NaiveDate)> =
        sqlx::query_as(SPELLS).bind(people).bind(on).fetch_all(tx.conn()).await.context("reading the statuses of a pool")?;
    Ok(rows.into_iter().map(|(person, basis, since)| (person, (basis, since))).collect())
}
