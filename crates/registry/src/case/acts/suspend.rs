//! A case rests, and rests longer: the clocks of the duties stop, the clock of survival does not.

use super::RECORD;
use crate::case::{
    Facts, Happening, Kind, Refusal, SuspensionCause,
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

pub(super) static SUSPENSION: Action =
    Action { noun: "suspension", permission: RECORD, kind: Kind::Suspended, duty: None, offered, fields, read };

pub(super) fn routes() -> Vec<Route> {
    const WORKS: &str = "
        select f.case_id as case, f.office, (d.today + 60)::text as until
        from case_file f
        cross join (select max(opened_on) as today from case_file) d
        where f.stage = 22
        and not f.suspended
        order by f.opened_on
        limit 1";
    let sample =
        Sample::find(WORKS).fields(&[("cause", "illness"), ("until", "{until}"), ("reason", "Xəstəxanadan arayış təqdim edib")]);
    SUSPENSION.routes("/cases/{case}/suspension", sample).into()
}

/// A suspension that runs is renewed as often as the programme allows.
fn offered(asked: &Asked<'_>) -> Result<(), Refusal> {
    let renewals = asked.law.terms_on(asked.loaded.file.opened_on).suspension_renewals;
    match asked.loaded.state.suspension {
        Some(running) if running.renewals >= renewals => Err(Refusal::RenewalUsed),
        _ => Ok(()),
    }
}

fn fields(asked: &Asked<'_>, form: &Posted, errors: &Errors) -> Markup {
    let (page, lang) = (asked.page, asked.page.lang);
    let running = asked.loaded.state.suspension;
    let from = running.map_or(page.today, |running| running.until);
    let latest = asked.law.terms_on(asked.loaded.file.opened_on).suspension.ends(from, &asked.law.days);
    let causes = options(page, SuspensionCause::ALL, |cause| (cause.code(), cause.message()));
    html! {
        @if let Some(running) = running {
            (notice::inset(html! { p class="govuk-body" {
                (lang.with("case-suspension-runs", &[
                    ("since", lang.date(running.since).into()),
                    ("until", lang.date(running.until).into()),
                    ("cause", running.cause.message().text(lang).into()),
                ]))
            } }))
        }
        (draw::radios(page, form, errors, "cause", "case-suspension-why", causes))
        (draw::date(page, form, errors, "until", "case-suspension-until")
            .hinted(lang.with("case-suspension-latest", &[("date", lang.date(latest).into())])))
        (on_field(page, form, errors))
        (reason_field(page, form, errors))
    }
}

fn read(reader: &mut Reader<'_>, asked: &Asked<'_>) -> Option<Happening> {
    let codes: Vec<&str> = SuspensionCause::ALL.iter().map(|cause| cause.code()).collect();
    let cause = SuspensionCause::from_code(&reader.choice("cause", &codes));
    let until = reader.date("until");
    let on = read_on(reader, asked.page);
    let words = read_reason(reader);
    Some(Happening::on(on, Facts::Suspended { cause: cause?, until: until? }).because(words))
}
