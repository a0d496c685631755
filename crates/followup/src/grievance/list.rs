//! `GET /grievances`: the grievances that the reader may see: open, overdue, open for 30 days or more, closed.

use super::{
    LODGE, link, rules,
    show::{category, tags},
    store::Grievance,
};
use anyhow::{Context, Result};
use axum::extract::{Query, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{Column, Filter, Pagination, Row, Table, Tone, button_link, notice, pagination, shell},
    request::Page,
    scope::Tx,
};
use registry::programme::{self, InForce, Term, keys as terms};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;
use values::id::OfficeId;

/// Lines on a page.
const LINES: i64 = 50;

/// What the address asks.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// One of [`STATES`]; the first when empty.
    state: String,
    category: String,
    channel: String,
    office: String,
    /// A receipt number, or its end.
    q: String,
    page: i64,
}

/// The views of the list; `long` is what is reported every two weeks.
const STATES: [&str; 5] = ["open", "overdue", "long", "closed", "all"];

#[derive(Debug, FromRow)]
struct Line {
    #[sqlx(flatten)]
    grievance: Grievance,
    name: Option<String>,
}

/// A line as data.
#[derive(Serialize)]
struct Shown {
    grievance: Uuid,
    number: String,
    category: String,
    channel: String,
    office: i32,
    confidential: bool,
    step: &'static str,
    lodged_on: NaiveDate,
    due_on: NaiveDate,
    told_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
}

#[derive(Serialize)]
struct View {
    asked: Asked,
    count: i64,
    overdue: i64,
    #[serde(skip)]
    lines: Vec<Line>,
    shown: Vec<Shown>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let view = find(&mut tx, &page, &programme, asked).await?;
    let offices = page.who()?.offices.clone();
    page.show(&page.t("grievance-title"), &view, draw_list(&page, &programme, &view, &offices))
}

const FIND: &str = "
    select g.*, concat_ws(' ', p.surname, p.given_name) as name
    from (
        select *
        from grievance
        where ($1 = 4 or (closed_on is not null) = ($1 = 3))
        and ($1 <> 1 or (told_on is null and due_on < $2))
        and ($1 <> 2 or lodged_on <= $3)
        and ($4 = '' or category = $4)
        and ($5 = '' or channel = $5)
        and ($6 < 0 or office = $6)
        and ($7 = '' or number = $7)
        order by case when closed_on is null then due_on end, lodged_on desc, grievance_id
        limit $8
        offset $9) g
    left join person p using (person_id)
    order by case when g.closed_on is null then g.due_on end, g.lodged_on desc, g.grievance_id";

const COUNT: &str = "
    select count(*), count(*) filter (where closed_on is null and told_on is null and due_on < $2)
    from grievance
    where ($1 = 4 or (closed_on is not null) = ($1 = 3))
    and ($1 <> 1 or (told_on is null and due_on < $2))
    and ($1 <> 2 or lodged_on <= $3)
    and ($4 = '' or category = $4)
    and ($5 = '' or channel = $5)
    and ($6 < 0 or office = $6)
    and ($7 = '' or number = $7)";

async fn find(tx: &mut Tx, page: &Page, programme: &InForce, asked: Asked) -> Result<View> {
    let at = asked.page.clamp(1, 10_000);
    let state = STATES.iter().position(|state| *state == asked.state).unwrap_or(0);
    let state = i32::try_from(state)?;
    let long = listed_before(programme, page.today);
    let office: i32 = asked.office.parse().unwrap_or(-1);
    let number = values::text::upper(asked.q.trim());
    let lines: Vec<Line> = sqlx::query_as(FIND)
        .bind(state)
        .bind(page.today)
        .bind(long)
        .bind(&asked.category)
        .bind(&asked.channel)
        .bind(office)
        .bind(&number)
        .bind(LINES)
        .bind((at - 1) * LINES)
        .fetch_all(tx.conn())
        .await
        .context("finding grievances")?;
    let (count, overdue): (i64, i64) = sqlx::query_as(COUNT)
        .bind(state)
        .bind(page.today)
        .bind(long)
        .bind(&asked.category)
        .bind(&asked.channel)
        .bind(office)
        .bind(&number)
        .fetch_one(tx.conn())
        .await
        .context("counting grievances")?;
    let shown = lines.iter().map(|line| shown(&line.grievance)).collect();
    Ok(View { asked: Asked { page: at, ..asked }, count, overdue, lines, shown })
}

fn shown(g: &Grievance) -> Shown {
    Shown {
        grievance: g.grievance_id,
        number: g.number.clone(),
        category: g.category.clone(),
        channel: g.channel.clone(),
        office: g.office,
        confidential: g.confidential,
        step: rules::step(g).code(),
        lodged_on: g.lodged_on,
        due_on: g.due_on,
        told_on: g.told_on,
        closed_on: g.closed_on,
    }
}

/// Whatever came in by this day and is open has been open for as long as the list asks.
fn listed_before(programme: &InForce, today: NaiveDate) -> NaiveDate {
    match programme.parameter(&terms::GRIEVANCE_LISTED_AFTER, today) {
        Term::CalendarDays(days) | Term::WorkingDays(days) => today - chrono::Days::new(days.into()),
        Term::Months(months) => values::add_months(today, -i32::try_from(months).unwrap_or(1)),
    }
}

fn draw_list(page: &Page, programme: &InForce, view: &View, offices: &[OfficeId]) -> Markup {
    let lang = page.lang;
    let last = u32::try_from((view.count.max(1) - 1).div_euclid(LINES) + 1).unwrap_or(1);
    let at = Pagination { current: u32::try_from(view.asked.page).unwrap_or(1), last };
    let count = lang.with("grievance-count", &[("count", view.count.into()), ("overdue", view.overdue.into())]);
    html! {
        (shell::heading("", &page.t("grievance-title")))
        @if page.may(&LODGE) { (button_link(&page.t("grievance-new"), "/grievances/new")) }
        (filters(page, programme, &view.asked, offices))
        p class="govuk-body" aria-live="polite" { strong { (count) } }
        @if view.asked.state == "long" { p class="govuk-body" { (page.t("grievance-long-hint")) } }
        @if view.lines.is_empty() {
            (notice::empty_state(&page.t("grievance-none"), html! {}))
        } @else {
            (table(page, programme, view))
        }
        (pagination(&lang, at, |number| address(&view.asked, number)))
    }
}

fn address(asked: &Asked, number: u32) -> String {
    let kept = [
        ("state", &asked.state),
        ("category", &asked.category),
        ("channel", &asked.channel),
        ("office", &asked.office),
        ("q", &asked.q),
    ];
    let kept = kept.iter().filter(|(_, value)| !value.is_empty());
    let query: String = kept.map(|(name, value)| format!("{name}={}&", draw::encode(value))).collect();
    format!("/grievances?{query}page={number}")
}

fn filters(page: &Page, programme: &InForce, asked: &Asked, offices: &[OfficeId]) -> Markup {
    let lang = page.lang;
    let typed = Posted::of([
        ("state", asked.state.as_str()),
        ("category", asked.category.as_str()),
        ("channel", asked.channel.as_str()),
        ("office", asked.office.as_str()),
    ]);
    let none = Errors::none();
    let states = STATES.map(|state| (state.to_owned(), page.t(&format!("grievance-list-{state}")))).to_vec();
    let categories = programme.grievances().categories.iter();
    let categories = categories.map(|known| (known.code.to_string(), lang.sentence(known.name.text(lang)))).collect();
    let channels = super::deeds::channels(page, programme);
    let office = |id: &OfficeId| Some((id.0.to_string(), programme.office(*id)?.name.text(lang).to_owned()));
    let names: Vec<(String, String)> = offices.iter().filter_map(office).collect();
    let mut filter = Filter::new(&page.lang, "/grievances")
        .search("q", &page.t("grievance-number"), &asked.q)
        .field(draw::select(page, &typed, &none, "state", "grievance-state", states))
        .field(draw::select(page, &typed, &none, "category", "grievance-category", categories))
        .field(draw::select(page, &typed, &none, "channel", "grievance-channel", channels));
    if names.len() > 1 {
        filter = filter.field(draw::select(page, &typed, &none, "office", "grievance-office", names));
    }
    html! { (filter) }
}

fn table(page: &Page, programme: &InForce, view: &View) -> Markup {
    let lang = page.lang;
    let rows = view.lines.iter().map(|line| {
        let g = &line.grievance;
        let name = line.name.clone().filter(|name| !name.is_empty() && !g.confidential);
        let who = match (name, g.confidential, g.anonymous) {
            (Some(name), ..) => name,
            (None, true, _) => page.t("grievance-confidential-name"),
            (None, false, true) => page.t("grievance-anonymous"),
            (None, false, false) => page.t("grievance-outsider"),
        };
        let office = programme.office(OfficeId(g.office)).map(|office| office.name.text(lang).to_owned());
        let days = (g.closed_on.unwrap_or(page.today) - g.lodged_on).num_days();
        let row = Row::new(vec![
            html! { a class="govuk-link" href=(link(g.id())) { (g.number) } br; span class="govuk-hint" { (who) } },
            html! { (category(page, programme, &g.category)) },
            html! { (tags(page, programme, g)) },
            html! { (lang.date(g.lodged_on)) },
            html! { (lang.number(days)) },
            html! { (lang.date(g.due_on)) },
            html! { (office.unwrap_or_else(|| page.t("grievance-centre"))) },
        ]);
        if rules::is_overdue(g, programme, page.today) { row.tone(Tone::Bad) } else { row }
    });
    let table = Table::new(&page.lang, "grievances", page.t("grievance-title"))
        .quiet_caption()
        .column(Column::short(page.t("grievance-number")))
        .column(Column::new(page.t("grievance-category")))
        .column(Column::new(page.t("grievance-state")))
        .column(Column::short(page.t("grievance-lodged-on")))
        .column(Column::numeric(page.t("grievance-days")))
        .column(Column::short(page.t("grievance-due-on")))
        .column(Column::new(page.t("grievance-office")))
        .rows(rows);
    html! { (table) }
}
