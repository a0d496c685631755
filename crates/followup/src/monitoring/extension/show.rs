//! A longer term in short, and its part of a case's page.

use super::{
    DECIDE, PROPOSE, READ, link,
    store::{self, Extension},
};
use crate::monitoring::second;
use anyhow::Result;
use maud::{Markup, html};
use platform::{
    page::{SummaryRow, action::quiet_button_link, button_link, summary_list},
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::case::{self, Kind, Stage};

/// A longer term in short.
pub(super) fn summary(page: &Page, extension: &Extension) -> Markup {
    let lang = page.lang;
    let months = lang.with("monitoring-extension-by", &[("months", i64::from(extension.months).into())]);
    let mut rows = vec![
        SummaryRow::new(page.t("monitoring-second-state"), second::state(page, extension.approved)),
        SummaryRow::text(page.t("monitoring-extension-months"), &months),
        SummaryRow::text(page.t("monitoring-extension-reason"), &extension.reason),
        SummaryRow::text(page.t("monitoring-second-proposed"), &lang.moment(extension.proposed_at)),
    ];
    if let Some(at) = extension.decided_at {
        rows.push(SummaryRow::text(page.t("monitoring-second-decided"), &lang.moment(at)));
    }
    if let Some(note) = &extension.note {
        rows.push(SummaryRow::text(page.t("monitoring-second-note"), note));
    }
    summary_list(&rows)
}

/// The term's part of a case's page.
pub(in crate::monitoring) async fn panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case.filter(|_| page.may(&READ)) else { return Ok(None) };
    let latest = store::latest(tx, subject.person, case).await?;
    let Some(file) = case::store::find(tx, case).await? else { return Ok(None) };
    let stage = Stage::from_number(file.stage);
    let waits = latest.as_ref().is_some_and(|extension| extension.decided_at.is_none());
    let extendable = stage.is_some_and(|stage| case::table::stages(Kind::TermExtended).has(stage));
    let may_propose = extendable && !waits && page.may(&PROPOSE);
    if latest.is_none() && !may_propose {
        return Ok(None);
    }
    Ok(Some(html! {
        @if let Some(extension) = &latest { (summary(page, extension)) }
        @if waits && page.may(&DECIDE) {
            (button_link(&page.t("monitoring-extension-decide"), &format!("{}/decision", link(case))))
        }
        @if may_propose { (quiet_button_link(&page.t("monitoring-extension-propose"), &link(case))) }
    }))
}
