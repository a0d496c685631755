//! `GET /releases/{release}`: the frozen figures.

use super::{APPROVE, PROPOSE, link, list, store};
use crate::results::page::{name, words};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    draw,
    message::Errors,
    page::{Table, shell::heading, table::Column},
    request::Page,
};
use registry::programme::{self, InForce};
use serde_json::json;
use store::{Figure, Release};
use uuid::Uuid;

pub(super) async fn get(State(app): State<App>, page: Page, Path(release): Path<Uuid>) -> Answer {
    show(&app, &page, release, Errors::none()).await
}

pub(super) async fn show(app: &App, page: &Page, release: Uuid, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let release = store::one(&mut tx, release).await?.ok_or(Fault::NotFound)?;
    // Before its approval a release exists only for those who make it.
    if release.approved_at.is_none() && !page.may(&PROPOSE) && !page.may(&APPROVE) {
        return Err(Fault::NotFound);
    }
    let figures = release.figures()?;
    let programme = programme::current(app)?;
    let title = page.lang.with("release-as-of", &[("day", page.lang.date(release.as_of).into())]);
    let body = draw_release(page, &programme, &release, &figures, &title);
    page.show_form(&title, &json!({ "release": release, "figures": figures }), &errors, body)
}

fn draw_release(page: &Page, programme: &InForce, release: &Release, figures: &[Figure], title: &str) -> Markup {
    let shown = |unit: &str, value: Option<f64>| words(page, unit, value.map(number));
    let of = |figure: &Figure, sex: &str| shown(&figure.unit, figure.by.sex.get(sex).copied().flatten());
    let rows = figures.iter().map(|figure| {
        vec![
            html! { (name(page, programme, &figure.code)) },
            html! { (shown(&figure.unit, figure.value)) },
            html! { (of(figure, "F")) },
            html! { (of(figure, "M")) },
            html! { (figure.target.map_or_else(String::new, |target| shown(&figure.unit, Some(target as f64)))) },
        ]
    });
    let table = Table::new(&page.lang, "figures", page.t("release-figures"))
        .quiet_caption()
        .column(Column::new(page.t("results-indicator")))
        .column(Column::numeric(page.t("results-value")))
        .column(Column::numeric(page.t("release-women")))
        .column(Column::numeric(page.t("release-men")))
        .column(Column::numeric(page.t("results-target")))
        .rows(rows);
    let mine = page.acting.as_ref().is_some_and(|acting| acting.who.officer.0 == release.proposed_by);
    html! {
        (heading(&page.t("release-title"), title))
        p { (list::state(page, release)) }
        (table)
        @if release.approved_at.is_none() && page.may(&APPROVE) && !mine {
            (draw::form(page, &format!("{}/approval", link(release.release_id)), None, &page.t("release-approve"), html! {
                p class="govuk-body" { (page.t("release-approve-hint")) }
            }))
        }
    }
}

/// A frozen number: whole ones come back whole.
fn number(value: f64) -> crate::results::report::Number {
    match value.fract() == 0.0 && value.abs() < 9e15 {
        true => crate::results::report::Number::Whole(value as i64),
        false => crate::results::report::Number::Fraction(value),
    }
}
