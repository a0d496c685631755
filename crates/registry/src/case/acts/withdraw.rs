//! The person leaves the programme: before anything is handed over the case closes, afterwards the equipment comes back.

use super::RECORD;
use crate::case::{
    CloseReason, Facts, Happening, Kind,
    action::{Action, Asked, on_field, options, read_on, read_reason, reason_field},
};
use maud::{Markup, html};
use platform::{
    draw,
    form::{Posted, Reader},
    message::Errors,
    page::notice,
    route::{Route, Sample},
};

pub(super) static WITHDRAWAL: Action =
    Action { noun: "withdrawal", permission: RECORD, kind: Kind::Withdrawn, duty: None, offered: |_| Ok(()), fields, read };

pub(super) fn routes() -> Vec<Route> {
    const WAITS: &str = "
        select case_id as case, office
        from case_file
        where stage = 3
        order by opened_on
        limit 1";
    let sample = Sample::find(WAITS).fields(&[("why", "found_work"), ("reason", "İşə düzəlib, arayış təqdim edib")]);
    WITHDRAWAL.routes("/cases/{case}/withdrawal", sample).into()
}

fn reasons() -> Vec<CloseReason> {
    CloseReason::ALL.iter().copied().filter(|reason| reason.is_withdrawal()).collect()
}

fn fields(asked: &Asked<'_>, form: &Posted, errors: &Errors) -> Markup {
    let (page, state) = (asked.page, &asked.loaded.state);
    let follows = match (state.assets_held > 0 || state.milestones.received_on.is_some(), state.milestones.selected_on) {
        (true, _) => "case-withdrawal-returns",
        (false, Some(_)) => "case-withdrawal-frees-a-place",
        (false, None) => "case-withdrawal-closes",
    };
    html! {
        (notice::warning(&page.lang, &page.t(follows)))
        (draw::radios(page, form, errors, "why", "case-withdrawal-why", options(page, &reasons(), |why| (why.code(), why.message()))))
        (on_field(page, form, errors))
        (reason_field(page, form, errors))
    }
}

fn read(reader: &mut Reader<'_>, asked: &Asked<'_>) -> Option<Happening> {
    let codes: Vec<&str> = reasons().into_iter().map(CloseReason::code).collect();
    let reason = CloseReason::from_code(&reader.choice("why", &codes));
    let on = read_on(reader, asked.page);
    let words = read_reason(reader);
    Some(Happening::on(on, Facts::Withdrawn { reason: reason? }).because(words))
}
