//! `GET /cases/{case}/breach`: the breaches of a case with what may be done; and their part of a case's page.

use super::{
    EXPLAIN, NOTICE, READ, REMEDY, UPHOLD, link,
    store::{self, Breach, Names, Outcome},
};
use anyhow::Result;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    page::{SummaryRow, Tone, action::quiet_button_link, button_link, buttons, panel, shell::heading, summary_list, tag},
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::{
    case::{self, Kind, heading as case_heading},
    programme::{self, InForce},
};
use serde_json::json;
use values::id::CaseId;

pub(in crate::monitoring) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(&app)?, case).await?;
    let head = case_heading::draw(&mut tx, &page, &loaded).await?;
    let breaches = store::of_case(&mut tx, loaded.state.person, case).await?;
    let mut names = Vec::with_capacity(breaches.len());
    for breach in &breaches {
        names.push(store::names(&mut tx, breach).await?);
    }
    let open = breaches.iter().find(|breach| breach.outcome.is_none());
    let may_notice = open.is_none() && case::table::stages(Kind::BreachNoticed).has(loaded.state.stage);
    let body = html! {
        (head)
        (heading("", &page.t("monitoring-breach")))
        @if breaches.is_empty() { p class="govuk-body" { (page.t("monitoring-breach-none")) } }
        @for (breach, names) in breaches.iter().zip(&names) {
            (panel::panel(&page.lang.date(breach.noticed_on), summary(&page, &programme, breach, names)))
        }
        @if let Some(latest) = breaches.first() { (letters(&page, case, latest)) }
        (buttons(html! {
            @if let Some(open) = open { (actions(&page, case, open)) }
            @if may_notice && page.may(&NOTICE) {
                (button_link(&page.t("monitoring-breach-notice"), &format!("{}/notice", link(case))))
            }
        }))
    };
    page.show(&page.t("monitoring-breach"), &json!({ "case": loaded.file, "breaches": breaches, "names": names }), body)
}

/// The letters to the person about the latest breach.
fn letters(page: &Page, case: CaseId, latest: &Breach) -> Markup {
    let to = |noun: &str| format!("{}/{noun}.pdf?language={}", link(case), page.lang.code());
    html! {
        p class="govuk-body" { a class="govuk-link" href=(to("notice")) { (page.t("monitoring-breach-letter")) } }
        @if latest.outcome() == Some(Outcome::Upheld) {
            p class="govuk-body" { a class="govuk-link" href=(to("decision")) { (page.t("monitoring-breach-decision-letter")) } }
        }
    }
}

/// What may be done about an open breach: the one that the day asks for first.
fn actions(page: &Page, case: CaseId, open: &Breach) -> Markup {
    let to = |noun: &str| format!("{}/{noun}", link(case));
    let late = page.today > open.remedy_due;
    html! {
        @if page.may(&EXPLAIN) && open.explanation.is_none() {
            (button_link(&page.t("monitoring-breach-explain"), &to("explanation")))
        }
        @if page.may(&UPHOLD) && late { (button_link(&page.t("monitoring-breach-uphold"), &to("decision"))) }
        @if page.may(&REMEDY) { (quiet_button_link(&page.t("monitoring-breach-remedy"), &to("remedy"))) }
    }
}

/// A breach in short.
pub(super) fn summary(page: &Page, programme: &InForce, breach: &Breach, names: &Names) -> Markup {
    let lang = page.lang;
    let known = programme.reasons(super::LIST).find(|reason| reason.code == *breach.obligation);
    let obligation = known.map_or_else(|| breach.obligation.clone(), |reason| lang.sentence(reason.name.text(lang)));
    let mut rows = vec![
        SummaryRow::new(page.t("monitoring-breach-state"), state(page, breach)),
        SummaryRow::text(page.t("monitoring-breach-duty"), &obligation),
        SummaryRow::text(page.t("monitoring-breach-evidence"), &breach.evidence),
        SummaryRow::text(page.t("monitoring-breach-noticed"), &format!("{}, {}", lang.date(breach.noticed_on), names.noticed)),
        SummaryRow::text(page.t("monitoring-breach-remedy-due"), &lang.date(breach.remedy_due)),
    ];
    if let Some(explanation) = &breach.explanation {
        rows.push(SummaryRow::text(page.t("monitoring-breach-explanation"), explanation));
    }
    if let Some(heard_on) = breach.heard_on {
        rows.push(SummaryRow::text(page.t("monitoring-breach-heard"), &lang.date(heard_on)));
    }
    if let (Some(on), Some(finding)) = (breach.settled_on, &breach.finding) {
        let by = names.settled.as_deref().unwrap_or_default();
        rows.push(SummaryRow::text(page.t("monitoring-breach-settled"), &format!("{}, {by}", lang.date(on))));
        rows.push(SummaryRow::text(page.t("monitoring-breach-finding"), finding));
    }
    summary_list(&rows)
}

fn state(page: &Page, breach: &Breach) -> Markup {
    match breach.outcome() {
        Some(Outcome::Remedied) => tag(Tone::Good, &page.t("monitoring-breach-state-remedied")),
        Some(Outcome::Upheld) => tag(Tone::Bad, &page.t("monitoring-breach-state-upheld")),
        None => tag(Tone::Attention, &page.t("monitoring-breach-state-open")),
    }
}

/// The breaches' part of a case's page: the latest one, and the way to the rest.
pub(in crate::monitoring) async fn panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case.filter(|_| page.may(&READ)) else { return Ok(None) };
    let breaches = store::of_case(tx, subject.person, case).await?;
    let Some(file) = case::store::find(tx, case).await? else { return Ok(None) };
    let stage = case::Stage::from_number(file.stage);
    let may_notice = page.may(&NOTICE) && stage.is_some_and(|stage| case::table::stages(Kind::BreachNoticed).has(stage));
    let programme = programme::current(&page.app)?;
    let Some(latest) = breaches.first() else {
        let notice = html! { (quiet_button_link(&page.t("monitoring-breach-notice"), &format!("{}/notice", link(case)))) };
        return Ok(may_notice.then_some(notice));
    };
    let names = store::names(tx, latest).await?;
    Ok(Some(html! {
        (summary(page, &programme, latest, &names))
        p class="govuk-body" { a class="govuk-link" href=(link(case)) { (page.t("monitoring-breach-open")) } }
    }))
}
