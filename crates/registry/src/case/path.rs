//! The path of a case drawn as its stages: behind, here, ahead, or where it stopped.

use super::{stage::Stage, state::CaseState};
use chrono::NaiveDate;
use maud::Markup;
use platform::{
    page::stage::{Stage as Drawn, State, stage_path},
    request::Page,
};

/// The stations that a person passes, with the stage that stands for each.
const STATIONS: [Stage; 10] = [
    Stage::Applied,
    Stage::Eligible,
    Stage::Selected,
    Stage::Trained,
    Stage::PlanSubmitted,
    Stage::Approved,
    Stage::Contracted,
    Stage::Equipped,
    Stage::Operating,
    Stage::Owner,
];

/// The path of a case.
pub(super) fn draw(page: &Page, state: &CaseState) -> Markup {
    let reached = reached(state);
    let last = reached.iter().rposition(Option::is_some).unwrap_or(0);
    let ended = matches!(
        state.stage,
        Stage::Closed
            | Stage::Ineligible
            | Stage::Refused
            | Stage::Failed
            | Stage::DroppedOut
            | Stage::PlanStopped
            | Stage::Recovered
    );
    let stations: Vec<Drawn> = STATIONS
        .iter()
        .enumerate()
        .map(|(at, station)| Drawn {
            label: station.message().text(page.lang),
            state: match (at, reached[at]) {
                _ if at == last && ended => State::Stopped,
                _ if at == last => State::Current,
                (_, Some(_)) => State::Done,
                _ if at < last => State::Skipped,
                _ => State::Ahead,
            },
            note: reached[at].map(|day| page.lang.date(day)).unwrap_or_default(),
        })
        .collect();
    stage_path(&page.lang, &page.t("case-path"), &stations)
}

fn reached(state: &CaseState) -> [Option<NaiveDate>; 10] {
    let m = &state.milestones;
    [
        m.applied_on,
        m.eligible_on,
        m.selected_on,
        m.trained_on,
        m.plan_submitted_on,
        m.approved_on,
        m.contracted_on,
        m.received_on,
        m.started_on,
        m.transferred_on,
    ]
}
