//! `GET /results/forecast`: where the programme will stand at the end of its phase.

use super::{
    draw,
    pipeline::{Ahead, Outlook, STAGES, foretell},
};
use crate::results::{cache, page::Asked, store};
use anyhow::Context;
use axum::extract::{Query, State};
use platform::{
    answer::{Answer, Fault},
    app::App,
    request::Page,
    role::Reach,
};
use registry::{
    case,
    programme::{self, InForce, Target},
};
use serde::Deserialize;
use serde_json::{Value, json};
use survival::forecast::{Lever, Move};

/// How many futures are simulated; the page says so.
const FUTURES: usize = 1_000;

/// The stage to draw beside the days asked for.
#[derive(Deserialize)]
pub(in crate::results) struct Wanted {
    #[serde(default)]
    stage: String,
    #[serde(default)]
    as_of: String,
    #[serde(default)]
    known_on: String,
}

pub(in crate::results) async fn get(State(app): State<App>, page: Page, Query(wanted): Query<Wanted>) -> Answer {
    let stage = match wanted.stage.as_str() {
        "" => STAGES.len() - 1,
        code => STAGES.iter().position(|stage| *stage == code).ok_or(Fault::BadRequest("results-error-stage"))?,
    };
    let asked = Asked { as_of: wanted.as_of, known_on: wanted.known_on };
    let known = asked.known(&page)?;
    let in_force = programme::current(&app)?;
    let outlook = cache::kept(
        &app,
        &page,
        known,
        |cache| &cache.outlooks,
        async |readers| {
            let subjects = store::subjects_on_their_way(readers.tx, &*case::law(&app)?, known).await?;
            let programme = in_force.programme.clone();
            // The futures keep the processors busy for a while.
            let foretold = tokio::task::spawn_blocking(move || foretell(&subjects, &programme, known, FUTURES));
            foretold.await.context("foretelling the end of the phase")
        },
    );
    let outlook = outlook.await?;
    let ahead = match &*outlook {
        Outlook::Ahead(ahead) => Some(view(&page, &in_force, ahead)?),
        _ => None,
    };
    let view = json!({ "as_of": known.as_of, "known_on": known.known_on.unwrap_or(page.today), "outlook": ahead });
    let body = draw::draw(&page, &in_force, &asked, known, stage, &outlook)?;
    page.show(&page.t("outlook-title"), &view, body)
}

/// The target of a stage at the end of the phase: the programme's own, so only beside the forecast of all of it.
pub(super) fn target<'p>(page: &Page, programme: &'p InForce, ahead: &Ahead, stage: usize) -> Result<Option<&'p Target>, Fault> {
    let is_whole = page.who()?.role.reach() == Reach::Nation;
    let indicator = programme.indicator(STAGES[stage]).filter(|_| is_whole);
    let target = indicator.and_then(|indicator| indicator.target_on(ahead.forecast.until));
    Ok(target.filter(|target| target.phase.as_str() == ahead.phase && target.by <= ahead.forecast.until))
}

fn view(page: &Page, programme: &InForce, ahead: &Ahead) -> Result<Value, Fault> {
    let mut stages = Vec::new();
    for (at, stage) in ahead.forecast.stages.iter().enumerate() {
        let target = target(page, programme, ahead, at)?.map(|target| target.value);
        let b = stage.end();
        stages.push(json!({
            "stage": stage.name, "reached": stage.reached, "waiting": stage.waiting, "median": b.median,
            "band_50": [b.low_50, b.high_50], "band_80": [b.low_80, b.high_80], "band_95": [b.low_95, b.high_95],
            "target": target, "chance_of_target": target.map(|target| stage.chance_of(target as f64)),
        }));
    }
    let levers: Vec<Value> = ahead.levers.iter().map(lever).collect();
    Ok(json!({ "phase": ahead.phase, "until": ahead.forecast.until, "stages": stages, "levers": levers }))
}

fn lever(lever: &Lever) -> Value {
    json!({ "change": key(lever.change), "more": lever.more, "band_80": [lever.low_80, lever.high_80] })
}

/// The word of a change in message keys.
pub(super) fn key(change: Move) -> String {
    match change {
        Move::MoreArrive => "arrive".to_owned(),
        Move::MoreGoOn(stage) => format!("on-{}", stage + 1),
        Move::FewerLeave(stage) => format!("stay-{}", stage + 1),
    }
}
