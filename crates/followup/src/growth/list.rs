//! `GET /awards`: the applications of the officer's offices, with filters.

use super::{
    link,
    round::store::{self as rounds, Round},
    state::State as Stage,
};
use anyhow::{Context, Result};
use axum::extract::{Query, State};
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    clock, draw,
    form::Posted,
    message::Errors,
    page::{Column, Filter, Pagination, Table, action::quiet_button_link, buttons, notice, pagination, shell},
    request::Page,
    scope::Tx,
};
use registry::{people, programme};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use values::{
    Money,
    id::{AwardId, OfficeId},
};

/// Lines on a page.
const LINES: i64 = 50;

/// What the address asks.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// A [`Stage`]'s code, or empty.
    state: String,
    /// A round, or empty.
    round: String,
    direction: String,
    /// `mine`: only those that the reader lodged, checked or advises.
    whose: String,
    page: i64,
}

#[derive(Debug, FromRow, Serialize)]
struct Line {
    award_id: Uuid,
    office: i32,
    number: String,
    round: String,
    state: i16,
    direction: String,
    lodged_at: DateTime<Utc>,
    asked: i64,
    granted: i64,
    mean_tenths: Option<i16>,
    #[serde(skip)]
    name: String,
    receipt: String,
}

#[derive(Serialize)]
struct View {
    asked: Asked,
    count: i64,
    sum: i64,
    lines: Vec<Line>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let rounds = rounds::all(&mut tx).await?;
    let view = find(&mut tx, asked).await?;
    let office = |id: i32| programme.office(OfficeId(id)).map(|o| o.name.text(page.lang).to_owned()).unwrap_or_default();
    let directions =
        programme.directions_on(page.today).map(|d| (d.code.to_string(), page.lang.sentence(d.name.text(page.lang))));
    let mut directions: Vec<(String, String)> = directions.collect();
    directions.sort_by_cached_key(|(_, words)| values::text::sort_key(words));
    let body = draw_list(&page, &view, &rounds, directions, &office);
    page.show(&page.t("growth-awards"), &view, body)
}

const FOUND: &str = "
    select a.award_id, a.office, a.number, r.number as round, a.state, a.direction, a.lodged_at, a.asked, a.granted,
        a.mean_tenths, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as name, f.receipt
    from (
        select *
        from award
        where ($1 = 0 or state = $1)
        and ($2::uuid is null or round_id = $2)
        and ($3 = '' or direction = $3)
        and ($4::uuid is null or lodged_by = $4 or checked_by = $4 or adviser_id = $4)
        order by lodged_at desc, award_id
        limit $5
        offset $6) a
    join award_round r using (round_id)
    join case_file f using (person_id, case_id)
    left join person p using (person_id)
    order by a.lodged_at desc, a.award_id";

const COUNT: &str = "
    select count(*), coalesce(sum(asked), 0)::bigint
    from award
    where ($1 = 0 or state = $1)
    and ($2::uuid is null or round_id = $2)
    and ($3 = '' or direction = $3)
    and ($4::uuid is null or lodged_by = $4 or checked_by = $4 or adviser_id = $4)";

async fn find(tx: &mut Tx, asked: Asked) -> Result<View> {
    let at = asked.page.clamp(1, 10_000);
    let state = Stage::from_code(&asked.state).map_or(0, |state| state as i16);
    let round: Option<Uuid> = asked.round.parse().ok();
    let own = (asked.whose == "mine").then(|| tx.who().officer.0);
    let lines = sqlx::query_as(FOUND)
        .bind(state)
        .bind(round)
        .bind(&asked.direction)
        .bind(own)
        .bind(LINES)
        .bind((at - 1) * LINES)
        .fetch_all(tx.conn())
        .await
        .context("finding awards")?;
    let (count, sum): (i64, i64) = sqlx::query_as(COUNT)
        .bind(state)
        .bind(round)
        .bind(&asked.direction)
        .bind(own)
        .fetch_one(tx.conn())
        .await
        .context("counting awards")?;
    Ok(View { asked: Asked { page: at, ..asked }, count, sum, lines })
}

fn draw_list(
    page: &Page,
    view: &View,
    rounds: &[Round],
    directions: Vec<(String, String)>,
    office: &dyn Fn(i32) -> String,
) -> Markup {
    let lang = page.lang;
    let last = u32::try_from((view.count.max(1) - 1).div_euclid(LINES) + 1).unwrap_or(1);
    let at = Pagination { current: u32::try_from(view.asked.page).unwrap_or(1), last };
    let count = lang.with("growth-found", &[("count", view.count.into()), ("sum", Money::from_qepik(view.sum).into())]);
    html! {
        (shell::heading("", &page.t("growth-awards")))
        (buttons(html! {
            (quiet_button_link(&page.t("growth-rounds"), "/award-rounds"))
            @if page.may(&super::sitting::READ) { (quiet_button_link(&page.t("growth-sittings"), "/award-sittings")) }
        }))
        (filters(page, &view.asked, rounds, directions))
        p class="govuk-body" aria-live="polite" { strong { (count) } }
        @if view.lines.is_empty() { (notice::empty_state(&page.t("growth-awards-none"), html! {})) } @else { (table(page, view, office)) }
        (pagination(&lang, at, |number| address(&view.asked, number)))
    }
}

fn address(asked: &Asked, number: u32) -> String {
    let kept = [("state", &asked.state), ("round", &asked.round), ("direction", &asked.direction), ("whose", &asked.whose)];
    let kept = kept.iter().filter(|(_, value)| !value.is_empty());
    let query: String = kept.map(|(name, value)| format!("{name}={}&", draw::encode(value))).collect();
    format!("/awards?{query}page={number}")
}

fn filters(page: &Page, asked: &Asked, rounds: &[Round], directions: Vec<(String, String)>) -> Markup {
    let typed = Posted::of([
        ("state", asked.state.as_str()),
        ("round", asked.round.as_str()),
        ("direction", asked.direction.as_str()),
        ("whose", asked.whose.as_str()),
    ]);
    let none = Errors::none();
    let states = Stage::ALL.map(|state| (state.code().to_owned(), page.t(&format!("growth-state-{}", state.code())))).to_vec();
    let rounds = rounds.iter().map(|round| (round.round_id.to_string(), format!("{} · {}", round.number, round.title))).collect();
    let whose = vec![("mine".to_owned(), page.t("growth-mine"))];
    html! {
        (Filter::new(&page.lang, "/awards")
            .field(draw::select(page, &typed, &none, "state", "growth-state", states))
            .field(draw::select(page, &typed, &none, "round", "growth-round", rounds))
            .field(draw::select(page, &typed, &none, "direction", "commission-direction", directions))
            .field(draw::select(page, &typed, &none, "whose", "growth-whose", whose)))
    }
}

fn table(page: &Page, view: &View, office: &dyn Fn(i32) -> String) -> Markup {
    let lang = page.lang;
    let names = page.may(&people::READ);
    let rows = view.lines.iter().map(|line| {
        let about = if names { &line.name } else { &line.receipt };
        let sum = if line.granted > 0 { line.granted } else { line.asked };
        vec![
            html! { a class="govuk-link" href=(link(AwardId(line.award_id))) { (about) } br; span class="govuk-hint" { (line.number) } },
            html! { (line.round) },
            html! { (lang.date(clock::local(line.lodged_at).date())) },
            Stage::from_number(line.state).map_or_else(|| html! {}, |state| state.tag(page)),
            html! { (line.mean_tenths.map_or_else(|| "–".to_owned(), |mean| lang.decimal(f64::from(mean) / 10.0, 1))) },
            html! { (lang.money(Money::from_qepik(sum))) },
            html! { (office(line.office)) },
        ]
    });
    let table = Table::new(&page.lang, "award-list", page.t("growth-awards"))
        .quiet_caption()
        .column(Column::new(page.t("growth-who")))
        .column(Column::short(page.t("growth-round")))
        .column(Column::new(page.t("growth-lodged-on")))
        .column(Column::new(page.t("growth-state")))
        .column(Column::numeric(page.t("growth-mean")))
        .column(Column::numeric(page.t("growth-sum")))
        .column(Column::new(page.t("growth-office")))
        .rows(rows);
    html! { (table) }
}
