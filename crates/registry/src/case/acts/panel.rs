//! The acts that the machine would admit today and whoever looks may do, as links on the case's page.

use super::{ACTIONS, APPROVE_CLOSING, CLOSE, RECORD, TRANSFER, assistance, closing, transfer};
use crate::{
    case::{Kind, Law, Loaded, Stage, action::Asked, closing::assets_are_out, guard},
    programme::Programme,
};
use anyhow::Result;
use maud::{Markup, html};
use platform::{
    page::{Tone, action::quiet_button_link, buttons, tag},
    request::Page,
    scope::Tx,
};
use values::id::CaseId;

/// The links, or nothing when there is nothing to do.
pub(in crate::case) async fn draw(
    tx: &mut Tx,
    page: &Page,
    programme: &Programme,
    law: &Law,
    loaded: &Loaded,
) -> Result<Option<Markup>> {
    let asked = Asked { page, programme, law, loaded };
    let case = loaded.file.case();
    let mut links: Vec<(String, String)> = ACTIONS
        .iter()
        .filter(|action| page.may(&action.permission) && action.may(&asked).is_ok())
        .map(|action| (page.t(&format!("case-action-{}", action.noun)), action.link(case)))
        .collect();
    let proposed = closing::store::open(tx, loaded.file.person(), case).await?.is_some();
    links.extend(verbs(&asked, case, proposed).into_iter().map(|(key, link)| (page.t(key), link)));
    let untold = assistance::untold(loaded);
    if links.is_empty() && untold.is_empty() && !proposed {
        return Ok(None);
    }
    Ok(Some(html! {
        @if proposed { p class="govuk-body" { (tag(Tone::Attention, &page.t("case-closing-proposed"))) } }
        @if !untold.is_empty() && page.may(&RECORD) {
            p class="govuk-body" {
                (tag(Tone::Attention, &page.t("case-assistance-untold"))) " "
                (untold.iter().map(|moment| moment.message().text(page.lang)).collect::<Vec<_>>().join(", "))
            }
        }
        (buttons(html! { @for (words, link) in &links { (quiet_button_link(words, link)) } }))
    }))
}

/// The acts that have pages of their own.
fn verbs(asked: &Asked<'_>, case: CaseId, proposed: bool) -> Vec<(&'static str, String)> {
    let (page, state) = (asked.page, &asked.loaded.state);
    let fits = |kind: Kind| guard::fits(state, kind).is_ok();
    let mut links = Vec::new();
    let may_move = fits(Kind::TransferRequested) && state.transfer.is_none() && transfer::may_leave(state).is_ok();
    if page.may(&TRANSFER) && may_move {
        links.push(("case-transfer-title", transfer::ask_link(case)));
    }
    if page.may(&RECORD) && fits(Kind::Deceased) && !state.is_deceased() {
        links.push(("case-death-title", format!("/cases/{case}/death")));
    }
    if page.may(&RECORD) && state.is_deceased() && state.assets_held > 0 && state.stage != Stage::Closed {
        links.push(("case-death-settle", format!("/cases/{case}/death/settlement")));
    }
    if page.may(&CLOSE) && !proposed && fits(Kind::CaseClosed) && !closing::reasons(state).is_empty() {
        let key = if assets_are_out(state) { "case-closing-propose" } else { "case-closing-title" };
        links.push((key, closing::link(case)));
    }
    if page.may(&APPROVE_CLOSING) && proposed {
        links.push(("case-closing-decide", format!("{}/decision", closing::link(case))));
    }
    links
}
