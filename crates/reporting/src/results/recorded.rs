//! Cases folded anew from what was recorded by the end of a day.

use super::{
    milestones::followup,
    store::end_of,
    subject::{Days, Pause, Subject},
};
use anyhow::{Context, Result, anyhow};
use chrono::NaiveDate;
use futures::TryStreamExt;
use platform::scope::Tx;
use registry::case::{CaseState, Event, Law, fold, store::Row};
use std::collections::HashMap;
use uuid::Uuid;

const EVENTS: &str = "
    select person_id, entry_id, case_id, office, officer_id, role, effective_on, recorded_at, payload
    from journal
    where case_id is not null
    and kind < 300
    and recorded_at < $1
    order by person_id, case_id";

const TRAITS: &str = "
    select person_id, sex::text as sex, birth_date
    from person";

/// Folds every case anew from what was recorded by the end of a day.
pub(super) async fn subjects(tx: &mut Tx, law: &Law, as_of: NaiveDate, known_on: NaiveDate) -> Result<Vec<Subject>> {
    let traits: Vec<(Uuid, Option<String>, Option<NaiveDate>)> =
        sqlx::query_as(TRAITS).fetch_all(tx.conn()).await.context("reading people's traits")?;
    let traits: HashMap<Uuid, (Option<char>, Option<NaiveDate>)> =
        traits.into_iter().map(|(id, sex, born)| (id, (sex.and_then(|sex| sex.chars().next()), born))).collect();
    let until = end_of(known_on);
    let mut subjects = Vec::new();
    let mut open: Vec<Event> = Vec::new();
    let mut close = |events: &mut Vec<Event>| -> Result<()> {
        if let Some(subject) = folded(events, law, as_of, &traits)? {
            subjects.push(subject);
        }
        events.clear();
        Ok(())
    };
    {
        let mut rows = sqlx::query_as::<_, Row>(EVENTS).bind(until).fetch(tx.conn());
        while let Some(row) = rows.try_next().await.context("reading events")? {
            let event = row.event()?;
            if open.first().is_some_and(|first| first.case != event.case) {
                close(&mut open)?;
            }
            open.push(event);
        }
    }
    close(&mut open)?;
    Ok(subjects)
}

fn folded(
    events: &[Event],
    law: &Law,
    as_of: NaiveDate,
    traits: &HashMap<Uuid, (Option<char>, Option<NaiveDate>)>,
) -> Result<Option<Subject>> {
    let Some(opened_on) = events.iter().map(|event| event.effective_on).min() else { return Ok(None) };
    let state = fold::as_of(events, as_of, None, law.terms_on(opened_on))
        .map_err(|refusal| anyhow!("a case does not fold: {refusal}"))?;
    Ok(state.map(|state| {
        let (sex, birth_date) = traits.get(&state.person.0).copied().unwrap_or_default();
        Subject { sex, birth_date, ..of_state(&state) }
    }))
}

fn of_state(state: &CaseState) -> Subject {
    let m = &state.milestones;
    let last = state.followups[2];
    Subject {
        case: Some(state.case),
        person: Some(state.person),
        phase: state.phase.to_string(),
        residence: state.region.to_string(),
        business_region: state.business_region.map(|region| region.to_string()),
        wished: state.wished.to_string(),
        direction: m.approved_on.map(|_| state.direction.to_string()),
        landholder: state.basis == registry::case::Basis::Landholder,
        days: Days {
            applied: m.applied_on,
            decided: m.decided_on,
            selected: m.selected_on,
            accepted: m.accepted_on,
            training_started: m.training_started_on,
            trained: m.trained_on,
            plan_decided: m.plan_decided_on,
            approved: m.approved_on,
            contracted: m.contracted_on,
            term_ends: m.term_ends_on,
            received: m.received_on,
            started: m.started_on,
            ended: m.ended_on,
            transferred: m.transferred_on,
            recovered: m.recovered_on,
            awarded: m.awarded_on,
            deceased: m.deceased_on,
            closed: m.closed_on,
        },
        received_value: state.received.qepik(),
        followup_24: last.and_then(|seen| followup(Some(seen.status), Some(seen.observed_on))),
        seen_on: state.followups.iter().flatten().map(|seen| seen.observed_on).max(),
        end_reason: m.end_reason,
        close_reason: state.closed,
        pauses: state.pauses.iter().map(|rest| Pause { from: rest.from, to: rest.to }).collect(),
        ..Subject::default()
    }
}
