//! What the tables hold about an applicant, read for the question whether they may take part.

use super::{
    known::{Check, Elsewhere, JOBSEEKER, Known, UNEMPLOYED, evidence},
    types::Origin,
};
use ::rules::{Facts, Value};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use registry::{
    case::{CloseReason, Loaded, Stage, closing},
    intake::{self, store::Answers},
    people::types::Details,
    programme::Programme,
};
use sqlx::FromRow;
use std::str::FromStr;
use uuid::Uuid;
use values::{Sex, id::CaseId};

/// What is known of the applicant of a case on a day. The case must be in scope; what other offices' cases say of the
/// person and the household is looked up beyond it, and only its outcome comes back.
pub async fn known(tx: &mut Tx, loaded: &Loaded, on: NaiveDate) -> Result<Known> {
    let state = &loaded.state;
    let mut known = person(tx, state.person.0, on).await?;
    known.applied_on = loaded.file.opened_on;
    known.call = state.call.to_string();
    known.phase = state.phase.to_string();
    known.wished = state.direction.to_string();
    known.status = status(tx, state.person.0, on).await?;
    known.groups = groups(tx, state.person.0, on).await?;
    known.consent_on = consent(tx, state.person.0).await?;
    known.earlier_support = earlier_support(tx, state.case).await?;
    known.checks = checks(tx, state.person.0, state.case.0).await?;
    tx.widen().await?;
    known.elsewhere = elsewhere(tx, state.person.0, state.case.0, &known.phase).await?;
    tx.narrow().await?;
    Ok(known)
}

/// The facts about the applicant of a case on a day, as rules take them.
pub(crate) async fn facts_of(tx: &mut Tx, programme: &Programme, loaded: &Loaded, on: NaiveDate) -> Result<Facts> {
    let known = known(tx, loaded, on).await?;
    Ok(evidence(&known, programme, on).facts())
}

#[derive(FromRow)]
struct Person {
    birth_date: Option<NaiveDate>,
    sex: Option<String>,
    education: Option<String>,
    household_size: Option<i16>,
    children: Option<i16>,
    income: Option<i64>,
    land_share: bool,
    registered_on: NaiveDate,
    has_fin: bool,
    details: String,
}

const PERSON: &str = "
    select birth_date, sex::text as sex, education, household_size, children, income, land_share, registered_on,
        fin_lookup is not null as has_fin, details
    from person
    where person_id = $1";

async fn person(tx: &mut Tx, person: Uuid, on: NaiveDate) -> Result<Known> {
    let row: Person = sqlx::query_as(PERSON).bind(person).fetch_one(tx.conn()).await.context("reading an applicant")?;
    let details: Details = serde_json::from_str(&row.details).context("reading an applicant's details")?;
    Ok(Known {
        registered_on: row.registered_on,
        birth_date: row.birth_date,
        sex: row.sex.as_deref().and_then(|code| Sex::from_str(code).ok()),
        education: row.education,
        household_size: row.household_size,
        children: row.children,
        income: row.income,
        has_farm_land: row.land_share,
        may_work_here: may_work(&details, row.has_fin),
        draws_insurance: draws_insurance(&details, on),
        ..Known::default()
    })
}

/// Only citizens and those with a permit to stay for good get a FİN.
fn may_work(details: &Details, has_fin: bool) -> Option<bool> {
    match details.citizenship.as_deref() {
        Some("CITIZEN") => Some(true),
        _ if has_fin => Some(true),
        Some(_) | None => None,
    }
}

fn draws_insurance(details: &Details, on: NaiveDate) -> bool {
    details.insurance_from.is_some_and(|from| from <= on) && details.insurance_to.is_none_or(|to| on <= to)
}

const SPELL: &str = "
    select basis, begun_on
    from unemployment_spell
    where person_id = $1
    and begun_on <= $2
    and (ended_on is null or ended_on >= $2)
    order by begun_on desc
    limit 1";

async fn status(tx: &mut Tx, person: Uuid, on: NaiveDate) -> Result<Option<(&'static str, NaiveDate)>> {
    let spell: Option<(i16, NaiveDate)> =
        sqlx::query_as(SPELL).bind(person).bind(on).fetch_optional(tx.conn()).await.context("finding a person's status")?;
    Ok(spell.map(|(basis, since)| (status_code(basis), since)))
}

/// The status that rules know by a spell's basis.
pub(crate) fn status_code(basis: i16) -> &'static str {
    if basis == 1 { UNEMPLOYED } else { JOBSEEKER }
}

const GROUPS: &str = "
    select code, valid_from
    from person_group
    where person_id = $1
    and valid_from <= $2
    and (valid_to is null or valid_to >= $2)
    order by code";

async fn groups(tx: &mut Tx, person: Uuid, on: NaiveDate) -> Result<Vec<(String, NaiveDate)>> {
    sqlx::query_as(GROUPS).bind(person).bind(on).fetch_all(tx.conn()).await.context("finding a person's groups")
}

const CONSENT: &str = "
    select max(given_on)
    from consent
    where person_id = $1
    and kind = 'DATA'
    and withdrawn_on is null";

async fn consent(tx: &mut Tx, person: Uuid) -> Result<Option<NaiveDate>> {
    let (given_on,): (Option<NaiveDate>,) =
        sqlx::query_as(CONSENT).bind(person).fetch_one(tx.conn()).await.context("finding a person's consent")?;
    Ok(given_on)
}

/// What the application declares.
async fn earlier_support(tx: &mut Tx, case: CaseId) -> Result<Option<bool>> {
    let Some(application) = intake::store::find(tx, case).await? else { return Ok(None) };
    let answers: Answers = serde_json::from_str(&application.answers).context("reading an application's answers")?;
    Ok(Some(answers.earlier_support))
}

const CHECKS: &str = "
    select fact, value, observed_on, source
    from fact_check
    where person_id = $1
    and case_id = $2
    order by observed_on, recorded_at, check_id";

async fn checks(tx: &mut Tx, person: Uuid, case: Uuid) -> Result<Vec<Check>> {
    let rows: Vec<(String, String, NaiveDate, i16)> =
        sqlx::query_as(CHECKS).bind(person).bind(case).fetch_all(tx.conn()).await.context("finding facts checked again")?;
    let read = |(fact, value, observed_on, origin): (String, String, NaiveDate, i16)| {
        let value: Value = serde_json::from_str(&value).context("reading a fact checked again")?;
        let origin = Origin::from_number(origin).context("a fact from an unknown origin")?;
        Ok(Check { fact, value, observed_on, origin })
    };
    rows.into_iter().map(read).collect()
}

#[derive(FromRow)]
struct ElsewhereRow {
    other_open_case: bool,
    equipped_in_phase: bool,
    left_training_on: Option<NaiveDate>,
    fraud_on: Option<NaiveDate>,
}

const ELSEWHERE: &str = "
    select coalesce(bool_or(f.closed_on is null and f.stage <> all ($4)), false) as other_open_case,
        coalesce(bool_or(m.received_on is not null and m.phase = $3), false) as equipped_in_phase,
        max(m.closed_on) filter (where m.close_reason = any ($5)) as left_training_on,
        max(m.closed_on) filter (where m.close_reason = $6) as fraud_on
    from case_file f
    join case_milestone m using (person_id, case_id)
    where f.person_id = $1
    and f.case_id <> $2";

const HOUSEHOLD: &str = "
    select count(*)
    from case_milestone m
    where m.phase = $2
    and m.received_on is not null
    and m.recovered_on is null
    and m.person_id in (
        select p.person_id
        from household_member h
        join person p on p.fin_lookup = h.fin_lookup
        where h.person_id = $1
        union
        select h.person_id
        from person p
        join household_member h on h.fin_lookup = p.fin_lookup
        where p.person_id = $1)
    and m.person_id <> $1";

async fn elsewhere(tx: &mut Tx, person: Uuid, case: Uuid, phase: &str) -> Result<Elsewhere> {
    let over: Vec<i16> =
        Stage::ALL.iter().filter(|stage| closing::reason_of(**stage).is_some()).map(|stage| *stage as i16).collect();
    let row: ElsewhereRow = sqlx::query_as(ELSEWHERE)
        .bind(person)
        .bind(case)
        .bind(phase)
        .bind(over)
        .bind(vec![CloseReason::DroppedOut as i16, CloseReason::Failed as i16])
        .bind(CloseReason::Fraud as i16)
        .fetch_one(tx.conn())
        .await
        .context("looking for a person's other cases")?;
    let (household_packages,): (i64,) = sqlx::query_as(HOUSEHOLD)
        .bind(person)
        .bind(phase)
        .fetch_one(tx.conn())
        .await
        .context("looking for packages in the household")?;
    Ok(Elsewhere {
        other_open_case: row.other_open_case,
        equipped_in_phase: row.equipped_in_phase,
        household_packages,
        left_training_on: row.left_training_on,
        fraud_on: row.fraud_on,
    })
}
