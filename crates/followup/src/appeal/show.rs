//! `GET /appeals/{appeal}`: an appeal with what became of it; and `GET /cases/{case}/appeals`: all of a case.

use super::{
    ADMIT, DECIDE, LODGE, case_link, letter, link,
    store::{self, Appeal},
};
use anyhow::Result;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect},
};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{SummaryRow, Tone, action::quiet_button_link, button_link, buttons, panel::panel, shell::heading, summary_list, tag},
    request::{Page, Wants},
    scope::Tx,
};
use registry::case::{self, AppealOutcome, heading as case_heading};
use serde_json::json;
use values::id::{AppealId, CaseId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<AppealId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let appeal = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let loaded = case::store::load(&mut tx, &*case::law(&app)?, appeal.case()).await?;
    let head = case_heading::draw(&mut tx, &page, &loaded).await?;
    let summary = summary(&mut tx, &page, &appeal).await?;
    let title = page.t("appeal-one");
    let body = html! {
        (head)
        (heading(&loaded.file.receipt, &title))
        (summary)
        (actions(&page, &appeal))
        p class="govuk-body" { a class="govuk-link" href=(case_link(appeal.case())) { (page.t("appeal-of-case")) } }
    };
    page.show(&title, &json!({ "appeal": appeal }), body)
}

/// The appeals of a case. Whoever came to decide is led to the one that waits, when it is the only one.
pub(super) async fn of_case(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(&app)?, case).await?;
    let appeals = store::of_case(&mut tx, loaded.state.person, case).await?;
    if let ([only], Wants::Html) = (appeals.as_slice(), page.wants)
        && only.outcome.is_none()
        && only.admitted_on.is_some()
        && page.may(&DECIDE)
    {
        return Ok(Redirect::to(&format!("{}/decision", link(only.id()))).into_response());
    }
    let head = case_heading::draw(&mut tx, &page, &loaded).await?;
    let mut parts = Vec::with_capacity(appeals.len());
    for appeal in &appeals {
        let words = kind_words(&page, appeal);
        let body = html! { (summary(&mut tx, &page, appeal).await?) (actions(&page, appeal)) };
        parts.push(panel(&format!("{words}, {}", page.lang.date(appeal.lodged_on)), body));
    }
    let title = page.t("appeal-of-case");
    let body = html! {
        (head)
        (heading(&loaded.file.receipt, &title))
        @if parts.is_empty() { p class="govuk-body" { (page.t("appeal-none")) } }
        @for part in &parts { (part) }
        @if page.may(&LODGE) { (quiet_button_link(&page.t("appeal-new"), &format!("{}/new", case_link(case)))) }
    };
    page.show(&title, &json!({ "case": loaded.file, "appeals": appeals }), body)
}

/// The decision appealed against, in words.
pub(super) fn kind_words(page: &Page, appeal: &Appeal) -> String {
    appeal.against().map(|kind| kind.message().text(page.lang)).unwrap_or_default()
}

/// What became of an appeal, or what it waits for, as a tag.
pub(super) fn state(page: &Page, appeal: &Appeal) -> Markup {
    match appeal.outcome() {
        Some(outcome) => {
            let tone = if outcome == AppealOutcome::Changed { Tone::Good } else { Tone::Neutral };
            tag(tone, &outcome.message().text(page.lang))
        }
        None if appeal.admitted_on.is_none() => tag(Tone::Attention, &page.t("appeal-state-late")),
        None if appeal.due_on < page.today => tag(Tone::Bad, &page.t("appeal-state-overdue")),
        None => tag(Tone::Info, &page.t("appeal-state-open")),
    }
}

/// An appeal in short.
pub(super) async fn summary(tx: &mut Tx, page: &Page, appeal: &Appeal) -> Result<Markup> {
    let lang = page.lang;
    let officers: Vec<uuid::Uuid> = [Some(appeal.lodged_by), appeal.decided_by].into_iter().flatten().collect();
    let names = crate::grievance::store::names(tx, &officers).await?;
    let name = |id| names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()).unwrap_or_default();
    let mut rows = vec![
        SummaryRow::text(page.t("appeal-against"), &kind_words(page, appeal)),
        SummaryRow::new(page.t("appeal-state"), state(page, appeal)),
        SummaryRow::text(page.t("appeal-told-on"), &lang.date(appeal.told_on)),
        SummaryRow::text(page.t("appeal-until"), &lang.date(appeal.appeal_until)),
        SummaryRow::text(page.t("appeal-lodged-on"), &format!("{}, {}", lang.date(appeal.lodged_on), name(appeal.lodged_by))),
        SummaryRow::text(page.t("appeal-grounds"), &appeal.grounds),
    ];
    let mut line = |key: &str, text: Option<&str>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            rows.push(SummaryRow::text(page.t(key), text));
        }
    };
    line("appeal-evidence", Some(&appeal.evidence));
    line("appeal-late-reason", appeal.late_reason.as_deref());
    line("appeal-admission-reason", appeal.admission_reason.as_deref());
    if appeal.outcome.is_none() && appeal.admitted_on.is_some() {
        line("appeal-due-on", Some(&lang.date(appeal.due_on)));
    }
    if let (Some(on), Some(by)) = (appeal.decided_on, appeal.decided_by) {
        line("appeal-decided-on", Some(&format!("{}, {}", lang.date(on), name(by))));
        line("appeal-reason", appeal.reason.as_deref());
    }
    Ok(summary_list(&rows))
}

/// What may be done with an appeal now, and the letter about it.
fn actions(page: &Page, appeal: &Appeal) -> Markup {
    let to = |noun: &str| format!("{}/{noun}", link(appeal.id()));
    let (open, admitted) = (appeal.outcome.is_none(), appeal.admitted_on.is_some());
    let on_merits = matches!(appeal.outcome(), Some(AppealOutcome::Upheld | AppealOutcome::Changed | AppealOutcome::SentBack));
    html! {
        (buttons(html! {
            @if open && !admitted && page.may(&ADMIT) { (button_link(&page.t("appeal-admission"), &to("admission"))) }
            @if open && admitted && page.may(&DECIDE) { (button_link(&page.t("appeal-decision"), &to("decision"))) }
            @if open && page.may(&LODGE) { (quiet_button_link(&page.t("appeal-withdrawal"), &to("withdrawal"))) }
        }))
        @if on_merits {
            p class="govuk-body" { a class="govuk-link" href=(letter::link(appeal.id())) { (page.t("appeal-letter")) } }
        }
    }
}
