//! What is done with a grievance on its way, each with its address.

mod committee;
mod end;
mod receive;

pub(super) use end::CAUSES;

use super::deed::{self, Deed, Ground};
use axum::extract::{Path, State};
use maud::Markup;
use platform::{
    app::App,
    draw,
    form::Posted,
    message::Errors,
    request::Page,
    route::{Route, Sample},
};
use registry::programme::InForce;
use values::id::GrievanceId;

/// Every deed, in the order in which a grievance meets them.
pub(super) static ALL: [&Deed; 12] = [
    &receive::ACKNOWLEDGE,
    &receive::SORT,
    &receive::STUDY,
    &receive::UPDATE,
    &committee::PROPOSE,
    &committee::TELL,
    &committee::ANSWER,
    &committee::ESCALATE,
    &end::CLOSE,
    &end::REFER,
    &end::WITHDRAW,
    &end::REOPEN,
];

pub(super) fn routes() -> Vec<Route> {
    [receive::routes(), committee::routes(), end::routes()].into_iter().flatten().collect()
}

/// The form and the act of a deed.
fn routes_of(
    path: &'static str,
    deed: &'static Deed,
    find: &'static str,
    fields: &'static [(&'static str, &'static str)],
) -> [Route; 2] {
    let get = move |state: State<App>, page: Page, Path(id): Path<GrievanceId>| deed::get(deed, state, page, id);
    let post =
        move |state: State<App>, page: Page, Path(id): Path<GrievanceId>, form: Posted| deed::post(deed, state, page, id, form);
    [
        Route::page(path, deed.permission, get).sample(Sample::find(find)),
        Route::form(path, deed.permission, post).sample(Sample::find(find).fields(fields)),
    ]
}

/// The channels of the programme in words.
pub(super) fn channels(page: &Page, programme: &InForce) -> Vec<(String, String)> {
    let channels = programme.grievances().channels.iter();
    channels.map(|channel| (channel.code.to_string(), page.lang.sentence(channel.name.text(page.lang)))).collect()
}

/// The field that asks how somebody was told.
fn through(ground: &Ground<'_>, form: &Posted, errors: &Errors) -> Markup {
    let channels = channels(ground.page, ground.programme);
    maud::html! { (draw::radios(ground.page, form, errors, "through", "grievance-through", channels)) }
}

/// Reads how somebody was told.
fn read_through(read: &mut platform::form::Reader<'_>, ground: &Ground<'_>) -> String {
    let codes: Vec<&str> = ground.programme.grievances().channels.iter().map(|channel| channel.code.as_str()).collect();
    read.choice("through", &codes)
}

fn none(_: &Ground<'_>, _: &Posted, _: &Errors) -> Markup {
    maud::html! {}
}
