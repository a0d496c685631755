//! The head of every page about a case: whose it is, its stage and what lies over it.

use super::{duty::Duty, stage::Stage, state::CaseState, store::Loaded};
use crate::people;
use anyhow::Result;
use maud::{Markup, html};
use platform::{
    page::{
        Tone,
        panel::{Identity, identity_bar},
        tag,
    },
    request::Page,
    scope::Tx,
};
use values::id::{CaseId, PersonId};

/// The page of a case.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}")
}

/// The identity bar of a case. Whoever may not see the person gets the receipt number in place of the name.
pub async fn draw(tx: &mut Tx, page: &Page, loaded: &Loaded) -> Result<Markup> {
    let (lang, state) = (page.lang, &loaded.state);
    let person = match page.may(&people::READ) {
        true => people::store::find(tx, state.person).await?,
        false => None,
    };
    let name = person.as_ref().map_or_else(|| loaded.file.receipt.clone(), |person| person.full_name());
    let mut facts = vec![(page.t("case-receipt"), html! { (loaded.file.receipt) })];
    if let Some(person) = &person {
        if let Some(born) = person.birth_date {
            facts.push((page.t("people-birth-date"), html! { (lang.date(born)) }));
        }
        facts.push((
            page.t("case-person"),
            html! { a class="govuk-link" href=(people::link(PersonId(person.person_id))) { (page.t("case-person-open")) } },
        ));
    }
    facts.push((page.t("case-stage-since"), html! { (lang.date(state.stage_since)) }));
    Ok(identity_bar(&Identity { name: &name, facts: &facts, tags: tags(page, state), actions: html! {} }))
}

fn tags(page: &Page, state: &CaseState) -> Markup {
    let words = |key: &str| page.t(key);
    html! {
        (tag(tone(state.stage), &state.stage.message().text(page.lang)))
        @if state.suspension.is_some() { (tag(Tone::Attention, &words("case-tag-suspended"))) }
        @if state.transfer.is_some() { (tag(Tone::Attention, &words("case-tag-transfer"))) }
        @if !state.appeals.is_empty() { (tag(Tone::Attention, &words("case-tag-appeal"))) }
        @if !state.holds.is_empty() { (tag(Tone::Bad, &words("case-tag-hold"))) }
    }
}

/// The tone of a stage.
pub(super) fn tone(stage: Stage) -> Tone {
    match stage {
        Stage::Owner | Stage::Operating | Stage::Equipped | Stage::Trained | Stage::Approved => Tone::Good,
        Stage::Ineligible | Stage::Refused | Stage::Failed | Stage::DroppedOut | Stage::PlanStopped => Tone::Bad,
        Stage::InBreach | Stage::Recovering => Tone::Bad,
        Stage::Closed | Stage::Recovered => Tone::Neutral,
        _ => Tone::Info,
    }
}

/// A duty in words.
pub fn duty_words(page: &Page, duty: Duty) -> String {
    duty.message().text(page.lang)
}
