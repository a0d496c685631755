//! What a case would be with a correction, beside what it is, before anything is recorded.

use crate::case::{CaseState, Event, Happening, Kind, Law, Loaded, Refusal, correction, fold, store as cases};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    page::{
        SummaryRow,
        summary::{Changed, changes},
        summary_list,
    },
    request::Page,
    scope::Tx,
};

/// The state that a case would have with a correction, or why that can't be.
pub fn foresee(tx: &Tx, law: &Law, loaded: &Loaded, happening: &Happening) -> Result<CaseState, Refusal> {
    let event = cases::event_of(tx, loaded.state.person, loaded.state.case, happening.clone());
    let terms = law.terms_on(loaded.file.opened_on);
    fold::admit(&loaded.events, &event, terms)
}

/// The entry as it was recorded: of what, for which day, by whom, why.
pub async fn told(tx: &mut Tx, page: &Page, loaded: &Loaded, event: &Event) -> Result<Markup> {
    let lang = page.lang;
    let by = named(tx, event).await?;
    let by = if by.is_empty() { page.t("case-by-program") } else { by };
    let mut rows = vec![
        SummaryRow::text(page.t("case-correction-entry"), &event.kind().message().text(lang)),
        SummaryRow::text(page.t("case-action-on"), &lang.date(event.effective_on)),
        SummaryRow::text(page.t("case-correction-recorded"), &format!("{}, {by}", lang.moment(event.recorded_at))),
    ];
    rows.extend(event.reason.as_ref().map(|reason| SummaryRow::text(page.t("case-reason"), reason)));
    if loaded.events.iter().any(|other| correction::target(other) == Some(event.entry)) {
        rows.push(SummaryRow::text(page.t("case-correction-before"), &page.t("case-corrected-later")));
    }
    Ok(summary_list(&rows))
}

const NAME: &str = "
    select name
    from officer
    where officer_id = $1";

async fn named(tx: &mut Tx, event: &Event) -> Result<String> {
    let found: Option<(String,)> =
        sqlx::query_as(NAME).bind(event.officer.0).fetch_optional(tx.conn()).await.context("finding who recorded an entry")?;
    Ok(found.map(|(name,)| name).unwrap_or_default())
}

/// Stage, dates and overlays that come out otherwise.
pub fn differences(page: &Page, before: &CaseState, after: &CaseState) -> Markup {
    let lang = page.lang;
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "—".to_owned(), |day| lang.date(day));
    let mut rows = vec![(page.t("case-list-stage"), before.stage.message().text(lang), after.stage.message().text(lang))];
    rows.push((page.t("case-stage-since"), day(Some(before.stage_since)), day(Some(after.stage_since))));
    for (kind, of) in DATES {
        rows.push((kind.message().text(lang), day(of(before)), day(of(after))));
    }
    rows.push((
        page.t("case-suspension-until"),
        day(before.suspension.map(|rest| rest.until)),
        day(after.suspension.map(|rest| rest.until)),
    ));
    rows.push((page.t("case-list-direction"), before.direction.to_string(), after.direction.to_string()));
    let differs = rows.into_iter().filter(|(_, before, after)| before != after);
    let list: Vec<Changed> = differs.map(|(name, before, after)| Changed { name, before, after }).collect();
    html! {
        @if list.is_empty() { p class="govuk-body" { (page.t("case-correction-same")) } }
        @else { (changes(&page.lang, &page.t("case-correction-differences"), &list)) }
    }
}

type DateOf = fn(&CaseState) -> Option<NaiveDate>;

/// The dates that results are counted from, each named by its event.
const DATES: [(Kind, DateOf); 14] = [
    (Kind::EligibilityConfirmed, |state| state.milestones.eligible_on),
    (Kind::RankingApproved, |state| state.milestones.selected_on),
    (Kind::OfferAccepted, |state| state.milestones.accepted_on),
    (Kind::TrainingStarted, |state| state.milestones.training_started_on),
    (Kind::TrainingCompleted, |state| state.milestones.trained_on),
    (Kind::PlanSubmitted, |state| state.milestones.plan_submitted_on),
    (Kind::CommissionApproved, |state| state.milestones.approved_on),
    (Kind::ContractSigned, |state| state.milestones.contracted_on),
    (Kind::HandoverCompleted, |state| state.milestones.received_on),
    (Kind::BusinessStarted, |state| state.milestones.started_on),
    (Kind::BusinessEnded, |state| state.milestones.ended_on),
    (Kind::Withdrawn, |state| state.milestones.withdrawn_on),
    (Kind::Deceased, |state| state.milestones.deceased_on),
    (Kind::CaseClosed, |state| state.milestones.closed_on),
];
