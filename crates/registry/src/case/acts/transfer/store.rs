//! Requests for a transfer and their answers. Writes take slices.

use anyhow::{Context, Result, ensure};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{CaseId, PersonId};

/// A request for a transfer.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Request {
    pub person_id: Uuid,
    pub request_id: Uuid,
    pub case_id: Uuid,
    /// The case's receipt number: by it the offices speak of the case.
    pub receipt: String,
    pub from_office: i32,
    pub to_office: i32,
    pub reason: String,
    pub requested_on: NaiveDate,
    pub requested_by: Uuid,
    pub due_on: NaiveDate,
    pub answered_on: Option<NaiveDate>,
    /// Nobody when the case ended before an answer came.
    pub answered_by: Option<Uuid>,
    pub accepted: Option<bool>,
    pub answer: Option<String>,
}

impl Request {
    pub fn case(&self) -> CaseId {
        CaseId(self.case_id)
    }

    pub fn person(&self) -> PersonId {
        PersonId(self.person_id)
    }
}

const INSERT: &str = "
    insert into transfer_request (person_id, request_id, case_id, receipt, from_office, to_office, reason, requested_on,
        requested_by, due_on, answered_on, answered_by, accepted, answer)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::int[], $7::text[], $8::date[], $9::uuid[],
        $10::date[], $11::date[], $12::uuid[], $13::boolean[], $14::text[])";

/// Writes requests.
pub async fn insert(tx: &mut Tx, rows: &[Request]) -> Result<()> {
    fn column<'r, T>(rows: &'r [Request], of: impl Fn(&'r Request) -> T) -> Vec<T> {
        rows.iter().map(of).collect()
    }
    sqlx::query(INSERT)
        .bind(column(rows, |t| t.person_id))
        .bind(column(rows, |t| t.request_id))
        .bind(column(rows, |t| t.case_id))
        .bind(column(rows, |t| t.receipt.as_str()))
        .bind(column(rows, |t| t.from_office))
        .bind(column(rows, |t| t.to_office))
        .bind(column(rows, |t| t.reason.as_str()))
        .bind(column(rows, |t| t.requested_on))
        .bind(column(rows, |t| t.requested_by))
        .bind(column(rows, |t| t.due_on))
        .bind(column(rows, |t| t.answered_on))
        .bind(column(rows, |t| t.answered_by))
        .bind(column(rows, |t| t.accepted))
        .bind(column(rows, |t| t.answer.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing requests for a transfer")?;
    Ok(())
}

const OPEN: &str = "
    select person_id, request_id, case_id, receipt, from_office, to_office, reason, requested_on, requested_by, due_on,
        answered_on, answered_by, accepted, answer
    from transfer_request
    where case_id = $1
    and answered_on is null";

/// The request of a case that waits for its answer, for either office.
pub async fn open(tx: &mut Tx, case: CaseId) -> Result<Option<Request>> {
    sqlx::query_as(OPEN).bind(case.0).fetch_optional(tx.conn()).await.context("finding a request for a transfer")
}

const LATEST: &str = "
    select person_id, request_id, case_id, receipt, from_office, to_office, reason, requested_on, requested_by, due_on,
        answered_on, answered_by, accepted, answer
    from transfer_request
    where case_id = $1
    order by requested_on desc, request_id desc
    limit 1";

/// The last request of a case.
pub async fn latest(tx: &mut Tx, case: CaseId) -> Result<Option<Request>> {
    sqlx::query_as(LATEST).bind(case.0).fetch_optional(tx.conn()).await.context("finding the last request for a transfer")
}

const WAITING: &str = "
    select person_id, request_id, case_id, receipt, from_office, to_office, reason, requested_on, requested_by, due_on,
        answered_on, answered_by, accepted, answer
    from transfer_request
    where answered_on is null
    and to_office = any ($1)
    order by due_on, request_id
    limit $2";

const COUNT: &str = "
    select count(*), count(*) filter (where due_on < $2)
    from transfer_request
    where answered_on is null
    and to_office = any ($1)";

/// The requests to the offices of whoever acts, with how many there are and how many are late.
pub async fn waiting(tx: &mut Tx, today: NaiveDate, limit: i64) -> Result<(Vec<Request>, i64, i64)> {
    let offices: Vec<i32> = tx.who().offices.iter().map(|office| office.0).collect();
    let requests = sqlx::query_as(WAITING)
        .bind(&offices)
        .bind(limit)
        .fetch_all(tx.conn())
        .await
        .context("finding requests for a transfer")?;
    let (total, overdue) =
        sqlx::query_as(COUNT).bind(offices).bind(today).fetch_one(tx.conn()).await.context("counting requests for a transfer")?;
    Ok((requests, total, overdue))
}

const ANSWER: &str = "
    update transfer_request
    set answered_on = $3, answered_by = $4, accepted = $5, answer = $6
    where person_id = $1
    and request_id = $2
    and answered_on is null";

/// Keeps the answer.
pub async fn answer(tx: &mut Tx, request: &Request, accepted: bool, words: &str) -> Result<()> {
    let (today, officer) = (tx.today(), tx.who().officer);
    let done = sqlx::query(ANSWER)
        .bind(request.person_id)
        .bind(request.request_id)
        .bind(today)
        .bind(officer.0)
        .bind(accepted)
        .bind(words)
        .execute(tx.conn())
        .await
        .context("answering a request for a transfer")?;
    ensure!(done.rows_affected() == 1, "the request {} was answered meanwhile", request.request_id);
    Ok(())
}

const LET_GO: &str = "
    update transfer_request t
    set answered_on = $1, accepted = false, answer = ''
    from case_file f
    where t.answered_on is null
    and f.person_id = t.person_id
    and f.case_id = t.case_id
    and (f.closed_on is not null or exists (
        select from case_milestone m
        where m.person_id = f.person_id
        and m.case_id = f.case_id
        and m.deceased_on is not null))";

/// Requests whose case has ended wait for no answer any more. How many.
pub async fn let_go(tx: &mut Tx, on: NaiveDate) -> Result<u64> {
    let done = sqlx::query(LET_GO).bind(on).execute(tx.conn()).await.context("letting go of requests for a transfer")?;
    Ok(done.rows_affected())
}
