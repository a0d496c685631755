//! `POST /rankings/{run}/approval`: a second person puts the list in force, and every case on it moves at once.
//! `POST /rankings/{run}/return`: it goes back with a reason.

use super::{
    Refusal, seats, show,
    store::{self, Kept, Run},
    types::Outcome,
};
use anyhow::Context;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    journal::EntryKind,
    message::Errors,
    page::{button, buttons, form::group, quiet_button},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, CaseState, Facts, Happening, Kind, Law, Loaded, RankingOutcome, Stage, bulk},
    programme::{self, Programme},
};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;
use values::id::{CaseId, OfficeId, OfficerId, PersonId, RunId};

const APPROVED: EntryKind = EntryKind::new(411, "ranking.approved");
const RETURNED: EntryKind = EntryKind::new(412, "ranking.returned");

pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<RunId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show::show(&app, &page, id, show::Asked::default(), &form, stop.errors()?).await
        }
    }
}

pub(super) async fn post_return(State(app): State<App>, page: Page, Path(id): Path<RunId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match send_back(&mut tx, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show::show(&app, &page, id, show::Asked::default(), &form, stop.errors()?).await
        }
    }
}

async fn open_run(tx: &mut Tx, id: RunId) -> Result<Run, Stop> {
    let run = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if !run.is_open() {
        return Err(Stop::refused(&Refusal::Settled));
    }
    if run.proposed_by == tx.who().officer.0 {
        return Err(Stop::refused(&Refusal::OwnProposal));
    }
    Ok(run)
}

async fn send_back(tx: &mut Tx, id: RunId, form: &Posted) -> Result<String, Stop> {
    let mut read = form.reader();
    let reason = read.reason("reason", case::action::LEAST_REASON);
    let reason = read.finish(Some(reason))?;
    let run = open_run(tx, id).await?;
    store::mark_returned(tx, run.id(), &reason).await?;
    tx.note(RETURNED, PersonId(Uuid::nil()), &json!({ "run": id }), Some(&reason))?;
    Ok(show::link(id))
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: RunId, form: &Posted) -> Result<String, Stop> {
    form.reader().finish(Some(()))?;
    let (law, programme) = (case::law(app)?, programme::current(app)?);
    let run = open_run(tx, id).await?;
    let kept = store::kept(tx, id).await?;
    let list = List::gather(tx, &law, &kept).await?;
    if list.standing.is_empty() {
        return Err(Stop::refused(&Refusal::NobodyLeft));
    }
    let places: Vec<seats::Place> = kept.iter().map(|kept| (kept.call.clone(), kept.region.clone())).collect();
    let offices: Vec<OfficeId> = run.offices.iter().copied().map(OfficeId).collect();
    let taking = list.taking();
    guard_seats(tx, &programme, &taking).await?;
    guard_cap(tx, &programme, page.today, &offices, &list).await?;
    store::mark_approved(tx, id).await?;
    let (listed, fell_out) = (list.cases(), list.fell_out.clone());
    let mut moving = list.happenings(&run, page.today);
    bulk::append_many(tx, &law, &mut moving).await?;
    store::approve(tx, id, &listed, &fell_out).await?;
    seats::settle(tx, &distinct(places)).await?;
    seats::settle_cap(tx, page.today, &offices).await?;
    tx.note(
        APPROVED,
        PersonId(Uuid::nil()),
        &json!({ "run": id, "digest": platform::keys::hex(&run.digest), "listed": listed.len(), "fell_out": fell_out.len() }),
        None,
    )?;
    for _ in 0..taking.given_up {
        super::reserve::call_next(tx, &law, &programme, id, page.today).await?;
    }
    Ok(show::link(id))
}

fn distinct(mut places: Vec<seats::Place>) -> Vec<seats::Place> {
    places.sort();
    places.dedup();
    places
}

/// Who of the list still stands, and who fell out since it was made.
struct List<'k> {
    standing: Vec<(Loaded, &'k Kept)>,
    fell_out: Vec<CaseId>,
    /// Of those who fell out, the selected.
    selected_gone: usize,
}

/// Seats that the list takes.
struct Taking {
    by_place: BTreeMap<seats::Place, u32>,
    /// Places that nobody takes, because those selected for them fell out.
    given_up: usize,
}

impl<'k> List<'k> {
    async fn gather(tx: &mut Tx, law: &Law, kept: &'k [Kept]) -> Result<Self, Stop> {
        let listed: HashMap<Uuid, &Kept> =
            kept.iter().filter(|kept| kept.outcome != Outcome::Waiting as i16).map(|kept| (kept.case_id, kept)).collect();
        let cases: Vec<CaseId> = listed.keys().copied().map(CaseId).collect();
        let mut list = Self { standing: Vec::new(), fell_out: Vec::new(), selected_gone: 0 };
        // Cases may have gone to another office since: the list as a whole is the approver's, so they are reached too.
        tx.widen().await?;
        let loaded = bulk::lock_many(tx, law, &cases).await?;
        tx.narrow().await?;
        for loaded in loaded {
            let kept = listed.get(&loaded.file.case_id).copied().context("a locked case that nobody asked for")?;
            if may_be_listed(&loaded.state) {
                list.standing.push((loaded, kept));
            } else {
                list.selected_gone += usize::from(kept.outcome == Outcome::Selected as i16);
                list.fell_out.push(loaded.file.case());
            }
        }
        Ok(list)
    }

    fn selected(&self) -> impl Iterator<Item = &(Loaded, &'k Kept)> {
        self.standing.iter().filter(|(_, kept)| kept.outcome == Outcome::Selected as i16)
    }

    fn taking(&self) -> Taking {
        let mut by_place = BTreeMap::new();
        // The places of the reserve are locked with the others, always in one order.
        for (_, kept) in &self.standing {
            let selected = kept.outcome == Outcome::Selected as i16;
            *by_place.entry((kept.call.clone(), kept.region.clone())).or_insert(0) += u32::from(selected);
        }
        Taking { by_place, given_up: self.selected_gone }
    }

    fn cases(&self) -> Vec<CaseId> {
        self.standing.iter().map(|(loaded, _)| loaded.file.case()).collect()
    }

    fn happenings(self, run: &Run, on: NaiveDate) -> Vec<(Loaded, Vec<Happening>)> {
        let happening = |(loaded, kept): (Loaded, &Kept)| {
            let selected = kept.outcome == Outcome::Selected as i16;
            let facts = Facts::RankingApproved {
                run: run.id(),
                outcome: if selected { RankingOutcome::Selected } else { RankingOutcome::Reserve },
                position: u32::try_from(kept.position).unwrap_or(u32::MAX),
                proposed_by: OfficerId(run.proposed_by),
            };
            (loaded, vec![Happening::on(on, facts)])
        };
        self.standing.into_iter().map(happening).collect()
    }
}

/// Whether a case can still be put on a list.
fn may_be_listed(state: &CaseState) -> bool {
    state.stage == Stage::Eligible
        && state.suspension.is_none()
        && !state.is_deceased()
        && !state.holds.iter().any(|hold| hold.blocks.has(Kind::RankingApproved))
}

/// Locks the seats and makes sure that there are as many as the list takes.
async fn guard_seats(tx: &mut Tx, programme: &Programme, taking: &Taking) -> Result<(), Stop> {
    let places: Vec<seats::Place> = taking.by_place.keys().cloned().collect();
    let free = seats::lock(tx, programme, &places).await?;
    for (((call, region), needed), free) in taking.by_place.iter().zip(free) {
        if *needed > free {
            let gone = Refusal::SeatsGone { call: call.clone(), region: region.clone(), free, needed: *needed };
            return Err(Stop::refused(&gone));
        }
    }
    Ok(())
}

/// Locks the year's counts and makes sure that the list keeps the landholder cap.
async fn guard_cap(tx: &mut Tx, programme: &Programme, on: NaiveDate, offices: &[OfficeId], list: &List<'_>) -> Result<(), Stop> {
    let cap = seats::lock_cap(tx, programme, on, offices).await?;
    let landholders = u32::try_from(list.selected().filter(|(_, kept)| kept.landholder).count()).unwrap_or(u32::MAX);
    let unemployed = u32::try_from(list.selected().filter(|(_, kept)| !kept.landholder).count()).unwrap_or(u32::MAX);
    let (landholders_after, unemployed_after) = (cap.landholders + landholders, cap.unemployed + unemployed);
    if landholders > 0 && !cap.allows(landholders_after, unemployed_after) {
        return Err(Stop::refused(&Refusal::CapReached {
            landholders: landholders_after,
            unemployed: unemployed_after,
            percent: cap.percent,
        }));
    }
    Ok(())
}

/// The two forms: approve, or send back with a reason. Whoever proposed the list sees who must act instead.
pub(super) fn draw_forms(page: &Page, run: &Run, form: &Posted, errors: &Errors) -> Markup {
    let own = page.officer().is_ok_and(|officer| officer.0 == run.proposed_by);
    html! {
        @if own {
            p class="govuk-body" { (page.t("ranking-own-proposal")) }
        } @else {
            form method="post" action={ (show::link(run.id())) "/approval" } novalidate {
                (show::hidden(page))
                (buttons(html! { (button(page.t("ranking-approve"))) }))
            }
            (group(&page.t("ranking-send-back"), html! {
                form method="post" action={ (show::link(run.id())) "/return" } novalidate {
                    (show::hidden(page))
                    (draw::area(page, form, errors, "reason", "ranking-return-reason", 2))
                    (buttons(html! { (quiet_button(page.t("ranking-send-back-submit"))) }))
                }
            }))
        }
    }
}
