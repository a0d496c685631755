//! All that has happened to a case, the newest first: when, by whom, what it says, and why.

use super::{
    Event, Facts,
    acts::{CORRECT, correction},
    kind::Kind,
};
use anyhow::{Context, Result};
use maud::{Markup, html};
use platform::{
    page::{
        Tone,
        timeline::{Moment, timeline},
    },
    request::Page,
    scope::Tx,
};
use std::collections::HashMap;
use uuid::Uuid;
use values::id::CaseId;

const OFFICERS: &str = "
    select officer_id, name
    from officer
    where officer_id = any ($1)";

const OFFICES: &str = "
    select office, name_az, name_en, name_ru
    from office
    where office = any ($1)";

/// The timeline of these events, given in the order of folding.
pub(super) async fn draw(tx: &mut Tx, page: &Page, case: CaseId, events: &[Event]) -> Result<Markup> {
    let ids: Vec<Uuid> = events.iter().map(|event| event.officer.0).collect();
    let officers: Vec<(Uuid, String)> =
        sqlx::query_as(OFFICERS).bind(ids).fetch_all(tx.conn()).await.context("finding who acted")?;
    let officers: HashMap<Uuid, String> = officers.into_iter().collect();
    let ids: Vec<i32> = events.iter().map(|event| event.office.0).collect();
    let offices: Vec<(i32, String, String, String)> =
        sqlx::query_as(OFFICES).bind(ids).fetch_all(tx.conn()).await.context("finding where they acted")?;
    let offices: HashMap<i32, String> =
        offices.into_iter().map(|(id, az, en, ru)| (id, page.lang.pick(&az, &en, &ru).to_owned())).collect();
    let voided = voided(events);
    let moments: Vec<Moment> = events
        .iter()
        .rev()
        .map(|event| Moment {
            title: event.kind().message().text(page.lang),
            when: page.lang.date(event.effective_on),
            machine_when: event.effective_on.to_string(),
            who: [
                officers.get(&event.officer.0).cloned().unwrap_or_else(|| page.t("case-by-program")),
                page.t(&format!("role-{}", event.role.code().replace('_', "-"))),
                offices.get(&event.office.0).cloned().unwrap_or_default(),
            ]
            .join(", "),
            body: body(page, case, event, voided.contains(&event.entry.0)),
            tone: tone(event.kind()),
        })
        .collect();
    Ok(timeline(&moments))
}

fn body(page: &Page, case: CaseId, event: &Event, is_voided: bool) -> Markup {
    let correctable = correction::may_be_voided(event.kind()) || correction::may_be_redated(event.kind());
    html! {
        @if is_voided { p class="govuk-body-s" { (page.t("case-corrected-later")) } }
        @if let Some(reason) = &event.reason { p class="govuk-body" { (reason) } }
        p class="govuk-body-s" { (page.lang.with("case-recorded", &[("moment", page.lang.moment(event.recorded_at).into())])) }
        @if correctable && page.may(&CORRECT) {
            a class="govuk-link govuk-body-s" href=(correction::link(case, event.entry)) {
                (page.t("case-correction-link"))
                span class="govuk-visually-hidden" { ": " (event.kind().message().text(page.lang)) ", " (page.lang.date(event.effective_on)) }
            }
        }
    }
}

/// Entries that a later correction voids or replaces; both stay to be read.
fn voided(events: &[Event]) -> Vec<Uuid> {
    events
        .iter()
        .filter_map(|event| match &event.facts {
            Facts::Corrected { entry, .. } => Some(entry.0),
            _ => None,
        })
        .collect()
}

fn tone(kind: Kind) -> Tone {
    match kind {
        Kind::EligibilityRefused | Kind::CommissionRefused | Kind::TrainingFailed | Kind::PlanStopped | Kind::BreachNoticed => {
            Tone::Bad
        }
        Kind::AwardRefused => Tone::Bad,
        Kind::EligibilityConfirmed | Kind::TrainingCompleted | Kind::CommissionApproved | Kind::HandoverCompleted => Tone::Good,
        Kind::OwnershipTransferred | Kind::AwardDelivered => Tone::Good,
        Kind::Corrected | Kind::AppealLodged | Kind::HoldPlaced | Kind::Suspended => Tone::Attention,
        _ => Tone::Neutral,
    }
}
