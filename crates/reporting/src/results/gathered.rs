//! What the slices know of the cases beside their milestones: groups, visits, tests, households, pieces, duties.

use super::{
    store::end_of,
    subject::{Appeal, Fault, Grievance, Household, Membership, Obligation, Pieces, Subject, Visit, Words},
};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use followup::monitoring::rules::Found;
use futures::TryStreamExt;
use hashbrown::HashMap;
use platform::{clock, scope::Tx};
use rayon::prelude::*;
use registry::programme::{Anchors, Programme, keys};
use sqlx::{FromRow, Row};
use uuid::Uuid;
use values::id::{CaseId, OfficeId, PersonId};

/// What was known of cases and people by the end of a day.
#[derive(Default)]
pub(super) struct Gathered {
    groups: HashMap<Uuid, Vec<Membership>>,
    visits: HashMap<Uuid, Vec<Visit>>,
    gains: HashMap<Uuid, i16>,
    households: HashMap<Uuid, Household>,
    pieces: HashMap<Uuid, Vec<Pieces>>,
    appeals: HashMap<Uuid, Vec<Appeal>>,
}

impl Gathered {
    pub async fn read(tx: &mut Tx, known_on: NaiveDate) -> Result<Self> {
        Ok(Self {
            groups: groups(tx).await?,
            visits: visits(tx, known_on).await?,
            gains: gains(tx, known_on).await?,
            households: households(tx).await?,
            pieces: pieces(tx, known_on).await?,
            appeals: appeals(tx, known_on).await?,
        })
    }

    /// Only what tells how a business stands, and in which groups its owner is.
    pub async fn read_of_businesses(tx: &mut Tx, known_on: NaiveDate) -> Result<Self> {
        Ok(Self { groups: groups(tx).await?, visits: visits(tx, known_on).await?, ..Self::default() })
    }

    /// Gives each case what is its own.
    pub fn give(mut self, programme: &Programme, subjects: &mut [Subject]) {
        for subject in &mut *subjects {
            if let Some(case) = subject.case {
                subject.visits = self.visits.remove(&case.0).unwrap_or_default();
                subject.pieces = self.pieces.remove(&case.0).unwrap_or_default();
                subject.appeals = self.appeals.remove(&case.0).unwrap_or_default();
                subject.gain = self.gains.get(&case.0).copied();
            }
            if let Some(person) = subject.person {
                subject.groups = self.groups.get(&person.0).cloned().unwrap_or_default();
                subject.household = self.households.get(&person.0).copied();
            }
        }
        subjects.par_iter_mut().for_each(|subject| {
            subject.obligations = obligations(programme, subject);
            for pieces in &mut subject.pieces {
                let until = pieces.accepted.map(|day| programme.due(&keys::DEFECT_WINDOW, day));
                if let Some(fault) = &mut pieces.fault {
                    fault.in_window = until.is_none_or(|until| fault.on <= until);
                }
            }
        });
    }
}

const GROUPS: &str = "
    select person_id, code, valid_from, valid_to
    from person_group";

async fn groups(tx: &mut Tx) -> Result<HashMap<Uuid, Vec<Membership>>> {
    let mut words = Words::default();
    let mut all: HashMap<Uuid, Vec<Membership>> = HashMap::new();
    let mut rows = sqlx::query(GROUPS).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading groups")? {
        let membership = Membership { code: words.shared(row.try_get(1)?), from: row.try_get(2)?, to: row.try_get(3)? };
        // Most people belong to one.
        all.entry(row.try_get(0)?).or_insert_with(|| Vec::with_capacity(1)).push(membership);
    }
    Ok(all)
}

const VISITS: &str = "
    select case_id, due_on, planned_at, made_at, status, workers_women, workers_men, satisfaction,
        household_income, assisted, tax_registered
    from visit
    where planned_at < $1";

type VisitRow = (
    Uuid,
    NaiveDate,
    DateTime<Utc>,
    Option<DateTime<Utc>>,
    Option<i16>,
    Option<i16>,
    Option<i16>,
    Option<i16>,
    Option<i64>,
    Option<bool>,
    Option<bool>,
);

/// The visits of every case as they were known by the end of a day.
async fn visits(tx: &mut Tx, known_on: NaiveDate) -> Result<HashMap<Uuid, Vec<Visit>>> {
    let until = end_of(known_on);
    let mut all: HashMap<Uuid, Vec<Visit>> = HashMap::new();
    let mut rows = sqlx::query_as::<_, VisitRow>(VISITS).bind(until).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading visits")? {
        all.entry(row.0).or_default().push(visit(row, until));
    }
    Ok(all)
}

/// The visit as known at a moment: one made later was still to come.
fn visit(row: VisitRow, until: DateTime<Utc>) -> Visit {
    let (_, due, planned_at, made_at, status, women, men, satisfaction, household_income, assisted, tax_registered) = row;
    let made = made_at.filter(|at| *at < until);
    let asks_workers = made.is_some() && women.is_some();
    Visit {
        due,
        made: made.map(|at| clock::local(at).date()),
        is_planned: clock::local(planned_at).date() < due,
        is_met: made.is_some() && status.and_then(Found::from_number) != Some(Found::Unreachable),
        asks_workers,
        women: women.filter(|_| asks_workers).unwrap_or(0),
        men: men.filter(|_| asks_workers).unwrap_or(0),
        satisfaction: satisfaction.filter(|_| made.is_some()),
        household_income: household_income.filter(|_| made.is_some()),
        is_assisted: assisted.filter(|_| made.is_some()),
        is_tax_registered: tax_registered.filter(|_| made.is_some()),
    }
}

const GAINS: &str = "
    select case_id, (test_after - test_before)::smallint
    from enrolment
    where result = 1
    and test_after is not null
    and test_before is not null
    and result_on <= $1";

/// Points gained from the first test to the last by those who completed the course.
async fn gains(tx: &mut Tx, known_on: NaiveDate) -> Result<HashMap<Uuid, i16>> {
    let rows: Vec<(Uuid, i16)> = sqlx::query_as(GAINS).bind(known_on).fetch_all(tx.conn()).await.context("reading tests")?;
    Ok(rows.into_iter().collect())
}

const HOUSEHOLDS: &str = "
    select p.person_id, p.registered_on, p.income, p.household_size::bigint
    from person p
    where p.income is not null
    and p.household_size > 0
    and exists (select from case_milestone m where m.person_id = p.person_id and m.received_on is not null)";

/// The households of those who got equipment.
async fn households(tx: &mut Tx) -> Result<HashMap<Uuid, Household>> {
    let rows: Vec<(Uuid, NaiveDate, i64, i64)> =
        sqlx::query_as(HOUSEHOLDS).fetch_all(tx.conn()).await.context("reading households")?;
    let household = |(person, registered_on, income, size)| (person, Household { registered_on, income, size });
    Ok(rows.into_iter().map(household).collect())
}

const PIECES: &str = "
    select a.case_id, s.voen as supplier, a.handed_over_on, a.fault_on, a.count
    from (
        select case_id, order_id, handed_over_on, case when fault_on <= $1 then fault_on end as fault_on, count(*) as count
        from asset
        where coalesce(handed_over_on, fault_on) <= $1
        group by case_id, order_id, 3, 4) a
    join supply_order o using (order_id)
    join supplier s using (supplier_id)";

/// What suppliers delivered for each case; whether a fault came in time is not looked at yet.
async fn pieces(tx: &mut Tx, known_on: NaiveDate) -> Result<HashMap<Uuid, Vec<Pieces>>> {
    let mut words = Words::default();
    let mut all: HashMap<Uuid, Vec<Pieces>> = HashMap::new();
    let mut rows = sqlx::query(PIECES).bind(known_on).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading pieces of equipment")? {
        let fault: Option<NaiveDate> = row.try_get(3)?;
        let pieces = Pieces {
            supplier: words.shared(row.try_get(1)?),
            count: row.try_get(4)?,
            accepted: row.try_get(2)?,
            fault: fault.map(|on| Fault { on, in_window: true }),
        };
        all.entry(row.try_get(0)?).or_default().push(pieces);
    }
    Ok(all)
}

/// The contract whose duties are counted.
const CONTRACT: &str = "EQUIPMENT";

/// What the contract of a case asks, by the day on which it falls due.
fn obligations(programme: &Programme, subject: &Subject) -> Vec<Obligation> {
    let days = &subject.days;
    let (Some(signed_on), Some(received_on), Some(term_ends_on)) = (days.contracted, days.received, days.term_ends) else {
        return Vec::new();
    };
    let anchors = Anchors { signed_on, received_on, term_ends_on };
    let texts = programme.contract_text(CONTRACT, signed_on).map_or(&[][..], |text| &text.obligations);
    let mut all: Vec<Obligation> = texts
        .iter()
        .filter_map(|text| Some((text, text.shown_by?)))
        .flat_map(|(text, shown_by)| text.due(programme, &anchors).into_iter().map(move |due| Obligation { due, shown_by }))
        .collect();
    all.sort_by_key(|obligation| obligation.due);
    all
}

const APPEALS: &str = "
    select case_id, decided_on, outcome = 2
    from appeal
    where outcome in (1, 2, 3)
    and decided_on <= $1";

/// Appeals decided on their merits: upheld, changed or sent back.
async fn appeals(tx: &mut Tx, known_on: NaiveDate) -> Result<HashMap<Uuid, Vec<Appeal>>> {
    let rows: Vec<(Uuid, NaiveDate, bool)> =
        sqlx::query_as(APPEALS).bind(known_on).fetch_all(tx.conn()).await.context("reading appeals")?;
    let mut all: HashMap<Uuid, Vec<Appeal>> = HashMap::new();
    for (case, decided, is_changed) in rows {
        all.entry(case).or_default().push(Appeal { decided, is_changed });
    }
    Ok(all)
}

#[derive(FromRow)]
struct GrievanceRow {
    person_id: Uuid,
    case_id: Option<Uuid>,
    office: i32,
    lodged_on: NaiveDate,
    due_on: NaiveDate,
    told_on: Option<NaiveDate>,
    withdrawn_on: Option<NaiveDate>,
}

const GRIEVANCES: &str = "
    select person_id, case_id, office, lodged_on, due_on, told_on, withdrawn_on
    from grievance
    where lodged_on <= $1
    and ($2::int[] is null or office = any ($2))";

/// The grievances of the offices in scope. Confidential ones count like all others, though few may read them.
pub(super) async fn grievances(tx: &mut Tx, programme: &Programme, known_on: NaiveDate) -> Result<Vec<Grievance>> {
    let offices: Vec<i32> = tx.who().offices.iter().map(|office| office.0).collect();
    // The program itself has no offices, and reaches everything.
    let scope = (!offices.is_empty()).then_some(offices);
    let read = async |tx: &mut Tx| -> Result<Vec<GrievanceRow>> {
        sqlx::query_as(GRIEVANCES).bind(known_on).bind(&scope).fetch_all(tx.conn()).await.context("reading grievances")
    };
    let rows = tx.wide(read).await?;
    let known = |day: Option<NaiveDate>| day.filter(|day| *day <= known_on);
    let of = |row: GrievanceRow| Grievance {
        case: row.case_id.map(CaseId),
        person: (!row.person_id.is_nil()).then_some(PersonId(row.person_id)),
        region: programme.region_of(OfficeId(row.office)).map(|region| region.code.to_string()).unwrap_or_default(),
        lodged: row.lodged_on,
        due: row.due_on,
        told: known(row.told_on),
        withdrawn: known(row.withdrawn_on),
    };
    Ok(rows.into_iter().map(of).collect())
}
