//! Who had which duty in a case: one officer never two that exclude each other. The primary key settles two at once.

use super::CaseFile;
use crate::case::{
    duty::{Duty, conflicts_of, duties_of},
    event::Event,
    refusal::Refusal,
    state::CaseState,
};
use anyhow::{Context, Result};
use platform::{answer::Stop, scope::Tx};
use uuid::Uuid;
use values::id::OfficerId;

const HELD: &str = "
    select conflict, duty
    from case_duty
    where person_id = $1
    and case_id = $2
    and officer_id = $3
    and conflict = any ($4)";

/// Whatever conflicts is settled, and not the primary key alone: of two at once the later may come upon the wider key first.
const CLAIM: &str = "
    insert into case_duty (person_id, case_id, conflict, officer_id, duty, office)
    select $1, $2, c.conflict, $3, $5, $6
    from unnest($4::smallint[]) as c (conflict)
    on conflict do nothing";

/// The acting officer takes a duty on a case, in every conflict that the duty belongs to. Refused when the officer
/// already holds an excluding duty on it; two at once are settled by the table's keys. Duties that follow from an event
/// are taken by [`super::append`]; this is for those that come before it, such as a sealed score or a vote.
pub async fn claim(tx: &mut Tx, file: &CaseFile, duty: Duty) -> Result<(), Stop> {
    let officer = tx.who().officer;
    claim_for(tx, file, duty, officer).await
}

/// Every officer whom an event names takes the duty that the event shows.
pub(super) async fn claim_all(tx: &mut Tx, file: &CaseFile, event: &Event) -> Result<(), Stop> {
    let mut shown = Vec::new();
    duties_of(event, |duty, officer| shown.push((duty, officer)));
    for (duty, officer) in shown {
        claim_for(tx, file, duty, officer).await?;
    }
    Ok(())
}

async fn claim_for(tx: &mut Tx, file: &CaseFile, duty: Duty, officer: OfficerId) -> Result<(), Stop> {
    let conflicts: Vec<i16> = conflicts_of(duty).collect();
    if conflicts.is_empty() || officer.0.is_nil() {
        return Ok(());
    }
    sqlx::query(CLAIM)
        .bind(file.person_id)
        .bind(file.case_id)
        .bind(officer.0)
        .bind(&conflicts)
        .bind(duty as i16)
        .bind(file.office)
        .execute(tx.conn())
        .await
        .context("taking a duty")?;
    let held: Vec<(i16, i16)> = sqlx::query_as(HELD)
        .bind(file.person_id)
        .bind(file.case_id)
        .bind(officer.0)
        .bind(&conflicts)
        .fetch_all(tx.conn())
        .await
        .context("finding an officer's duties")?;
    match held.into_iter().find(|(_, other)| *other != duty as i16) {
        Some((_, other)) => {
            let other = Duty::from_number(other).context("a duty with an unknown number")?;
            Err(Stop::refused(&Refusal::SamePerson { one: duty, other }))
        }
        None => Ok(()),
    }
}

const DUTIES: &str = "
    insert into case_duty (person_id, case_id, conflict, officer_id, duty, office)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::smallint[], $6::int[])";

const CLAIMS: &str = "
    insert into case_duty (person_id, case_id, conflict, officer_id, duty, office)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::smallint[], $6::int[])
    on conflict do nothing";

/// Keeps duties that left no event: person, case, officer, duty and office of each.
pub async fn keep_claims(tx: &mut Tx, claims: &[(Uuid, Uuid, Uuid, Duty, i32)]) -> Result<()> {
    let each = |claim: &(Uuid, Uuid, Uuid, Duty, i32)| {
        let (person, case, officer, duty, office) = *claim;
        conflicts_of(duty).map(move |conflict| (person, case, conflict, officer, duty as i16, office)).collect::<Vec<_>>()
    };
    let rows: Vec<(Uuid, Uuid, i16, Uuid, i16, i32)> = claims.iter().flat_map(each).collect();
    sqlx::query(CLAIMS)
        .bind(rows.iter().map(|row| row.0).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.1).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.2).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.3).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.4).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.5).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("keeping duties without events")?;
    Ok(())
}

/// Keeps the duties that the events of new cases show. The database refuses an officer in two that exclude each other.
pub async fn keep_duties<'e>(tx: &mut Tx, cases: impl Iterator<Item = (&'e [Event], &'e CaseState)>) -> Result<()> {
    let mut rows: Vec<(Uuid, Uuid, i16, Uuid, i16, i32)> = Vec::new();
    for (events, state) in cases {
        let begin = rows.len();
        for event in events {
            duties_of(event, |duty, officer| {
                if !officer.0.is_nil() {
                    let row = |conflict| (state.person.0, state.case.0, conflict, officer.0, duty as i16, state.office.0);
                    rows.extend(conflicts_of(duty).map(row));
                }
            });
        }
        rows[begin..].sort_unstable();
        let mut own = rows.split_off(begin);
        own.dedup();
        rows.append(&mut own);
    }
    sqlx::query(DUTIES)
        .bind(rows.iter().map(|row| row.0).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.1).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.2).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.3).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.4).collect::<Vec<_>>())
        .bind(rows.iter().map(|row| row.5).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("keeping duties")?;
    Ok(())
}
