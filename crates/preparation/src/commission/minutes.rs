//! `GET /sittings/{sitting}/minutes.pdf`: the minutes of a closed sitting on plans.

use super::{
    code_of,
    rules::Decision,
    store::{self, Sitting},
};
use crate::sitting::minutes::{Heard, Held, LANG, Voted, paper, print};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use platform::{
    answer::{Answer, Fault},
    app::App,
    request::Page,
    scope::Tx,
};
use registry::programme::{self, InForce};
use std::collections::HashMap;
use uuid::Uuid;
use values::id::{OfficeId, SittingId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<SittingId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let sitting = store::sitting(&mut tx, id).await?.filter(|sitting| sitting.closed_at.is_some()).ok_or(Fault::NotFound)?;
    // The minutes are of the whole sitting, also for a member who saw only codes.
    tx.widen().await?;
    let members = store::members(&mut tx, id).await?;
    let heard = heard(&mut tx, &programme, id).await?;
    let votes = store::votes(&mut tx, id).await?;
    let votes: Vec<Voted> = votes.iter().filter_map(|vote| Some((vote.ballot()?, vote.reason.clone()))).collect();
    let minutes = paper(&mut tx, &app, &programme, &held(&programme, &sitting), &members, &heard, &votes).await?;
    drop(tx);
    print(minutes, &sitting.number).await
}

fn held(programme: &InForce, sitting: &Sitting) -> Held {
    let region = programme.region(&sitting.region).map_or_else(|| sitting.region.clone(), |region| region.name.az.clone());
    Held {
        office: OfficeId(sitting.office),
        number: sitting.number.clone(),
        place: sitting.place.clone(),
        sits_on: sitting.sits_on,
        closed_at: sitting.closed_at,
        head: sitting.head_id,
        secretary: sitting.called_by,
        commission: LANG.with("commission-paper-name", &[("region", region.into())]),
        line: LANG.t("commission-paper-budget"),
        before: sitting.budget,
        given: sitting.granted,
        publication: LANG.t("commission-paper-publication"),
    }
}

const DIRECTIONS: &str = "
    select plan_id, direction
    from business_plan
    where plan_id = any ($1)";

async fn heard(tx: &mut Tx, programme: &InForce, id: SittingId) -> Result<Vec<Heard>> {
    let items = store::items(tx, id).await?;
    let plans: Vec<Uuid> = items.iter().map(|item| item.plan_id).collect();
    let directions: Vec<(Uuid, String)> =
        sqlx::query_as(DIRECTIONS).bind(plans).fetch_all(tx.conn()).await.context("reading directions of plans")?;
    let directions: HashMap<Uuid, String> = directions.into_iter().collect();
    let of = |plan: Uuid| directions.get(&plan).and_then(|code| programme.direction(code));
    let heard = items.into_iter().map(|item| {
        let decision = item.decision.and_then(Decision::from_number).map_or("", Decision::code);
        Heard {
            item: item.plan_id,
            code: code_of(item.case_id),
            direction: of(item.plan_id).map(|direction| direction.name.az.clone()).unwrap_or_default(),
            amount: item.amount,
            mean_tenths: item.mean_tenths,
            decision: LANG.t(&format!("commission-decision-{decision}")),
            reason: item.reason.unwrap_or_default(),
        }
    });
    Ok(heard.collect())
}
