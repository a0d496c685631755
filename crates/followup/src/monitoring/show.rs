//! `GET /visits/{visit}`: a visit as it was made; and the visits' part of a case's page.

use super::{
    PLAN, READ, RECORD,
    against::{self, Planned},
    kind_words, link, plan_link, record_link,
    rules::{self, Found},
    store::{self, Visit},
};
use anyhow::Result;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{
        SummaryRow, Table, Tone, action::quiet_button_link, button_link, buttons, panel, shell::heading, summary_list,
        table::Column, tag,
    },
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::{
    case::{self, heading as case_heading},
    programme::{self, sheet},
};
use serde_json::json;
use values::{
    Money,
    id::{OfficerId, VisitId},
};

pub(super) async fn get(State(app): State<App>, page: Page, Path(visit): Path<VisitId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let visit = store::find(&mut tx, visit).await?.ok_or(Fault::NotFound)?;
    let loaded = case::store::load(&mut tx, &*case::law(&app)?, visit.case()).await?;
    let monitor = store::officer_name(&mut tx, OfficerId(visit.monitor_id)).await?;
    let head = case_heading::draw(&mut tx, &page, &loaded).await?;
    let planned = match visit.made_at {
        Some(at) => against::planned(&mut tx, &programme, &loaded.state, platform::clock::local(at).date()).await?,
        None => None,
    };
    let sheet = visit.sheet()?;
    let title = page.t("monitoring-visit");
    let as_is = |code: &str| code.to_owned();
    let body = html! {
        (head)
        (heading(&page.t("monitoring-panel"), &title))
        (summary(&page, &visit, &monitor, planned))
        @if visit.made_at.is_some() {
            (panel::panel(&page.t("monitoring-answers"), sheet::shown(&page, &programme.monitoring().form, &sheet, &as_is)))
        } @else if page.may(&RECORD) {
            (button_link(&page.t("monitoring-record"), &record_link(visit.case())))
        }
    };
    page.show(&title, &json!({ "case": loaded.file, "visit": visit, "answers": sheet, "planned": planned }), body)
}

fn summary(page: &Page, visit: &Visit, monitor: &str, planned: Option<Planned>) -> Markup {
    let lang = page.lang;
    let money = |qepik: Option<i64>| qepik.map_or_else(|| "–".to_owned(), |qepik| lang.money(Money::from_qepik(qepik)));
    let mut rows = vec![
        SummaryRow::text(page.t("monitoring-kind"), &kind_words(page, visit.kind())),
        SummaryRow::text(page.t("monitoring-due"), &lang.date(visit.due_on)),
        SummaryRow::text(page.t("monitoring-monitor"), monitor),
    ];
    if let (Some(at), Some(found)) = (visit.made_at, visit.found()) {
        rows.push(SummaryRow::text(page.t("monitoring-made"), &lang.moment(at)));
        rows.push(SummaryRow::new(page.t("monitoring-status"), found_tag(page, found)));
        rows.push(SummaryRow::text(page.t("monitoring-sales"), &money(visit.sales)));
        rows.push(SummaryRow::text(page.t("monitoring-costs"), &money(visit.costs)));
        if let (Some(planned), Some(sales)) = (planned, visit.sales) {
            rows.push(SummaryRow::new(page.t("monitoring-against"), against_plan(page, planned, sales)));
        }
    }
    summary_list(&rows)
}

/// Sales beside what the plan said of the month.
fn against_plan(page: &Page, planned: Planned, sales: i64) -> Markup {
    /// Per cent of the plan under which sales need a word with the person.
    const FAR_BELOW: i64 = 50;
    let share = against::share(planned, sales);
    let words = page.lang.with(
        "monitoring-against-words",
        &[
            ("share", share.into()),
            ("sales", page.lang.money(Money::from_qepik(planned.sales)).into()),
            ("month", planned.month.into()),
        ],
    );
    html! {
        (words)
        @if share < FAR_BELOW { " " (tag(Tone::Attention, &page.t("monitoring-against-low"))) }
    }
}

/// How the business was found, as a tag.
pub(super) fn found_tag(page: &Page, found: Found) -> Markup {
    let tone = match found {
        Found::Operating => Tone::Good,
        Found::Paused | Found::NotStarted | Found::Unreachable => Tone::Attention,
        Found::Ended | Found::Deceased => Tone::Bad,
    };
    tag(tone, &page.t(&format!("monitoring-found-{}", found.code().replace('_', "-"))))
}

/// A visit's state: how the business was found, or by when the visit is due.
pub(super) fn state_tag(page: &Page, visit: &Visit) -> Markup {
    match visit.found() {
        Some(found) => found_tag(page, found),
        None if visit.due_on < page.today => tag(Tone::Bad, &page.t("monitoring-overdue")),
        None => tag(Tone::Info, &page.t("monitoring-planned")),
    }
}

/// The visits' part of a case's page: the latest few, and what may be done.
pub(super) async fn panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    /// Visits shown.
    const FEW: usize = 8;
    let Some(case) = subject.case.filter(|_| page.may(&READ)) else { return Ok(None) };
    let visits = store::of_case(tx, subject.person, case).await?;
    let Ok(loaded) = case::store::load(tx, &*case::law(&page.app)?, case).await else { return Ok(None) };
    let open = rules::may_visit(&rules::Standing::of(&loaded.state)).is_ok();
    if visits.is_empty() && !open {
        return Ok(None);
    }
    let rows = visits.iter().take(FEW).map(|visit| {
        let day =
            visit.made_at.map_or_else(|| page.lang.date(visit.due_on), |at| page.lang.date(platform::clock::local(at).date()));
        let sales = visit.sales.map_or_else(|| "–".to_owned(), |qepik| page.lang.money(Money::from_qepik(qepik)));
        vec![
            html! { a class="govuk-link" href=(link(visit.id())) { (day) } },
            html! { (kind_words(page, visit.kind())) @if visit.is_final { ", " (page.t("monitoring-final-short")) } },
            state_tag(page, visit),
            html! { (sales) },
        ]
    });
    let table = Table::new(&page.lang, "visits", page.t("monitoring-panel"))
        .quiet_caption()
        .column(Column::new(page.t("monitoring-day")))
        .column(Column::new(page.t("monitoring-kind")))
        .column(Column::new(page.t("monitoring-status")))
        .column(Column::numeric(page.t("monitoring-sales")))
        .rows(rows);
    Ok(Some(html! {
        @if visits.is_empty() { p class="govuk-body" { (page.t("monitoring-none")) } } @else { (table) }
        @if open {
            (buttons(html! {
                @if page.may(&RECORD) { (button_link(&page.t("monitoring-record"), &record_link(case))) }
                @if page.may(&PLAN) { (quiet_button_link(&page.t("monitoring-plan"), &plan_link(case))) }
            }))
        }
    }))
}
