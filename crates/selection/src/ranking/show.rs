//! `GET /rankings/{run}`: a list with the place and the reason of each candidate, and what may be done with it.

use super::{
    ANSWER, APPROVE, approve, reserve,
    store::{self, Line, Run},
    types::{Outcome, Reason, Terms},
};
use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{Column, NavItem, Pagination, SummaryRow, Table, Tone, button, buttons, pagination, summary_list, tag, trail},
    request::Page,
};
use registry::{
    case::{Stage, heading},
    programme::{self, Programme},
};
use serde::{Deserialize, Serialize};
use values::id::{CaseId, OfficeId, RunId};

const PAGE: i64 = 100;

/// The page of a run.
pub fn link(run: RunId) -> String {
    format!("/rankings/{run}")
}

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    list: String,
    #[serde(default)]
    page: u32,
}

#[derive(Serialize)]
struct View {
    run: Run,
    terms: Terms,
    list: &'static str,
    /// Places of the list that nobody holds, while somebody waits in reserve.
    vacant: i64,
    lines: Vec<Line>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<RunId>, Query(asked): Query<Asked>) -> Answer {
    show(&app, &page, id, asked, &Posted::empty(), Errors::none()).await
}

/// The page, perhaps with what was wrong with the form on it.
pub(super) async fn show(app: &App, page: &Page, id: RunId, asked: Asked, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let run = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let outcome = match asked.list.as_str() {
        "reserve" => Outcome::Reserve,
        "waiting" => Outcome::Waiting,
        _ => Outcome::Selected,
    };
    let at = asked.page.max(1);
    let lines = store::lines(&mut tx, id, Some(outcome), PAGE, i64::from(at - 1) * PAGE).await?;
    let vacancies = reserve::vacancies(&mut tx, &programme, page.today).await?;
    let vacant = vacancies.iter().find(|row| row.run_id == id.0).map_or(0, |row| row.vacant);
    let view = View { terms: run.terms()?, run, list: outcome.code(), vacant, lines };
    let title = page.t("ranking-run-title");
    let body = html! {
        h1 class="govuk-heading-l" { (title) }
        (draw_run(page, &programme, &view))
        @if view.run.is_open() && page.may(&APPROVE) { (approve::draw_forms(page, &view.run, form, &errors)) }
        @if outcome == Outcome::Reserve && view.vacant > 0 && page.may(&ANSWER) { (draw_call(page, &view)) }
        (draw_tabs(page, &view.run, outcome))
        (draw_lines(page, &programme, &view))
        (pagination(&page.lang, Pagination { current: at, last: pages(&view.run, outcome) }, |n| format!("{}?list={}&page={n}", link(id), outcome.code())))
    };
    page.show_form(&title, &view, &errors, body)
}

fn count(run: &Run, outcome: Outcome) -> i64 {
    i64::from(match outcome {
        Outcome::Selected => run.selected,
        Outcome::Reserve => run.reserve,
        Outcome::Waiting => run.candidates - run.selected - run.reserve,
    })
}

fn pages(run: &Run, outcome: Outcome) -> u32 {
    u32::try_from((count(run, outcome) + PAGE - 1) / PAGE).unwrap_or(1).max(1)
}

/// Whether a run waits, is in force, or was sent back.
pub(super) fn draw_state(page: &Page, run: &Run) -> Markup {
    match (run.approved_at, run.returned_at) {
        (Some(_), _) => tag(Tone::Good, &page.t("ranking-state-approved")),
        (_, Some(_)) => tag(Tone::Bad, &page.t("ranking-state-returned")),
        _ => tag(Tone::Attention, &page.t("ranking-state-open")),
    }
}

/// The offices of a pool in words: one by its name, more by their number.
pub(super) fn pool_words(page: &Page, programme: &Programme, run: &Run) -> String {
    match run.offices[..] {
        [only] => programme.office(OfficeId(only)).map_or_else(|| only.to_string(), |o| o.name.text(page.lang).to_owned()),
        _ => page.lang.with("ranking-offices", &[("count", run.offices.len().into())]),
    }
}

fn draw_run(page: &Page, programme: &Programme, view: &View) -> Markup {
    let lang = page.lang;
    let run = &view.run;
    let by = |name: &str, at| lang.with("ranking-by", &[("officer", name.into()), ("moment", lang.moment(at).into())]);
    let mut rows = vec![
        SummaryRow::new(page.t("ranking-state"), draw_state(page, run)),
        SummaryRow::text(page.t("ranking-pool"), &pool_words(page, programme, run)),
        SummaryRow::text(page.t("ranking-as-of"), &lang.date(run.as_of)),
        SummaryRow::text(page.t("ranking-candidates"), &lang.number(run.candidates.into())),
        SummaryRow::text(page.t("ranking-places"), &lang.number(run.places.into())),
        SummaryRow::new(page.t("ranking-seed"), html! { code { (run.seed) } }),
        SummaryRow::text(page.t("ranking-proposed"), &by(&run.proposed_by_name, run.proposed_at)),
    ];
    if let (Some(name), Some(at)) = (&run.approved_by_name, run.approved_at) {
        rows.push(SummaryRow::text(page.t("ranking-approved"), &by(name, at)));
    }
    if let (Some(name), Some(at)) = (&run.returned_by_name, run.returned_at) {
        rows.push(SummaryRow::text(page.t("ranking-returned"), &by(name, at)));
        rows.push(SummaryRow::text(page.t("ranking-return-reason"), run.return_reason.as_deref().unwrap_or("—")));
    }
    rows.push(SummaryRow::new(page.t("ranking-cap"), super::meters::draw_cap(page, &view.terms.cap)));
    for floor in &view.terms.floors {
        let group = programme.group(&floor.group).map_or(floor.group.as_str(), |group| group.name.text(lang));
        let least = lang.with("ranking-floor-least", &[("least", floor.least.into())]);
        rows.push(SummaryRow::text(lang.with("ranking-floor", &[("group", group.into())]), &least));
    }
    html! {
        (summary_list(&rows))
        p class="govuk-body" {
            a class="govuk-link" href={ (link(run.id())) "/replay" } { (page.t("ranking-replay-link")) }
            " · "
            a class="govuk-link" href={ (link(run.id())) "/list" } { (page.t("ranking-list-link")) }
        }
    }
}

fn draw_call(page: &Page, view: &View) -> Markup {
    html! {
        form method="post" action={ (link(view.run.id())) "/calls" } novalidate {
            (hidden(page))
            p class="govuk-body" { (page.lang.with("ranking-vacant", &[("count", view.vacant.into())])) }
            (buttons(html! { (button(page.t("ranking-queue-call"))) }))
        }
    }
}

fn draw_tabs(page: &Page, run: &Run, chosen: Outcome) -> Markup {
    let tab = |outcome: Outcome| NavItem {
        href: format!("{}?list={}", link(run.id()), outcome.code()),
        label: page.t(&format!("ranking-list-{}", outcome.code())),
        current: outcome == chosen,
        count: Some(page.lang.number(count(run, outcome))),
    };
    let items = [Outcome::Selected, Outcome::Reserve, Outcome::Waiting].map(tab);
    trail::tabs(&page.t("ranking-lists"), &items)
}

fn draw_lines(page: &Page, programme: &Programme, view: &View) -> Markup {
    let lang = page.lang;
    let row = |line: &Line| {
        let waited = (view.run.as_of - line.waiting_since).num_days();
        [
            html! { (lang.number(line.position.into())) },
            html! { a class="govuk-link" href=(heading::link(CaseId(line.case_id))) { (line.name) } br; span class="govuk-hint" { (line.receipt) } },
            html! { (groups_words(page, programme, &view.terms, &line.groups)) @if line.landholder { " " (page.t("ranking-landholder")) } },
            html! { (lang.date(line.waiting_since)) br; span class="govuk-hint" { (lang.with("ranking-days", &[("days", waited.into())])) } },
            html! { (region_words(page, programme, &line.region)) },
            html! { (reason_words(page, line.reason)) },
            draw_now(page, line),
        ]
    };
    html! {
        (Table::new(&lang, "candidates", page.t(&format!("ranking-list-{}", view.list))).quiet_caption()
            .column(Column::numeric(page.t("ranking-position")))
            .column(Column::new(page.t("ranking-candidate")))
            .column(Column::new(page.t("ranking-priority")))
            .column(Column::new(page.t("ranking-waiting-since")))
            .column(Column::new(page.t("ranking-region")))
            .column(Column::new(page.t("ranking-reason")))
            .column(Column::new(page.t("ranking-now")))
            .rows(view.lines.iter().map(row)))
    }
}

fn draw_now(page: &Page, line: &Line) -> Markup {
    let stage = Stage::from_number(line.stage).map(|stage| stage.message().text(page.lang)).unwrap_or_default();
    html! {
        (stage)
        @if line.fell_out { br; (tag(Tone::Neutral, &page.t("ranking-fell-out"))) }
        @if let Some(on) = line.called_on {
            br; span class="govuk-hint" { (page.lang.with("ranking-called-on", &[("date", page.lang.date(on).into())])) }
        }
    }
}

/// The statutory priorities among a candidate's groups.
pub(super) fn groups_words(page: &Page, programme: &Programme, terms: &Terms, groups: &str) -> String {
    let first = groups.split(' ').filter(|code| terms.priority.iter().any(|priority| priority == code));
    let words = first.map(|code| programme.group(code).map_or(code.to_owned(), |group| group.name.text(page.lang).to_owned()));
    words.collect::<Vec<_>>().join("; ")
}

/// A region in words.
pub(super) fn region_words(page: &Page, programme: &Programme, region: &str) -> String {
    programme.region(region).map_or_else(|| region.to_owned(), |region| region.name.text(page.lang).to_owned())
}

/// A reason in words.
pub(super) fn reason_words(page: &Page, reason: i16) -> String {
    Reason::from_number(reason).map(|reason| page.t(&format!("ranking-reason-{}", reason.code()))).unwrap_or_default()
}

/// The form's hidden fields, for the forms on this page.
pub(super) fn hidden(page: &Page) -> Markup {
    draw::hidden(page, None)
}
