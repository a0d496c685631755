//! Released figures of the made-up programme: those of a quarter are out, those of the month before last wait for approval,
//! and those of the last month are still to be proposed.

use super::Progress;
use crate::demo::programme::Simulated;
use anyhow::{Context, Result};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc};
use platform::{
    app::App,
    journal::{Entry, payload},
    keys::{hex, sha256},
    role::Role,
};
use registry::{case, programme};
use reporting::{
    release::{self, store},
    results::{self, Known},
};
use serde_json::json;
use uuid::Uuid;
use values::id::{EntryId, OfficeId, OfficerId, PersonId};

/// Writes both releases and gives the entries of the journal about them.
pub(super) async fn write(app: &App, made: &Simulated, progress: &Progress) -> Result<Vec<Entry>> {
    progress.say("figures");
    let today = made.today.date();
    let first = today.with_day(1).unwrap_or(today);
    let waiting = first.checked_sub_months(Months::new(1)).unwrap_or(first);
    let before = waiting.checked_sub_months(Months::new(1)).unwrap_or(waiting);
    let quarter = before.with_month0(before.month0() / 3 * 3).unwrap_or(before);
    let hour = |minutes| made.today.at(8 * 60).utc() + TimeDelta::minutes(minutes);
    let cast = |role: Role| made.officers.iter().position(|officer| officer.role == role);
    let (Some(proposer), Some(approver)) = (cast(Role::Results), cast(Role::Manager)) else { return Ok(Vec::new()) };
    let (proposer, approver) = (made.officer_id(proposer as u16), made.officer_id(approver as u16));
    let mut entries = Vec::new();
    for (before, proposed, approved) in [(quarter, hour(0), Some(hour(30))), (waiting, hour(10), None)] {
        let Some(as_of) = before.checked_sub_days(Days::new(1)) else { continue };
        let mut tx = app.system().await?;
        let report =
            results::report(&mut tx, &programme::current(app)?.programme, &*case::law(app)?, Known { as_of, known_on: None })
                .await?;
        let row = store::Release {
            release_id: Uuid::now_v7(),
            as_of,
            known_on: report.known_on,
            report: serde_json::to_string(&report)?,
            proposed_at: proposed,
            proposed_by: proposer.0,
            approved_at: approved,
            approved_by: approved.map(|_| approver.0),
        };
        store::insert(&mut tx, &row).await?;
        tx.commit().await?;
        let digest = hex(&sha256(row.report.as_bytes()));
        let facts = json!({ "release": row.release_id, "as_of": as_of, "digest": digest });
        entries.push(entry(release::PROPOSED.number, proposer, Role::Results, today, proposed, payload(&facts, None)?));
        if let Some(at) = approved {
            let facts = payload(&json!({ "release": row.release_id }), None).context("telling of a release")?;
            entries.push(entry(release::APPROVED.number, approver, Role::Manager, today, at, facts));
        }
    }
    Ok(entries)
}

fn entry(kind: i16, officer: OfficerId, role: Role, on: NaiveDate, at: DateTime<Utc>, payload: String) -> Entry {
    Entry {
        entry: EntryId::new(),
        person: PersonId(Uuid::nil()),
        case: None,
        office: OfficeId::CENTRE,
        officer,
        role,
        kind,
        effective_on: on,
        recorded_at: at,
        payload,
    }
}
