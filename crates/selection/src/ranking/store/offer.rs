//! Answers to offers.

use super::column;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use registry::case::LeaveReason;
use values::id::{CaseId, OfficeId, OfficerId, PersonId};

/// What a person answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i16)]
pub enum Answer {
    Accepted = 1,
    Declined = 2,
    /// Nothing was heard in time.
    Lapsed = 3,
}

impl Answer {
    /// All, in the order of their numbers.
    pub const ALL: [Answer; 3] = [Answer::Accepted, Answer::Declined, Answer::Lapsed];

    /// The word in forms and message keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
        }
    }

    /// The answer of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.code() == code)
    }
}

/// An answer as it is written.
#[derive(Clone, Debug)]
pub struct AnswerRow {
    pub person: PersonId,
    pub case: CaseId,
    pub office: OfficeId,
    pub answered_on: NaiveDate,
    pub answer: Answer,
    pub reason: Option<LeaveReason>,
    pub note: String,
    /// Who took the place from the reserve.
    pub called_case: Option<CaseId>,
    /// Nobody when it lapsed by itself.
    pub officer: Option<OfficerId>,
}

const INSERT: &str = "
    insert into offer_answer (person_id, case_id, answered_on, answer, reason, note, called_case, officer_id, office)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::date[], $4::smallint[], $5::smallint[], $6::text[], $7::uuid[], $8::uuid[],
        $9::int[])";

/// Writes answers.
pub async fn insert_answers(tx: &mut Tx, rows: &[AnswerRow]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |row| row.person.0))
        .bind(column(rows, |row| row.case.0))
        .bind(column(rows, |row| row.answered_on))
        .bind(column(rows, |row| row.answer as i16))
        .bind(column(rows, |row| row.reason.map(|reason| reason as i16)))
        .bind(column(rows, |row| row.note.as_str()))
        .bind(column(rows, |row| row.called_case.map(|case| case.0)))
        .bind(column(rows, |row| row.officer.map(|officer| officer.0)))
        .bind(column(rows, |row| row.office.0))
        .execute(tx.conn())
        .await
        .context("writing answers to offers")?;
    Ok(())
}
