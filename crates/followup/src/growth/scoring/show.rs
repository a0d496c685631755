//! The scores of an application as those see them who may: sealed ones only, once all are in.

use super::store;
use crate::{
    growth::{state::State as Stage, store::Award},
    monitoring::store::officer_name,
};
use anyhow::Result;
use maud::{Markup, html};
use platform::{
    page::{Column, Table},
    request::Page,
    role::{Permission, Role},
    scope::Tx,
};
use values::id::OfficerId;

/// Who sees sealed scores with the names of their evaluators.
const READ: Permission = Permission::new("awards.scores", &[Role::Secretary, Role::Manager, Role::Auditor]);

/// The mean and, for those who may, each score with its reasons; nothing before all are sealed.
pub(in crate::growth) async fn scores(tx: &mut Tx, page: &Page, award: &Award) -> Result<Option<Markup>> {
    let Some(mean) = award.mean_tenths.filter(|_| award.state() >= Stage::Scored) else { return Ok(None) };
    let words = page.lang.with("growth-mean-is", &[("mean", page.lang.decimal(f64::from(mean) / 10.0, 1).into())]);
    if !page.may(&READ) {
        return Ok(Some(html! { p class="govuk-body" { (words) } }));
    }
    let mut rows = Vec::new();
    for score in store::of_award(tx, award).await? {
        let name = officer_name(tx, OfficerId(score.officer_id)).await?;
        let reasons: Vec<String> = score
            .marks()?
            .into_values()
            .filter(|marked| !marked.reason.is_empty())
            .filter_map(|marked| Some(format!("{}: {}", marked.mark?, marked.reason)))
            .collect();
        rows.push(vec![
            html! { (name) },
            html! { (score.points.map_or_else(|| "–".to_owned(), |points| points.to_string())) },
            html! { @for reason in &reasons { (reason) br; } },
        ]);
    }
    let table = Table::new(&page.lang, "scores", page.t("growth-scores"))
        .quiet_caption()
        .column(Column::new(page.t("growth-evaluator")))
        .column(Column::numeric(page.t("growth-points")))
        .column(Column::new(page.t("growth-reason")))
        .rows(rows);
    Ok(Some(html! { p class="govuk-body" { (words) } (table) }))
}
