//! What a case's page shows of eligibility and readiness.

use super::{readiness, store, verify};
use anyhow::{Context, Result};
use maud::{Markup, html};
use platform::{
    page::{SummaryRow, summary_list},
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::programme;

/// The decision with its appeal clock, the papers that are missing, the counsellor's advice.
pub(super) async fn draw(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let case = subject.case.context("a panel of a case without its case")?;
    let programme = programme::current(&page.app)?;
    let decision = store::latest(tx, subject.person, case).await?;
    let papers = store::open_papers(tx, subject.person, case).await?;
    let readiness = store::latest_readiness(tx, subject.person, case).await?;
    let link = html! {
        p class="govuk-body" { a class="govuk-link" href=(verify::link(case)) { (page.t("eligibility-open")) } }
    };
    Ok(Some(html! {
        @if let Some(decision) = &decision { (verify::draw_decision(page, case, decision)) }
        @if let Some(papers) = &papers { (super::papers::draw_open(page, &programme, case, papers)) }
        (link)
        @if let Some(readiness) = &readiness {
            (summary_list(&[
                SummaryRow::text(page.t("eligibility-readiness-advised"), &readiness::direction_words(page, &programme, &readiness.advised)),
                SummaryRow::text(page.t("eligibility-readiness-chosen"), &readiness::direction_words(page, &programme, &readiness.chosen)),
                SummaryRow::text(page.t("eligibility-readiness-score"), &page.lang.number(readiness.score.into())),
                SummaryRow::text(page.t("eligibility-readiness-counsellor"), &readiness.counsellor_name),
            ]))
        }
    }))
}
