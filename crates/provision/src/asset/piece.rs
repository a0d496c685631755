//! How a piece is called on pages and papers.

use super::store::Asset;
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    page::{Tone, tag},
    request::Page,
};
use registry::programme::InForce;

use super::rules::State;

/// The name of an item of the catalogue on a day.
pub(super) fn item_name(programme: &InForce, page: &Page, item: &str, day: NaiveDate) -> String {
    programme.item(item, day).map_or_else(|| item.to_owned(), |item| item.name.text(page.lang).to_owned())
}

/// A piece by its item and serial number.
pub(super) fn name(programme: &InForce, page: &Page, asset: &Asset) -> String {
    let item = item_name(programme, page, &asset.item, asset.received_at.date_naive());
    page.lang.with("asset-piece", &[("item", page.lang.sentence(&item).into()), ("serial", asset.serial.as_str().into())])
}

/// The state of a piece as a tag.
pub(super) fn state_tag(page: &Page, state: i16) -> Markup {
    let Some(state) = State::from_number(state) else { return html! {} };
    let tone = match state {
        State::InStock => Tone::Info,
        State::WithPerson | State::Owned => Tone::Good,
        State::Faulty | State::Missing => Tone::Bad,
        State::Returned | State::Lost | State::WrittenOff | State::Replaced => Tone::Neutral,
    };
    tag(tone, &page.t(state.key()))
}
