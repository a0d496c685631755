//! `GET /rankings/new` and `POST /rankings`: an officer ranks the pool of the office, or a manager that of a region or the
//! country. The list binds nobody until a second person approves it.

use super::{
    Terms, digest,
    lot::seed_of,
    pool::{self, Asked, Pool},
    rank,
    refusal::Refusal,
    seats, show,
    store::{self, CandidateRow, RunRow},
    terms::terms_of,
    types::{Cap, Outcome, Placed},
};
use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    journal::EntryKind,
    message::Errors,
    page::{SummaryRow, summary_list},
    request::Page,
    role::{Reach, Role},
    scope::Tx,
};
use registry::programme::{self, Programme};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use values::id::{OfficeId, PersonId, RunId};

const PROPOSED: EntryKind = EntryKind::new(410, "ranking.proposed");

/// The choice that leaves no call out.
const EVERY_CALL: &str = "any";

/// The pool in the address, as the form names it.
#[derive(Deserialize, Default)]
pub(super) struct Choice {
    #[serde(default)]
    pool: String,
    #[serde(default)]
    call: String,
}

#[derive(Serialize)]
struct View {
    /// People in the chosen pool.
    waiting: usize,
    /// Seats free for them.
    free: u32,
    cap: Cap,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Choice>) -> Answer {
    let call = if asked.call.is_empty() { EVERY_CALL.to_owned() } else { asked.call };
    let first = pools(&page, &*programme::current(&app)?).into_iter().next().map(|pool| pool.code);
    let pool = if asked.pool.is_empty() { first.unwrap_or_default() } else { asked.pool };
    let form = Posted::of([("pool", pool), ("call", call)]);
    show(&app, &page, &form, Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let (asked, places) = read(page, &programme, form)?;
    if store::is_open_over(tx, &asked.offices).await? {
        return Err(Stop::refused(&Refusal::RunOpen));
    }
    let mut pool = pool::gather(tx, &programme, &asked).await?;
    if pool.candidates.is_empty() {
        return Err(Stop::refused(&Refusal::EmptyPool));
    }
    let free = seats::free(tx, &programme, &pool.places).await?;
    let total: u32 = free.iter().sum();
    if places > total {
        return Err(Stop::refused(&Refusal::NotSoManySeats { free: total }));
    }
    let cap = seats::cap(tx, &programme, asked.as_of, Some(&asked.offices)).await?;
    let terms = terms_of(&programme, asked.as_of, places, pool.buckets(&free), cap);
    // Nothing is kept of anybody that the rule does not look at.
    pool.candidates.iter_mut().for_each(|candidate| candidate.groups.retain(|group| terms.looks_at(group)));
    let placed = rank(&terms, &pool.candidates);
    let run = RunId::new();
    keep(tx, run, page.office()?, asked, terms, &pool, &placed).await?;
    Ok(show::link(run))
}

async fn keep(
    tx: &mut Tx,
    run: RunId,
    home: OfficeId,
    asked: Asked,
    terms: Terms,
    pool: &Pool,
    placed: &[Placed],
) -> anyhow::Result<()> {
    let row = run_row(tx, run, home, asked, terms, pool, placed)?;
    let facts = json!({
        "run": run, "offices": row.offices, "as_of": row.as_of, "seed": row.seed, "places": row.terms.places,
        "candidates": row.candidates, "selected": row.selected, "reserve": row.reserve,
        "digest": platform::keys::hex(&row.digest),
    });
    tx.note(PROPOSED, PersonId(Uuid::nil()), &facts, None)?;
    let by_case: std::collections::HashMap<_, _> =
        pool.candidates.iter().zip(&pool.people).map(|(candidate, person)| (candidate.case, (candidate, person))).collect();
    let candidates: Vec<CandidateRow> = placed
        .iter()
        .filter_map(|place| {
            let (candidate, (person, office)) = by_case.get(&place.case)?;
            Some(CandidateRow::new(run, *person, *office, &row.terms, candidate, place))
        })
        .collect();
    store::insert(tx, &[row], &candidates).await
}

fn run_row(
    tx: &Tx,
    run: RunId,
    home: OfficeId,
    asked: Asked,
    terms: Terms,
    pool: &Pool,
    placed: &[Placed],
) -> anyhow::Result<RunRow> {
    let count = |outcome: Outcome| i32::try_from(placed.iter().filter(|place| place.outcome == outcome).count());
    let office = if let [only] = asked.offices[..] { only } else { home };
    Ok(RunRow {
        run,
        office,
        offices: asked.offices,
        call: asked.call,
        as_of: asked.as_of,
        seed: asked.seed,
        candidates: i32::try_from(placed.len())?,
        selected: count(Outcome::Selected)?,
        reserve: count(Outcome::Reserve)?,
        digest: digest(&terms, &pool.candidates, placed)?,
        terms,
        proposed: (tx.who().officer, tx.now()),
        approved: None,
    })
}

fn read(page: &Page, programme: &Programme, form: &Posted) -> Result<(Asked, u32), Errors> {
    let mut read = form.reader();
    let offered = pools(page, programme);
    let codes: Vec<&str> = offered.iter().map(|pool| pool.code.as_str()).collect();
    let pool = read.choice("pool", &codes);
    let calls: Vec<&str> = programme.calls().iter().map(|call| &*call.code).collect();
    let call = read.optional("call").filter(|call| call != EVERY_CALL);
    if call.as_deref().is_some_and(|call| !calls.contains(&call)) {
        read.wrong("call", platform::message::Message::new("form-error-choice"));
    }
    let places = read.integer("places", 1..=20_000).and_then(|places| u32::try_from(places).ok());
    let offices = offered.into_iter().find(|offer| offer.code == pool).map(|offer| offer.offices);
    let asked = offices.map(|offices| {
        let seed = seed_of(page.today, &offices);
        Asked { offices, call, as_of: page.today, seed }
    });
    read.finish(asked.zip(places))
}

/// A pool that whoever acts may rank.
struct Offered {
    code: String,
    words: String,
    offices: Vec<OfficeId>,
}

/// Each office of the officer; for those who see the whole country, each region and the whole first.
fn pools(page: &Page, programme: &Programme) -> Vec<Offered> {
    let Ok(who) = page.who() else { return Vec::new() };
    let mine: Vec<OfficeId> = who.offices.iter().copied().filter(|office| *office != OfficeId::CENTRE).collect();
    let mut pools = Vec::new();
    if who.role.reach() == Reach::Nation {
        pools.push(Offered { code: "all".to_owned(), words: page.t("ranking-pool-all"), offices: mine.clone() });
        for region in programme.regions() {
            let inside = |office: &OfficeId| programme.region_of(*office).is_some_and(|other| other.code == region.code);
            let offices: Vec<OfficeId> = mine.iter().copied().filter(inside).collect();
            let code = format!("region-{}", region.code);
            pools.push(Offered { code, words: region.name.text(page.lang).to_owned(), offices });
        }
    }
    let office = |id: OfficeId| {
        let name = programme.office(id).map_or_else(|| id.to_string(), |office| office.name.text(page.lang).to_owned());
        Offered { code: format!("office-{id}"), words: name, offices: vec![id] }
    };
    pools.extend(mine.into_iter().map(office));
    pools.retain(|pool| !pool.offices.is_empty());
    pools
}

async fn show(app: &App, page: &Page, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let offered = pools(page, &programme);
    let chosen = offered.iter().find(|pool| pool.code == form.value("pool")).or(offered.first());
    let view = look(&mut tx, &programme, page, chosen, form.value("call")).await?;
    let title = page.t("ranking-new-title");
    let body = html! {
        h1 class="govuk-heading-l" { (title) }
        p class="govuk-body" { (page.t("ranking-new-hint")) }
        @if let Some(chosen) = chosen { (draw_pool(page, &chosen.words, &view)) }
        (draw::form(page, "/rankings", None, &page.t("ranking-new-submit"), draw_fields(page, &programme, &offered, form, &errors)))
    };
    page.show_form(&title, &view, &errors, body)
}

async fn look(tx: &mut Tx, programme: &Programme, page: &Page, chosen: Option<&Offered>, call: &str) -> Result<View, Fault> {
    let Some(chosen) = chosen else { return Ok(View { waiting: 0, free: 0, cap: Cap::default() }) };
    let asked = Asked {
        offices: chosen.offices.clone(),
        call: Some(call.to_owned()).filter(|call| !call.is_empty() && call != EVERY_CALL),
        as_of: page.today,
        seed: seed_of(page.today, &chosen.offices),
    };
    let places = match page.who()?.role {
        // A whole country is counted when it is ranked, not whenever the form is opened.
        Role::Manager if chosen.offices.len() > 20 => None,
        _ => Some(pool::gather(tx, programme, &asked).await?),
    };
    let cap = seats::cap(tx, programme, page.today, Some(&asked.offices)).await?;
    match places {
        Some(pool) => {
            let free = seats::free(tx, programme, &pool.places).await?;
            Ok(View { waiting: pool.candidates.len(), free: free.iter().sum(), cap })
        }
        None => {
            Ok(View { waiting: store::waiting_in(tx, &asked.offices).await?, free: all_free(tx, programme, page).await?, cap })
        }
    }
}

async fn all_free(tx: &mut Tx, programme: &Programme, page: &Page) -> Result<u32, Fault> {
    let begun = programme.calls().iter().filter(|call| call.validity.from <= page.today);
    let places: Vec<seats::Place> = begun
        .flat_map(|call| programme.regions().iter().map(|region| (call.code.to_string(), region.code.to_string())))
        .collect();
    Ok(seats::free(tx, programme, &places).await?.iter().sum())
}

fn draw_pool(page: &Page, words: &str, view: &View) -> Markup {
    let lang = page.lang;
    summary_list(&[
        SummaryRow::text(page.t("ranking-pool"), words),
        SummaryRow::text(page.t("ranking-waiting"), &lang.number(i64::try_from(view.waiting).unwrap_or(i64::MAX))),
        SummaryRow::text(page.t("ranking-free"), &lang.number(view.free.into())),
        SummaryRow::new(page.t("ranking-cap"), super::meters::draw_cap(page, &view.cap)),
    ])
}

fn draw_fields(page: &Page, programme: &Programme, offered: &[Offered], form: &Posted, errors: &Errors) -> Markup {
    let pools = offered.iter().map(|pool| (pool.code.clone(), pool.words.clone())).collect();
    let begun = programme.calls().iter().rev().filter(|call| call.validity.from <= page.today);
    let calls = begun.map(|call| (call.code.to_string(), call.name.text(page.lang).to_owned()));
    let every = std::iter::once((EVERY_CALL.to_owned(), page.t("ranking-every-call")));
    html! {
        (draw::select(page, form, errors, "pool", "ranking-pool", pools))
        (draw::select(page, form, errors, "call", "ranking-call", every.chain(calls).collect()))
        (draw::number(page, form, errors, "places", "ranking-places").hint("ranking-places-hint"))
    }
}
