//! The passing of the title in short, and its part of a case's page.

use super::{
    DECIDE, PROPOSE, READ, act_link, link,
    rules::{may_propose, points},
    store::{self, Ownership},
};
use crate::monitoring::{link as visit_link, second, store as visits};
use anyhow::Result;
use maud::{Markup, html};
use platform::{
    page::{SummaryRow, action::quiet_button_link, button_link, buttons, summary_list},
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::{
    case::{self, Kind, Stage},
    programme,
};
use values::id::VisitId;

/// A proposal in short.
pub(super) fn summary(page: &Page, proposal: &Ownership) -> Markup {
    let lang = page.lang;
    let visit =
        html! { a class="govuk-link" href=(visit_link(VisitId(proposal.visit_id))) { (page.t("monitoring-ownership-visit")) } };
    let mut rows = vec![
        SummaryRow::new(page.t("monitoring-second-state"), second::state(page, proposal.approved)),
        SummaryRow::text(page.t("monitoring-ownership-finding"), &proposal.finding),
        SummaryRow::new(page.t("monitoring-final"), visit),
        SummaryRow::text(page.t("monitoring-second-proposed"), &lang.moment(proposal.proposed_at)),
        SummaryRow::text(page.t("monitoring-ownership-proposer"), &proposal.proposer),
    ];
    if let Some(at) = proposal.decided_at {
        rows.push(SummaryRow::text(page.t("monitoring-second-decided"), &lang.moment(at)));
    }
    if let Some(approver) = &proposal.approver {
        rows.push(SummaryRow::text(page.t("monitoring-ownership-approver"), approver));
    }
    if let Some(note) = &proposal.note {
        rows.push(SummaryRow::text(page.t("monitoring-second-note"), note));
    }
    summary_list(&rows)
}

/// The title's part of a case's page.
pub(in crate::monitoring) async fn panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case.filter(|_| page.may(&READ)) else { return Ok(None) };
    let latest = store::latest(tx, subject.person, case).await?;
    let Some(file) = case::store::find(tx, case).await? else { return Ok(None) };
    let at_stage = Stage::from_number(file.stage).is_some_and(|stage| case::table::stages(Kind::OwnershipTransferred).has(stage));
    let waits = latest.as_ref().is_some_and(|proposal| proposal.decided_at.is_none());
    let mut may = false;
    if at_stage
        && !waits
        && page.may(&PROPOSE)
        && let Ok(loaded) = case::store::load(tx, &*case::law(&page.app)?, case).await
    {
        let visits = visits::of_case(tx, subject.person, case).await?;
        let programme = programme::current(&page.app)?;
        may = may_propose(&loaded.state, &points(&loaded.state, &visits, page.today, &programme)).is_ok();
    }
    if latest.is_none() && !may {
        return Ok(None);
    }
    let approved = latest.as_ref().is_some_and(|proposal| proposal.approved == Some(true));
    Ok(Some(html! {
        @if let Some(proposal) = &latest { (summary(page, proposal)) }
        (buttons(html! {
            @if waits && page.may(&DECIDE) { (button_link(&page.t("monitoring-ownership-decide"), &format!("{}/decision", link(case)))) }
            @if may { (button_link(&page.t("monitoring-ownership-propose"), &link(case))) }
            @if approved { (quiet_button_link(&page.t("monitoring-ownership-act"), &act_link(case))) }
        }))
    }))
}
