//! `GET /appeals`: the appeals of the reader's offices: open, overdue, late ones to admit, decided.

use super::{
    link,
    show::{kind_words, state},
    store::Appeal,
};
use anyhow::{Context, Result};
use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{Column, Filter, Pagination, Table, notice, pagination, shell},
    request::Page,
    scope::Tx,
};
use registry::{
    case::AppealOutcome,
    programme::{self, InForce},
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use values::id::OfficeId;

/// Lines on a page.
const LINES: i64 = 50;

/// What the address asks.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// One of [`STATES`], or the code of an outcome; `open` when empty.
    state: String,
    page: i64,
}

/// The views of the list beside those of each outcome.
const STATES: [&str; 4] = ["open", "overdue", "to_admit", "decided"];

#[derive(Debug, FromRow, Serialize)]
struct Line {
    #[sqlx(flatten)]
    #[serde(flatten)]
    appeal: Appeal,
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
    page.show(&page.t("appeal-title"), &view, draw_list(&page, &programme, &view))
}

const FIND: &str = "
    select a.*, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as name, f.receipt
    from (
        select *
        from appeal
        where ($1 <> 0 or outcome is null)
        and ($1 <> 1 or (outcome is null and admitted_on is not null and due_on < $2))
        and ($1 <> 2 or (outcome is null and admitted_on is null))
        and ($1 <> 3 or outcome is not null)
        and ($1 <> 4 or outcome = $3)
        order by case when outcome is null then due_on end, lodged_on desc, appeal_id
        limit $4
        offset $5) a
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    order by case when a.outcome is null then a.due_on end, a.lodged_on desc, a.appeal_id";

const COUNT: &str = "
    select count(*), count(*) filter (where outcome is null and admitted_on is not null and due_on < $2)
    from appeal
    where ($1 <> 0 or outcome is null)
    and ($1 <> 1 or (outcome is null and admitted_on is not null and due_on < $2))
    and ($1 <> 2 or (outcome is null and admitted_on is null))
    and ($1 <> 3 or outcome is not null)
    and ($1 <> 4 or outcome = $3)";

async fn find(tx: &mut Tx, page: &Page, asked: Asked) -> Result<View> {
    let at = asked.page.clamp(1, 10_000);
    let outcome = AppealOutcome::from_code(&asked.state);
    let known = STATES.iter().position(|state| *state == asked.state).unwrap_or(0);
    let state = if outcome.is_some() { 4 } else { i32::try_from(known)? };
    let outcome = outcome.map_or(0, |outcome| outcome as i16);
    let lines = sqlx::query_as(FIND)
        .bind(state)
        .bind(page.today)
        .bind(outcome)
        .bind(LINES)
        .bind((at - 1) * LINES)
        .fetch_all(tx.conn())
        .await
        .context("finding appeals")?;
    let (count, overdue): (i64, i64) = sqlx::query_as(COUNT)
        .bind(state)
        .bind(page.today)
        .bind(outcome)
        .fetch_one(tx.conn())
        .await
        .context("counting appeals")?;
    Ok(View { asked: Asked { page: at, ..asked }, count, overdue, lines })
}

fn draw_list(page: &Page, programme: &InForce, view: &View) -> Markup {
    let lang = page.lang;
    let last = u32::try_from((view.count.max(1) - 1).div_euclid(LINES) + 1).unwrap_or(1);
    let at = Pagination { current: u32::try_from(view.asked.page).unwrap_or(1), last };
    let count = lang.with("appeal-count", &[("count", view.count.into()), ("overdue", view.overdue.into())]);
    let state = view.asked.state.as_str();
    html! {
        (shell::heading("", &page.t("appeal-title")))
        (filters(page, state))
        p class="govuk-body" aria-live="polite" { strong { (count) } }
        @if view.lines.is_empty() {
            (notice::empty_state(&page.t("appeal-none"), html! {}))
        } @else {
            (table(page, programme, view))
        }
        (pagination(&lang, at, |number| {
            let kept = if state.is_empty() { String::new() } else { format!("state={}&", draw::encode(state)) };
            format!("/appeals?{kept}page={number}")
        }))
    }
}

fn filters(page: &Page, state: &str) -> Markup {
    let typed = Posted::of([("state", state)]);
    let mut states = STATES.map(|state| (state.to_owned(), page.t(&format!("appeal-list-{}", state.replace('_', "-"))))).to_vec();
    let outcome = |outcome: &AppealOutcome| (outcome.code().to_owned(), outcome.message().text(page.lang));
    states.extend(AppealOutcome::ALL.iter().map(outcome));
    html! {
        (Filter::new(&page.lang, "/appeals").field(draw::select(page, &typed, &Errors::none(), "state", "appeal-state", states)))
    }
}

fn table(page: &Page, programme: &InForce, view: &View) -> Markup {
    let lang = page.lang;
    let office = |id: i32| programme.office(OfficeId(id)).map(|office| office.name.text(lang).to_owned()).unwrap_or_default();
    let rows = view.lines.iter().map(|line| {
        vec![
            html! { a class="govuk-link" href=(link(line.appeal.id())) { (line.name) } br; span class="govuk-hint" { (line.receipt) } },
            html! { (kind_words(page, &line.appeal)) },
            state(page, &line.appeal),
            html! { (lang.date(line.appeal.lodged_on)) },
            html! { (lang.date(line.appeal.due_on)) },
            html! { (office(line.appeal.office)) },
        ]
    });
    let table = Table::new(&page.lang, "appeals", page.t("appeal-title"))
        .quiet_caption()
        .column(Column::new(page.t("appeal-who")))
        .column(Column::new(page.t("appeal-against")))
        .column(Column::new(page.t("appeal-state")))
        .column(Column::short(page.t("appeal-lodged-on")))
        .column(Column::short(page.t("appeal-due-on")))
        .column(Column::new(page.t("appeal-office")))
        .rows(rows);
    html! { (table) }
}
