//! `GET /results/{code}/cases`: the cases behind a number, within scope.

use super::{
    compute::{behind, cut_codes},
    page::{Asked, label, name},
    store,
};
use anyhow::{Context, Result};
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use maud::html;
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{Table, shell::heading, table::Column},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, READ as READ_CASE, heading as case_heading},
    programme,
};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;
use values::id::CaseId;

/// Cases on one page.
const PAGE: usize = 100;

#[derive(Deserialize)]
pub(super) struct Cut {
    #[serde(default)]
    sex: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    direction: String,
    #[serde(default)]
    page: usize,
    #[serde(default)]
    as_of: String,
    #[serde(default)]
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

pub(super) async fn get(State(app): State<App>, page: Page, Path(code): Path<String>, Query(cut): Query<Cut>) -> Answer {
    let known = Asked { as_of: cut.as_of.clone(), known_on: cut.known_on.clone() }.known(&page)?;
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let subjects = store::subjects(&mut tx, &*case::law(&app)?, known).await?;
    let asked = store::asked(&programme.programme, known.as_of);
    let counted = behind(&code, &subjects, &asked).ok_or(Fault::NotFound)?;
    let wished = [&cut.sex, &cut.group, &cut.region, &cut.direction];
    let lines: Vec<Line> = counted
        .into_iter()
        .filter_map(|(subject, on)| {
            let codes = cut_codes(&code, subject, on);
            let fits = wished.iter().zip(&codes).all(|(wished, codes)| wished.is_empty() || codes.contains(wished));
            let [_, _, region, direction] = codes;
            let first = |list: Vec<String>| list.into_iter().next().unwrap_or_default();
            fits.then(|| Line {
                case: subject.case.map_or(Uuid::nil(), |case| case.0),
                receipt: String::new(),
                on,
                region: first(region),
                direction: first(direction),
            })
        })
        .collect();
    let count = lines.len();
    let shown = receipts(&mut tx, lines.into_iter().skip(cut.page.saturating_mul(PAGE)).take(PAGE).collect()).await?;
    let title = name(&page, &programme, &code);
    let may_open = page.may(&READ_CASE);
    let rows = shown.iter().map(|line| {
        vec![
            html! { @if may_open { a class="govuk-link" href=(case_heading::link(CaseId(line.case))) { (line.receipt) } } @else { (line.receipt) } },
            html! { (page.lang.date(line.on)) },
            html! { (label(&page, &programme, "region", &line.region)) },
            html! { (label(&page, &programme, "direction", &line.direction)) },
        ]
    });
    let body = html! {
        (heading(&page.t("results-cases"), &title))
        p class="govuk-body" { (page.lang.with("results-cases-count", &[("count", count.into()), ("shown", page.lang.number(i64::try_from(count)?).into())])) }
        (Table::new(&page.lang, "cases", page.t("results-cases"))
            .quiet_caption()
            .column(Column::new(page.t("case-receipt")))
            .column(Column::new(page.t("results-counted-on")))
            .column(Column::new(page.t("results-cut-region")))
            .column(Column::new(page.t("results-cut-direction")))
            .rows(rows))
    };
    page.show(&title, &serde_json::json!({ "code": code, "count": count, "cases": shown }), body)
}

async fn receipts(tx: &mut Tx, mut lines: Vec<Line>) -> Result<Vec<Line>> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.case).collect();
    let rows: Vec<Receipt> = sqlx::query_as(RECEIPTS).bind(ids).fetch_all(tx.conn()).await.context("finding receipt numbers")?;
    let known: HashMap<Uuid, String> = rows.into_iter().map(|row| (row.case_id, row.receipt)).collect();
    for line in &mut lines {
        line.receipt = known.get(&line.case).cloned().unwrap_or_default();
    }
    Ok(lines)
}
