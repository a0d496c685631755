//! Folds every case of the journal anew and compares the result with the projections that the pages show.

use super::{
    CaseState, Law,
    event::Event,
    fold,
    kind::Kind,
    projection::{self, Projection, Traits},
    store::Row,
};
use anyhow::{Context, Result, anyhow};
use chrono::NaiveDate;
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// Cases folded and written at a time.
const BATCH: i64 = 4_000;

/// A case whose stored projection is not what its events fold to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, FromRow, Serialize)]
pub struct Differing {
    pub case_id: Uuid,
    /// The table in which it differs.
    pub table: String,
}

/// What a replay found.
#[derive(Clone, Debug, Serialize)]
pub struct Replayed {
    /// Cases folded.
    pub cases: u64,
    pub differing: Vec<Differing>,
}

/// Tables of the same shape, seen before the real ones until the transaction ends; so the projections are written by
/// the same statements as always.
const BESIDE: [&str; 4] = [
    "set local search_path = pg_temp, public",
    "create temp table case_file (like public.case_file including indexes) on commit drop",
    "create temp table case_milestone (like public.case_milestone including defaults including indexes) on commit drop",
    "create temp table case_step (like public.case_step including indexes) on commit drop",
];

const COMPARE: &str = r#"
    select distinct case_id, 'case_file' as "table"
    from (
        (table public.case_file except table pg_temp.case_file)
        union all
        (table pg_temp.case_file except table public.case_file)) as f
    union all
    select distinct case_id, 'case_milestone'
    from (
        (table public.case_milestone except table pg_temp.case_milestone)
        union all
        (table pg_temp.case_milestone except table public.case_milestone)) as m
    union all
    select distinct case_id, 'case_step'
    from (
        (table public.case_step except table pg_temp.case_step)
        union all
        (table pg_temp.case_step except table public.case_step)) as s
    order by 1, 2"#;

/// Replays every case in the scope of a transaction of the system, which writes nothing that stays.
///
/// # Errors
/// When the events of a case do not fold at all.
pub async fn replay(tx: &mut Tx, law: &Law) -> Result<Replayed> {
    for statement in BESIDE {
        sqlx::query(statement).execute(tx.conn()).await.context("preparing a replay")?;
    }
    let mut after = Uuid::nil();
    let mut cases = 0;
    loop {
        let (states, last) = batch(tx, law, after).await?;
        let Some(last) = last else { break };
        cases += states.len() as u64;
        let traits = traits(tx, &states).await?;
        let projections: Vec<Projection> = states
            .iter()
            .map(|state| {
                let mut projection = Projection::of(state, law);
                projection.person = traits.get(&state.person.0).cloned().unwrap_or_default();
                projection
            })
            .collect();
        projection::write(tx, &projections).await?;
        after = last;
    }
    let differing = sqlx::query_as(COMPARE).fetch_all(tx.conn()).await.context("comparing projections")?;
    Ok(Replayed { cases, differing })
}

/// People by their ids, so that a batch never parts the cases of one.
const PEOPLE: &str = "
    select distinct person_id
    from journal
    where person_id > $1
    and case_id is not null
    and kind < 300
    order by person_id
    limit $2";

const EVENTS: &str = "
    select person_id, entry_id, case_id, office, officer_id, role, effective_on, recorded_at, payload
    from journal
    where person_id = any ($1)
    and case_id is not null
    and kind < 300
    order by effective_on, recorded_at, entry_id";

/// The folded cases of the next people, and the last of these people.
async fn batch(tx: &mut Tx, law: &Law, after: Uuid) -> Result<(Vec<CaseState>, Option<Uuid>)> {
    let people: Vec<(Uuid,)> =
        sqlx::query_as(PEOPLE).bind(after).bind(BATCH).fetch_all(tx.conn()).await.context("finding people with cases")?;
    let people: Vec<Uuid> = people.into_iter().map(|(person,)| person).collect();
    let rows: Vec<Row> =
        sqlx::query_as(EVENTS).bind(&people).fetch_all(tx.conn()).await.context("reading the events of many cases")?;
    let mut events: HashMap<Uuid, Vec<Event>> = HashMap::new();
    for row in rows {
        events.entry(row.case_id).or_default().push(row.event()?);
    }
    let states = events.into_iter().map(|(case, events)| unfold(law, case, &events)).collect::<Result<_>>()?;
    Ok((states, people.last().copied()))
}

fn unfold(law: &Law, case: Uuid, events: &[Event]) -> Result<CaseState> {
    let opened = events.iter().find(|event| event.kind() == Kind::ApplicationLodged);
    let opened_on = opened.with_context(|| format!("case {case} was never opened"))?.effective_on;
    fold::fold(events, law.terms_on(opened_on))
        .map_err(|refusal| anyhow!("case {case} does not fold: {refusal}"))?
        .with_context(|| format!("case {case} has no events"))
}

const TRAITS: &str = "
    select person_id, sex::text, birth_date
    from person
    where person_id = any ($1)";

async fn traits(tx: &mut Tx, states: &[CaseState]) -> Result<HashMap<Uuid, Traits>> {
    let people: Vec<Uuid> = states.iter().map(|state| state.person.0).collect();
    let rows: Vec<(Uuid, Option<String>, Option<NaiveDate>)> =
        sqlx::query_as(TRAITS).bind(people).fetch_all(tx.conn()).await.context("finding people's traits")?;
    Ok(rows.into_iter().map(|(person, sex, birth_date)| (person, Traits { sex, birth_date })).collect())
}
