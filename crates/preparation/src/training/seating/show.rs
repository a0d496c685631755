//! `GET /seats/{run}`: who gets which seat and why the others get none, and what may be done with the proposal.

use super::{
    link,
    propose::office_name,
    rules,
    store::{self, Line, Run},
    types::{Distance, Outcome, Room, Terms, Why},
};
use crate::training::{self, OPEN};
use anyhow::Result;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{
        Column, SummaryRow, Table, Tone, button, buttons, form::group, notice, quiet_button, shell::heading, summary_list, tag,
    },
    request::Page,
};
use registry::{
    case::heading as case_heading,
    programme::{self, Programme},
};
use serde::Serialize;
use values::id::{CaseId, CohortId, OfficeId, SeatRunId};

#[derive(Serialize)]
struct View {
    run: Run,
    terms: Terms,
    lines: Vec<Line>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<SeatRunId>) -> Answer {
    show(&app, &page, id, &Posted::empty(), Errors::none()).await
}

/// The page, perhaps with what was wrong with the form on it.
pub(super) async fn show(app: &App, page: &Page, id: SeatRunId, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let run = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let view = View { terms: run.terms()?, lines: store::lines(&mut tx, id).await?, run };
    let title = page.t("seats-run");
    let body = html! {
        (heading("", &title))
        (draw_run(page, &programme, &view))
        @if view.run.is_open() && page.may(&OPEN) { (draw_forms(page, &view.run, form, &errors)) }
        (draw_seated(page, &view)?)
        (draw_left_out(page, &programme, &view)?)
    };
    page.show_form(&title, &view, &errors, body)
}

/// Whether a proposal waits, was confirmed, or was sent back.
pub(super) fn draw_state(page: &Page, run: &Run) -> Markup {
    match (run.confirmed_at, run.returned_at) {
        (Some(_), _) => tag(Tone::Good, &page.t("seats-state-confirmed")),
        (_, Some(_)) => tag(Tone::Bad, &page.t("seats-state-returned")),
        _ => tag(Tone::Attention, &page.t("seats-state-open")),
    }
}

fn draw_run(page: &Page, programme: &Programme, view: &View) -> Markup {
    let (lang, run) = (page.lang, &view.run);
    let by = |name: &str, at| lang.with("seats-by", &[("officer", name.into()), ("moment", lang.moment(at).into())]);
    let of = |seated: i32, all: i32| format!("{} / {}", lang.number(seated.into()), lang.number(all.into()));
    let mut rows = vec![
        SummaryRow::new(page.t("training-state"), draw_state(page, run)),
        SummaryRow::text(page.t("seats-office"), &office_name(page, programme, OfficeId(run.office))),
        SummaryRow::text(page.t("seats-as-of"), &lang.date(run.as_of)),
        SummaryRow::text(page.t("seats-seated-of-waiting"), &of(run.seated, run.candidates)),
        SummaryRow::text(
            page.t("seats-value"),
            &lang.with("seats-value-of", &[("value", lang.number(run.value).into()), ("bound", lang.number(run.bound).into())]),
        ),
    ];
    for floor in &view.terms.floors {
        let least = lang.with("seats-least", &[("parts", lang.number(floor.parts).into()), ("of", lang.number(floor.of).into())]);
        rows.push(SummaryRow::text(group_name(page, programme, &floor.group), &least));
    }
    for ceiling in &view.terms.ceilings {
        let most = lang.with("seats-most", &[("people", lang.number(ceiling.people).into())]);
        rows.push(SummaryRow::text(group_name(page, programme, &ceiling.group), &most));
    }
    rows.push(SummaryRow::new(page.t("seats-seed"), html! { code { (run.seed) } }));
    rows.push(SummaryRow::text(page.t("seats-proposed"), &by(&run.proposed_by_name, run.proposed_at)));
    if let (Some(name), Some(at)) = (&run.confirmed_by_name, run.confirmed_at) {
        rows.push(SummaryRow::text(page.t("seats-confirmed"), &by(name, at)));
    }
    if let (Some(name), Some(at)) = (&run.returned_by_name, run.returned_at) {
        rows.push(SummaryRow::text(page.t("seats-returned"), &by(name, at)));
        rows.push(SummaryRow::text(page.t("seats-return-reason"), run.return_reason.as_deref().unwrap_or("—")));
    }
    html! {
        (summary_list(&rows))
        p class="govuk-body" {
            a class="govuk-link" href={ (link(run.id())) "/replay" } { (page.t("seats-replay-link")) }
        }
        (notice::details(&page.t("seats-points"), draw_points(page, &view.terms)))
    }
}

fn draw_points(page: &Page, terms: &Terms) -> Markup {
    let points = terms.points;
    let row = |key: &str, points: i64| SummaryRow::text(page.t(key), &page.lang.number(points));
    let weeks = page.lang.with("seats-points-week", &[("most", page.lang.number(points.weeks_counted).into())]);
    summary_list(&[
        row("seats-points-seat", points.seat),
        row("seats-points-priority", points.priority),
        SummaryRow::text(weeks, &page.lang.number(points.week_waited)),
        row("seats-points-near", points.near),
        row("seats-points-region", points.in_region),
        row("seats-points-language", points.language),
        row("seats-points-soon", points.soon),
    ])
}

/// A group by its name; jobseekers with a farm-land share are no group of the programme.
fn group_name(page: &Page, programme: &Programme, group: &str) -> String {
    let known = programme.group(group).map(|group| group.name.text(page.lang).to_owned());
    page.lang.sentence(&known.unwrap_or_else(|| page.t("seats-landholders")))
}

/// The two forms. Whoever made the proposal sees that somebody else must act.
fn draw_forms(page: &Page, run: &Run, form: &Posted, errors: &Errors) -> Markup {
    if page.officer().is_ok_and(|officer| officer.0 == run.proposed_by) {
        return notice::inset(html! { p class="govuk-body" { (page.t("seats-own")) } });
    }
    html! {
        form method="post" action={ (link(run.id())) "/confirmation" } novalidate {
            (draw::hidden(page, None))
            (buttons(html! { (button(page.t("seats-confirm"))) }))
        }
        (group(&page.t("seats-send-back"), html! {
            form method="post" action={ (link(run.id())) "/return" } novalidate id=(draw::FORM) {
                (draw::hidden(page, None))
                (draw::area(page, form, errors, "reason", "seats-return-reason", 2))
                (buttons(html! { (quiet_button(page.t("seats-send-back-submit"))) }))
            }
        }))
    }
}

fn draw_seated(page: &Page, view: &View) -> Result<Markup> {
    let mut rows = Vec::new();
    for line in &view.lines {
        let Outcome::Seat { cohort, value } = line.outcome()? else { continue };
        rows.push(vec![
            draw_name(line),
            draw_cohort(page, &view.terms, Some(cohort)),
            html! { (page.lang.number(value)) },
            draw_inputs(page, line),
            draw_settled(page, line),
        ]);
    }
    Ok(html! {
        (Table::new(&page.lang, "seated", page.t("seats-seated"))
            .column(Column::new(page.t("people-name")))
            .column(Column::new(page.t("training-cohort")))
            .column(Column::numeric(page.t("seats-value-one")))
            .column(Column::new(page.t("seats-because")))
            .column(Column::new(page.t("training-state")))
            .rows(rows))
    })
}

fn draw_left_out(page: &Page, programme: &Programme, view: &View) -> Result<Markup> {
    let mut rows = Vec::new();
    for line in &view.lines {
        let Outcome::Without { why, nearest, needed } = line.outcome()? else { continue };
        let room = nearest.and_then(|nearest| view.terms.rooms.iter().find(|room| room.cohort == nearest));
        let candidate = line.candidate()?;
        let points = room.map(|room| rules::value(&view.terms, &candidate, room));
        rows.push(vec![
            draw_name(line),
            html! { @if let Some(points) = points { (page.lang.number(points)) } },
            draw_inputs(page, line),
            html! { (reason(page, programme, &why)) },
            html! { (change(page, programme, &why, room, needed)) },
        ]);
    }
    if rows.is_empty() {
        return Ok(html! {});
    }
    Ok(html! {
        (Table::new(&page.lang, "left-out", page.t("seats-left-out"))
            .column(Column::new(page.t("people-name")))
            .column(Column::numeric(page.t("seats-value-one")))
            .column(Column::new(page.t("seats-inputs")))
            .column(Column::new(page.t("seats-reason")))
            .column(Column::new(page.t("seats-change")))
            .rows(rows))
    })
}

fn draw_name(line: &Line) -> Markup {
    html! {
        a class="govuk-link" href=(case_heading::link(CaseId(line.case_id))) { (line.name) }
        br; span class="govuk-hint" { (line.receipt) }
    }
}

fn draw_cohort(page: &Page, terms: &Terms, cohort: Option<CohortId>) -> Markup {
    let room = terms.rooms.iter().find(|room| Some(room.cohort) == cohort);
    html! {
        @if let Some(room) = room {
            a class="govuk-link" href=(training::link(room.cohort)) { (room.number) }
            br; span class="govuk-hint" { (page.lang.date(room.starts_on)) }
        }
    }
}

/// What counts for somebody, in words.
fn draw_inputs(page: &Page, line: &Line) -> Markup {
    let weeks = page.lang.with("seats-weeks", &[("weeks", line.waited_weeks.into())]);
    let distance = match Distance::from_number(line.distance) {
        Some(Distance::SamePlace) => Some("seats-near"),
        Some(Distance::SameRegion) => Some("seats-in-region"),
        _ => None,
    };
    let mut words = vec![weeks];
    words.extend(line.priority.then(|| page.t("seats-priority")));
    words.extend(distance.map(|key| page.t(key)));
    html! { (words.join(" · ")) }
}

fn draw_settled(page: &Page, line: &Line) -> Markup {
    html! {
        @if let Some(day) = line.seated_on {
            (page.lang.with("seats-seated-on", &[("day", page.lang.date(day).into())]))
        } @else if let Some(passed) = line.passed_over() {
            (page.t(&format!("seats-passed-{}", passed.code())))
        } @else {
            (page.t("seats-proposed-one"))
        }
    }
}

/// The limit that kept somebody out.
fn reason(page: &Page, programme: &Programme, why: &Why) -> String {
    match why {
        Why::Seats => page.t("seats-why-seats"),
        Why::Most(group) => page.lang.with("seats-why-most", &[("group", group_name(page, programme, group).into())]),
        Why::Least(group) => page.lang.with("seats-why-least", &[("group", group_name(page, programme, group).into())]),
    }
}

/// What would have had to change.
fn change(page: &Page, programme: &Programme, why: &Why, room: Option<&Room>, needed: Option<i64>) -> String {
    let lang = page.lang;
    let number = room.map_or("", |room| room.number.as_str());
    let changed = match why {
        Why::Seats => lang.with("seats-change-seats", &[("cohort", number.into())]),
        Why::Most(group) => lang.with("seats-change-most", &[("group", group_name(page, programme, group).into())]),
        Why::Least(group) => lang.with("seats-change-least", &[("group", group_name(page, programme, group).into())]),
    };
    match needed {
        Some(needed) => lang.with("seats-change-or", &[("change", changed.into()), ("needed", lang.number(needed).into())]),
        None => changed,
    }
}
