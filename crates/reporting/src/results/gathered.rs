//! What the slices know of the cases beside their milestones: groups, visits, tests, households, pieces, duties.

use super::{
    store::end_of,
    subject::{Appeal, Fault, Grievance, Household, Membership, Obligation, Pieces, Subject, Visit},
};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use followup::monitoring::rules::Found;
use futures::TryStreamExt;
use platform::{clock, scope::Tx};
use registry::programme::{Anchors, Programme, keys};
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;
use values::id::{CaseId, OfficeId, PersonId};

/// Gives each case what the slices knew of it by the end of a day.
pub(super) async fn gather(tx: &mut Tx, programme: &Programme, known_on: NaiveDate, subjects: &mut [Subject]) -> Result<()> {
    let groups = groups(tx).await?;
    let mut visits = visits(tx, known_on).await?;
    let gains = gains(tx, known_on).await?;
    let households = households(tx).await?;
    let mut pieces = pieces(tx, programme, known_on).await?;
    let mut appeals = appeals(tx, known_on).await?;
    for subject in subjects {
        if let Some(case) = subject.case {
            subject.visits = visits.remove(&case.0).unwrap_or_default();
            subject.pieces = pieces.remove(&case.0).unwrap_or_default();
            subject.appeals = appeals.remove(&case.0).unwrap_or_default();
            subject.gain = gains.get(&case.0).copied();
        }
        if let Some(person) = subject.person {
            subject.groups = groups.get(&person.0).cloned().unwrap_or_default();
            subject.household = households.get(&person.0).copied();
        }
        subject.obligations = obligations(programme, subject);
    }
    Ok(())
}

#[derive(FromRow)]
struct Group {
    person_id: Uuid,
    code: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

const GROUPS: &str = "
    select person_id, code, valid_from, valid_to
    from person_group";

async fn groups(tx: &mut Tx) -> Result<HashMap<Uuid, Vec<Membership>>> {
    let mut all: HashMap<Uuid, Vec<Membership>> = HashMap::new();
    let mut rows = sqlx::query_as::<_, Group>(GROUPS).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading groups")? {
        let membership = Membership { code: row.code, from: row.valid_from, to: row.valid_to };
        all.entry(row.person_id).or_default().push(membership);
    }
    Ok(all)
}

#[derive(FromRow)]
struct VisitRow {
    case_id: Uuid,
    due_on: NaiveDate,
    planned_at: DateTime<Utc>,
    made_at: Option<DateTime<Utc>>,
    status: Option<i16>,
    workers_women: Option<i16>,
    workers_men: Option<i16>,
    satisfaction: Option<i16>,
    household_income: Option<i64>,
    assisted: Option<bool>,
    tax_registered: Option<bool>,
}

const VISITS: &str = "
    select case_id, due_on, planned_at, made_at, status, workers_women, workers_men, satisfaction,
        household_income, assisted, tax_registered
    from visit
    where planned_at < $1";

/// The visits of every case as they were known by the end of a day.
async fn visits(tx: &mut Tx, known_on: NaiveDate) -> Result<HashMap<Uuid, Vec<Visit>>> {
    let until = end_of(known_on);
    let mut all: HashMap<Uuid, Vec<Visit>> = HashMap::new();
    let mut rows = sqlx::query_as::<_, VisitRow>(VISITS).bind(until).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading visits")? {
        all.entry(row.case_id).or_default().push(row.visit(until));
    }
    Ok(all)
}

impl VisitRow {
    /// The visit as known at a moment: one made later was still to come.
    fn visit(self, until: DateTime<Utc>) -> Visit {
        let made = self.made_at.filter(|at| *at < until);
        let asks_workers = made.is_some() && self.workers_women.is_some();
        Visit {
            due: self.due_on,
            made: made.map(|at| clock::local(at).date()),
            is_planned: clock::local(self.planned_at).date() < self.due_on,
            is_met: made.is_some() && self.status.and_then(Found::from_number) != Some(Found::Unreachable),
            asks_workers,
            women: self.workers_women.filter(|_| asks_workers).unwrap_or(0),
            men: self.workers_men.filter(|_| asks_workers).unwrap_or(0),
            satisfaction: self.satisfaction.filter(|_| made.is_some()),
            household_income: self.household_income.filter(|_| made.is_some()),
            is_assisted: self.assisted.filter(|_| made.is_some()),
            is_tax_registered: self.tax_registered.filter(|_| made.is_some()),
        }
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

#[derive(FromRow)]
struct PiecesRow {
    case_id: Uuid,
    supplier: String,
    handed_over_on: Option<NaiveDate>,
    fault_on: Option<NaiveDate>,
    count: i64,
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

/// What suppliers delivered for each case.
async fn pieces(tx: &mut Tx, programme: &Programme, known_on: NaiveDate) -> Result<HashMap<Uuid, Vec<Pieces>>> {
    let mut all: HashMap<Uuid, Vec<Pieces>> = HashMap::new();
    let mut rows = sqlx::query_as::<_, PiecesRow>(PIECES).bind(known_on).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading pieces of equipment")? {
        let until = row.handed_over_on.map(|day| programme.due(&keys::DEFECT_WINDOW, day));
        let fault = row.fault_on.map(|on| Fault { on, in_window: until.is_none_or(|until| on <= until) });
        let pieces = Pieces { supplier: row.supplier, count: row.count, accepted: row.handed_over_on, fault };
        all.entry(row.case_id).or_default().push(pieces);
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
