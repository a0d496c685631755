//! `GET /reserve`: who waits on reserve lists, in order. The next of a list is called up when somebody selected leaves.

use super::{
    Refusal, seats,
    store::{self, Kept},
    types::{Cap, Outcome},
};
use anyhow::{Context, Result};
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    clock,
    form::Posted,
    page::{Column, Pagination, Table, notice, pagination},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Facts, Happening, Law, Stage, heading},
    programme::{self, Programme, keys},
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use values::{
    add_months,
    id::{CaseId, OfficeId, RunId},
};

const PAGE: i64 = 100;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    page: u32,
}

/// Somebody in reserve.
#[derive(Debug, FromRow, Serialize)]
struct Line {
    run_id: Uuid,
    case_id: Uuid,
    name: String,
    receipt: String,
    region: String,
    office: i32,
    position: i32,
    since: NaiveDate,
    landholder: bool,
}

#[derive(Serialize)]
struct View {
    count: i64,
    lines: Vec<Line>,
}

const LINES: &str = "
    select c.run_id, c.case_id, concat_ws(' ', p.surname, p.given_name) as name, f.receipt, c.region, f.office, c.position,
        (r.approved_at at time zone 'Asia/Baku')::date as since, c.landholder
    from case_file f
    join ranking_candidate c using (person_id, case_id)
    join ranking_run r using (run_id)
    join person p using (person_id)
    where f.stage = $1
    and c.outcome = $2
    and c.approved_by is not null
    and c.called_on is null
    order by f.office, r.approved_at desc, c.position
    limit $3
    offset $4";

const COUNT: &str = "
    select count(*)
    from case_file
    where stage = $1";

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let at = asked.page.max(1);
    let lines: Vec<Line> = sqlx::query_as(LINES)
        .bind(Stage::Reserve as i16)
        .bind(Outcome::Reserve as i16)
        .bind(PAGE)
        .bind(i64::from(at - 1) * PAGE)
        .fetch_all(tx.conn())
        .await
        .context("listing the reserve")?;
    let (count,): (i64,) =
        sqlx::query_as(COUNT).bind(Stage::Reserve as i16).fetch_one(tx.conn()).await.context("counting the reserve")?;
    let view = View { count, lines };
    let pages = u32::try_from((count + PAGE - 1) / PAGE)?.max(1);
    let title = page.t("ranking-reserve-title");
    page.show(
        &title,
        &view,
        html! {
            h1 class="govuk-heading-l" { (title) }
            p class="govuk-body" { (page.t("ranking-reserve-hint")) }
            @if view.lines.is_empty() {
                (notice::empty_state(&page.t("ranking-reserve-empty"), html! {}))
            } @else {
                (draw_lines(&page, &programme, &view.lines))
                (pagination(&page.lang, Pagination { current: at, last: pages }, |n| format!("/reserve?page={n}")))
            }
        },
    )
}

fn draw_lines(page: &Page, programme: &Programme, lines: &[Line]) -> Markup {
    let lang = page.lang;
    let office =
        |id: i32| programme.office(OfficeId(id)).map_or_else(|| id.to_string(), |office| office.name.text(lang).to_owned());
    let row = |line: &Line| {
        let until = list_ends(programme, line.since);
        [
            html! { (lang.number(line.position.into())) },
            html! { a class="govuk-link" href=(heading::link(CaseId(line.case_id))) { (line.name) } br; span class="govuk-hint" { (line.receipt) } },
            html! { (office(line.office)) },
            html! { a class="govuk-link" href=(super::show::link(RunId(line.run_id))) { (lang.date(line.since)) } },
            html! { (lang.date(until)) },
        ]
    };
    html! {
        (Table::new(&lang, "reserve", page.t("ranking-reserve-title")).quiet_caption()
            .column(Column::numeric(page.t("ranking-position")))
            .column(Column::new(page.t("ranking-candidate")))
            .column(Column::new(page.t("ranking-office")))
            .column(Column::new(page.t("ranking-listed-on")))
            .column(Column::new(page.t("ranking-list-until")))
            .rows(lines.iter().map(row)))
    }
}

/// The last day of a reserve list that came into force on a day.
pub(super) fn list_ends(programme: &Programme, since: NaiveDate) -> NaiveDate {
    let months = programme.parameter(&keys::RESERVE_LIST_TERM, since).0;
    add_months(since, i32::try_from(months).unwrap_or(i32::MAX))
}

const RUNS: &str = "
    select run_id
    from ranking_run
    where approved_at >= $1";

// Few lists have anybody who still waits, and only those are counted through.
const VACANT: &str = "
    with living as materialized (
        select r.run_id, r.selected
        from ranking_run r
        where r.run_id = any ($2)
        and exists (
            select from ranking_candidate c
            join case_file f using (person_id, case_id)
            where c.run_id = r.run_id
            and c.outcome = 2
            and c.called_on is null
            and c.approved_by is not null
            and f.stage = $1
            and not f.suspended))
    select r.run_id, r.selected - count(*) filter (
            where (c.outcome = 1 or c.called_on is not null)
            and not c.fell_out
            and (m.closed_on is null or m.contracted_on is not null)) as vacant,
        count(*) filter (where c.outcome = 2 and c.called_on is null and f.stage = $1 and not f.suspended) as waiting,
        max(m.closed_on) as since
    from living r
    join ranking_candidate c using (run_id)
    join case_file f using (person_id, case_id)
    join case_milestone m using (person_id, case_id)
    where c.approved_by is not null
    group by r.run_id, r.selected";

/// A list with places that nobody holds and a reserve that could take them.
#[derive(Debug, FromRow)]
pub(super) struct Vacancy {
    pub run_id: Uuid,
    pub vacant: i64,
    pub waiting: i64,
    pub since: Option<NaiveDate>,
}

/// Lists in scope whose selected people left in another way than by declining (who withdrew, who died), so that nobody
/// was called up at once.
pub(super) async fn vacancies(tx: &mut Tx, programme: &Programme, today: NaiveDate) -> Result<Vec<Vacancy>> {
    let months = programme.parameter(&keys::RESERVE_LIST_TERM, today).0;
    let oldest = add_months(today, -i32::try_from(months).unwrap_or(0));
    let runs: Vec<(Uuid,)> = sqlx::query_as(RUNS)
        .bind(clock::from_local(oldest.and_time(chrono::NaiveTime::MIN)))
        .fetch_all(tx.conn())
        .await
        .context("finding the lists that live")?;
    // Whoever moved to another office with a place still holds it.
    tx.widen().await?;
    let rows: Vec<Vacancy> = sqlx::query_as(VACANT)
        .bind(Stage::Reserve as i16)
        .bind(runs.into_iter().map(|(run,)| run).collect::<Vec<_>>())
        .fetch_all(tx.conn())
        .await
        .context("looking for places that nobody holds")?;
    tx.narrow().await?;
    Ok(rows.into_iter().filter(|row| row.vacant > 0 && row.waiting > 0).collect())
}

/// `POST /rankings/{run}/calls`: the next of the reserve takes a place that nobody holds.
pub(super) async fn post_call(State(app): State<App>, page: Page, Path(id): Path<RunId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match fill(&mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            super::show::show(&app, &page, id, super::show::Asked::default(), &form, stop.errors()?).await
        }
    }
}

async fn fill(tx: &mut Tx, app: &App, page: &Page, id: RunId, form: &Posted) -> Result<String, Stop> {
    form.reader().finish(Some(()))?;
    let (law, programme) = (case::law(app)?, programme::current(app)?);
    store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    let vacant = vacancies(tx, &programme, page.today).await?;
    if !vacant.iter().any(|row| row.run_id == id.0) {
        return Err(Stop::refused(&Refusal::NothingVacant));
    }
    match call_next(tx, &law, &programme, id, page.today).await? {
        Some(case) => Ok(heading::link(case)),
        None => Err(Stop::refused(&Refusal::NobodyToCall)),
    }
}

const NEXT: &str = "
    select c.person_id, c.case_id, c.call, c.region, c.groups, c.landholder, c.waiting_since, c.lot, c.rank, c.outcome,
        c.position, c.reason, c.fell_out, c.called_on
    from ranking_candidate c
    join case_file f using (person_id, case_id)
    where c.run_id = $1
    and c.outcome = $2
    and c.called_on is null
    and c.approved_by is not null
    and f.stage = $3
    and not f.suspended
    order by c.position";

/// Calls up the next of a run's reserve who has a free seat and keeps the landholder cap. Nothing when there is none. The
/// case may be another office's, so the transaction goes beyond the officer's scope while it is called.
pub(crate) async fn call_next(
    tx: &mut Tx,
    law: &Law,
    programme: &Programme,
    run: RunId,
    on: NaiveDate,
) -> Result<Option<CaseId>, Stop> {
    tx.widen().await?;
    let waiting: Vec<Kept> = sqlx::query_as(NEXT)
        .bind(run.0)
        .bind(Outcome::Reserve as i16)
        .bind(Stage::Reserve as i16)
        .fetch_all(tx.conn())
        .await
        .context("finding the next of a reserve")?;
    tx.narrow().await?;
    for next in waiting {
        if call(tx, law, programme, run, &next, on).await? {
            return Ok(Some(CaseId(next.case_id)));
        }
    }
    Ok(None)
}

const PLACE: &str = "
    select c.call, c.region, c.landholder, f.office_of_selection
    from ranking_candidate c
    join case_file f using (person_id, case_id)
    where c.run_id = $1
    and c.case_id = $2";

/// Gives somebody whose place on a list was changed on appeal one of the seats that are kept for that, so that nobody is
/// displaced. The landholder cap holds as ever.
pub async fn seat_on_appeal(tx: &mut Tx, programme: &Programme, run: RunId, case: CaseId, on: NaiveDate) -> Result<(), Stop> {
    let found: Option<(String, String, bool, i32)> =
        sqlx::query_as(PLACE).bind(run.0).bind(case.0).fetch_optional(tx.conn()).await.context("finding a place on a list")?;
    let (call, region, landholder, office) = found.ok_or(Fault::NotFound)?;
    let place = (call, region);
    seats::lock(tx, programme, std::slice::from_ref(&place)).await?;
    let taken = seats::taken(tx, Some(std::slice::from_ref(&place.0))).await?;
    let taken = taken.iter().find(|(other, _)| *other == place).map_or(0, |(_, count)| *count);
    if taken >= seats::seats_of(programme, &place.0, &place.1).total {
        return Err(Stop::refused(&Refusal::NoSeatForAppeal));
    }
    let offices = [OfficeId(office)];
    let cap = seats::lock_cap(tx, programme, on, &offices).await?;
    if landholder && !cap.admits_landholder() {
        let Cap { landholders, unemployed, percent } = cap;
        return Err(Stop::refused(&Refusal::CapReached { landholders, unemployed, percent }));
    }
    store::call(tx, run, case, on).await?;
    seats::settle(tx, &[place]).await?;
    Ok(seats::settle_cap(tx, on, &offices).await?)
}

async fn call(tx: &mut Tx, law: &Law, programme: &Programme, run: RunId, next: &Kept, on: NaiveDate) -> Result<bool, Stop> {
    let place = (next.call.clone(), next.region.clone());
    let free = seats::lock(tx, programme, std::slice::from_ref(&place)).await?;
    if free.first().is_none_or(|free| *free == 0) {
        return Ok(false);
    }
    tx.widen().await?;
    let mut loaded = case::store::lock(tx, law, CaseId(next.case_id)).await?;
    let office = OfficeId(loaded.file.office_of_selection);
    tx.narrow().await?;
    let cap = seats::lock_cap(tx, programme, on, &[office]).await?;
    if next.landholder && !cap.admits_landholder() {
        return Ok(false);
    }
    let position = u32::try_from(next.position).unwrap_or(u32::MAX);
    tx.widen().await?;
    let happening = Happening::on(on, Facts::ReserveCalled { run, position });
    // A hold or the end of the list passes over this one; the next may still be called.
    match case::store::append(tx, law, &mut loaded, vec![happening]).await {
        Ok(()) => {}
        Err(Stop::Errors(_)) => {
            tx.narrow().await?;
            return Ok(false);
        }
        Err(fault) => return Err(fault),
    }
    store::call(tx, run, CaseId(next.case_id), on).await?;
    tx.narrow().await?;
    seats::settle(tx, &[place]).await?;
    seats::settle_cap(tx, on, &[office]).await?;
    Ok(true)
}
