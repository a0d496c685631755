//! Cohorts that two offices opened this morning for people who wait for a course, with fewer seats than people; at one of
//! them the head has proposed who gets the seats, and the proposal waits for a second person.

use anyhow::{Context, Result, bail};
use platform::{
    app::App,
    role::Role,
    scope::{Scope, Who},
};
use preparation::training::{self, NewCohort, seating};
use registry::programme;
use uuid::Uuid;
use values::id::{OfficeId, OfficerId};

/// How many offices have opened one.
const OFFICES: usize = 2;
/// Working days until it begins.
const NOTICE: i32 = 5;

/// The offices where most wait, that of the cast first, each with its head and somebody else who teaches there.
const READY: &str = "
    select f.office, count(distinct f.case_id), (array_agg(h.officer_id order by h.officer_id))[1],
        (array_agg(t.officer_id order by t.officer_id))[1]
    from case_file f
    join officer_role h on f.office = any (h.offices) and h.role = $1
    join officer o on o.officer_id = h.officer_id
    join officer_role t on f.office = any (t.offices) and t.role = $2 and t.officer_id <> h.officer_id
    where f.stage = 7
    and not f.suspended
    group by f.office
    order by count(o.demo_card) = 0, count(distinct f.case_id) desc, f.office
    limit $3";

/// Opens the cohorts and makes the proposal.
pub(super) async fn write(app: &App) -> Result<()> {
    let mut tx = app.system().await?;
    let ready: Vec<(i32, i64, Uuid, Uuid)> = sqlx::query_as(READY)
        .bind(Role::OfficeHead as i16)
        .bind(Role::Trainer as i16)
        .bind(OFFICES as i64)
        .fetch_all(tx.conn())
        .await
        .context("finding offices where people wait for a course")?;
    drop(tx);
    let in_force = programme::current(app)?;
    for (at, (office, waiting, head, trainer)) in ready.into_iter().enumerate() {
        let office = OfficeId(office);
        let who = Who { officer: OfficerId(head), role: Role::OfficeHead, office, offices: vec![office] };
        let mut tx = app.open(Scope::Offices(vec![office]), who).await?;
        let cohort = NewCohort {
            trainer,
            venue: in_force.office(office).map(|office| office.name.az.clone()).unwrap_or_default(),
            online: false,
            language: Some("az".to_owned()),
            seats: i16::try_from((waiting / 2).clamp(1, 20))?,
            starts_on: in_force.working_days().add(app.today(), NOTICE),
        };
        training::open_cohort(&mut tx, &in_force, cohort).await?;
        if at == 0
            && let Err(stop) = seating::propose_at(&mut tx, &in_force.programme, office).await
        {
            bail!("proposing seats: {:?}", stop.refusal()?);
        }
        tx.commit().await?;
    }
    Ok(())
}
