//! `GET /results/{code}/cases`: the cases behind a number, within scope.

use super::{
    Cache, answers,
    apart::apart,
    compute::{Behind, behind, brings_amounts, cut_codes},
    gathered,
    page::{Asked, label, name, transactions, words},
    store, visits,
};
use anyhow::{Context, Result};
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    draw::encode,
    page::{Pagination, Table, pagination, shell::heading, table::Column},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, READ as READ_CASE, heading as case_heading},
    programme::{self, InForce},
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;
use values::id::CaseId;

/// Cases on one page.
const PAGE: usize = 100;

/// Which of the cases are asked for: a part of the indicator, and a value of each dimension; empty for all.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Cut {
    part: String,
    sex: String,
    group: String,
    region: String,
    direction: String,
    supplier: String,
    /// Counted from 1.
    page: usize,
    as_of: String,
    known_on: String,
}

#[derive(Serialize)]
struct Line {
    case: Uuid,
    receipt: String,
    /// The day that counts.
    on: NaiveDate,
    region: String,
    direction: String,
    /// What the case brings to the numerator.
    brings: i64,
}

#[derive(Serialize)]
struct View {
    code: String,
    count: usize,
    cases: Vec<Line>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(code): Path<String>, Query(cut): Query<Cut>) -> Answer {
    let known = Asked { as_of: cut.as_of.clone(), known_on: cut.known_on.clone() }.known(&page)?;
    let programme = programme::current(&app)?;
    // Held until the cases are let go of.
    let cache = app.held::<Cache>().context("the program runs without a place for reports")?;
    let _alone = cache.computing().await;
    let [mut all, beside] = transactions(&app, &page).await?;
    let asked = store::asked(&programme.programme, known.as_of);
    let law = case::law(&app)?;
    let lines = apart(async || {
        let readers = store::Readers { tx: &mut all, beside: Some(beside) };
        let subjects = store::subjects(readers, &programme.programme, &law, known).await?;
        let counted = match code.as_str() {
            answers::RATE if cut.part == "denominator" => behind(answers::EQUIPPED, "", &subjects, &asked),
            answers::ON_TIME | answers::RATE => {
                let known_on = known.known_on.unwrap_or(page.today);
                let grievances = gathered::grievances(&mut all, &programme.programme, known_on).await?;
                answers::behind(&code, &cut.part, &subjects, &grievances, &asked)
            }
            code => behind(code, &cut.part, &subjects, &asked),
        };
        Ok(counted.map(|counted| counted.iter().filter_map(|one| line(&code, &cut, one, &asked)).collect::<Vec<_>>()))
    });
    let lines = lines.await?.map_err(Fault::Broken)?.ok_or(Fault::NotFound)?;
    drop(all);
    let mut tx = app.read(&page).await?;
    let count = lines.len();
    let skip = cut.page.saturating_sub(1).saturating_mul(PAGE);
    let cases = receipts(&mut tx, lines.into_iter().skip(skip).take(PAGE).collect()).await?;
    let view = View { code, count, cases };
    page.show(&name(&page, &programme, &view.code), &view, draw(&page, &programme, &cut, &view)?)
}

/// A case's line, if it belongs to what is asked for.
fn line(code: &str, cut: &Cut, one: &Behind<'_>, asked: &super::compute::Asked) -> Option<Line> {
    let codes = cut_codes(code, one.subject, one.day);
    let wished = [&cut.sex, &cut.group, &cut.region, &cut.direction];
    let fits = wished.iter().zip(&codes).enumerate().all(|(dimension, (wished, codes))| {
        // The sex in a cut of jobs is that of the workers.
        let is_workers = dimension == 0 && code == visits::JOBS;
        wished.is_empty() || if is_workers { employs(one, wished, asked) } else { codes.contains(&wished.as_str()) }
    });
    let supplied = cut.supplier.is_empty() || one.subject.pieces.iter().any(|pieces| *pieces.supplier == *cut.supplier);
    let [_, _, region, direction] = codes;
    (fits && supplied).then(|| Line {
        case: one.subject.case.map_or(Uuid::nil(), |case| case.0),
        receipt: String::new(),
        on: one.day,
        region: region.concat(),
        direction: direction.concat(),
        brings: one.brings,
    })
}

fn employs(one: &Behind<'_>, sex: &str, asked: &super::compute::Asked) -> bool {
    visits::workers(one.subject, asked).is_some_and(|(visit, _)| if sex == "F" { visit.women > 0 } else { visit.men > 0 })
}

fn draw(page: &Page, programme: &InForce, cut: &Cut, view: &View) -> Result<Markup> {
    let may_open = page.may(&READ_CASE);
    let has_amounts = brings_amounts(&view.code);
    let unit = programme.indicator(&view.code).map_or("", |indicator| match store::unit(indicator.unit) {
        "percent" => "",
        unit => unit,
    });
    let rows = view.cases.iter().map(|line| {
        let receipt = match may_open {
            true => html! { a class="govuk-link" href=(case_heading::link(CaseId(line.case))) { (line.receipt) } },
            false => html! { (line.receipt) },
        };
        let mut cells = vec![
            receipt,
            html! { (page.lang.date(line.on)) },
            html! { (label(page, programme, "region", &line.region)) },
            html! { (label(page, programme, "direction", &line.direction)) },
        ];
        if has_amounts {
            cells.push(html! { (words(page, unit, Some(super::report::Number::Whole(line.brings)))) });
        }
        cells
    });
    let mut table = Table::new(&page.lang, "cases", page.t("results-cases"))
        .quiet_caption()
        .column(Column::new(page.t("case-receipt")))
        .column(Column::new(page.t("results-counted-on")))
        .column(Column::new(page.t("results-cut-region")))
        .column(Column::new(page.t("results-cut-direction")));
    if has_amounts {
        table = table.column(Column::numeric(page.t("results-brings")));
    }
    let shown = page.lang.number(i64::try_from(view.count)?);
    let last = u32::try_from(view.count.div_ceil(PAGE).max(1))?;
    let at = Pagination { current: u32::try_from(cut.page.max(1))?.min(last), last };
    Ok(html! {
        (heading(&page.t("results-cases"), &name(page, programme, &view.code)))
        p class="govuk-body" { (page.lang.with("results-cases-count", &[("count", view.count.into()), ("shown", shown.into())])) }
        @if matches!(view.code.as_str(), answers::ON_TIME | answers::RATE) {
            p class="govuk-body" { (page.t("results-without-case")) " " a class="govuk-link" href="/grievances" { (page.t("results-all-grievances")) } }
        }
        (table.rows(rows))
        (pagination(&page.lang, at, |number| address(&view.code, cut, number)))
    })
}

/// The address of a page of the same cases.
fn address(code: &str, cut: &Cut, number: u32) -> String {
    let kept = [
        ("part", &cut.part),
        ("sex", &cut.sex),
        ("group", &cut.group),
        ("region", &cut.region),
        ("direction", &cut.direction),
        ("supplier", &cut.supplier),
        ("as_of", &cut.as_of),
        ("known_on", &cut.known_on),
    ];
    let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
    let query: String = kept.map(|(name, value)| format!("{name}={}&", encode(value))).collect();
    format!("/results/{code}/cases?{query}page={number}")
}

#[derive(FromRow)]
struct Receipt {
    case_id: Uuid,
    receipt: String,
}

const RECEIPTS: &str = "
    select case_id, receipt
    from case_file
    where case_id = any ($1)";

async fn receipts(tx: &mut Tx, mut lines: Vec<Line>) -> Result<Vec<Line>> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.case).collect();
    let rows: Vec<Receipt> = sqlx::query_as(RECEIPTS).bind(ids).fetch_all(tx.conn()).await.context("finding receipt numbers")?;
    let mut known: HashMap<Uuid, String> = rows.into_iter().map(|row| (row.case_id, row.receipt)).collect();
    for line in &mut lines {
        line.receipt = known.remove(&line.case).unwrap_or_default();
    }
    Ok(lines)
}
