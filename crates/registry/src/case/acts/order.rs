//! A manager lets the course or the defence be done later than its turn; it stays due.

use super::OVERRIDE;
use crate::case::{
    CaseState, Duty, Facts, Happening, Kind, Refusal,
    action::{Action, Asked, read_reason, reason_field},
    step_overlay::may_skip,
};
use maud::{Markup, html};
use platform::{
    draw,
    form::{Posted, Reader},
    message::Errors,
    route::{Route, Sample},
};

pub(super) static ORDER: Action = Action {
    noun: "order",
    permission: OVERRIDE,
    kind: Kind::OrderOverridden,
    duty: Some(Duty::OverrideOrder),
    offered,
    fields,
    read,
};

pub(super) fn routes() -> Vec<Route> {
    const ENROLLED: &str = "
        select case_id as case, office
        from case_file
        where stage = 7
        and not suspended
        and not exists (select from journal j
            where j.person_id = case_file.person_id
            and j.case_id = case_file.case_id
            and j.kind = 94)
        order by opened_on
        limit 1";
    let sample =
        Sample::find(ENROLLED).fields(&[("skipped", "training.completed"), ("reason", "Kurs avadanlıqdan sonra keçiriləcək")]);
    ORDER.routes("/cases/{case}/order", sample).into()
}

/// The steps that may be put off now.
fn possible(state: &CaseState) -> Vec<Kind> {
    [Kind::TrainingCompleted, Kind::DefenceHeld].into_iter().filter(|kind| may_skip(state, *kind).is_ok()).collect()
}

fn offered(asked: &Asked<'_>) -> Result<(), Refusal> {
    let state = &asked.loaded.state;
    match possible(state).is_empty() {
        false => Ok(()),
        true => may_skip(state, Kind::TrainingCompleted),
    }
}

fn fields(asked: &Asked<'_>, form: &Posted, errors: &Errors) -> Markup {
    let page = asked.page;
    let steps = possible(&asked.loaded.state);
    let steps = steps.into_iter().map(|kind| (kind.code().to_owned(), page.t(words(kind)))).collect();
    html! {
        (draw::radios(page, form, errors, "skipped", "case-order-skipped", steps))
        (reason_field(page, form, errors))
    }
}

fn words(kind: Kind) -> &'static str {
    if kind == Kind::DefenceHeld { "case-order-defence" } else { "case-order-training" }
}

fn read(reader: &mut Reader<'_>, asked: &Asked<'_>) -> Option<Happening> {
    let steps = possible(&asked.loaded.state);
    let codes: Vec<&str> = steps.iter().map(|kind| kind.code()).collect();
    let skipped = Kind::from_code(&reader.choice("skipped", &codes));
    let words = read_reason(reader);
    Some(Happening::on(asked.page.today, Facts::OrderOverridden { skipped: skipped? }).because(words))
}
