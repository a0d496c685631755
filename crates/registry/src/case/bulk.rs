//! Many cases at once: the approval of a ranking moves hundreds of cases in one transaction and few round trips.

use super::{
    Law,
    duty::{Duty, conflicts_of, duties_of},
    event::Event,
    fold,
    projection::{self, Projection, Traits},
    refusal::Refusal,
    store::{CaseFile, Happening, Loaded, Row, entry_of, event_of},
};
use anyhow::{Context, Result, anyhow};
use chrono::NaiveDate;
use platform::{
    answer::{Fault, Stop},
    scope::Tx,
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use values::id::{CaseId, OfficerId};

const LOCK: &str = "
    select person_id, case_id, office, office_of_selection, phase, funding, receipt, stage, direction, next_duty,
        next_role, next_since, next_due, suspended, version, opened_on, closed_on
    from case_file
    where case_id = any ($1)
    order by case_id
    for update";

const EVENTS: &str = "
    select person_id, entry_id, case_id, office, officer_id, role, effective_on, recorded_at, payload
    from journal
    where person_id = any ($1)
    and case_id = any ($2)
    and kind < 300
    order by effective_on, recorded_at, entry_id";

/// Cases in scope with their events, locked in the order of their ids. One that is out of scope makes it not found.
pub async fn lock_many(tx: &mut Tx, law: &Law, cases: &[CaseId]) -> Result<Vec<Loaded>, Stop> {
    let ids: Vec<Uuid> = cases.iter().map(|case| case.0).collect();
    let files: Vec<CaseFile> = sqlx::query_as(LOCK).bind(&ids).fetch_all(tx.conn()).await.context("locking many cases")?;
    if files.len() != ids.iter().collect::<BTreeSet<_>>().len() {
        return Err(Fault::NotFound.into());
    }
    let people: Vec<Uuid> = files.iter().map(|file| file.person_id).collect();
    let rows: Vec<Row> =
        sqlx::query_as(EVENTS).bind(people).bind(&ids).fetch_all(tx.conn()).await.context("reading many cases' events")?;
    let mut events: HashMap<Uuid, Vec<Event>> = HashMap::with_capacity(files.len());
    for row in rows {
        events.entry(row.case_id).or_default().push(row.event()?);
    }
    let unfold = |file: CaseFile| -> Result<Loaded> {
        let events = events.remove(&file.case_id).unwrap_or_default();
        let state = fold::fold(&events, law.terms_on(file.opened_on))
            .map_err(|refusal| anyhow!("case {} does not fold: {refusal}", file.case_id))?
            .with_context(|| format!("case {} has no events", file.case_id))?;
        Ok(Loaded { file, events, state })
    };
    Ok(files.into_iter().map(unfold).collect::<Result<_>>()?)
}

/// Lets things happen to many cases, to each its own in order, as [`super::store::append`] does for one. The first that
/// may not happen refuses all. The files of the cases are as before; load them anew to see their versions.
pub async fn append_many(tx: &mut Tx, law: &Law, cases: &mut [(Loaded, Vec<Happening>)]) -> Result<(), Stop> {
    let mut duties = Vec::new();
    for (loaded, happenings) in cases.iter_mut() {
        for happening in happenings.drain(..) {
            let event = event_of(tx, loaded.state.person, loaded.state.case, happening);
            let terms = law.terms_on(loaded.file.opened_on);
            loaded.state = fold::admit(&loaded.events, &event, terms).map_err(|refusal| Stop::refused(&refusal))?;
            tx.record(entry_of(&event)?);
            duties_of(&event, |duty, officer| {
                duties.push((loaded.file.person_id, loaded.file.case_id, loaded.file.office, duty, officer))
            });
            loaded.events.push(event);
        }
    }
    claim_many(tx, &duties).await?;
    let people: Vec<Uuid> = cases.iter().map(|(loaded, _)| loaded.file.person_id).collect();
    let traits = traits_of(tx, &people).await?;
    let mut projections = Vec::with_capacity(cases.len());
    for pair in cases.iter() {
        let mut projection = Projection::of(&pair.0.state, law);
        projection.person = traits.get(&pair.0.file.person_id).cloned().unwrap_or_default();
        projections.push(projection);
    }
    projection::write(tx, &projections).await?;
    Ok(())
}

const TRAITS: &str = "
    select person_id, sex::text, birth_date
    from person
    where person_id = any ($1)";

async fn traits_of(tx: &mut Tx, people: &[Uuid]) -> Result<HashMap<Uuid, Traits>> {
    let rows: Vec<(Uuid, Option<String>, Option<NaiveDate>)> =
        sqlx::query_as(TRAITS).bind(people).fetch_all(tx.conn()).await.context("finding many people's traits")?;
    Ok(rows.into_iter().map(|(person, sex, birth_date)| (person, Traits { sex, birth_date })).collect())
}

const CLAIM: &str = "
    insert into case_duty (person_id, case_id, conflict, officer_id, duty, office)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::smallint[], $6::int[])
    on conflict do nothing";

const CLASH: &str = "
    select d.duty, c.duty
    from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::smallint[])
        as c (person_id, case_id, conflict, officer_id, duty)
    join case_duty d using (person_id, case_id, conflict, officer_id)
    where d.duty <> c.duty
    limit 1";

/// Duties taken on many cases: person, case, office, duty, officer.
async fn claim_many(tx: &mut Tx, duties: &[(Uuid, Uuid, i32, Duty, OfficerId)]) -> Result<(), Stop> {
    let named = duties.iter().filter(|(.., officer)| !officer.0.is_nil());
    let lines: Vec<_> = named
        .flat_map(|(person, case, office, duty, officer)| {
            conflicts_of(*duty).map(move |conflict| (*person, *case, conflict, officer.0, *duty as i16, *office))
        })
        .collect();
    let people: Vec<Uuid> = lines.iter().map(|line| line.0).collect();
    let cases: Vec<Uuid> = lines.iter().map(|line| line.1).collect();
    let conflicts: Vec<i16> = lines.iter().map(|line| line.2).collect();
    let officers: Vec<Uuid> = lines.iter().map(|line| line.3).collect();
    let numbers: Vec<i16> = lines.iter().map(|line| line.4).collect();
    let offices: Vec<i32> = lines.iter().map(|line| line.5).collect();
    sqlx::query(CLAIM)
        .bind(&people)
        .bind(&cases)
        .bind(&conflicts)
        .bind(&officers)
        .bind(&numbers)
        .bind(offices)
        .execute(tx.conn())
        .await
        .context("taking many duties")?;
    let clash: Option<(i16, i16)> = sqlx::query_as(CLASH)
        .bind(people)
        .bind(cases)
        .bind(conflicts)
        .bind(officers)
        .bind(numbers)
        .fetch_optional(tx.conn())
        .await
        .context("finding duties that exclude each other")?;
    match clash {
        Some((held, taken)) => {
            let duty = |number| Duty::from_number(number).context("a duty with an unknown number");
            Err(Stop::refused(&Refusal::SamePerson { one: duty(taken)?, other: duty(held)? }))
        }
        None => Ok(()),
    }
}
