//! Social assistance was told that a contract began, that the business started or ended, that the equipment came back.

use super::RECORD;
use crate::case::{
    AssistanceMoment, Facts, Happening, Kind, Loaded, Refusal,
    action::{Action, Asked, ON, read_on, read_reason},
    correction,
};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    draw,
    form::{Posted, Reader},
    message::Errors,
    page::{Tone, tag},
    route::{Route, Sample},
};

pub(super) static ASSISTANCE: Action =
    Action { noun: "assistance", permission: RECORD, kind: Kind::AssistanceTold, duty: None, offered, fields, read };

pub(super) fn routes() -> Vec<Route> {
    const CONTRACTED: &str = "
        select f.case_id as case, f.office
        from case_file f
        join case_milestone m using (person_id, case_id)
        where m.contracted_on is not null
        and f.closed_on is null
        order by m.contracted_on desc
        limit 1";
    let sample =
        Sample::find(CONTRACTED).fields(&[("moment", "contract"), ("reason", "Məktub № 118, elektron sistemlə göndərilib")]);
    ASSISTANCE.routes("/cases/{case}/assistance", sample).into()
}

fn happened(loaded: &Loaded, moment: AssistanceMoment) -> Option<NaiveDate> {
    let milestones = &loaded.state.milestones;
    match moment {
        AssistanceMoment::Contract => milestones.contracted_on,
        AssistanceMoment::Start => milestones.started_on,
        AssistanceMoment::End => milestones.ended_on,
        AssistanceMoment::Recovery => milestones.recovered_on,
    }
}

/// When social assistance was told of a moment, if it was.
fn told(loaded: &Loaded, moment: AssistanceMoment) -> Option<NaiveDate> {
    let standing = correction::standing(&loaded.events);
    let told = standing.iter().rev().find(|event| event.facts == Facts::AssistanceTold { moment });
    told.map(|event| event.effective_on)
}

/// Moments that have come and of which social assistance, which was told of an earlier one, does not know.
pub(super) fn untold(loaded: &Loaded) -> Vec<AssistanceMoment> {
    let moments = AssistanceMoment::ALL.iter().copied();
    if moments.clone().all(|moment| told(loaded, moment).is_none()) {
        return Vec::new();
    }
    moments.filter(|moment| happened(loaded, *moment).is_some() && told(loaded, *moment).is_none()).collect()
}

fn offered(asked: &Asked<'_>) -> Result<(), Refusal> {
    let state = &asked.loaded.state;
    match state.milestones.contracted_on {
        Some(_) => Ok(()),
        None => Err(Refusal::WrongStage { kind: Kind::AssistanceTold, stage: state.stage }),
    }
}

fn fields(asked: &Asked<'_>, form: &Posted, errors: &Errors) -> Markup {
    let (page, loaded) = (asked.page, asked.loaded);
    let moments = AssistanceMoment::ALL.iter().copied().filter(|moment| happened(loaded, *moment).is_some());
    let options = moments.clone().map(|moment| (moment.code().to_owned(), moment.message().text(page.lang))).collect();
    html! {
        ul class="govuk-list" {
            @for moment in moments {
                li {
                    (moment.message().text(page.lang)) " "
                    @match told(loaded, moment) {
                        Some(day) => (tag(Tone::Good, &page.lang.with("case-assistance-told-on", &[("date", page.lang.date(day).into())]))),
                        None => (tag(Tone::Attention, &page.t("case-assistance-untold"))),
                    }
                }
            }
        }
        (draw::radios(page, form, errors, "moment", "case-assistance-moment", options))
        (draw::date(page, form, errors, ON, "case-assistance-on").hint("case-action-on-hint"))
        (draw::input(page, form, errors, "reason", "case-assistance-letter").hint("case-assistance-letter-hint"))
    }
}

fn read(reader: &mut Reader<'_>, asked: &Asked<'_>) -> Option<Happening> {
    let codes: Vec<&str> = AssistanceMoment::ALL.iter().map(|moment| moment.code()).collect();
    let moment = AssistanceMoment::from_code(&reader.choice("moment", &codes));
    let on = read_on(reader, asked.page);
    let words = read_reason(reader);
    Some(Happening::on(on, Facts::AssistanceTold { moment: moment? }).because(words))
}
