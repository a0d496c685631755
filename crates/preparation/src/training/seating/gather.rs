//! Who waits for a seat at an office, the cohorts that have room, and the terms of the day.

use super::types::{Candidate, Distance, Points, Room, Terms};
use crate::training::seating::rules::{Percentage, shares};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use registry::{
    case::Stage,
    programme::{GroupList, Percent, Programme, keys},
};
use selection::ranking::{
    pool::{self, Asked},
    terms::WOMEN,
};
use sqlx::FromRow;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;
use values::id::{CaseId, CohortId, OfficeId, PersonId};

/// The group of persons with disabilities, and the mark of jobseekers with a farm-land share, who are no group.
pub const DISABILITY: &str = "DISAB";
pub const LANDHOLDER: &str = "LANDHOLDER";

/// All that a proposal is made of.
pub struct Gathered {
    pub terms: Terms,
    /// In the order of their cases.
    pub candidates: Vec<Candidate>,
    pub people: BTreeMap<CaseId, PersonId>,
}

/// Gathers within the transaction's scope.
pub async fn gather(tx: &mut Tx, programme: &Programme, office: OfficeId, on: NaiveDate) -> Result<Gathered> {
    let rooms = rooms(tx, office, on).await?;
    let (candidates, people) = candidates(tx, programme, office, on).await?;
    let percent = |key| -> i64 {
        let Percent(percent) = programme.parameter(key, on);
        percent
    };
    let least: [Percentage; 2] =
        [(WOMEN, percent(&keys::SEATS_WOMEN_SHARE)), (DISABILITY, percent(&keys::SEATS_DISABILITY_SHARE))];
    let (floors, ceilings) = shares(&candidates, &rooms, &least, &[(LANDHOLDER, percent(&keys::SEATS_LANDHOLDER_MAX))]);
    Ok(Gathered { terms: Terms { as_of: on, points: points(programme, on), rooms, floors, ceilings }, candidates, people })
}

fn points(programme: &Programme, on: NaiveDate) -> Points {
    let number = |key| i64::from(programme.parameter(key, on));
    Points {
        seat: number(&keys::SEAT_POINTS_BASE),
        priority: number(&keys::SEAT_POINTS_PRIORITY),
        week_waited: number(&keys::SEAT_POINTS_WEEK_WAITED),
        weeks_counted: number(&keys::SEAT_WEEKS_COUNTED),
        near: number(&keys::SEAT_POINTS_NEAR),
        in_region: number(&keys::SEAT_POINTS_IN_REGION),
        language: number(&keys::SEAT_POINTS_LANGUAGE),
        soon: number(&keys::SEAT_POINTS_SOON),
    }
}

#[derive(FromRow)]
struct RoomRow {
    cohort_id: Uuid,
    number: String,
    free: i32,
    starts_on: NaiveDate,
    online: bool,
    language: Option<String>,
}

const ROOMS: &str = "
    select cohort_id, number, (seats - taken)::int as free, starts_on, online, language
    from cohort
    where office = $1
    and closed_on is null
    and taken < seats
    and starts_on >= $2
    order by starts_on, cohort_id";

/// The cohorts to come that have room: nobody is put into a course that has begun without being asked.
async fn rooms(tx: &mut Tx, office: OfficeId, on: NaiveDate) -> Result<Vec<Room>> {
    let rows: Vec<RoomRow> =
        sqlx::query_as(ROOMS).bind(office.0).bind(on).fetch_all(tx.conn()).await.context("finding cohorts with room")?;
    let room = |row: RoomRow| {
        Ok(Room {
            cohort: CohortId(row.cohort_id),
            number: row.number,
            free: u32::try_from(row.free)?,
            starts_on: row.starts_on,
            online: row.online,
            language: row.language,
        })
    };
    rows.into_iter().map(room).collect()
}

#[derive(FromRow)]
struct Row {
    case_id: Uuid,
    accepted_on: Option<NaiveDate>,
    /// City or rayon; the case's own column is the region.
    residence: String,
    language: String,
}

const ROWS: &str = "
    select m.case_id, m.accepted_on, coalesce(p.residence, '') as residence, p.language
    from case_milestone m
    join person p using (person_id)
    where m.case_id = any($1)";

type Waiting = (Vec<Candidate>, BTreeMap<CaseId, PersonId>);

async fn candidates(tx: &mut Tx, programme: &Programme, office: OfficeId, on: NaiveDate) -> Result<Waiting> {
    let asked = Asked { offices: vec![office], call: None, as_of: on, seed: String::new() };
    let pool = pool::gather_at(tx, programme, &asked, Stage::Enrolled).await?;
    let cases: Vec<Uuid> = pool.candidates.iter().map(|candidate| candidate.case.0).collect();
    let rows: Vec<Row> = sqlx::query_as(ROWS).bind(&cases).fetch_all(tx.conn()).await.context("reading who waits for a seat")?;
    let rows: HashMap<Uuid, Row> = rows.into_iter().map(|row| (row.case_id, row)).collect();
    let priority: Vec<String> =
        programme.groups_on(GroupList::StatutoryPriority, on).map(|group| group.code.to_string()).collect();
    let (mut found, mut people) = (Vec::new(), BTreeMap::new());
    for (other, (person, _)) in pool.candidates.into_iter().zip(pool.people) {
        let Some(row) = rows.get(&other.case.0) else { continue };
        people.insert(other.case, person);
        let waited = on - row.accepted_on.unwrap_or(other.waiting_since);
        // Nothing is kept of anybody that the shares do not look at.
        let mut groups = other.groups.clone();
        groups.retain(|group| [WOMEN, DISABILITY].contains(&group.as_str()));
        groups.extend(other.landholder.then(|| LANDHOLDER.to_owned()));
        found.push(Candidate {
            case: other.case,
            groups,
            priority: other.groups.iter().any(|group| priority.contains(group)),
            waited_weeks: i32::try_from(waited.num_weeks().max(0))?,
            distance: distance(programme, office, &row.residence),
            language: row.language.clone(),
        });
    }
    Ok((found, people))
}

fn distance(programme: &Programme, office: OfficeId, residence: &str) -> Distance {
    let unit = programme.office(office).and_then(|office| office.unit.as_ref());
    if unit.is_some_and(|unit| **unit == *residence) {
        return Distance::SamePlace;
    }
    let own = programme.unit(residence).map(|unit| &unit.region);
    let theirs = programme.region_of(office).map(|region| &region.code);
    if own.is_some_and(|own| theirs.is_some_and(|theirs| **own == **theirs)) { Distance::SameRegion } else { Distance::Elsewhere }
}
