//! `GET /visits`: the visits of the officer's offices; those to make first, the latest due at the top.

use super::{
    RECORD, kind_words, link, record_link,
    rules::{Found, VisitKind},
    show::found_tag,
};
use anyhow::{Context, Result};
use axum::extract::{Query, State};
use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{Column, Filter, Pagination, Table, Tone, notice, pagination, shell, tag},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, heading},
    programme,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use values::{
    Money,
    id::{CaseId, OfficeId, VisitId},
};

/// Lines on a page.
const LINES: i64 = 50;

/// What the address asks.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// `waiting` (also when empty), `made`, or a [`Found`].
    state: String,
    kind: String,
    /// `mine`: only the reader's own visits.
    whose: String,
    page: i64,
}

#[derive(Debug, FromRow, Serialize)]
struct Line {
    visit_id: Uuid,
    case_id: Uuid,
    office: i32,
    kind: i16,
    is_final: bool,
    due_on: NaiveDate,
    made_at: Option<DateTime<Utc>>,
    status: Option<i16>,
    sales: Option<i64>,
    name: String,
    receipt: String,
}

#[derive(Serialize)]
struct View {
    asked: Asked,
    count: i64,
    overdue: i64,
    lines: Vec<Line>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let view = find(&mut tx, &page, asked).await?;
    let office = |id: i32| programme.office(OfficeId(id)).map(|o| o.name.text(page.lang).to_owned()).unwrap_or_default();
    page.show(&page.t("monitoring-title"), &view, draw_list(&page, &view, &office))
}

const WAITING: &str = "
    select v.visit_id, v.case_id, v.office, v.kind, v.is_final, v.due_on, v.made_at, v.status, v.sales,
        coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as name, f.receipt
    from (
        select person_id, visit_id
        from visit
        where made_at is null
        and ($1 = 0 or kind = $1)
        and ($2::uuid is null or monitor_id = $2)
        order by due_on, visit_id
        limit $3
        offset $4) w
    join visit v using (person_id, visit_id)
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    order by v.due_on, v.visit_id";

const WAITING_COUNT: &str = "
    select count(*), count(*) filter (where due_on < $3)
    from visit
    where made_at is null
    and ($1 = 0 or kind = $1)
    and ($2::uuid is null or monitor_id = $2)";

const MADE: &str = "
    select v.visit_id, v.case_id, v.office, v.kind, v.is_final, v.due_on, v.made_at, v.status, v.sales,
        coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as name, f.receipt
    from (
        select person_id, visit_id
        from visit
        where made_at is not null
        and ($1 = 0 or kind = $1)
        and ($2::uuid is null or monitor_id = $2)
        and ($5 = 0 or status = $5)
        order by made_at desc, visit_id
        limit $3
        offset $4) w
    join visit v using (person_id, visit_id)
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    order by v.made_at desc, v.visit_id";

const MADE_COUNT: &str = "
    select count(*), 0::bigint
    from visit
    where made_at is not null
    and ($1 = 0 or kind = $1)
    and ($2::uuid is null or monitor_id = $2)
    and ($3 = 0 or status = $3)";

async fn find(tx: &mut Tx, page: &Page, asked: Asked) -> Result<View> {
    let at = asked.page.clamp(1, 10_000);
    let kind = VisitKind::from_code(&asked.kind).map_or(0, |kind| kind as i16);
    let own = (asked.whose == "mine").then(|| tx.who().officer.0);
    let found = Found::from_code(&asked.state).map_or(0, |found| found as i16);
    let waiting = matches!(asked.state.as_str(), "" | "waiting");
    let skip = (at - 1) * LINES;
    let (lines, count, overdue) = if waiting {
        let lines = sqlx::query_as(WAITING).bind(kind).bind(own).bind(LINES).bind(skip).fetch_all(tx.conn()).await;
        let counts: (i64, i64) = sqlx::query_as(WAITING_COUNT)
            .bind(kind)
            .bind(own)
            .bind(page.today)
            .fetch_one(tx.conn())
            .await
            .context("counting planned visits")?;
        (lines, counts.0, counts.1)
    } else {
        let lines = sqlx::query_as(MADE).bind(kind).bind(own).bind(LINES).bind(skip).bind(found).fetch_all(tx.conn()).await;
        let counts: (i64, i64) = sqlx::query_as(MADE_COUNT)
            .bind(kind)
            .bind(own)
            .bind(found)
            .fetch_one(tx.conn())
            .await
            .context("counting visits made")?;
        (lines, counts.0, counts.1)
    };
    Ok(View { asked: Asked { page: at, ..asked }, count, overdue, lines: lines.context("finding visits")? })
}

fn draw_list(page: &Page, view: &View, office: &dyn Fn(i32) -> String) -> Markup {
    let lang = page.lang;
    let last = u32::try_from(view.count.div_euclid(LINES) + 1).unwrap_or(1);
    let at = Pagination { current: u32::try_from(view.asked.page).unwrap_or(1), last };
    let count = lang.with("monitoring-count", &[("count", view.count.into()), ("overdue", view.overdue.into())]);
    html! {
        (shell::heading("", &page.t("monitoring-title")))
        (filters(page, &view.asked))
        p class="govuk-body" aria-live="polite" { strong { (count) } }
        @if view.lines.is_empty() {
            (notice::empty_state(&page.t("monitoring-none"), html! {}))
        } @else {
            (table(page, view, office))
        }
        (pagination(&lang, at, |number| address(&view.asked, number)))
    }
}

fn address(asked: &Asked, number: u32) -> String {
    let kept = [("state", &asked.state), ("kind", &asked.kind), ("whose", &asked.whose)];
    let kept = kept.iter().filter(|(_, value)| !value.is_empty());
    let query: String = kept.map(|(name, value)| format!("{name}={}&", draw::encode(value))).collect();
    format!("/visits?{query}page={number}")
}

fn filters(page: &Page, asked: &Asked) -> Markup {
    let typed = Posted::of([("state", asked.state.as_str()), ("kind", asked.kind.as_str()), ("whose", asked.whose.as_str())]);
    let none = Errors::none();
    let mut states =
        vec![("waiting".to_owned(), page.t("monitoring-state-waiting")), ("made".to_owned(), page.t("monitoring-state-made"))];
    let found =
        |found: &Found| (found.code().to_owned(), page.t(&format!("monitoring-found-{}", found.code().replace('_', "-"))));
    states.extend(Found::ALL.iter().map(found));
    let kinds = VisitKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind_words(page, *kind))).collect();
    let whose = vec![("mine".to_owned(), page.t("monitoring-mine"))];
    html! {
        (Filter::new(&page.lang, "/visits")
            .field(draw::select(page, &typed, &none, "state", "monitoring-status", states))
            .field(draw::select(page, &typed, &none, "kind", "monitoring-kind", kinds))
            .field(draw::select(page, &typed, &none, "whose", "monitoring-whose", whose)))
    }
}

fn table(page: &Page, view: &View, office: &dyn Fn(i32) -> String) -> Markup {
    let lang = page.lang;
    let rows = view.lines.iter().map(|line| {
        let day = line.made_at.map_or_else(|| lang.date(line.due_on), |at| lang.date(platform::clock::local(at).date()));
        // Who does not record visits sees the case to which the planned one belongs.
        let open = match line.made_at {
            Some(_) => link(VisitId(line.visit_id)),
            None if page.may(&RECORD) => record_link(CaseId(line.case_id)),
            None if page.may(&case::READ) => heading::link(CaseId(line.case_id)),
            None => link(VisitId(line.visit_id)),
        };
        let kind = VisitKind::from_number(line.kind).unwrap_or(VisitKind::Field);
        let state = match line.status.and_then(Found::from_number) {
            Some(found) => found_tag(page, found),
            None if line.due_on < page.today => tag(Tone::Bad, &page.t("monitoring-overdue")),
            None => tag(Tone::Info, &page.t("monitoring-planned")),
        };
        let sales = line.sales.map_or_else(|| "–".to_owned(), |qepik| lang.money(Money::from_qepik(qepik)));
        vec![
            html! { a class="govuk-link" href=(open) { (line.name) } br; span class="govuk-hint" { (line.receipt) } },
            html! { (day) },
            html! { (kind_words(page, kind)) @if line.is_final { ", " (page.t("monitoring-final-short")) } },
            state,
            html! { (sales) },
            html! { (office(line.office)) },
        ]
    });
    let table = Table::new(&page.lang, "visits", page.t("monitoring-title"))
        .quiet_caption()
        .column(Column::new(page.t("monitoring-who")))
        .column(Column::new(page.t("monitoring-day")))
        .column(Column::new(page.t("monitoring-kind")))
        .column(Column::new(page.t("monitoring-status")))
        .column(Column::numeric(page.t("monitoring-sales")))
        .column(Column::new(page.t("monitoring-office")))
        .rows(rows);
    html! { (table) }
}
