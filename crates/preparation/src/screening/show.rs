//! `GET /cases/{case}/screening`: what was found at the place and what was decided; and its part of a case's page.

use super::{
    DECIDE, READ, link,
    rules::Answered,
    store::{self, Screened},
};
use anyhow::Result;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{SummaryRow, Table, Tone, button_link, panel, shell::heading, summary_list, table::Column, tag},
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::{
    case::{self, heading as case_heading},
    programme::{self, InForce, sheet},
};
use serde_json::json;
use sqlx::Row;
use values::id::{CaseId, PlanId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(&app)?, case).await?;
    let screened = match loaded.state.plan {
        Some(plan) => store::find(&mut tx, loaded.state.person, plan).await?,
        None => None,
    };
    let screened = screened.ok_or(Fault::NotFound)?;
    let answered = screened.answered()?;
    let head = case_heading::draw(&mut tx, &page, &loaded).await?;
    let may_decide = screened.decided_at.is_none() && page.may(&DECIDE);
    let body = html! {
        (head)
        (heading("", &page.t("screening-title")))
        (summary(&page, &programme, &screened))
        @if may_decide { (button_link(&page.t("screening-decide"), &format!("{}/decision", link(case)))) }
        (draw_answers(&page, &programme, &answered))
    };
    page.show(&page.t("screening-title"), &json!({ "case": loaded.file, "screening": screened, "answers": answered }), body)
}

fn summary(page: &Page, programme: &InForce, screened: &Screened) -> Markup {
    let mut rows = vec![SummaryRow::text(page.t("screening-filled-in"), &page.lang.moment(screened.screened_at))];
    match (&screened.rating, screened.decided_at) {
        (Some(rating), Some(at)) => {
            rows.push(SummaryRow::new(page.t("screening-rating"), rating_tag(page, programme, rating)));
            rows.push(SummaryRow::text(page.t("screening-decided"), &page.lang.moment(at)));
        }
        _ => rows.push(SummaryRow::text(page.t("screening-rating"), &page.t("screening-waits"))),
    }
    if let Some(day) = screened.management_plan_on {
        rows.push(SummaryRow::text(page.t("screening-management-signed"), &page.lang.date(day)));
    }
    if let Some(number) = &screened.no_objection {
        rows.push(SummaryRow::text(page.t("screening-no-objection"), number));
    }
    summary_list(&rows)
}

fn rating_tag(page: &Page, programme: &InForce, rating: &str) -> Markup {
    let name = programme.screening().ratings.iter().find(|name| name.code == *rating);
    let words = name.map_or_else(|| rating.to_owned(), |name| page.lang.sentence(name.name.text(page.lang)));
    let tone = match (programme.screening().stops(rating), rating) {
        (true, _) => Tone::Bad,
        (false, "LOW") => Tone::Good,
        (false, _) => Tone::Attention,
    };
    html! {
        (tag(tone, &words))
        @if let Some(name) = name { " " (name.follows.text(page.lang)) }
    }
}

/// The form, the checks and the management plan as answered.
pub(super) fn draw_answers(page: &Page, programme: &InForce, answered: &Answered) -> Markup {
    let screening = programme.screening();
    let prohibited: Vec<String> = screening
        .prohibited
        .iter()
        .filter(|p| answered.prohibited.contains(p.code.as_str()))
        .map(|p| page.lang.sentence(p.name.text(page.lang)))
        .collect();
    let rows = screening.checks.iter().filter_map(|check| {
        let answer = *answered.checks.get(check.code.as_str())?;
        let risk = answer == check.risk_when;
        Some(vec![
            html! { (check.question.text(page.lang)) },
            html! { (page.t(if answer { "programme-sheet-yes" } else { "programme-sheet-no" })) },
            html! { @if risk { (tag(Tone::Attention, &page.t("screening-risk"))) " " (check.measure.text(page.lang)) } },
        ])
    });
    let table = Table::new(&page.lang, "checks", page.t("screening-checks"))
        .quiet_caption()
        .column(Column::new(page.t("screening-check")))
        .column(Column::new(page.t("screening-answer")))
        .column(Column::new(page.t("screening-measure")))
        .rows(rows.collect::<Vec<_>>());
    let as_is = |code: &str| code.to_owned();
    html! {
        @if !prohibited.is_empty() {
            (panel::panel(&page.t("screening-prohibited"), html! { ul class="govuk-list govuk-list--bullet" { @for words in &prohibited { li { (words) } } } }))
        }
        (panel::panel(&page.t("screening-form"), sheet::shown(page, &screening.form, &answered.form, &as_is)))
        (panel::panel(&page.t("screening-checks"), html! { (table) }))
        @if answered.management != sheet::Sheet::default() {
            (panel::panel(&page.t("screening-management"), sheet::shown(page, &screening.management_plan, &answered.management, &as_is)))
        }
    }
}

const LATEST: &str = "
    select plan_id
    from screening
    where person_id = $1
    and case_id = $2
    order by screened_at desc
    limit 1";

/// The screening's part of a case's page.
pub(super) async fn panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case.filter(|_| page.may(&READ)) else { return Ok(None) };
    let found = sqlx::query(LATEST).bind(subject.person.0).bind(case.0).fetch_optional(tx.conn()).await?;
    let Some(plan) = found.map(|row| row.get("plan_id")) else { return Ok(None) };
    let Some(screened) = store::find(tx, subject.person, PlanId(plan)).await? else { return Ok(None) };
    let programme = programme::current(&page.app)?;
    Ok(Some(html! {
        (summary(page, &programme, &screened))
        p class="govuk-body" { a class="govuk-link" href=(link(case)) { (page.t("screening-open")) } }
    }))
}
