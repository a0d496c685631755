//! `GET /results` and `GET /results/{code}`: every indicator as of a day; one of them with its cuts.

use super::{
    OPEN, cache,
    report::{Measured, Number, Report},
    store::{self, Known, Readers},
};
use anyhow::Context;
use axum::extract::{Path, Query, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    draw::encode,
    page::{
        NavItem, SummaryRow, Table, Tone,
        form::hidden,
        panel::{self, Metric, metrics},
        shell::heading,
        summary_list,
        table::Column,
        trail::sub_navigation,
    },
    request::Page,
    role::Reach,
    scope::{Scope, Tx},
};
use registry::{
    case,
    programme::{self, InForce, IndicatorUnit},
};
use serde::Deserialize;
use serde_json::json;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use values::Money;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub as_of: String,
    #[serde(default)]
    pub known_on: String,
}

impl Asked {
    /// The day asked for, today when none is; never later than today.
    pub fn known(&self, page: &Page) -> Result<Known, Fault> {
        let day = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse::<NaiveDate>().map(Some).map_err(|_| Fault::BadRequest("form-error-date")),
        };
        let as_of = day(&self.as_of)?.unwrap_or(page.today).min(page.today);
        Ok(Known { as_of, known_on: day(&self.known_on)? })
    }

    fn query(&self) -> String {
        self.tail().replacen('&', "?", 1)
    }

    /// The days asked for, to go on after the question mark.
    pub fn tail(&self) -> String {
        let parts = [("as_of", &self.as_of), ("known_on", &self.known_on)];
        let given = parts.iter().filter(|(_, day)| !day.is_empty());
        given.map(|(name, day)| format!("&{name}={}", encode(day))).collect()
    }
}

/// Two transactions in which all cases of whoever asks are read. For one who sees the whole country the program reads: it
/// finds the same cases, and compares no row with a list of ninety offices.
pub(super) async fn transactions(app: &App, page: &Page) -> Result<[Tx; 2], Fault> {
    let who = page.who()?;
    let scope = if who.role.reach() == Reach::Nation { Scope::System } else { who.scope() };
    Ok([app.open(scope.clone(), who.clone()).await?, app.open(scope, who.clone()).await?])
}

/// The report for whoever asks: computed once while nothing new is recorded.
pub(super) async fn report(app: &App, page: &Page, known: Known) -> Result<Arc<Report>, Fault> {
    let compute =
        async |readers: Readers<'_>| store::report(readers, &programme::current(app)?.programme, &*case::law(app)?, known).await;
    cache::kept(app, page, known, |cache| &cache.reports, compute).await
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let known = asked.known(&page)?;
    let report = report(&app, &page, known).await?;
    let programme = programme::current(&app)?;
    let body = draw(&page, &programme, &report, &asked);
    page.show(&page.t("results-title"), &*report, body)
}

/// The indicators that stand above the table.
const HEADLINES: [&str; 4] = ["EQUIPPED", "TRAINED", "SURVIVING_24M", "WOMEN_SHARE"];

fn draw(page: &Page, programme: &InForce, report: &Report, asked: &Asked) -> Markup {
    let query = asked.query();
    let find = |code: &str| report.indicators.iter().find(|measured| measured.code == code);
    let cards: Vec<Metric> = HEADLINES.iter().filter_map(|code| Some(card(page, programme, find(code)?, &query))).collect();
    let rows = report.indicators.iter().map(|measured| row(page, programme, measured, &query));
    html! {
        (opening(page, Part::Indicators, asked, Known { as_of: report.as_of, known_on: Some(report.known_on) }, &[]))
        (metrics(&cards))
        (Table::new(&page.lang, "results", page.t("results-table"))
            .column(Column::new(page.t("results-indicator")))
            .column(Column::numeric(page.t("results-value")))
            .column(Column::numeric(page.t("results-target")))
            .column(Column::new(page.t("results-parts")))
            .rows(rows))
    }
}

/// A part of the results, each a page of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Indicators,
    Staying,
    Outlook,
}

/// What stands above each part: its heading, the ways to the others, the days asked for. `keep` is asked again with
/// other days.
pub(super) fn opening(page: &Page, part: Part, asked: &Asked, known: Known, keep: &[(&str, &str)]) -> Markup {
    let lang = page.lang;
    let parts = [
        (Part::Indicators, "/results", "results-table", "results-title"),
        (Part::Staying, "/results/survival", "staying-menu", "staying-title"),
        (Part::Outlook, "/results/forecast", "outlook-menu", "outlook-title"),
    ];
    let items = parts.map(|(other, path, label, _)| NavItem {
        href: format!("{path}{}", asked.query()),
        label: page.t(label),
        current: other == part,
        count: None,
    });
    let title = parts.iter().find(|(other, ..)| *other == part).map_or("results-title", |(.., title)| title);
    let caption = if part == Part::Indicators { String::new() } else { page.t("results-title") };
    let known_on = known.known_on.unwrap_or(page.today);
    html! {
        (heading(&caption, &page.t(title)))
        (sub_navigation(&page.lang, &items))
        p class="govuk-body" { (lang.with("results-as-of", &[("date", lang.date(known.as_of).into()), ("known", lang.date(known_on).into())])) }
        (draw_asked(page, asked, keep))
    }
}

fn draw_asked(page: &Page, asked: &Asked, keep: &[(&str, &str)]) -> Markup {
    html! {
        form method="get" class="dayaq-fields" {
            @for (name, value) in keep { (hidden(name, value)) }
            @for (name, label, value) in [("as_of", "results-as-of-day", &asked.as_of), ("known_on", "results-known-on", &asked.known_on)] {
                div class="govuk-form-group" {
                    label class="govuk-label" for=(name) { (page.t(label)) }
                    input class="govuk-input govuk-input--width-10" type="date" id=(name) name=(name) value=(value);
                }
            }
            button class="govuk-button govuk-button--secondary" type="submit" { (page.t("results-show")) }
        }
    }
}

fn card(page: &Page, programme: &InForce, measured: &Measured, query: &str) -> Metric {
    let target = measured.target.map(Number::Whole);
    let reached = measured.value.zip(target).filter(|(_, t)| t.as_f64() > 0.0).map(|(v, t)| v.as_f64() * 100.0 / t.as_f64());
    let note =
        target.map(|target| page.lang.with("results-target-is", &[("target", words(page, &measured.unit, Some(target)).into())]));
    Metric {
        note: note.unwrap_or_default(),
        href: Some(format!("/results/{}{query}", measured.code)),
        reached_percent: reached,
        tone: Tone::Neutral,
        ..Metric::new(name(page, programme, measured.code), words(page, &measured.unit, measured.value))
    }
}

fn row(page: &Page, programme: &InForce, measured: &Measured, query: &str) -> Vec<Markup> {
    let parts = match (measured.numerator, measured.denominator) {
        (Some(numerator), Some(denominator)) => format!("{} / {}", above(page, measured, numerator), plain(page, denominator)),
        _ => String::new(),
    };
    vec![
        html! { a class="govuk-link" href=(format!("/results/{}{query}", measured.code)) { (name(page, programme, measured.code)) } },
        html! { (words(page, &measured.unit, measured.value)) },
        html! { @if let Some(target) = measured.target { (words(page, &measured.unit, Some(Number::Whole(target)))) } },
        html! { (parts) },
    ]
}

/// The name of an indicator in the reader's language.
pub(crate) fn name(page: &Page, programme: &InForce, code: &str) -> String {
    programme
        .indicator(code)
        .map(|indicator| page.lang.pick(&indicator.name.az, &indicator.name.en, &indicator.name.ru).to_owned())
        .unwrap_or_else(|| code.to_owned())
}

/// A value in its unit.
pub(crate) fn words(page: &Page, unit: &str, value: Option<Number>) -> String {
    let Some(value) = value else { return "–".to_owned() };
    if unit == store::unit(IndicatorUnit::Qepik) {
        return page.lang.money(Money::from_qepik(value.as_f64().round() as i64));
    }
    let number = plain(page, value);
    match unit {
        "percent" => format!("{number}\u{a0}%"),
        "days" => page.lang.with("results-days", &[("count", (value.as_f64() as i64).into()), ("shown", number.into())]),
        _ => number,
    }
}

/// A numerator: of an amount of money, an amount too.
fn above(page: &Page, measured: &Measured, numerator: Number) -> String {
    match measured.unit.as_str() {
        money @ "qepik" => words(page, money, Some(numerator)),
        _ => plain(page, numerator),
    }
}

fn plain(page: &Page, number: Number) -> String {
    match number {
        Number::Whole(whole) => page.lang.number(whole),
        Number::Fraction(fraction) => page.lang.decimal(fraction, 1),
    }
}

/// `GET /results/{code}`: the definition, the value, its parts and its cuts.
pub(super) async fn one(State(app): State<App>, page: Page, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let known = asked.known(&page)?;
    let report = report(&app, &page, known).await?;
    let measured = report.indicators.iter().find(|measured| measured.code == code).ok_or(Fault::NotFound)?;
    let programme = programme::current(&app)?;
    let definition = programme
        .indicator(&code)
        .map(|indicator| page.lang.pick(&indicator.definition.az, &indicator.definition.en, &indicator.definition.ru).to_owned())
        .unwrap_or_default();
    let title = name(&page, &programme, &code);
    let view = json!({ "as_of": report.as_of, "known_on": report.known_on, "definition": definition, "indicator": measured });
    let suppliers = if measured.by.supplier.is_empty() { HashMap::new() } else { suppliers(&app, &page).await? };
    let label = |dimension: &str, code: &str| match suppliers.get(code) {
        Some(name) if dimension == "supplier" => name.clone(),
        _ => label(&page, &programme, dimension, code),
    };
    let cuts = measured.by.all().into_iter().filter(|(_, cut)| !cut.is_empty());
    let body = html! {
        (heading(&page.t("results-title"), &title))
        p class="govuk-body" { (definition) }
        (summary_list(&summary(&page, &report, measured, &asked)))
        @if page.may(&OPEN) {
            p class="govuk-body" { a class="govuk-link" href=(format!("/results/{code}/cases{}", asked.query())) { (page.t("results-open-cases")) } }
        }
        @for (dimension, cut) in cuts {
            (panel::panel(&page.t(&format!("results-by-{dimension}")), draw_cut(&page, measured, dimension, cut, &asked, &label)))
        }
    };
    page.show(&title, &view, body)
}

const SUPPLIERS: &str = "
    select voen, name
    from supplier";

/// Names of suppliers by their VÖEN.
async fn suppliers(app: &App, page: &Page) -> Result<HashMap<String, String>, Fault> {
    let mut tx = app.read(page).await?;
    let rows: Vec<(String, String)> = sqlx::query_as(SUPPLIERS).fetch_all(tx.conn()).await.context("reading suppliers")?;
    Ok(rows.into_iter().collect())
}

/// The part of an indicator to which a number beside it opens.
fn part_of(key: &str) -> &str {
    match key {
        "low_bound" => "due",
        "p90" => "",
        "margin" => "denominator",
        key if key.starts_with("km_") => "watched",
        key => key,
    }
}

/// The address of the cases behind a number.
fn cases_link(code: &str, part: &str, asked: &Asked) -> String {
    let part = if part.is_empty() { String::new() } else { format!("part={part}") };
    let kept = asked.query().replace('?', "");
    let query: Vec<&str> = [part.as_str(), &kept].into_iter().filter(|some| !some.is_empty()).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/results/{code}/cases{mark}{}", query.join("&"))
}

fn summary(page: &Page, report: &Report, measured: &Measured, asked: &Asked) -> Vec<SummaryRow> {
    let opens = |part: &str, shown: String| match page.may(&OPEN) {
        true => html! { a class="govuk-link" href=(cases_link(measured.code, part, asked)) { (shown) } },
        false => html! { (shown) },
    };
    let value = opens("", words(page, &measured.unit, measured.value));
    let mut rows = vec![
        SummaryRow::text(page.t("results-as-of-day"), &page.lang.date(report.as_of)),
        SummaryRow::new(page.t("results-value"), value),
    ];
    if let Some(target) = measured.target {
        rows.push(SummaryRow::text(page.t("results-target"), &words(page, &measured.unit, Some(Number::Whole(target)))));
    }
    let numerator = measured.numerator.map(|number| above(page, measured, number));
    let denominator = measured.denominator.map(|number| plain(page, number));
    for (key, part, shown) in [("results-numerator", "", numerator), ("results-denominator", "denominator", denominator)] {
        if let Some(shown) = shown {
            rows.push(SummaryRow::new(page.t(key), opens(part, shown)));
        }
    }
    for (key, number) in &measured.beside {
        let shown = if *key == "p90" { words(page, &measured.unit, Some(*number)) } else { plain(page, *number) };
        rows.push(SummaryRow::new(page.t(&format!("results-beside-{}", key.replace('_', "-"))), opens(part_of(key), shown)));
    }
    rows
}

fn draw_cut(
    page: &Page,
    measured: &Measured,
    dimension: &str,
    cut: &BTreeMap<String, Option<Number>>,
    asked: &Asked,
    label: &dyn Fn(&str, &str) -> String,
) -> Markup {
    let may_open = page.may(&OPEN);
    let tail = asked.query().replace('?', "&");
    let rows = cut.iter().map(|(code, value)| {
        let label = label(dimension, code);
        let href = format!("/results/{}/cases?{dimension}={code}{tail}", measured.code);
        vec![
            html! { @if may_open { a class="govuk-link" href=(href) { (label) } } @else { (label) } },
            html! { (words(page, &measured.unit, *value)) },
        ]
    });
    let note = (dimension == "group").then(|| page.t("results-groups-overlap"));
    html! {
        @if let Some(note) = note { p class="govuk-body-s" { (note) } }
        (Table::new(&page.lang, dimension, page.t(&format!("results-by-{dimension}")))
            .quiet_caption()
            .column(Column::new(page.t(&format!("results-cut-{dimension}"))))
            .column(Column::numeric(page.t("results-value")))
            .rows(rows))
    }
}

/// A code of a cut in words.
pub(super) fn label(page: &Page, programme: &InForce, dimension: &str, code: &str) -> String {
    let pick = |words: &programme::Words| page.lang.pick(&words.az, &words.en, &words.ru).to_owned();
    let found = match (dimension, code) {
        ("sex", "F") => Some(page.t("people-sex-f")),
        ("sex", "M") => Some(page.t("people-sex-m")),
        ("group", "NONE") => Some(page.t("results-no-group")),
        ("group", code) => programme.group(code).map(|group| pick(&group.name)),
        ("region", code) => programme.region(code).map(|region| pick(&region.name)),
        ("direction", code) => programme.direction(code).map(|direction| pick(&direction.name)),
        _ => None,
    };
    found.unwrap_or_else(|| code.to_owned())
}
