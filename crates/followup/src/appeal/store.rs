//! Appeals in the database. Writes take slices.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use registry::case::{AppealOutcome, Kind};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::{AppealId, CaseId, EntryId, PersonId};

/// An appeal against a decision.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Appeal {
    pub person_id: Uuid,
    pub appeal_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    /// The [`Kind`] of the decision, and its entry in the journal.
    pub against: i16,
    pub entry_id: Uuid,
    pub told_on: NaiveDate,
    pub appeal_until: NaiveDate,
    pub lodged_on: NaiveDate,
    pub lodged_at: DateTime<Utc>,
    pub lodged_by: Uuid,
    pub grounds: String,
    pub evidence: String,
    /// Why it comes late; there whenever it does.
    pub late_reason: Option<String>,
    pub admitted_on: Option<NaiveDate>,
    pub admitted_by: Option<Uuid>,
    /// Why a late one was let through.
    pub admission_reason: Option<String>,
    pub due_on: NaiveDate,
    pub decided_on: Option<NaiveDate>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<Uuid>,
    /// An [`AppealOutcome`].
    pub outcome: Option<i16>,
    pub reason: Option<String>,
    /// The entry of the correction that followed.
    pub correction: Option<Uuid>,
    /// The conflict in which the decider holds the duty, and that duty.
    pub conflict: Option<i16>,
    pub duty: Option<i16>,
}

impl Appeal {
    pub fn id(&self) -> AppealId {
        AppealId(self.appeal_id)
    }

    pub fn case(&self) -> CaseId {
        CaseId(self.case_id)
    }

    pub fn person(&self) -> PersonId {
        PersonId(self.person_id)
    }

    pub fn entry(&self) -> EntryId {
        EntryId(self.entry_id)
    }

    pub fn against(&self) -> Option<Kind> {
        Kind::from_number(self.against)
    }

    pub fn outcome(&self) -> Option<AppealOutcome> {
        self.outcome.and_then(AppealOutcome::from_number)
    }

    /// Lodged after the time to appeal.
    pub fn is_late(&self) -> bool {
        self.lodged_on > self.appeal_until
    }
}

const INSERT: &str = "
    insert into appeal
    select *
    from jsonb_populate_recordset(null::appeal, $1::text::jsonb)";

/// Writes appeals.
pub async fn insert(tx: &mut Tx, rows: &[Appeal]) -> Result<()> {
    let rows = serde_json::to_string(rows).context("writing appeals as JSON")?;
    sqlx::query(INSERT).bind(rows).execute(tx.conn()).await.context("writing appeals")?;
    Ok(())
}

const SAVE: &str = "
    update appeal a
    set admitted_on = n.admitted_on, admitted_by = n.admitted_by, admission_reason = n.admission_reason,
        due_on = n.due_on, decided_on = n.decided_on, decided_at = n.decided_at, decided_by = n.decided_by,
        outcome = n.outcome, reason = n.reason, correction = n.correction, conflict = n.conflict, duty = n.duty
    from jsonb_populate_record(null::appeal, $1::text::jsonb) n
    where a.person_id = n.person_id
    and a.appeal_id = n.appeal_id
    and a.outcome is null";

/// Keeps what became of an appeal that is open.
pub async fn save(tx: &mut Tx, appeal: &Appeal) -> Result<()> {
    let row = serde_json::to_string(appeal).context("writing an appeal as JSON")?;
    let done = sqlx::query(SAVE).bind(row).execute(tx.conn()).await.context("keeping an appeal")?;
    anyhow::ensure!(done.rows_affected() == 1, "the appeal {} was decided meanwhile", appeal.appeal_id);
    Ok(())
}

const OF_CASE: &str = "
    select *
    from appeal
    where person_id = $1
    and case_id = $2
    order by lodged_on desc, appeal_id desc";

/// The appeals in a case, the latest first.
pub async fn of_case(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Appeal>> {
    sqlx::query_as(OF_CASE).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("reading a case's appeals")
}

const FIND: &str = "
    select *
    from appeal
    where appeal_id = $1";

/// An appeal in scope.
pub async fn find(tx: &mut Tx, appeal: AppealId) -> Result<Option<Appeal>> {
    sqlx::query_as(FIND).bind(appeal.0).fetch_optional(tx.conn()).await.context("finding an appeal")
}
