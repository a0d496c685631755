//! A case that rested goes on: its clocks move by the days that it rested.

use super::{RECORD, suspend::SUSPENSION};
use crate::case::{
    Facts, Happening, Kind, Refusal,
    action::{Action, Asked, on_field, read_on, read_reason, reason_field},
};
use maud::{Markup, html};
use platform::{
    form::{Posted, Reader},
    message::Errors,
    page::notice,
    route::{Route, Sample},
};
use values::id::CaseId;

pub(super) static RESUMPTION: Action =
    Action { noun: "resumption", permission: RECORD, kind: Kind::Resumed, duty: None, offered, fields, read };

pub(super) fn routes() -> Vec<Route> {
    const RESTS: &str = "
        select case_id as case, office
        from case_file
        where suspended
        and closed_on is null
        order by opened_on
        limit 1";
    let sample = Sample::find(RESTS).fields(&[("reason", "Sağalıb, işə qayıdır")]);
    RESUMPTION.routes("/cases/{case}/resumption", sample).into()
}

fn offered(asked: &Asked<'_>) -> Result<(), Refusal> {
    asked.loaded.state.suspension.map(|_| ()).ok_or(Refusal::NotSuspended)
}

fn fields(asked: &Asked<'_>, form: &Posted, errors: &Errors) -> Markup {
    let (page, lang) = (asked.page, asked.page.lang);
    let renewable = SUSPENSION.may(asked).is_ok();
    html! {
        @if let Some(running) = asked.loaded.state.suspension {
            (notice::inset(html! {
                p class="govuk-body" {
                    (lang.with("case-suspension-runs", &[
                        ("since", lang.date(running.since).into()),
                        ("until", lang.date(running.until).into()),
                        ("cause", running.cause.message().text(lang).into()),
                    ]))
                }
                @if renewable {
                    a class="govuk-link" href=(SUSPENSION.link(CaseId(asked.loaded.file.case_id))) { (page.t("case-suspension-renew")) }
                }
            }))
        }
        (on_field(page, form, errors))
        (reason_field(page, form, errors))
    }
}

fn read(reader: &mut Reader<'_>, asked: &Asked<'_>) -> Option<Happening> {
    let on = read_on(reader, asked.page);
    let words = read_reason(reader);
    Some(Happening::on(on, Facts::Resumed).because(words))
}
