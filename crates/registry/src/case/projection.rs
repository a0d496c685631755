//! The projections of a case: its file, whose turn it is, and the milestones that results count.

use super::{
    Law,
    next::{NextStep, next_steps},
    state::{CaseState, Followup},
};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;
use sqlx::FromRow;
use values::id::PersonId;

/// What the projections of a case hold, before it is written.
#[derive(Clone, Debug)]
pub struct Projection<'s> {
    pub state: &'s CaseState,
    /// Every open step, the first one first.
    pub steps: Vec<NextStep>,
    pub person: Traits,
}

/// What a person brings to the cuts of results.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Traits {
    pub sex: Option<String>,
    pub birth_date: Option<NaiveDate>,
}

impl<'s> Projection<'s> {
    /// The projection of a folded case, its person's traits still to be filled in.
    pub fn of(state: &'s CaseState, law: &Law) -> Self {
        let opened_on = state.milestones.applied_on.unwrap_or(state.stage_since);
        let mut steps = next_steps(state, law.terms_on(opened_on), &law.days);
        steps.sort_unstable();
        steps.dedup_by_key(|step| (step.duty, step.since));
        Self { state, steps, person: Traits::default() }
    }
}

const TRAITS: &str = "
    select sex::text as sex, birth_date
    from person
    where person_id = $1";

/// A person's traits; nothing for whoever may not see the person, since they do not change with an event.
pub(super) async fn traits(tx: &mut Tx, person: PersonId) -> Result<Traits> {
    let found = sqlx::query_as(TRAITS).bind(person.0).fetch_optional(tx.conn()).await.context("finding a person's traits")?;
    Ok(found.unwrap_or_default())
}

const FILES: &str = "
    insert into case_file as f (person_id, case_id, office, office_of_selection, phase, funding, receipt, stage, direction,
        next_duty, next_role, next_since, next_due, suspended, version, opened_on, closed_on)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::smallint[],
        $9::text[], $10::smallint[], $11::smallint[], $12::date[], $13::date[], $14::boolean[], $15::int[], $16::date[],
        $17::date[])
    on conflict (person_id, case_id) do update
    set office = excluded.office, office_of_selection = excluded.office_of_selection, stage = excluded.stage,
        direction = excluded.direction, next_duty = excluded.next_duty, next_role = excluded.next_role,
        next_since = excluded.next_since, next_due = excluded.next_due, suspended = excluded.suspended,
        version = excluded.version, closed_on = excluded.closed_on";

/// Writes projections, new ones and those that have moved on.
pub async fn write(tx: &mut Tx, projections: &[Projection<'_>]) -> Result<()> {
    fn column<'p, T>(all: &'p [Projection<'p>], of: impl Fn(&'p Projection<'p>) -> T) -> Vec<T> {
        all.iter().map(of).collect()
    }
    sqlx::query(FILES)
        .bind(column(projections, |p| p.state.person.0))
        .bind(column(projections, |p| p.state.case.0))
        .bind(column(projections, |p| p.state.office.0))
        .bind(column(projections, |p| p.state.office_of_selection.unwrap_or(p.state.office).0))
        .bind(column(projections, |p| p.state.phase.to_string()))
        .bind(column(projections, |p| p.state.funding.to_string()))
        .bind(column(projections, |p| p.state.receipt.to_string()))
        .bind(column(projections, |p| p.state.stage as i16))
        .bind(column(projections, |p| p.state.direction.to_string()))
        .bind(column(projections, |p| p.steps.first().map(|step| step.duty as i16)))
        .bind(column(projections, |p| p.steps.first().map(|step| step.role as i16)))
        .bind(column(projections, |p| p.steps.first().map(|step| step.since)))
        .bind(column(projections, |p| p.steps.first().and_then(|step| step.due)))
        .bind(column(projections, |p| p.state.suspension.is_some()))
        .bind(column(projections, |p| p.state.version as i32))
        .bind(column(projections, |p| p.state.milestones.applied_on))
        .bind(column(projections, |p| p.state.milestones.closed_on))
        .execute(tx.conn())
        .await
        .context("writing the files of cases")?;
    write_milestones(tx, projections).await?;
    write_steps(tx, projections).await
}

const FORGET_STEPS: &str = "
    delete from case_step s
    using unnest($1::uuid[], $2::uuid[]) as c (person_id, case_id)
    where s.person_id = c.person_id
    and s.case_id = c.case_id";

const STEPS: &str = "
    insert into case_step (person_id, case_id, duty, since, office, role, due)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::date[], $5::int[], $6::smallint[], $7::date[])";

async fn write_steps(tx: &mut Tx, projections: &[Projection<'_>]) -> Result<()> {
    sqlx::query(FORGET_STEPS)
        .bind(projections.iter().map(|p| p.state.person.0).collect::<Vec<_>>())
        .bind(projections.iter().map(|p| p.state.case.0).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("forgetting the steps that were open")?;
    let open: Vec<(&CaseState, &NextStep)> =
        projections.iter().flat_map(|p| p.steps.iter().map(move |step| (p.state, step))).collect();
    sqlx::query(STEPS)
        .bind(open.iter().map(|(state, _)| state.person.0).collect::<Vec<_>>())
        .bind(open.iter().map(|(state, _)| state.case.0).collect::<Vec<_>>())
        .bind(open.iter().map(|(_, step)| step.duty as i16).collect::<Vec<_>>())
        .bind(open.iter().map(|(_, step)| step.since).collect::<Vec<_>>())
        .bind(open.iter().map(|(state, _)| state.office.0).collect::<Vec<_>>())
        .bind(open.iter().map(|(_, step)| step.role as i16).collect::<Vec<_>>())
        .bind(open.iter().map(|(_, step)| step.due).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("writing the open steps of cases")?;
    Ok(())
}

const MILESTONES: &str = "
    insert into case_milestone (person_id, case_id, office, office_of_selection, sex, birth_date, phase, funding, basis,
        residence, business_region, wished, direction, applied_on, decided_on, eligible_on, readiness_on, selected_on,
        accepted_on, training_started_on, trained_on, plan_submitted_on, plan_decided_on, approved_on, contracted_on,
        term_ends_on, received_on, received_value, started_on, ended_on, end_reason, transferred_on, recovered_on,
        awarded_on, withdrawn_on, deceased_on, closed_on, close_reason, followup_6, followup_6_on, followup_12,
        followup_12_on, followup_24, followup_24_on)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[], $6::date[], $7::text[], $8::text[],
        $9::smallint[], $10::text[], $11::text[], $12::text[], $13::text[], $14::date[], $15::date[], $16::date[],
        $17::date[], $18::date[], $19::date[], $20::date[], $21::date[], $22::date[], $23::date[], $24::date[],
        $25::date[], $26::date[], $27::date[], $28::bigint[], $29::date[], $30::date[], $31::smallint[], $32::date[],
        $33::date[], $34::date[], $35::date[], $36::date[], $37::date[], $38::smallint[], $39::smallint[], $40::date[],
        $41::smallint[], $42::date[], $43::smallint[], $44::date[])
    on conflict (person_id, case_id) do update
    set office = excluded.office, office_of_selection = excluded.office_of_selection,
        business_region = excluded.business_region, direction = excluded.direction, decided_on = excluded.decided_on,
        eligible_on = excluded.eligible_on, readiness_on = excluded.readiness_on, selected_on = excluded.selected_on,
        accepted_on = excluded.accepted_on, training_started_on = excluded.training_started_on,
        trained_on = excluded.trained_on, plan_submitted_on = excluded.plan_submitted_on,
        plan_decided_on = excluded.plan_decided_on, approved_on = excluded.approved_on,
        contracted_on = excluded.contracted_on, term_ends_on = excluded.term_ends_on,
        received_on = excluded.received_on, received_value = excluded.received_value, started_on = excluded.started_on,
        ended_on = excluded.ended_on, end_reason = excluded.end_reason, transferred_on = excluded.transferred_on,
        recovered_on = excluded.recovered_on, awarded_on = excluded.awarded_on, withdrawn_on = excluded.withdrawn_on,
        deceased_on = excluded.deceased_on, closed_on = excluded.closed_on, close_reason = excluded.close_reason,
        followup_6 = excluded.followup_6, followup_6_on = excluded.followup_6_on, followup_12 = excluded.followup_12,
        followup_12_on = excluded.followup_12_on, followup_24 = excluded.followup_24,
        followup_24_on = excluded.followup_24_on, pauses = '{}'";

const PAUSES: &str = "
    update case_milestone m
    set pauses = p.days::date[]
    from unnest($1::uuid[], $2::uuid[], $3::text[]) as p (person_id, case_id, days)
    where m.person_id = p.person_id
    and m.case_id = p.case_id";

/// Few cases have paused: from, to, from, to, as one array of days each.
async fn write_pauses(tx: &mut Tx, projections: &[Projection<'_>]) -> Result<()> {
    let paused: Vec<&CaseState> = projections.iter().map(|p| p.state).filter(|state| !state.pauses.is_empty()).collect();
    if paused.is_empty() {
        return Ok(());
    }
    let days = |state: &&CaseState| {
        let days = state.pauses.iter().flat_map(|rest| [Some(rest.from), rest.to]).flatten();
        format!("{{{}}}", days.map(|day| day.to_string()).collect::<Vec<_>>().join(","))
    };
    sqlx::query(PAUSES)
        .bind(paused.iter().map(|state| state.person.0).collect::<Vec<_>>())
        .bind(paused.iter().map(|state| state.case.0).collect::<Vec<_>>())
        .bind(paused.iter().map(days).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("writing pauses in business")?;
    Ok(())
}

async fn write_milestones(tx: &mut Tx, projections: &[Projection<'_>]) -> Result<()> {
    fn column<'p, T>(all: &'p [Projection<'p>], of: impl Fn(&'p Projection<'p>) -> T) -> Vec<T> {
        all.iter().map(of).collect()
    }
    let at = |of: fn(&super::state::Milestones) -> Option<NaiveDate>| -> Vec<Option<NaiveDate>> {
        projections.iter().map(|p| of(&p.state.milestones)).collect()
    };
    let followup = |i: usize| -> (Vec<Option<i16>>, Vec<Option<NaiveDate>>) {
        let of = |p: &Projection| -> Option<Followup> { p.state.followups[i] };
        projections.iter().map(|p| (of(p).map(|f| f.status as i16), of(p).map(|f| f.observed_on))).unzip()
    };
    let (half, one, two) = (followup(0), followup(1), followup(2));
    sqlx::query(MILESTONES)
        .bind(column(projections, |p| p.state.person.0))
        .bind(column(projections, |p| p.state.case.0))
        .bind(column(projections, |p| p.state.office.0))
        .bind(column(projections, |p| p.state.office_of_selection.unwrap_or(p.state.office).0))
        .bind(column(projections, |p| p.person.sex.as_deref()))
        .bind(column(projections, |p| p.person.birth_date))
        .bind(column(projections, |p| p.state.phase.to_string()))
        .bind(column(projections, |p| p.state.funding.to_string()))
        .bind(column(projections, |p| p.state.basis as i16))
        .bind(column(projections, |p| p.state.region.to_string()))
        .bind(column(projections, |p| p.state.business_region.map(|region| region.to_string())))
        .bind(column(projections, |p| p.state.wished.to_string()))
        .bind(column(projections, |p| p.state.milestones.approved_on.map(|_| p.state.direction.to_string())))
        .bind(at(|m| m.applied_on))
        .bind(at(|m| m.decided_on))
        .bind(at(|m| m.eligible_on))
        .bind(at(|m| m.readiness_on))
        .bind(at(|m| m.selected_on))
        .bind(at(|m| m.accepted_on))
        .bind(at(|m| m.training_started_on))
        .bind(at(|m| m.trained_on))
        .bind(at(|m| m.plan_submitted_on))
        .bind(at(|m| m.plan_decided_on))
        .bind(at(|m| m.approved_on))
        .bind(at(|m| m.contracted_on))
        .bind(at(|m| m.term_ends_on))
        .bind(at(|m| m.received_on))
        .bind(column(projections, |p| p.state.received.qepik()))
        .bind(at(|m| m.started_on))
        .bind(at(|m| m.ended_on))
        .bind(column(projections, |p| p.state.milestones.end_reason.map(|reason| reason as i16)))
        .bind(at(|m| m.transferred_on))
        .bind(at(|m| m.recovered_on))
        .bind(at(|m| m.awarded_on))
        .bind(at(|m| m.withdrawn_on))
        .bind(at(|m| m.deceased_on))
        .bind(at(|m| m.closed_on))
        .bind(column(projections, |p| p.state.closed.map(|reason| reason as i16)))
        .bind(half.0)
        .bind(half.1)
        .bind(one.0)
        .bind(one.1)
        .bind(two.0)
        .bind(two.1)
        .execute(tx.conn())
        .await
        .context("writing the milestones of cases")?;
    write_pauses(tx, projections).await
}
