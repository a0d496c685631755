//! Cases as their milestones tell them: all that is known now, each milestone with its day.

use super::subject::{Days, Followup, Pause, Status, Subject, Words};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use futures::TryStreamExt;
use hashbrown::HashSet;
use platform::scope::Tx;
use registry::case::{Basis, CloseReason, EndReason, FollowupStatus};
use sqlx::{Decode, Postgres, Row, Type, postgres::PgRow};
use uuid::Uuid;
use values::id::{CaseId, PersonId};

const MILESTONES: &str = "
    select person_id, case_id, phase, basis, sex::text, birth_date, residence, business_region, wished, direction,
        applied_on, decided_on, selected_on, accepted_on, training_started_on, trained_on, plan_decided_on, approved_on,
        contracted_on, term_ends_on, received_on, started_on, ended_on, transferred_on, recovered_on, awarded_on,
        deceased_on, closed_on, received_value, end_reason, close_reason, pauses,
        followup_6, followup_6_on, followup_12, followup_12_on, followup_24, followup_24_on
    from case_milestone";

const COUNT: &str = "
    select count(*)
    from case_milestone";

/// Every case in scope with its milestones up to a day, but for those cases that the journal is to tell.
pub(super) async fn subjects(tx: &mut Tx, until: NaiveDate, told_elsewhere: &HashSet<Uuid>) -> Result<Vec<Subject>> {
    let mut words = Words::default();
    let (count,): (i64,) = sqlx::query_as(COUNT).fetch_one(tx.conn()).await.context("counting cases")?;
    // Growing bit by bit, so many large values would for a time take their room twice and thrice.
    let mut subjects = Vec::with_capacity(usize::try_from(count)?);
    let mut rows = sqlx::query(MILESTONES).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading milestones")? {
        let columns = &mut Columns { row: &row, next: 0, until };
        let subject = subject(columns, &mut words).context("reading a case's milestones")?;
        let is_told_here = subject.case.is_none_or(|case| !told_elsewhere.contains(&case.0));
        if is_told_here && subject.days.applied.is_some() {
            subjects.push(subject);
        }
    }
    Ok(subjects)
}

/// The columns of a row in order. There are many rows: finding each column by its name would take a third of the time.
struct Columns<'r> {
    row: &'r PgRow,
    next: usize,
    until: NaiveDate,
}

impl<'r> Columns<'r> {
    fn next<T: Decode<'r, Postgres> + Type<Postgres>>(&mut self) -> sqlx::Result<T> {
        self.next += 1;
        self.row.try_get(self.next - 1)
    }

    /// What was known of an anniversary by then.
    fn followup(&mut self) -> sqlx::Result<Option<Followup>> {
        let status: Option<i16> = self.next()?;
        let on = self.day()?;
        Ok(followup(status.and_then(FollowupStatus::from_number), on))
    }

    /// A milestone, if it was reached by then.
    fn day(&mut self) -> sqlx::Result<Option<NaiveDate>> {
        let until = self.until;
        Ok(self.next::<Option<NaiveDate>>()?.filter(|day| *day <= until))
    }
}

/// A case from the columns of [`MILESTONES`].
fn subject(columns: &mut Columns<'_>, words: &mut Words) -> sqlx::Result<Subject> {
    let (person, case) = (columns.next()?, columns.next()?);
    let phase = words.shared(columns.next()?);
    let basis: i16 = columns.next()?;
    let sex: Option<&str> = columns.next()?;
    let birth_date = columns.next()?;
    let residence = words.shared(columns.next()?);
    let business_region: Option<&str> = columns.next()?;
    let wished = words.shared(columns.next()?);
    let direction: Option<&str> = columns.next()?;
    let mut days = Days {
        applied: columns.day()?,
        decided: columns.day()?,
        selected: columns.day()?,
        accepted: columns.day()?,
        training_started: columns.day()?,
        trained: columns.day()?,
        plan_decided: columns.day()?,
        approved: columns.day()?,
        contracted: columns.day()?,
        // A day to come from the contract on.
        term_ends: columns.next()?,
        received: columns.day()?,
        started: columns.day()?,
        ended: columns.day()?,
        transferred: columns.day()?,
        recovered: columns.day()?,
        awarded: columns.day()?,
        deceased: columns.day()?,
        closed: columns.day()?,
    };
    days.term_ends = days.term_ends.filter(|_| days.contracted.is_some());
    let received_value = columns.next()?;
    let end_reason: Option<i16> = columns.next()?;
    let close_reason: Option<i16> = columns.next()?;
    let pauses: Vec<NaiveDate> = columns.next()?;
    let followups = [columns.followup()?, columns.followup()?, columns.followup()?];
    Ok(Subject {
        case: Some(CaseId(case)),
        person: Some(PersonId(person)),
        phase,
        sex: sex.and_then(|sex| sex.chars().next()),
        birth_date,
        residence,
        business_region: business_region.filter(|_| days.contracted.is_some()).map(|region| words.shared(region)),
        wished,
        direction: direction.filter(|_| days.approved.is_some()).map(|direction| words.shared(direction)),
        landholder: basis == Basis::Landholder as i16,
        received_value,
        followups,
        end_reason: end_reason.filter(|_| days.ended.is_some()).and_then(EndReason::from_number),
        close_reason: close_reason.filter(|_| days.closed.is_some()).and_then(CloseReason::from_number),
        pauses: pairs(&pauses, columns.until),
        days,
        ..Subject::default()
    })
}

/// Pauses are kept as days: from, to, from, to; the last one may still go on.
fn pairs(days: &[NaiveDate], until: NaiveDate) -> Vec<Pause> {
    let begun = days.chunks(2).filter(|pause| pause[0] <= until);
    begun.map(|pause| Pause { from: pause[0], to: pause.get(1).copied().filter(|to| *to <= until) }).collect()
}

pub(super) fn followup(status: Option<FollowupStatus>, on: Option<NaiveDate>) -> Option<Followup> {
    let status = match status? {
        FollowupStatus::InBusiness => Status::InBusiness,
        FollowupStatus::Ended => Status::Ended,
        FollowupStatus::Unreachable => Status::Unreachable,
        FollowupStatus::NotVisited => Status::NotVisited,
        FollowupStatus::Deceased => Status::Deceased,
    };
    Some(Followup { status, on: on? })
}
