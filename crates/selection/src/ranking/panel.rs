//! What a case's page shows of ranking: its place on each list, and why.

use super::{
    show,
    store::{self, Place},
    types::Outcome,
};
use anyhow::{Context, Result};
use maud::{Markup, html};
use platform::{
    page::{Column, Table},
    request::Page,
    scope::Tx,
    slice::Subject,
};
use values::id::RunId;

pub(super) async fn draw(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let case = subject.case.context("a panel of a case without its case")?;
    let places = store::of_case(tx, subject.person, case).await?;
    if places.is_empty() {
        return Ok(None);
    }
    let lang = page.lang;
    let row = |place: &Place| {
        let outcome = Outcome::from_number(place.outcome).map(Outcome::code).unwrap_or_default();
        let of = lang.with(
            "ranking-rank-of",
            &[("rank", lang.number(place.rank.into()).into()), ("candidates", lang.number(place.candidates.into()).into())],
        );
        [
            html! {
                @if page.may(&super::READ) { a class="govuk-link" href=(show::link(RunId(place.run_id))) { (lang.date(place.as_of)) } }
                @else { (lang.date(place.as_of)) }
            },
            html! { (page.t(&format!("ranking-list-{outcome}"))) @if place.approved_at.is_none() { " (" (page.t("ranking-state-open")) ")" } },
            html! { (lang.number(place.position.into())) br; span class="govuk-hint" { (of) } },
            html! { (show::reason_words(page, place.reason)) },
        ]
    };
    Ok(Some(html! {
        (Table::new(&lang, "places", page.t("ranking-places-of-case")).quiet_caption()
            .column(Column::new(page.t("ranking-as-of")))
            .column(Column::new(page.t("ranking-list")))
            .column(Column::new(page.t("ranking-position")))
            .column(Column::new(page.t("ranking-reason")))
            .rows(places.iter().map(row)))
    }))
}
