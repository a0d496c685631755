//! `GET /award-sittings/{sitting}/minutes.pdf`: the minutes of a closed sitting on awards.

use super::store::{self, Sitting};
use crate::growth::{
    round::store::{self as rounds, Round},
    state::Decision,
    store as awards,
};
use anyhow::Result;
use axum::extract::{Path, State};
use platform::{
    answer::{Answer, Fault},
    app::App,
    request::Page,
    scope::Tx,
};
use preparation::{
    commission::code_of,
    sitting::minutes::{Heard, Held, LANG, Voted, paper, print},
};
use registry::programme::{self, InForce};
use values::id::{AwardId, OfficeId, SittingId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<SittingId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let sitting = store::find(&mut tx, id).await?.filter(|sitting| sitting.closed_at.is_some()).ok_or(Fault::NotFound)?;
    // The minutes are of the whole sitting, also for a member who saw only codes.
    tx.widen().await?;
    let round = rounds::find(&mut tx, sitting.round_id).await?.ok_or(Fault::NotFound)?;
    let of_round = store::of_round(&mut tx, sitting.round_id).await?;
    let members = store::members(&mut tx, id).await?;
    let heard = heard(&mut tx, &programme, id).await?;
    let votes = store::votes(&mut tx, id).await?;
    let votes: Vec<Voted> = votes.iter().filter_map(|vote| Some((vote.ballot()?, vote.reason.clone()))).collect();
    let held = held(&sitting, &round, &of_round);
    let minutes = paper(&mut tx, &app, &programme, &held, &members, &heard, &votes).await?;
    drop(tx);
    print(minutes, &sitting.number).await
}

/// The money before a sitting is what the round's earlier sittings had left of it.
fn held(sitting: &Sitting, round: &Round, of_round: &[Sitting]) -> Held {
    let earlier = of_round.iter().filter(|other| other.closed_at.is_some() && other.closed_at < sitting.closed_at);
    Held {
        office: OfficeId(sitting.office),
        number: sitting.number.clone(),
        place: sitting.place.clone(),
        sits_on: sitting.sits_on,
        closed_at: sitting.closed_at,
        head: sitting.head_id,
        secretary: sitting.called_by,
        commission: LANG.with("growth-paper-commission", &[("round", round.number.as_str().into())]),
        line: LANG.t("growth-paper-money"),
        before: round.budget - earlier.map(|other| other.granted).sum::<i64>(),
        given: sitting.granted,
        publication: LANG.t("growth-paper-publication"),
    }
}

async fn heard(tx: &mut Tx, programme: &InForce, id: SittingId) -> Result<Vec<Heard>> {
    let mut heard = Vec::new();
    for item in store::items(tx, id).await? {
        let award = awards::find(tx, AwardId(item.award_id)).await?;
        let direction = award.as_ref().and_then(|award| programme.direction(&award.direction));
        let decision = item.decision.and_then(Decision::from_number).map_or("", Decision::code);
        heard.push(Heard {
            item: item.award_id,
            code: code_of(item.award_id),
            direction: direction.map(|direction| direction.name.az.clone()).unwrap_or_default(),
            amount: item.amount,
            mean_tenths: item.mean_tenths,
            decision: LANG.t(&format!("growth-decision-{decision}")),
            reason: item.reason.unwrap_or_default(),
        });
    }
    Ok(heard)
}
