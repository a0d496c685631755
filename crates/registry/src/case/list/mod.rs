//! `GET /cases`: every case in scope, the latest first; filters and page stand in the address.

mod find;

use super::{Stage, heading};
use crate::{
    people,
    programme::{self, Programme},
};
use axum::extract::{Query, State};
use find::{Filter, Line};
use maud::{Markup, Render, html};
use platform::{
    answer::Answer,
    app::App,
    draw::{self, encode},
    form::Posted,
    message::Errors,
    page::{self as part, Chip, Column, Pagination, Table, Tone, notice, pagination, shell, tag},
    request::Page,
};
use serde::{Deserialize, Serialize};
use values::id::{CaseId, OfficeId};

pub use find::Counts;

/// Lines on a page.
const LINES: i64 = 50;

/// The last page that is drawn: whoever leafs further should filter.
const LAST: i64 = 10_000;

/// What the address asks.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The beginning of a receipt number.
    q: String,
    office: String,
    stage: String,
    direction: String,
    phase: String,
    /// `open` or `closed`.
    state: String,
    page: i64,
}

#[derive(Serialize)]
struct View {
    asked: Asked,
    count: i64,
    pages: i64,
    lines: Vec<Line>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let at = asked.page.clamp(1, LAST);
    let filter = filter(&asked);
    let named = page.may(&people::READ);
    let (lines, count) = find::list(&mut tx, &filter, app.held::<Counts>().as_deref(), named, LINES, (at - 1) * LINES).await?;
    let pages = ((count + LINES - 1) / LINES).clamp(1, LAST);
    let view = View { asked: Asked { page: at, ..asked }, count, pages, lines };
    page.show(&page.t("case-list-title"), &view, drawn(&page, &programme, &view))
}

fn filter(asked: &Asked) -> Filter {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Filter {
        receipt: some(&asked.q),
        office: asked.office.parse().ok(),
        stage: Stage::from_code(&asked.stage).map(Stage::number),
        direction: some(&asked.direction),
        phase: some(&asked.phase),
        open: match asked.state.as_str() {
            "open" => Some(true),
            "closed" => Some(false),
            _ => None,
        },
    }
}

/// The address of the list with one thing asked otherwise.
fn address(asked: &Asked, field: &str, value: &str) -> String {
    let fields = [
        ("q", asked.q.as_str()),
        ("office", &asked.office),
        ("stage", &asked.stage),
        ("direction", &asked.direction),
        ("phase", &asked.phase),
        ("state", &asked.state),
        ("page", ""),
    ];
    let asked = fields.map(|(name, was)| (name, if name == field { value } else { was }));
    let query: Vec<String> =
        asked.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if query.is_empty() { "/cases".to_owned() } else { format!("/cases?{}", query.join("&")) }
}

fn drawn(page: &Page, programme: &Programme, view: &View) -> Markup {
    let lang = page.lang;
    let count = lang.with("case-list-count", &[("count", view.count.into()), ("shown", lang.number(view.count).into())]);
    let at = Pagination { current: u32::try_from(view.asked.page).unwrap_or(1), last: u32::try_from(view.pages).unwrap_or(1) };
    html! {
        (shell::heading("", &page.t("case-list-title")))
        (filters(page, programme, view))
        p class="govuk-body" aria-live="polite" { strong { (count) } }
        @if view.lines.is_empty() {
            (notice::empty_state(&page.t("case-list-none"), html! { p { (page.t("case-list-none-hint")) } }))
        } @else {
            (table(page, programme, &view.lines))
        }
        (pagination(&lang, at, |number| address(&view.asked, "page", &number.to_string())))
    }
}

type Options = Vec<(String, String)>;

/// Offices of whoever looks (none to choose from when there is but one), stages, directions, phases, open or closed.
fn options(page: &Page, programme: &Programme) -> [Options; 5] {
    let lang = page.lang;
    let own = page.who().map(|who| who.offices.clone()).unwrap_or_default();
    let offices = programme.offices().iter().filter(|office| own.len() > 1 && own.contains(&office.id));
    let mut offices: Options = offices.map(|office| (office.id.0.to_string(), office.name.text(lang).to_owned())).collect();
    offices.sort_by(|(_, one), (_, other)| values::text::compare(one, other));
    let stages = Stage::ALL.iter().map(|stage| (stage.code().to_owned(), stage.message().text(lang))).collect();
    let mut directions: Options =
        programme.directions().iter().map(|known| (known.code.to_string(), known.name.text(lang).to_owned())).collect();
    directions.sort_by(|(_, one), (_, other)| values::text::compare(one, other));
    directions.dedup_by(|(one, _), (other, _)| one == other);
    let phases = programme.phases().iter().map(|phase| (phase.code.to_string(), phase.name.text(lang).to_owned())).collect();
    let states = ["open", "closed"].map(|code| (code.to_owned(), page.t(&format!("case-list-{code}")))).to_vec();
    [offices, stages, directions, phases, states]
}

const FIELDS: [(&str, &str); 5] = [
    ("office", "case-list-office"),
    ("stage", "case-list-stage"),
    ("direction", "case-list-direction"),
    ("phase", "case-list-phase"),
    ("state", "case-list-state"),
];

fn chosen<'a>(asked: &'a Asked, field: &str) -> &'a str {
    match field {
        "office" => &asked.office,
        "stage" => &asked.stage,
        "direction" => &asked.direction,
        "phase" => &asked.phase,
        _ => &asked.state,
    }
}

fn filters(page: &Page, programme: &Programme, view: &View) -> Markup {
    let asked = &view.asked;
    let form = Posted::of(FIELDS.map(|(field, _)| (field, chosen(asked, field))));
    let none = Errors::none();
    let options = options(page, programme);
    let mut chips = Vec::new();
    if !asked.q.is_empty() {
        chips.push(Chip { name: page.t("case-receipt"), value: asked.q.clone(), without: address(asked, "q", "") });
    }
    for ((field, key), options) in FIELDS.into_iter().zip(&options) {
        let value = options.iter().find(|(code, _)| code == chosen(asked, field));
        chips.extend(value.map(|(_, words)| Chip {
            name: page.t(key),
            value: words.clone(),
            without: address(asked, field, ""),
        }));
    }
    let mut filter = part::Filter::new(&page.lang, "/cases").search("q", &page.t("case-list-search"), &asked.q);
    for ((field, key), options) in FIELDS.into_iter().zip(options) {
        if !options.is_empty() {
            filter = filter.field(draw::select(page, &form, &none, field, key, options));
        }
    }
    filter.chips(chips).render()
}

fn table(page: &Page, programme: &Programme, lines: &[Line]) -> Markup {
    let lang = page.lang;
    let many_offices = page.who().is_ok_and(|who| who.offices.len() > 1);
    let row = |line: &Line| {
        let stage = Stage::from_number(line.stage);
        let office = programme.office(OfficeId(line.office)).map(|office| office.name.text(lang));
        let direction = programme.direction(&line.direction).map(|direction| direction.name.text(lang));
        let name = line.name.as_deref().filter(|name| !name.is_empty());
        let mut cells = vec![
            html! {
                a class="govuk-link" href=(heading::link(CaseId(line.case_id))) { (name.unwrap_or(&line.receipt)) }
                @if name.is_some() { br; span class="govuk-hint" { (line.receipt) } }
            },
            html! {
                @if let Some(stage) = stage { (tag(heading::tone(stage), &stage.message().text(lang))) }
                @if line.suspended { " " (tag(Tone::Attention, &page.t("case-tag-suspended"))) }
            },
            html! { (direction.unwrap_or(&line.direction)) },
        ];
        cells.extend(many_offices.then(|| html! { (office.unwrap_or_default()) }));
        cells.extend([
            html! { (lang.date(line.opened_on)) },
            html! {
                @if let Some(due) = line.next_due.filter(|_| line.closed_on.is_none()) {
                    (lang.date(due))
                    @if due < page.today { " " (tag(Tone::Bad, &page.t("home-overdue"))) }
                }
            },
        ]);
        cells
    };
    let mut columns = vec!["case-person", "case-list-stage", "case-list-direction"];
    columns.extend(many_offices.then_some("case-list-office"));
    columns.extend(["case-list-opened-on", "home-due"]);
    let table = Table::new(&lang, "cases", page.t("case-list-title")).quiet_caption();
    let table = columns.into_iter().fold(table, |table, key| table.column(Column::new(page.t(key))));
    html! { (table.rows(lines.iter().map(row))) }
}
