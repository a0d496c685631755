//! Cases folded anew from the journal: what their milestones can't tell, as of another day or as known on one.

use super::{
    milestones::followup,
    subject::{Days, Pause, Subject, Word},
};
use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, NaiveDate, Utc};
use futures::TryStreamExt;
use hashbrown::HashMap;
use platform::scope::Tx;
use rayon::prelude::*;
use registry::case::{CaseState, Event, Law, fold, store::Row};
use uuid::Uuid;

/// Two kinds of cases whose milestones tell something else: those of which something was recorded too late that had taken
/// effect in time, and those to which something happened afterwards that rewrites a milestone: the business resumed (62),
/// the term extended (67), the direction changed (87), cases merged (90), an entry corrected (91), or more equipment
/// received after the day of receipt (51, 53). All other kinds only add a milestone with a day of its own.
const CHANGED: &str = "
    select person_id, case_id
    from journal
    where recorded_at >= $1
    and effective_on <= $2
    and effective_on < (recorded_at at time zone 'Asia/Baku')::date
    and case_id is not null
    and kind < 300
    union
    select person_id, case_id
    from journal j
    where effective_on > $2
    and kind in (51, 53, 62, 67, 87, 90, 91)
    and case_id is not null
    and (
        kind not in (51, 53)
        or exists (
            select
            from case_milestone m
            where (m.person_id, m.case_id) = (j.person_id, j.case_id)
            and m.received_on <= $2))";

/// A person and a case.
pub(super) type Key = (Uuid, Uuid);

/// The cases whose milestones up to a day tell something else than what had been recorded of them before a moment.
pub(super) async fn changed(tx: &mut Tx, day: NaiveDate, until: DateTime<Utc>) -> Result<Vec<Key>> {
    let found = sqlx::query_as(CHANGED).bind(until).bind(day).fetch_all(tx.conn()).await;
    found.context("finding the cases that have changed since")
}

const ALL: &str = "
    select person_id, case_id
    from case_file";

/// Every case in scope.
pub(super) async fn all(tx: &mut Tx) -> Result<Vec<Key>> {
    sqlx::query_as(ALL).fetch_all(tx.conn()).await.context("finding all cases")
}

const EVENTS: &str = "
    select person_id, j.entry_id, case_id, j.office, j.officer_id, j.role, j.effective_on, j.recorded_at, j.payload
    from unnest($2::uuid[], $3::uuid[]) as c (person_id, case_id)
    join journal j using (person_id, case_id)
    where j.kind < 300
    and j.recorded_at < $1
    order by person_id, case_id";

const TRAITS: &str = "
    select person_id, sex::text as sex, birth_date
    from person
    where person_id = any ($1)";

type Traits = HashMap<Uuid, (Option<char>, Option<NaiveDate>)>;

/// Folds these cases anew from what was recorded before a moment.
pub(super) async fn subjects(
    tx: &mut Tx,
    law: &Law,
    as_of: NaiveDate,
    until: DateTime<Utc>,
    cases: &[Key],
) -> Result<Vec<Subject>> {
    /// Events held at once, give or take those of one case.
    const BATCH: usize = 20_000;
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let (people, ids): (Vec<Uuid>, Vec<Uuid>) = cases.iter().copied().unzip();
    let traits: Vec<(Uuid, Option<String>, Option<NaiveDate>)> =
        sqlx::query_as(TRAITS).bind(&people).fetch_all(tx.conn()).await.context("reading people's traits")?;
    let traits: Traits = traits.into_iter().map(|(id, sex, born)| (id, (sex.and_then(|sex| sex.chars().next()), born))).collect();
    let mut subjects = Vec::with_capacity(cases.len());
    let mut open: Vec<Vec<Row>> = Vec::new();
    let mut held = 0;
    let mut rows = sqlx::query_as::<_, Row>(EVENTS).bind(until).bind(people).bind(ids).fetch(tx.conn());
    while let Some(row) = rows.try_next().await.context("reading events")? {
        held += 1;
        match open.last_mut().filter(|case| case.first().is_some_and(|first| first.case_id == row.case_id)) {
            Some(case) => case.push(row),
            None => {
                if held > BATCH {
                    subjects.extend(folded(std::mem::take(&mut open), law, as_of, &traits)?);
                    held = 1;
                }
                open.push(vec![row]);
            }
        }
    }
    subjects.extend(folded(open, law, as_of, &traits)?);
    Ok(subjects)
}

fn folded(cases: Vec<Vec<Row>>, law: &Law, as_of: NaiveDate, traits: &Traits) -> Result<Vec<Subject>> {
    let one = |rows: Vec<Row>| -> Result<Option<Subject>> {
        let events: Vec<Event> = rows.into_iter().map(Row::event).collect::<Result<_>>()?;
        let Some(opened_on) = events.iter().map(|event| event.effective_on).min() else { return Ok(None) };
        let state = fold::as_of(&events, as_of, None, law.terms_on(opened_on))
            .map_err(|refusal| anyhow!("a case does not fold: {refusal}"))?;
        Ok(state.map(|state| {
            let (sex, birth_date) = traits.get(&state.person.0).copied().unwrap_or_default();
            Subject { sex, birth_date, ..of_state(&state) }
        }))
    };
    cases.into_par_iter().filter_map(|rows| one(rows).transpose()).collect()
}

fn of_state(state: &CaseState) -> Subject {
    let m = &state.milestones;
    Subject {
        case: Some(state.case),
        person: Some(state.person),
        phase: Word::from(state.phase.as_str()),
        residence: Word::from(state.region.as_str()),
        business_region: state.business_region.map(|region| Word::from(region.as_str())),
        wished: Word::from(state.wished.as_str()),
        direction: m.approved_on.map(|_| Word::from(state.direction.as_str())),
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
        followups: state.followups.map(|known| known.and_then(|known| followup(Some(known.status), Some(known.observed_on)))),
        end_reason: m.end_reason,
        close_reason: state.closed,
        pauses: state.pauses.iter().map(|rest| Pause { from: rest.from, to: rest.to }).collect(),
        ..Subject::default()
    }
}
