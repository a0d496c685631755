//! Deaths and what became of the equipment afterwards. Writes take slices.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, PersonId};

/// What becomes of the equipment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i16)]
pub enum Settlement {
    /// A member of the household goes on with it.
    Continues = 1,
    Returns = 2,
}

impl Settlement {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 2] = [Self::Continues, Self::Returns];

    /// The word in forms and message keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Continues => "continues",
            Self::Returns => "returns",
        }
    }

    /// The settlement of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|settlement| settlement.code() == code)
    }
}

/// A death as recorded for a case.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Death {
    pub person_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub died_on: NaiveDate,
    /// The certificate's number, sealed.
    #[serde(skip)]
    pub certificate: String,
    pub recorded_on: NaiveDate,
    pub recorded_by: Uuid,
    pub settlement: Option<i16>,
    pub settled_on: Option<NaiveDate>,
    pub settled_by: Option<Uuid>,
    pub words: Option<String>,
}

const INSERT: &str = "
    insert into death as d (person_id, case_id, office, died_on, certificate, recorded_on, recorded_by, settlement,
        settled_on, settled_by, words)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::date[], $5::text[], $6::date[], $7::uuid[], $8::smallint[],
        $9::date[], $10::uuid[], $11::text[])
    on conflict (person_id, case_id) do update
    set died_on = excluded.died_on, certificate = excluded.certificate, recorded_on = excluded.recorded_on,
        recorded_by = excluded.recorded_by, settlement = null, settled_on = null, settled_by = null, words = null";

/// Writes deaths. One that was recorded in error and voided makes room for another.
pub async fn insert(tx: &mut Tx, rows: &[Death]) -> Result<()> {
    fn column<'r, T>(rows: &'r [Death], of: impl Fn(&'r Death) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    sqlx::query(INSERT)
        .bind(column(rows, |d| d.person_id))
        .bind(column(rows, |d| d.case_id))
        .bind(column(rows, |d| d.office))
        .bind(column(rows, |d| d.died_on))
        .bind(column(rows, |d| d.certificate.as_str()))
        .bind(column(rows, |d| d.recorded_on))
        .bind(column(rows, |d| d.recorded_by))
        .bind(column(rows, |d| d.settlement))
        .bind(column(rows, |d| d.settled_on))
        .bind(column(rows, |d| d.settled_by))
        .bind(column(rows, |d| d.words.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing deaths")?;
    Ok(())
}

const FIND: &str = "
    select person_id, case_id, office, died_on, certificate, recorded_on, recorded_by, settlement, settled_on,
        settled_by, words
    from death
    where person_id = $1
    and case_id = $2";

/// The death recorded for a case.
pub async fn find(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Death>> {
    sqlx::query_as(FIND).bind(person.0).bind(case.0).fetch_optional(tx.conn()).await.context("finding a death")
}

const SETTLE: &str = "
    update death
    set settlement = $3, settled_on = $4, settled_by = $5, words = $6
    where person_id = $1
    and case_id = $2";

/// Keeps what was settled with the household.
pub async fn settle(tx: &mut Tx, person: PersonId, case: CaseId, settlement: Settlement, words: &str) -> Result<()> {
    let (today, officer) = (tx.today(), tx.who().officer);
    sqlx::query(SETTLE)
        .bind(person.0)
        .bind(case.0)
        .bind(settlement as i16)
        .bind(today)
        .bind(officer.0)
        .bind(words)
        .execute(tx.conn())
        .await
        .context("settling after a death")?;
    Ok(())
}

const UNSETTLE: &str = "
    update death
    set settlement = null, settled_on = null, settled_by = null, words = null
    where person_id = $1
    and case_id = $2";

/// What was settled was sent back: it is open again.
pub async fn unsettle(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<()> {
    sqlx::query(UNSETTLE).bind(person.0).bind(case.0).execute(tx.conn()).await.context("opening a settlement again")?;
    Ok(())
}

const MARK: &str = "
    update person
    set deceased_on = $2, version = version + 1
    where person_id = $1
    and deceased_on is distinct from $2";

/// Keeps the day of death with the person; none when it was recorded in error.
pub async fn mark(tx: &mut Tx, person: PersonId, died_on: Option<NaiveDate>) -> Result<()> {
    sqlx::query(MARK).bind(person.0).bind(died_on).execute(tx.conn()).await.context("marking a person as deceased")?;
    Ok(())
}

const OTHER_CASES: &str = "
    select case_id
    from case_file
    where person_id = $1
    and case_id <> $2
    order by case_id";

/// The person's other cases in scope: a death concerns them all.
pub async fn other_cases(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<CaseId>> {
    let rows: Vec<(Uuid,)> =
        sqlx::query_as(OTHER_CASES).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("finding other cases")?;
    Ok(rows.into_iter().map(|(case,)| CaseId(case)).collect())
}

/// A case that might go on, with whether its person is of a household.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Heir {
    pub case_id: Uuid,
    pub of_household: bool,
}

const HEIR: &str = "
    select f.case_id, exists (
            select from household_member h
            where h.person_id = $1
            and h.fin_lookup = p.fin_lookup)
        or exists (
            select from household_member h
            join person d on d.person_id = $1
            where h.person_id = p.person_id
            and h.fin_lookup = d.fin_lookup) as of_household
    from case_file f
    join person p using (person_id)
    where f.receipt collate \"C\" = $2
    and f.closed_on is null
    and f.person_id <> $1";

/// The open case with a receipt number, and whether the two people are one household by their FİN.
pub async fn heir(tx: &mut Tx, deceased: PersonId, receipt: &str) -> Result<Option<Heir>> {
    sqlx::query_as(HEIR).bind(deceased.0).bind(receipt).fetch_optional(tx.conn()).await.context("finding a household's case")
}
