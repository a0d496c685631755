//! `GET /cases/{case}/plans/{plan}`: a plan as it was handed in; its figures and its parts for other pages.

use super::{
    cash::Warning,
    link, link_of, rules,
    rules::Reckoned,
    store::{self, Comment, Line, Plan},
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
    case::{self, Stage, heading as case_heading},
    programme::{self, InForce, sheet},
};
use serde_json::json;
use values::{
    Money,
    id::{CaseId, PlanId},
};

pub(super) async fn get(State(app): State<App>, page: Page, Path((case, plan)): Path<(CaseId, PlanId)>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(&app)?, case).await?;
    let plan = store::find(&mut tx, plan).await?.filter(|plan| plan.case_id == case.0).ok_or(Fault::NotFound)?;
    let lines = store::lines(&mut tx, loaded.state.person, plan.id()).await?;
    let head = case_heading::draw(&mut tx, &page, &loaded).await?;
    let version = page.lang.with("business-plan-version", &[("version", plan.version.into())]);
    let view = json!({ "case": loaded.file, "plan": plan, "lines": lines, "answers": plan.sheet()? });
    let body = html! {
        (head)
        (heading(&page.t("business-plan-title"), &version))
        p class="govuk-body" { (state_words(&page, &plan)) }
        (draw_plan(&page, &programme, &plan, &lines)?)
    };
    page.show(&version, &view, body)
}

/// A plan without its author: figures, equipment, answers. For all who read it, those who judge it blind too.
pub fn draw_plan(page: &Page, programme: &InForce, plan: &Plan, lines: &[Line]) -> Result<Markup> {
    let sheet = plan.sheet()?;
    let day = plan.submitted_at.unwrap_or(plan.begun_at).date_naive();
    let frozen = plan.submitted_at.map(|_| plan.items_total);
    let reckoned = rules::reckon_at(programme, &sheet, day, frozen);
    let ceiling = programme.direction(&plan.direction).map_or(Money::default(), |direction| direction.ceiling);
    let item = |code: &str| {
        programme.item(code, day).map_or_else(|| code.to_owned(), |item| page.lang.sentence(item.name.text(page.lang)))
    };
    Ok(html! {
        (panel::panel(&page.t("business-plan-figures"), draw_reckoned(page, &reckoned, ceiling)))
        @if !lines.is_empty() { (panel::panel(&page.t("business-plan-equipment"), equipment(page, lines, &item))) }
        (panel::panel(&page.t("business-plan-answers"), sheet::shown(page, programme.plan_form(), &sheet, &item)))
    })
}

fn equipment(page: &Page, lines: &[Line], item: &dyn Fn(&str) -> String) -> Markup {
    let lang = page.lang;
    let rows = lines.iter().map(|line| {
        let amount = line.unit_price * i64::from(line.quantity);
        vec![
            html! { (item(&line.item)) },
            html! { (lang.number(line.quantity.into())) },
            html! { (lang.money(Money::from_qepik(line.unit_price))) },
            html! { (lang.money(Money::from_qepik(amount))) },
        ]
    });
    let table = Table::new(&page.lang, "plan-equipment", page.t("business-plan-equipment"))
        .quiet_caption()
        .column(Column::new(page.t("business-plan-item")))
        .column(Column::numeric(page.t("business-plan-quantity")))
        .column(Column::numeric(page.t("business-plan-price")))
        .column(Column::numeric(page.t("business-plan-amount")))
        .rows(rows);
    html! { (table) }
}

/// What a plan amounts to, and what to look at twice.
pub(super) fn draw_reckoned(page: &Page, reckoned: &Reckoned, ceiling: Money) -> Markup {
    let lang = page.lang;
    let sum = |qepik: i64| lang.money(Money::from_qepik(qepik));
    let figures = &reckoned.figures;
    let none = || page.t("business-plan-none");
    let rows = [
        SummaryRow::text(
            page.t("business-plan-items-total"),
            &lang.with(
                "business-plan-of-ceiling",
                &[("is", sum(reckoned.items_total).into()), ("ceiling", lang.money(ceiling).into())],
            ),
        ),
        SummaryRow::text(page.t("business-plan-own-contribution"), &sum(reckoned.own_contribution)),
        SummaryRow::text(page.t("business-plan-sales"), &sum(figures.sales)),
        SummaryRow::text(page.t("business-plan-costs"), &sum(figures.costs)),
        SummaryRow::text(page.t("business-plan-profit"), &sum(figures.profit)),
        SummaryRow::text(
            page.t("business-plan-margin"),
            &figures.margin.map_or_else(none, |margin| format!("{}\u{a0}%", lang.decimal(margin as f64 / 100.0, 1))),
        ),
        SummaryRow::text(page.t("business-plan-break-even"), &figures.break_even.map_or_else(none, sum)),
        SummaryRow::text(
            page.t("business-plan-payback"),
            &figures.payback_months.map_or_else(none, |months| lang.with("business-plan-months", &[("months", months.into())])),
        ),
    ];
    html! {
        (summary_list(&rows))
        @if !reckoned.warnings.is_empty() {
            ul class="govuk-list govuk-list--bullet" {
                @for warning in &reckoned.warnings { li { (tag(Tone::Attention, &page.t("business-plan-warning"))) " " (warning_words(page, *warning)) } }
            }
        }
    }
}

fn warning_words(page: &Page, warning: Warning) -> String {
    let sum = |qepik: i64| page.lang.money(Money::from_qepik(qepik));
    match warning {
        Warning::NoProfit => page.t("business-plan-warning-no-profit"),
        Warning::OutOfMoney { month } => page.lang.with("business-plan-warning-out-of-money", &[("month", month.into())]),
        Warning::DrawingsAboveProfit => page.t("business-plan-warning-drawings"),
        Warning::SalesDiffer { products, months } => page
            .lang
            .with("business-plan-warning-sales-differ", &[("products", sum(products).into()), ("months", sum(months).into())]),
        Warning::SlowPayback { months } => page.lang.with("business-plan-warning-slow", &[("months", months.into())]),
    }
}

/// What the trainer said, with days.
pub(super) fn draw_comments(page: &Page, comments: &[Comment]) -> Markup {
    html! {
        @for comment in comments {
            p class="govuk-body" { (page.lang.moment(comment.made_at)) ": " (comment.words) }
        }
    }
}

/// Links to the versions that were handed in.
pub(super) fn versions(page: &Page, plans: &[Plan]) -> Markup {
    let submitted: Vec<&Plan> = plans.iter().filter(|plan| plan.submitted_at.is_some()).collect();
    html! {
        @if !submitted.is_empty() {
            ul class="govuk-list" {
                @for plan in submitted {
                    li {
                        a class="govuk-link" href=(link_of(CaseId(plan.case_id), plan.id())) {
                            (page.lang.with("business-plan-version", &[("version", plan.version.into())]))
                        }
                        ": " (state_words(page, plan))
                    }
                }
            }
        }
    }
}

fn state_words(page: &Page, plan: &Plan) -> String {
    match plan.submitted_at {
        Some(at) => page.lang.with("business-plan-submitted", &[("day", page.lang.date(at.date_naive()).into())]),
        None => page.t("business-plan-draft"),
    }
}

/// The plan's part of a case's page.
pub(super) async fn panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case else { return Ok(None) };
    if !page.may(&super::READ) {
        return Ok(None);
    }
    let plans = store::of_case(tx, subject.person, case).await?;
    let stage = case::store::find(tx, case).await?.and_then(|file| Stage::from_number(file.stage));
    let writes = stage.is_some_and(|stage| rules::open(stage).is_ok());
    if plans.is_empty() && !writes {
        return Ok(None);
    }
    Ok(Some(html! {
        (versions(page, &plans))
        @if writes && page.may(&super::WRITE) { (button_link(&page.t("business-plan-write"), &link(case))) }
    }))
}
