//! Cohorts and what happens in them, in the database. Writes take slices.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use registry::case::CaseFile;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, CohortId, PersonId};

/// A cohort.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Cohort {
    pub cohort_id: Uuid,
    pub office: i32,
    pub number: String,
    pub trainer_id: Uuid,
    pub venue: String,
    pub online: bool,
    pub seats: i16,
    pub taken: i16,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub opened_on: NaiveDate,
    pub opened_by: Uuid,
    pub closed_on: Option<NaiveDate>,
    /// The language of teaching, where it was said.
    pub language: Option<String>,
}

impl Cohort {
    pub fn id(&self) -> CohortId {
        CohortId(self.cohort_id)
    }
}

/// A session of a cohort.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Session {
    pub cohort_id: Uuid,
    pub session: i16,
    pub office: i32,
    pub held_on: NaiveDate,
    pub minutes: i16,
    pub marked_on: Option<NaiveDate>,
    pub marked_by: Option<Uuid>,
}

/// A seat in a cohort.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Enrolment {
    pub person_id: Uuid,
    pub case_id: Uuid,
    pub cohort_id: Uuid,
    pub office: i32,
    pub enrolled_on: NaiveDate,
    pub attended_minutes: i16,
    pub test_before: Option<i16>,
    pub test_after: Option<i16>,
    pub result: Option<i16>,
    pub result_on: Option<NaiveDate>,
}

/// A mark of attendance.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Attended {
    pub person_id: Uuid,
    pub case_id: Uuid,
    pub cohort_id: Uuid,
    pub session: i16,
    pub office: i32,
    pub mark: i16,
    pub minutes: i16,
}

/// What a certificate says.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Certificate {
    pub person_id: Uuid,
    pub case_id: Uuid,
    pub number: String,
    pub office: i32,
    pub code: String,
    pub holder: String,
    pub hours: i16,
    pub begun_on: NaiveDate,
    pub ended_on: NaiveDate,
    pub place: String,
    pub trainer: String,
    pub issued_on: NaiveDate,
}

/// A member of a cohort as its pages show them.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Member {
    pub person_id: Uuid,
    pub case_id: Uuid,
    pub name: String,
    pub attended_minutes: i16,
    pub test_before: Option<i16>,
    pub test_after: Option<i16>,
    pub result: Option<i16>,
    /// The stage of the case.
    pub stage: i16,
}

fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

const INSERT: &str = "
    insert into cohort (cohort_id, office, number, trainer_id, venue, online, seats, taken, starts_on, ends_on, opened_on,
        opened_by, closed_on, language)
    select *
    from unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[], $5::text[], $6::boolean[], $7::smallint[],
        $8::smallint[], $9::date[], $10::date[], $11::date[], $12::uuid[], $13::date[], $14::text[])";

/// Writes cohorts.
pub async fn insert(tx: &mut Tx, rows: &[Cohort]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |c| c.cohort_id))
        .bind(column(rows, |c| c.office))
        .bind(column(rows, |c| c.number.as_str()))
        .bind(column(rows, |c| c.trainer_id))
        .bind(column(rows, |c| c.venue.as_str()))
        .bind(column(rows, |c| c.online))
        .bind(column(rows, |c| c.seats))
        .bind(column(rows, |c| c.taken))
        .bind(column(rows, |c| c.starts_on))
        .bind(column(rows, |c| c.ends_on))
        .bind(column(rows, |c| c.opened_on))
        .bind(column(rows, |c| c.opened_by))
        .bind(column(rows, |c| c.closed_on))
        .bind(column(rows, |c| c.language.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing cohorts")?;
    Ok(())
}

const INSERT_SESSIONS: &str = "
    insert into cohort_session (cohort_id, session, office, held_on, minutes, marked_on, marked_by)
    select *
    from unnest($1::uuid[], $2::smallint[], $3::int[], $4::date[], $5::smallint[], $6::date[], $7::uuid[])";

/// Writes sessions.
pub async fn insert_sessions(tx: &mut Tx, rows: &[Session]) -> Result<()> {
    sqlx::query(INSERT_SESSIONS)
        .bind(column(rows, |s| s.cohort_id))
        .bind(column(rows, |s| s.session))
        .bind(column(rows, |s| s.office))
        .bind(column(rows, |s| s.held_on))
        .bind(column(rows, |s| s.minutes))
        .bind(column(rows, |s| s.marked_on))
        .bind(column(rows, |s| s.marked_by))
        .execute(tx.conn())
        .await
        .context("writing sessions")?;
    Ok(())
}

const INSERT_ENROLMENTS: &str = "
    insert into enrolment (person_id, case_id, cohort_id, office, enrolled_on, attended_minutes, test_before, test_after,
        result, result_on)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::date[], $6::smallint[], $7::smallint[],
        $8::smallint[], $9::smallint[], $10::date[])";

/// Writes seats.
pub async fn insert_enrolments(tx: &mut Tx, rows: &[Enrolment]) -> Result<()> {
    sqlx::query(INSERT_ENROLMENTS)
        .bind(column(rows, |e| e.person_id))
        .bind(column(rows, |e| e.case_id))
        .bind(column(rows, |e| e.cohort_id))
        .bind(column(rows, |e| e.office))
        .bind(column(rows, |e| e.enrolled_on))
        .bind(column(rows, |e| e.attended_minutes))
        .bind(column(rows, |e| e.test_before))
        .bind(column(rows, |e| e.test_after))
        .bind(column(rows, |e| e.result))
        .bind(column(rows, |e| e.result_on))
        .execute(tx.conn())
        .await
        .context("writing enrolments")?;
    Ok(())
}

const ATTEND: &str = "
    insert into attendance (person_id, case_id, cohort_id, session, office, mark, minutes)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[], $5::int[], $6::smallint[], $7::smallint[])
    on conflict (person_id, case_id, cohort_id, session) do update
    set mark = excluded.mark, minutes = excluded.minutes";

/// Writes marks of attendance; a mark given again replaces the one before.
pub async fn attend(tx: &mut Tx, rows: &[Attended]) -> Result<()> {
    sqlx::query(ATTEND)
        .bind(column(rows, |a| a.person_id))
        .bind(column(rows, |a| a.case_id))
        .bind(column(rows, |a| a.cohort_id))
        .bind(column(rows, |a| a.session))
        .bind(column(rows, |a| a.office))
        .bind(column(rows, |a| a.mark))
        .bind(column(rows, |a| a.minutes))
        .execute(tx.conn())
        .await
        .context("writing attendance")?;
    Ok(())
}

const CERTIFY: &str = "
    insert into certificate (person_id, case_id, number, office, code, holder, hours, begun_on, ended_on, place, trainer,
        issued_on)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::smallint[], $8::date[],
        $9::date[], $10::text[], $11::text[], $12::date[])";

const CODES: &str = "
    insert into certificate_code (code, person_id, case_id, number)
    select *
    from unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[])";

/// Writes certificates and the codes by which anyone finds them.
pub async fn certify(tx: &mut Tx, rows: &[Certificate]) -> Result<()> {
    sqlx::query(CERTIFY)
        .bind(column(rows, |c| c.person_id))
        .bind(column(rows, |c| c.case_id))
        .bind(column(rows, |c| c.number.as_str()))
        .bind(column(rows, |c| c.office))
        .bind(column(rows, |c| c.code.as_str()))
        .bind(column(rows, |c| c.holder.as_str()))
        .bind(column(rows, |c| c.hours))
        .bind(column(rows, |c| c.begun_on))
        .bind(column(rows, |c| c.ended_on))
        .bind(column(rows, |c| c.place.as_str()))
        .bind(column(rows, |c| c.trainer.as_str()))
        .bind(column(rows, |c| c.issued_on))
        .execute(tx.conn())
        .await
        .context("writing certificates")?;
    sqlx::query(CODES)
        .bind(column(rows, |c| c.code.as_str()))
        .bind(column(rows, |c| c.person_id))
        .bind(column(rows, |c| c.case_id))
        .bind(column(rows, |c| c.number.as_str()))
        .execute(tx.conn())
        .await
        .context("writing the codes of certificates")?;
    Ok(())
}

const FIND: &str = "
    select cohort_id, office, number, trainer_id, venue, online, seats, taken, starts_on, ends_on, opened_on, opened_by,
        closed_on, language
    from cohort
    where cohort_id = $1";

const LOCK: &str = "
    select cohort_id, office, number, trainer_id, venue, online, seats, taken, starts_on, ends_on, opened_on, opened_by,
        closed_on, language
    from cohort
    where cohort_id = $1
    for update";

const LIST: &str = "
    select cohort_id, office, number, trainer_id, venue, online, seats, taken, starts_on, ends_on, opened_on, opened_by,
        closed_on, language
    from cohort
    order by closed_on is not null, starts_on desc
    limit $1
    offset $2";

/// A cohort in scope.
pub async fn find(tx: &mut Tx, cohort: CohortId) -> Result<Option<Cohort>> {
    sqlx::query_as(FIND).bind(cohort.0).fetch_optional(tx.conn()).await.context("finding a cohort")
}

/// A cohort in scope, locked while its seats are given or it is closed.
pub async fn lock(tx: &mut Tx, cohort: CohortId) -> Result<Option<Cohort>> {
    sqlx::query_as(LOCK).bind(cohort.0).fetch_optional(tx.conn()).await.context("locking a cohort")
}

/// Cohorts in scope, the running ones first.
pub async fn list(tx: &mut Tx, limit: i64, offset: i64) -> Result<(Vec<Cohort>, i64)> {
    let rows = sqlx::query_as(LIST).bind(limit).bind(offset).fetch_all(tx.conn()).await.context("listing cohorts")?;
    let (count,) = sqlx::query_as("select count(*) from cohort").fetch_one(tx.conn()).await.context("counting cohorts")?;
    Ok((rows, count))
}

const SESSIONS: &str = "
    select cohort_id, session, office, held_on, minutes, marked_on, marked_by
    from cohort_session
    where cohort_id = $1
    order by session";

/// The sessions of a cohort.
pub async fn sessions(tx: &mut Tx, cohort: CohortId) -> Result<Vec<Session>> {
    sqlx::query_as(SESSIONS).bind(cohort.0).fetch_all(tx.conn()).await.context("finding sessions")
}

const MEMBERS: &str = "
    select e.person_id, e.case_id, concat_ws(' ', p.surname, p.given_name, p.patronymic) as name, e.attended_minutes,
        e.test_before, e.test_after, e.result, f.stage
    from enrolment e
    join person p using (person_id)
    join case_file f using (person_id, case_id)
    where e.cohort_id = $1
    order by p.sort_key";

/// The members of a cohort by name.
pub async fn members(tx: &mut Tx, cohort: CohortId) -> Result<Vec<Member>> {
    sqlx::query_as(MEMBERS).bind(cohort.0).fetch_all(tx.conn()).await.context("finding members of a cohort")
}

const MARKS: &str = "
    select person_id, case_id, cohort_id, a.session, a.office, a.mark, a.minutes
    from enrolment
    join attendance a using (person_id, case_id, cohort_id)
    where cohort_id = $1
    and case_id = any ($2)";

/// The marks of some members of a cohort.
pub async fn marks(tx: &mut Tx, cohort: CohortId, cases: &[Uuid]) -> Result<Vec<Attended>> {
    sqlx::query_as(MARKS).bind(cohort.0).bind(cases).fetch_all(tx.conn()).await.context("finding attendance")
}

const ENROLMENTS_OF: &str = "
    select person_id, case_id, cohort_id, office, enrolled_on, attended_minutes, test_before, test_after, result, result_on
    from enrolment
    where person_id = $1
    and case_id = $2
    order by enrolled_on";

/// The seats that a case has had.
pub async fn enrolments_of(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Enrolment>> {
    sqlx::query_as(ENROLMENTS_OF).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("finding a case's enrolments")
}

const CERTIFICATE_OF: &str = "
    select person_id, case_id, number, office, code, holder, hours, begun_on, ended_on, place, trainer, issued_on
    from certificate
    where person_id = $1
    and case_id = $2
    order by issued_on desc, length(number) desc, number desc
    limit 1";

/// The latest certificate of a case.
pub async fn certificate_of(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Certificate>> {
    sqlx::query_as(CERTIFICATE_OF).bind(person.0).bind(case.0).fetch_optional(tx.conn()).await.context("finding a certificate")
}

const GIVEN: &str = "
    select count(*)
    from certificate
    where person_id = $1
    and case_id = $2";

/// How many certificates a case has been given, those that were withdrawn among them.
pub async fn certificates_given(tx: &mut Tx, file: &CaseFile) -> Result<i64> {
    let given = sqlx::query_scalar(GIVEN).bind(file.person_id).bind(file.case_id).fetch_one(tx.conn()).await;
    given.context("counting a case's certificates")
}

const BY_CODE: &str = "
    select c.person_id, c.case_id, c.number, c.office, c.code, c.holder, c.hours, c.begun_on, c.ended_on, c.place,
        c.trainer, c.issued_on
    from certificate_code k
    join certificate c using (person_id, case_id, number)
    where k.code = $1";

/// The certificate with this code; for the program's own transaction, since anyone may ask.
pub async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Certificate>> {
    sqlx::query_as(BY_CODE).bind(code).fetch_optional(tx.conn()).await.context("finding a certificate by its code")
}
