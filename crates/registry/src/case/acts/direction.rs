//! Another direction, before a commission has approved the plan; afterwards only a commission changes it.

use super::REDIRECT;
use crate::case::{
    Code, Facts, Happening, Kind, Refusal,
    action::{Action, Asked, on_field, read_on, read_reason, reason_field},
};
use maud::{Markup, html};
use platform::{
    draw,
    form::{Posted, Reader},
    message::Errors,
    page::notice,
    route::{Route, Sample},
};

pub(super) static DIRECTION: Action =
    Action { noun: "direction", permission: REDIRECT, kind: Kind::DirectionChanged, duty: None, offered, fields, read };

pub(super) fn routes() -> Vec<Route> {
    const OTHER: &str = "
        select f.case_id as case, f.office, o.direction as other
        from case_file f
        join (select direction from case_file where stage = 22 order by opened_on desc limit 20) o on o.direction <> f.direction
        where f.stage = 9
        and not f.suspended
        order by f.opened_on, f.case_id
        limit 1";
    let sample = Sample::find(OTHER).fields(&[("direction", "{other}"), ("reason", "Məsləhətdən sonra başqa istiqaməti seçib")]);
    DIRECTION.routes("/cases/{case}/direction", sample).into()
}

fn offered(asked: &Asked<'_>) -> Result<(), Refusal> {
    match asked.loaded.state.milestones.approved_on {
        Some(_) => Err(Refusal::SittingMissing),
        None => Ok(()),
    }
}

/// The directions offered today, without the present one: code and words.
fn others(asked: &Asked<'_>) -> Vec<(String, String)> {
    let now = asked.loaded.state.direction;
    let offered = asked.programme.directions_on(asked.page.today).filter(|direction| direction.code != *now.as_str());
    offered.map(|direction| (direction.code.to_string(), direction.name.text(asked.page.lang).to_owned())).collect()
}

fn fields(asked: &Asked<'_>, form: &Posted, errors: &Errors) -> Markup {
    let page = asked.page;
    let now = asked.loaded.state.direction;
    let name = asked.programme.direction(now.as_str()).map(|direction| direction.name.text(page.lang).to_owned());
    html! {
        (notice::inset(html! { p class="govuk-body" {
            (page.lang.with("case-direction-now", &[("direction", name.unwrap_or_else(|| now.to_string()).into())]))
        } }))
        (draw::select(page, form, errors, "direction", "case-direction-new", others(asked)))
        (on_field(page, form, errors))
        (reason_field(page, form, errors))
    }
}

fn read(reader: &mut Reader<'_>, asked: &Asked<'_>) -> Option<Happening> {
    let others = others(asked);
    let codes: Vec<&str> = others.iter().map(|(code, _)| code.as_str()).collect();
    let direction = Code::new(&reader.choice("direction", &codes)).ok();
    let on = read_on(reader, asked.page);
    let words = read_reason(reader);
    Some(Happening::on(on, Facts::DirectionChanged { direction: direction?, sitting: None }).because(words))
}
