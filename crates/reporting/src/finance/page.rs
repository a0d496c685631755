//! `GET /finance`: what was handed over, by funding source and by year.

use super::store::{self, Line, Year};
use axum::extract::{Query, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{Table, panel, shell::heading, table::Column},
    request::Page,
};
use registry::programme::{self, InForce};
use serde::{Deserialize, Serialize};
use values::Money;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    as_of: String,
}

#[derive(Serialize)]
struct View {
    as_of: NaiveDate,
    lines: Vec<Line>,
    years: Vec<Year>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let as_of = match asked.as_of.trim() {
        "" => page.today,
        day => day.parse::<NaiveDate>().map_err(|_| Fault::BadRequest("form-error-date"))?.min(page.today),
    };
    let mut tx = app.read(&page).await?;
    let view = View { as_of, lines: store::lines(&mut tx, as_of).await?, years: store::years(&mut tx, as_of).await? };
    let programme = programme::current(&app)?;
    page.show(&page.t("finance-title"), &view, draw(&page, &programme, &view, &asked.as_of))
}

fn draw(page: &Page, programme: &InForce, view: &View, asked: &str) -> Markup {
    html! {
        (heading("", &page.t("finance-title")))
        p class="govuk-body" { (page.lang.with("finance-as-of", &[("date", page.lang.date(view.as_of).into())])) }
        form method="get" class="dayaq-fields" {
            div class="govuk-form-group" {
                label class="govuk-label" for="as_of" { (page.t("results-as-of-day")) }
                input class="govuk-input govuk-input--width-10" type="date" id="as_of" name="as_of" value=(asked);
            }
            button class="govuk-button govuk-button--secondary" type="submit" { (page.t("results-show")) }
        }
        (panel::panel(&page.t("finance-by-funding"), by_funding(page, programme, view)))
        (panel::panel(&page.t("finance-by-year"), by_year(page, view)))
    }
}

fn by_funding(page: &Page, programme: &InForce, view: &View) -> Markup {
    let lang = page.lang;
    let name = |code: &str| {
        let source = programme.funding_sources().iter().find(|source| source.code == *code);
        source.map_or_else(|| code.to_owned(), |source| lang.pick(&source.name.az, &source.name.en, &source.name.ru).to_owned())
    };
    let phase = |code: &str| {
        let phase = programme.phases().iter().find(|phase| phase.code == *code);
        phase.map_or_else(|| code.to_owned(), |phase| lang.pick(&phase.name.az, &phase.name.en, &phase.name.ru).to_owned())
    };
    let rows = view.lines.iter().map(|line| {
        vec![
            html! { (phase(&line.phase)) },
            html! { (name(&line.funding)) },
            html! { (lang.number(line.approved)) },
            html! { (lang.number(line.contracted)) },
            html! { (lang.number(line.equipped)) },
            html! { (lang.money(Money::from_qepik(line.handed_over))) },
            html! { @if line.equipped > 0 { (lang.money(Money::from_qepik(line.handed_over / line.equipped))) } },
        ]
    });
    let sum = |of: fn(&Line) -> i64| view.lines.iter().map(of).sum::<i64>();
    html! {
        (Table::new(&page.lang, "funding", page.t("finance-by-funding"))
            .quiet_caption()
            .column(Column::new(page.t("finance-phase")))
            .column(Column::new(page.t("finance-funding")))
            .column(Column::numeric(page.t("finance-approved")))
            .column(Column::numeric(page.t("finance-contracted")))
            .column(Column::numeric(page.t("finance-equipped")))
            .column(Column::numeric(page.t("finance-handed-over")))
            .column(Column::numeric(page.t("finance-per-head")))
            .rows(rows)
            .foot(vec![
                html! { (page.t("finance-total")) },
                html! {},
                html! { (lang.number(sum(|line| line.approved))) },
                html! { (lang.number(sum(|line| line.contracted))) },
                html! { (lang.number(sum(|line| line.equipped))) },
                html! { (lang.money(Money::from_qepik(sum(|line| line.handed_over)))) },
                html! {},
            ]))
    }
}

fn by_year(page: &Page, view: &View) -> Markup {
    let lang = page.lang;
    let rows = view.years.iter().map(|year| {
        vec![
            html! { (year.year) },
            html! { (lang.number(year.equipped)) },
            html! { (lang.money(Money::from_qepik(year.handed_over))) },
        ]
    });
    html! {
        (Table::new(&page.lang, "years", page.t("finance-by-year"))
            .quiet_caption()
            .column(Column::new(page.t("finance-year")))
            .column(Column::numeric(page.t("finance-equipped")))
            .column(Column::numeric(page.t("finance-handed-over")))
            .rows(rows))
    }
}
